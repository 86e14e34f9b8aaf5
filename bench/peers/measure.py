"""How every peer in Python is timed, held to an instruction set, and printed."""

import json
import os
import statistics
import sys
import time

# What holds each library to AVX2; none asks for more than the processor has. MKL_ENABLE_INSTRUCTIONS
# acts on Intel's processors only: on AMD's, MKL takes kernels of its own that are AVX2 anyway.
AVX2 = {
    "ATEN_CPU_CAPABILITY": "avx2",
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "MKL_ENABLE_INSTRUCTIONS": "AVX2",
    "OPENBLAS_CORETYPE": "Haswell",
}


def environment(isa, threads):
    """The environment of a peer: "avx2" holds it, "native" leaves it as installed."""
    env = {k: v for k, v in os.environ.items() if k not in AVX2 and k != "OPENBLAS_L2_SIZE"}
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        env[name] = str(threads)
    return env | (AVX2 if isa == "avx2" else {})


def hold(isa, threads):
    """Starts this script again in that environment, which libraries read as they are loaded."""
    if os.environ.get("PEER_ISA") == isa:
        return
    env = environment(isa, threads) | {"PEER_ISA": isa}
    os.execve(sys.executable, [sys.executable, *sys.argv], env)


def median(step, seconds=2.0, least=7, most=1000):
    """The median and the least milliseconds of a call: after a warm-up at least so many calls, and so many seconds."""
    warm = time.perf_counter() + seconds / 8
    step()
    while time.perf_counter() < warm:
        step()
    times, end = [], time.perf_counter() + seconds
    while len(times) < least or (time.perf_counter() < end and len(times) < most):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return 1e3 * statistics.median(times), 1e3 * min(times)


def emit(**row):
    """Prints a line of JSON; numbers keep four digits."""
    short = {k: float(f"{v:.4g}") if isinstance(v, float) else v for k, v in row.items()}
    print(json.dumps(short), flush=True)
