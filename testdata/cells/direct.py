"""What PyTorch says of the forecaster: its values, its loss and its gradient, window by window.

    pip install torch numpy
    python direct.py

Made with torch 2.15.0, in double precision.
"""

import csv
import os

import torch

from reference import HERE, draw, generator, write

M, H = 4, 4
P = 3 * M + 4


def forecaster(y, w):
    """f, lo and hi at each step, and the loss: pinball at 1/2, 1/40 and 39/40, and what pulls A and a to 0."""
    c = 10 * (((y.abs() - y) ** 4).mean() + (y.abs().mean() / 1000 + 1e-12) ** 4) ** 0.25
    out, loss = {"f": [], "f.lo": [], "f.hi": []}, torch.zeros((), dtype=torch.double)
    for t in range(len(y)):
        x = torch.log(torch.stack([y[max(0, k)] for k in range(t - P + 1, t + 1)]) + c)
        level = x[P - M :].mean()
        s = (x[M:] - x[: P - M]).abs().mean() + (x[1:] - x[:-1]).abs().mean() / 10 + 1 / 20
        z = (x - level) / s
        f = w["W"] @ z + w["b"] + w["A"] @ z + w["a"]
        lo = f - torch.nn.functional.softplus(w["V"] @ z.abs() + w["v"])
        hi = f + torch.nn.functional.softplus(w["U"] @ z.abs() + w["u"])
        for name, v in zip(out, (f, lo, hi)):
            out[name].append(v.tolist())
        if t < 2 * M:
            continue
        came = (torch.log(y[t + 1 : t + 1 + H] + c) - level) / s
        for q, p in ((f, 0.5), (lo, 0.025), (hi, 0.975)):
            miss = came - q[: len(came)]
            loss = loss + torch.maximum(p * miss, (p - 1) * miss).sum()
    return out, loss + 20 * P * ((w["A"] ** 2).sum() + (w["a"] ** 2).sum())


def main():
    with open(os.path.join(HERE, "../../examples/cells/johnson.csv"), encoding="utf-8") as f:
        y = torch.tensor([float(r["y"]) for r in csv.DictReader(f)], dtype=torch.double)
    rng = generator("forecaster")
    w = {n: torch.tensor(draw(rng, *s) / 4, dtype=torch.double, requires_grad=True)
         for n, s in (("W", (H, P)), ("b", (H,)), ("A", (H, P)), ("a", (H,)), ("V", (H, P)), ("v", (H,)), ("U", (H, P)), ("u", (H,)))}
    out, loss = forecaster(y, w)
    loss.backward()
    write("forecaster", "PyTorch 2.15.0", __file__, {f"f.{n}": v.detach().numpy() for n, v in w.items()}, {"f": out["f"]},
          file="johnson.csv", loss=loss.item(), gradient={f"f.{n}": v.grad.numpy() for n, v in w.items()})


main()
