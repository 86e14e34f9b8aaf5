#!/usr/bin/env python3
"""How fast numpy's OpenBLAS multiplies two matrices of 1024×1024 float32, as lines of JSON.

    python openblas.py [--isa native|avx2] [--threads N]     without them: each isa with 1 and 2 threads
"""

import argparse
import subprocess
import sys

from measure import emit, hold, median

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--isa", choices=["native", "avx2"], help="native: as installed")
p.add_argument("--threads", type=int)
p.add_argument("--size", type=int, default=1024)
p.add_argument("--seconds", type=float, default=1)
args = p.parse_args()

if args.isa is None or args.threads is None:
    for isa in [args.isa] if args.isa else ["native", "avx2"]:
        for threads in [args.threads] if args.threads else [1, 2]:
            more = ["--size", str(args.size), "--seconds", str(args.seconds)]
            subprocess.run([sys.executable, __file__, "--isa", isa, "--threads", str(threads), *more], check=True)
    sys.exit()

hold(args.isa, args.threads)

import numpy as np
from threadpoolctl import threadpool_info

(blas,) = [lib for lib in threadpool_info() if lib["user_api"] == "blas"]
rng = np.random.default_rng(1)
a, b = (rng.standard_normal((args.size, args.size), dtype=np.float32) for _ in range(2))
out = np.empty_like(a)
ms, _ = median(lambda: np.matmul(a, b, out=out), args.seconds, least=21)
emit(peer=f"{blas['internal_api']} {blas['version']}", numpy=np.__version__, isa=blas["architecture"],
     threads=blas["num_threads"], size=args.size, ms=ms, gflops=2 * args.size**3 / ms / 1e6)
