#!/usr/bin/env python3
"""What PyTorch's own RNN, GRU and LSTM say of a batch: values, loss and gradients, in double precision.

    python torch_golden.py        writes ../../testdata/torch/*.json

The files are of the form of those in testdata/cells, with the cell file beside the numbers, and a list
with an entry for each series where those have one series. Of PyTorch's two biases the second is 0.
"""

import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "testdata")
sys.path.insert(0, os.path.join(DATA, "cells"))

import torch
from reference import draw, generator, lines, plain
from torch.func import functional_call
from torch.nn.utils import rnn

torch.set_default_dtype(torch.float64)

B, T, I, H = 2, 5, 3, 4
READOUT = "input  y\nweight V, c\n\nyhat = V*h + c\n\ny ~ squared(yhat)\n"


def gates(names, inputs=I):
    """Shapes of W, U and b of each gate, in the order in which PyTorch stacks them."""
    shapes = {}
    for g in names:
        shapes |= {"W" + g: (H, inputs), "U" + g: (H, H), "b" + g: (H,)}
    return shapes


def stacked(w, prefix, names, suffix):
    """The parameters of a layer of a PyTorch module, of the weights of a call."""
    cat = lambda letter: torch.cat([w[prefix + letter + g] for g in names])
    second = torch.zeros(len(names) * H)
    if prefix + "c_n" in w:  # the bias inside the reset gate of a GRU
        second = torch.cat([second[: 2 * H], w[prefix + "c_n"]])
    return {"weight_ih_l" + suffix: cat("W"), "weight_hh_l" + suffix: cat("U"), "bias_ih_l" + suffix: cat("b"), "bias_hh_l" + suffix: second}


def case(name, module, source, cell, layers, lengths=(T, T), width=H):
    """Runs a module and writes NAME.json; layers are (prefix, gates, suffix, further shapes, inputs)."""
    rng = generator("torch " + name)
    data = [{"x": draw(rng, n, I), "y": draw(rng, n)} for n in lengths]
    weights = {}
    for prefix, names, _, more, inputs in layers:
        weights |= {prefix + k: draw(rng, *s) for k, s in (gates(names, inputs) | more).items()}
    weights |= {"V": draw(rng, 1, width), "c": draw(rng)}
    w = {k: torch.tensor(a, requires_grad=True) for k, a in weights.items()}
    params = {}
    for prefix, names, suffix, _, _ in layers:
        params |= stacked(w, prefix, names, suffix)

    x = rnn.pad_sequence([torch.tensor(d["x"]) for d in data], batch_first=True)
    packed = rnn.pack_padded_sequence(x, list(lengths), batch_first=True)
    out = functional_call(module, params, (x if len(set(lengths)) == 1 else packed,))[0]
    h = out if torch.is_tensor(out) else rnn.pad_packed_sequence(out, batch_first=True)[0]

    values, loss = [], 0
    for b, n in enumerate(lengths):
        yhat = h[b, :n] @ w["V"][0] + w["c"]
        loss = loss + ((yhat - torch.tensor(data[b]["y"])) ** 2).sum()
        values.append({"h": h[b, :n].detach().numpy(), "yhat": yhat.detach().numpy()})
    loss.backward()
    write(name, f"PyTorch {torch.__version__.split('+')[0]}, {source}", cell, data, weights, values, loss.item(), {k: t.grad.numpy() for k, t in w.items()})


def write(name, source, cell, data, weights, values, loss, gradient):
    """Writes NAME.json, a line for each array."""
    each = lambda d: {k: plain(v) for k, v in d.items()}
    several = lambda ds: "[\n  " + ",\n  ".join(json.dumps(each(d)) for d in ds) + "\n ]"
    body = [
        ("source", json.dumps(source)),
        ("script", json.dumps("bench/peers/torch_golden.py")),
        ("seed", json.dumps("torch " + name)),  # the generator's, which is made of this text
        ("cell", json.dumps(cell)),
        ("data", several(data)),
        ("weights", lines(each(weights))),
        ("values", several(values)),
        ("loss", json.dumps(loss)),
        ("gradient", lines(each(gradient))),
    ]
    with open(os.path.join(DATA, "torch", name + ".json"), "w", encoding="utf-8") as f:
        f.write("{\n" + ",\n".join(f' "{k}": {v}' for k, v in body) + "\n}\n")


def file(use, equations):
    """A cell file: what it uses, the inputs, the equations that make h, and the read-out."""
    return f"use    {use}\ninput  x[{I}]\n{equations}\n" + READOUT


os.makedirs(os.path.join(DATA, "torch"), exist_ok=True)
one = f"h    = %s(x, H = {H})"
lstm, gru = torch.nn.LSTM, torch.nn.GRU
case("rnn", torch.nn.RNN(I, H, batch_first=True), "nn.RNN", file("elman", one % "elman"), [("h.", [""], "0", {}, I)])
case("gru", gru(I, H, batch_first=True), "nn.GRU", file("gru_after", one % "gru_after"), [("h.", "rzn", "0", {"c_n": (H,)}, I)])
case("lstm", lstm(I, H, batch_first=True), "nn.LSTM", file("lstm", one % "lstm"), [("h.", "ifgo", "0", {}, I)])
case("lstm-lengths", lstm(I, H, batch_first=True), "nn.LSTM of a packed sequence", file("lstm", one % "lstm"), [("h.", "ifgo", "0", {}, I)], lengths=(T, T - 2))
case("lstm-stacked", lstm(I, H, 2, batch_first=True), "nn.LSTM(num_layers=2)", file("lstm", f"h1   = lstm(x, H = {H})\nh    = lstm(h1, H = {H})"),
     [("h1.", "ifgo", "0", {}, I), ("h.", "ifgo", "1", {}, H)])
case("gru-both", gru(I, H, batch_first=True, bidirectional=True), "nn.GRU(bidirectional=True)",
     file("gru_after", f"f    = gru_after(x, H = {H})\nb    = backward gru_after(x, H = {H})\nh    = concat(f, b)"),
     [("f.", "rzn", "0", {"c_n": (H,)}, I), ("b.", "rzn", "0_reverse", {"c_n": (H,)}, I)], width=2 * H)
