"""Holds models against Python's safetensors: pip install safetensors numpy, then python model.py.

It reads model.safetensors, which TestModelGolden writes, and writes python.safetensors, which
TestModelOfPython reads; the order of its keys is another one each time. With a file as its
argument it prints what that model holds.
"""

import hashlib
import json
import pathlib
import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

KINDS = {"float64": "F64", "float32": "F32"}


def checksum(meta, tensors):
    sum = hashlib.sha256()
    for key in sorted(meta):
        if key != "checksum":
            sum.update(f"{key}\0{meta[key]}\0".encode())
    for name in sorted(tensors):
        a = tensors[name]
        sum.update(f"{name}\0{KINDS[a.dtype.name]}\0{list(a.shape)}\0".encode() + a.tobytes())
    return "sha256:" + sum.hexdigest()


def read(path):
    with safe_open(path, "numpy") as f:
        meta, tensors = f.metadata(), {name: f.get_tensor(name) for name in f.keys()}
    assert checksum(meta, tensors) == meta["checksum"], path
    return meta, tensors


def check(path):
    meta, tensors = read(path)
    assert meta["unroll"] == "1" and meta["text"] == "input y\n# a < b & c, в рублях\n"
    assert json.loads(meta["series"]) == ["H1", "H2"] and json.loads(meta["sizes"]) == {"H": 2}
    assert json.loads(meta["seeds"]) == [1, 2**64 - 1]
    assert json.loads(meta["scales"])["H1"]["y"] == {"kind": "standard", "shift": [0.1], "factor": [3]}
    assert tensors["1/b"].shape == () and tensors["1/b"] == 0.1
    assert (tensors["1/h1.Wi"] == [[1, 2, 3], [4, 5, 0.1]]).all()
    assert (tensors["2/u"] == [[-2, -1]]).all()
    assert (tensors["2/level"] == [[-2, 7], [8, 9]]).all()
    assert (tensors["2/v"] == [1, 2, -2]).all() and tensors["1/state/none"].shape == (0,)
    assert tensors["2/state/raw/b"] == [-2 / 3] and all(a.dtype == np.float64 for a in tensors.values())


def write(path):
    tensors = {
        "w": np.array([0.1]),
        "W": np.arange(6, dtype=np.float32).reshape(2, 3) / 2,
        "level": np.array([1.0, -2.0]),
    }
    meta = {
        "unroll": "1",
        "name": "small.cell",
        "text": "input y\nweight w, W[H, 3]\n",
        "sizes": json.dumps({"H": 2}),
        "series": json.dumps(["a", "б"]),
        "per_series": json.dumps(["level"]),
        "seeds": json.dumps([7]),
    }
    meta["checksum"] = checksum(meta, tensors)
    save_file(tensors, path, meta)


if len(sys.argv) > 1:
    meta, tensors = read(sys.argv[1])
    for key in sorted(meta):
        print(key, meta[key])
    for name in sorted(tensors):
        print(name, tensors[name].dtype, list(tensors[name].shape))
else:
    here = pathlib.Path(__file__).parent
    check(here / "model.safetensors")
    write(here / "python.safetensors")
