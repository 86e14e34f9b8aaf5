#!/usr/bin/env python3
"""One epoch of an LSTM on many series: PyTorch beside unroll train, on the same data, in the same run.

    python3 torch_epoch.py --unroll PATH --data m4/Hourly-train.csv.gz [--hidden 32] [--epochs 5]

Each series is scaled by its mean absolute value; a batch is 32 whole series, the longest first; the next value is
forecast from those before by an LSTM and a linear map; the mean squared miss is made small by Adam. The least time of
an epoch counts, of each.
"""

import argparse
import csv
import gzip
import json
import os
import subprocess
import tempfile
import time

import torch

CELL = """use    lstm
input  y
weight v[1, {h}], c
h    = lstm(y[t-1], H = {h})
yhat = v*h + c
y ~ squared(yhat)
"""


def read(path):
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as f:
        rows = csv.reader(f)
        next(rows)
        return [torch.tensor([float(x) for x in row[1:] if x]) for row in rows]


class Model(torch.nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.lstm = torch.nn.LSTM(1, hidden, batch_first=True)
        self.out = torch.nn.Linear(hidden, 1)

    def forward(self, x):
        return self.out(self.lstm(x)[0])


def peer(series, hidden, epochs):
    model = Model(hidden)
    moves = torch.optim.Adam(model.parameters())
    series = sorted((y / y.abs().mean() for y in series), key=len, reverse=True)
    batches = []
    for i in range(0, len(series), 32):
        part = series[i : i + 32]
        mask = torch.nn.utils.rnn.pad_sequence([torch.ones(len(y) - 1) for y in part], batch_first=True)
        y = torch.nn.utils.rnn.pad_sequence(part, batch_first=True)
        batches.append((y[:, :-1, None], y[:, 1:], mask))
    took = []
    for _ in range(epochs):
        begin = time.perf_counter()
        for x, want, mask in batches:
            moves.zero_grad()
            miss = (model(x)[:, :, 0] - want) * mask
            ((miss * miss).sum() / mask.sum()).backward()
            moves.step()
        took.append(time.perf_counter() - begin)
    return min(took)


def ours(unroll, data, hidden, epochs):
    with tempfile.TemporaryDirectory() as d:
        cell, log = os.path.join(d, "lstm.cell"), os.path.join(d, "log.jsonl")
        with open(cell, "w", encoding="utf-8") as f:
            f.write(CELL.format(h=hidden))
        subprocess.run([unroll, "train", cell, "--data", data, "--scale", "mean", "--epochs", str(epochs), "--log", log,
                        "-o", os.path.join(d, "lstm.model")], check=True, capture_output=True)
        with open(log, encoding="utf-8") as f:
            return min(json.loads(line)["seconds"] for line in f)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--unroll", required=True)
    p.add_argument("--data", required=True)
    p.add_argument("--hidden", type=int, default=32)
    p.add_argument("--epochs", type=int, default=5)
    a = p.parse_args()
    theirs, own = peer(read(a.data), a.hidden, a.epochs), ours(a.unroll, a.data, a.hidden, a.epochs)
    print(f"PyTorch {torch.__version__} {theirs:.3f} s, unroll {own:.3f} s an epoch: {theirs / own:.2f} times, hidden {a.hidden}")


main()
