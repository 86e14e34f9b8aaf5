"""Recurrent cells in PyTorch as its users write them: a module with a step, and a loop over time.

The loops are written with care, so that what is measured is PyTorch: gates that read the same vector
are one product, and the inputs are multiplied for all steps at once, before the loop.
"""

import torch
from torch import nn
from torch.nn import functional as F


class Loop(nn.Module):
    """A cell stepped by a loop; a subclass says its gates, further weights, states and step."""

    gates = 4
    states = 2
    more = {}  # further weights, of one entry a unit, with their starts

    def __init__(self, inputs, hidden):
        super().__init__()
        self.hidden = hidden
        self.W = nn.Linear(inputs, self.gates * hidden)
        self.U = nn.Linear(hidden, self.gates * hidden, bias=False)
        for name, start in self.more.items():
            self.register_parameter(name, nn.Parameter(torch.full((hidden,), start)))

    def forward(self, x):  # x (batch, steps, inputs) → (batch, steps, hidden)
        state = (x.new_zeros(x.shape[0], self.hidden),) * self.states
        out = []
        for projected in self.W(x).unbind(1):
            state = self.step(projected, *state)
            out.append(state[0])
        return torch.stack(out, 1), state


class PlainLSTM(Loop):
    """The LSTM of nn.LSTM, by a loop."""

    def step(self, x, h, c):
        i, f, g, o = (x + self.U(h)).chunk(4, 1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(c), c


class Peephole(Loop):
    """cells/peephole.cell."""

    more = {"p_i": 0.1, "p_f": 0.1, "p_o": 0.1}

    def step(self, x, h, c):
        i, f, g, o = (x + self.U(h)).chunk(4, 1)
        i = torch.sigmoid(i + self.p_i * c)
        f = torch.sigmoid(f + self.p_f * c)
        c = f * c + i * torch.tanh(g)
        return torch.sigmoid(o + self.p_o * c) * torch.tanh(c), c


class SLSTM(Loop):
    """cells/slstm.cell."""

    states = 4

    def step(self, x, h, c, n, m):
        i, f, z, o = (x + self.U(h)).chunk(4, 1)
        keep = F.logsigmoid(f) + m
        m = torch.maximum(keep, i)
        keep, write = torch.exp(keep - m), torch.exp(i - m)
        c = keep * c + write * torch.tanh(z)
        n = keep * n + write
        return torch.sigmoid(o) * c / n, c, n, m


class Tide(Loop):
    """tide.cell, beside this file."""

    gates = 3
    more = {"p": 0.1, "leak": 0.9}

    def step(self, x, h, c):
        a, b, n = (x + self.U(h)).chunk(3, 1)
        a = torch.sigmoid(a + self.p * c)
        b = torch.sigmoid(b)
        n = torch.tanh(n)
        c = self.leak * c + (1 - self.leak) * n
        k = torch.tanh(a * b)
        return k * c + (1 - k) * n, c


class LayerNormLSTM(Loop):
    """lnlstm.cell, beside this file."""

    def __init__(self, inputs, hidden):
        super().__init__(inputs, hidden)
        self.W = nn.Linear(inputs, 4 * hidden, bias=False)
        self.gain = nn.Parameter(torch.ones(4, hidden))
        self.bias = nn.Parameter(torch.zeros(4, hidden))
        self.memory = nn.LayerNorm(hidden)

    def step(self, x, h, c):
        z = (x + self.U(h)).view(-1, 4, self.hidden)
        i, f, g, o = (F.layer_norm(z, (self.hidden,)) * self.gain + self.bias).unbind(1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(self.memory(c)), c


FUSED = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
LOOPS = {"lstm": PlainLSTM, "peephole": Peephole, "slstm": SLSTM, "tide": Tide, "lnlstm": LayerNormLSTM}


class Model(nn.Module):
    """A recurrent layer and a linear read-out to one number a step; the loss is the squared miss."""

    def __init__(self, layer, hidden):
        super().__init__()
        self.layer = layer
        self.head = nn.Linear(hidden, 1)

    def forward(self, x, y):
        return ((self.head(self.layer(x)[0]).squeeze(-1) - y) ** 2).sum()


def model(cell, way, inputs, hidden):
    """The model of a cell: "fused" is PyTorch's own module, "eager" a loop, the others compile it."""
    if way == "fused":
        return Model(FUSED[cell](inputs, hidden, batch_first=True), hidden)
    loop = LOOPS[cell](inputs, hidden)
    if way == "compile-step":
        loop.step = torch.compile(loop.step)
    made = Model(loop, hidden)
    return torch.compile(made) if way == "compile" else made
