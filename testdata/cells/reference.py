"""Writes what a source says of a cell, for the tests of unroll's library."""

import hashlib
import json
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def generator(name):
    """A generator of random numbers that depends on the name only."""
    return np.random.default_rng(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"))


def draw(rng, *shape, lo=-1.0, hi=1.0):
    """Random numbers of three digits after the point."""
    return np.round(rng.uniform(lo, hi, size=shape), 3)


def plain(v):
    """Arrays as lists, with None for what is missing; a column as a list of numbers."""
    v = np.asarray(v, dtype=float)
    if v.ndim == 0:
        return None if np.isnan(v) else float(v)
    return [plain(e) for e in v]


def write(name, source, script, weights, values, data=None, file=None, feed=None, loss=None, gradient=None):
    """Writes NAME.json: values by step, and the loss and its gradient where the source has them."""
    out = {"source": source, "script": os.path.basename(script)}
    if feed:
        out["feed"] = feed
    if file:
        out["file"] = file
    if data:
        out["data"] = {k: plain(v) for k, v in data.items()}
    out["weights"] = {k: plain(v) for k, v in weights.items()}
    out["values"] = {k: plain(v) for k, v in values.items()}
    if loss is not None:
        out["loss"] = plain(loss)
    if gradient:
        out["gradient"] = {k: plain(v) for k, v in gradient.items()}
    body = ",\n".join(f" {json.dumps(k)}: {lines(v)}" for k, v in out.items())
    with open(os.path.join(HERE, name + ".json"), "w", encoding="utf-8") as f:
        f.write("{\n" + body + "\n}\n")


def lines(v):
    """A dictionary with a line for each entry."""
    if isinstance(v, dict):
        return "{\n" + ",\n".join(f"  {json.dumps(k)}: {json.dumps(x)}" for k, x in v.items()) + "\n }"
    return json.dumps(v, ensure_ascii=False)
