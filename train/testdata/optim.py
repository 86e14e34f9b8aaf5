"""Writes optim.json: what torch's optimisers, schedules, clipping and averages do to two weights
of the function (a - 3)^2 * (1 + b^2) + 2 b^4, whose gradient the test works out by itself.

    python optim.py > optim.json
"""

import json

import torch
from torch import optim
from torch.optim import lr_scheduler as sched
from torch.nn.utils import clip_grad_norm_, clip_grad_value_

torch.set_default_dtype(torch.float64)


def path(make, steps=25, before=None):
    """The weights after each step."""
    w = torch.tensor([0.5, -1.5], requires_grad=True)
    o = make([w])
    out = []
    for _ in range(steps):
        o.zero_grad()
        a, b = w
        ((a - 3) ** 2 * (1 + b * b) + 2 * b**4).backward()
        if before:
            before(w)
        o.step()
        out.append(w.tolist())
    return out


def rates(make, steps, after=1, losses=None):
    """The rate of each step; the schedule moves on after so many steps."""
    o = optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
    s = make(o)
    out = []
    for i in range(steps):
        out.append(o.param_groups[0]["lr"])
        o.step()
        if (i + 1) % after == 0:
            if losses:
                s.step(losses[i // after])
            elif i + 1 < steps:
                s.step()
    return out


LOSSES = [5, 4, 4.5, 4.2, 4.1, 3.9999, 4, 4, 3, 2.9999, 3.1, 3.2, 3.3, 3.4, 3.5, 2]

paths = {
    "sgd": path(lambda w: optim.SGD(w, lr=0.01)),
    "sgd decay": path(lambda w: optim.SGD(w, lr=0.01, weight_decay=0.1)),
    "momentum": path(lambda w: optim.SGD(w, lr=0.01, momentum=0.9, weight_decay=0.1)),
    "nesterov": path(lambda w: optim.SGD(w, lr=0.01, momentum=0.8, nesterov=True)),
    "rmsprop": path(lambda w: optim.RMSprop(w, lr=0.05)),
    "rmsprop momentum": path(lambda w: optim.RMSprop(w, lr=0.05, alpha=0.9, momentum=0.5, weight_decay=0.1)),
    "adam": path(lambda w: optim.Adam(w, lr=0.1)),
    "adam decay": path(lambda w: optim.Adam(w, lr=0.1, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1)),
    "adamw": path(lambda w: optim.AdamW(w, lr=0.1)),
    "clip value": path(lambda w: optim.SGD(w, lr=0.1), before=lambda w: clip_grad_value_(w, 0.5)),
    "clip norm": path(lambda w: optim.SGD(w, lr=0.1), before=lambda w: clip_grad_norm_(w, 0.7)),
}

schedules = {
    "constant": rates(lambda o: sched.ConstantLR(o, factor=1), 12),
    "step": rates(lambda o: sched.StepLR(o, step_size=2, gamma=0.5), 30, after=3),
    "cosine": rates(lambda o: sched.CosineAnnealingLR(o, T_max=30, eta_min=0.01), 30),
    "one-cycle": rates(lambda o: sched.OneCycleLR(o, max_lr=0.1, total_steps=30), 30),
    "one-cycle warm-up": rates(lambda o: sched.OneCycleLR(o, max_lr=0.1, total_steps=40, pct_start=0.1), 40),
    "plateau": rates(lambda o: sched.ReduceLROnPlateau(o, factor=0.5, patience=2), 48, after=3, losses=LOSSES),
}

print(json.dumps({"paths": paths, "schedules": schedules, "losses": LOSSES}, indent=1))
