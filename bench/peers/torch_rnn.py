#!/usr/bin/env python3
"""PyTorch's time for a training step of a recurrent network, as lines of JSON.

    python torch_rnn.py                                        every row of the table
    python torch_rnn.py --cell lstm --batch 64 --steps 100 --inputs 64 --hidden 128 --isa avx2

A training step is forward, loss (squared miss of a linear read-out at each step) and all gradients;
data and weights stay as they are. Ways: fused (PyTorch's own module), eager (a loop in Python), compile
(torch.compile of the whole step), compile-step (of one time step, in a loop), infer (a call of
nn.LSTMCell at batch 1, its state kept), memory (peak over that of the idle process).
"""

import argparse
import time

from measure import emit, hold, median

SIZES = [(1, 100, 1, 1), (1, 100, 1, 32), (32, 100, 1, 64), (64, 100, 64, 128), (64, 50, 256, 512)]


def rows():
    """(way, cell, sizes) of the table."""
    for size in SIZES:
        for cell in ("rnn", "gru", "lstm"):
            if size != SIZES[-1] or cell != "rnn":
                yield "fused", cell, size
    for size in SIZES:
        for cell in ("peephole", "slstm", "tide", "lnlstm"):
            yield "eager", cell, size
    yield "infer", "lstm", (1, 1, 64, 128)
    yield "memory", "lstm", (8, 5000, 8, 64)


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--cell", help="rnn, gru, lstm, peephole, slstm, tide or lnlstm; without it every row")
    p.add_argument("--way", default="", help="fused, eager, compile, compile-step, infer or memory")
    for name, default in (("batch", 1), ("steps", 100), ("inputs", 1), ("hidden", 32), ("threads", 2)):
        p.add_argument("--" + name, type=int, default=default)
    p.add_argument("--isa", default="native", choices=["native", "avx2"], help="native: as installed")
    p.add_argument("--seconds", type=float, default=2, help="of measuring, a row")
    return p.parse_args()


args = arguments()
hold(args.isa, args.threads)

import torch  # after the environment is what it should be

from torch_cells import FUSED, model

torch.set_num_threads(args.threads)


def training(cell, way, size):
    """A function that runs a training step."""
    batch, steps, inputs, hidden = size
    torch.manual_seed(1)
    net = model(cell, way, inputs, hidden)
    x, y = torch.rand(batch, steps, inputs) * 2 - 1, torch.rand(batch, steps) * 2 - 1
    params = list(net.parameters())

    def step():
        for p in params:
            p.grad = None
        net(x, y).backward()

    return step


def inference(inputs, hidden):
    """A function that feeds an LSTM one more number, its state kept."""
    torch.manual_seed(1)
    cell, x = torch.nn.LSTMCell(inputs, hidden), torch.rand(1, inputs)
    state = (torch.zeros(1, hidden), torch.zeros(1, hidden))

    def step():
        nonlocal state
        with torch.no_grad():
            state = cell(x, state)

    return step


def resident(field):
    """A figure of this process's memory, in bytes: VmRSS now, VmHWM at its peak."""
    with open("/proc/self/status", encoding="ascii") as f:
        return next(1024 * int(line.split()[1]) for line in f if line.startswith(field + ":"))


def memory(cell, size):
    """Peak resident bytes of a training step over those of the process after a small one."""
    training(cell, "fused", (1, 2, *size[2:]))()
    step = training(cell, "fused", size)
    with open("/proc/self/clear_refs", "w", encoding="ascii") as f:
        f.write("5")  # the peak is counted anew from here
    idle = resident("VmRSS")
    step()
    return resident("VmHWM") - idle


def capability():
    """The instruction set that PyTorch's own kernels take: avx2 or avx512."""
    said = torch.__config__.show().split("CPU capability usage: ")[1]
    return said.split()[0].lower()


def run(way, cell, size):
    """Measures a row and prints it."""
    row = {"peer": "torch " + torch.__version__.split("+")[0], "isa": capability(), "threads": args.threads, "way": way, "cell": cell, **dict(zip(("batch", "steps", "inputs", "hidden"), size))}
    if way == "memory":
        return emit(**row, bytes=memory(cell, size))
    start = time.perf_counter()
    step = inference(*size[2:]) if way == "infer" else training(cell, way, size)
    step()
    first = 1e3 * (time.perf_counter() - start)
    ms, least = median(step, args.seconds, most=100_000 if way == "infer" else 1000)
    emit(**row, ms=ms, least_ms=least, first_ms=first)


if args.cell:
    size = args.batch, args.steps, args.inputs, args.hidden
    run(args.way or ("fused" if args.cell in FUSED else "eager"), args.cell, size)
else:
    for r in rows():
        run(*r)
