"""What PyTorch and other libraries say of the recurrent cells: values, losses and gradients.

    pip install torch torchrecurrent keras mingru-keras sru ninja xlstm reservoirpy onnx onnxruntime
    KERAS_BACKEND=torch python recurrent.py

Made with torch 2.15.0, torchrecurrent 0.2.5, keras 3.15.1, mingru-keras 0.1.3, sru 2.6.0, xlstm 2.0.6,
reservoirpy 0.4.2, onnxruntime 1.31.1, in double precision. The layer reads three numbers a step, has four
units, and V*h + c is scored by the square of its miss.
"""

import importlib.util
import os
import warnings

os.environ["KERAS_BACKEND"] = "torch"
warnings.simplefilter("ignore")

import keras
import mingru_keras
import numpy as np
import torch
import torchrecurrent as tr
from torch.func import functional_call

from reference import draw, generator, write

torch.set_default_dtype(torch.float64)
keras.config.set_floatx("float64")
keras.src.backend.numpy.matmul = torch.matmul  # Keras's own rounds to single precision

D, H, T = 3, 4, 6
cat = torch.cat


def layer(name, source, shapes, run, fixed=(), size=H, x_size=D):
    """Checks a layer: run gives, of x and the weights, the values of h at each step, and others.

    shapes are those of the layer's weights, or arrays; fixed ones have no gradient.
    """
    rng = generator(name)
    x, y = draw(rng, T, D), draw(rng, T)
    weights = {}
    for w, shape in shapes.items():
        weights[w] = shape if isinstance(shape, np.ndarray) else draw(rng, *shape)
    weights["V"], weights["c"] = draw(rng, 1, size), draw(rng)
    tensors = {w: torch.tensor(a, requires_grad=w not in fixed) for w, a in weights.items()}
    values = run(torch.tensor(x), tensors)
    if not isinstance(values, dict):
        values = {"h": values}
    values["yhat"] = values["h"] @ tensors["V"][0] + tensors["c"]
    finish(name, source, {"x": x, "y": y}, weights, tensors, values)


def finish(name, source, data, weights, tensors, values):
    """The loss of yhat, its gradient, and all of it written."""
    loss = ((values["yhat"] - torch.tensor(data["y"])) ** 2).sum()
    loss.backward()
    gradient = {inner(w): t.grad.numpy() for w, t in tensors.items() if t.requires_grad}
    write(name, source, __file__, {inner(w): a for w, a in weights.items()},
          {k: v.detach().numpy() for k, v in values.items()}, data=data, loss=loss.detach().numpy(), gradient=gradient)


def inner(w):
    """The weights of the layer are named after h, those of the file around it are not."""
    return w if w in ("V", "c", "E") or "." in w else "h." + w


def gates(names, size=H, into=None, biases=""):
    """Shapes of matrices W and U and of a bias for each letter of names."""
    into = D if into is None else into
    shapes = {}
    for g in names:
        shapes["W" + g], shapes["U" + g], shapes["b" + g] = (size, into), (size, size), (size,)
    return shapes


def packed(w, order, letters="WUb"):
    """The weights of several gates, one below the other."""
    return [cat([w[a + g] for g in order]) for a in letters]


def module(m, params, x):
    """Runs a module of PyTorch with other parameters; a bias that is not given is 0."""
    given = {k: torch.zeros_like(p) for k, p in m.named_parameters()}
    given.update(params)
    return functional_call(m, given, (x,))


def scan(step, x, state):
    """The states of a step function, one below the other; of several states a list for each."""
    all = []
    for xt in x:
        state = step(xt, state)
        all.append(state)
    if isinstance(state, tuple):
        return [torch.stack([s[i] for s in all]) for i in range(len(state))]
    return torch.stack(all)


def cell(c, params):
    """A step function of a cell of torchrecurrent; a bias that is not given is 0."""
    given = {k: torch.zeros_like(p) for k, p in c.named_parameters()}
    given.update(params)
    return lambda x, state: functional_call(c, given, (x, state))


TORCH = f"PyTorch {torch.__version__.split('+')[0]}, "
RECURRENT = "torchrecurrent 0.2.5, "
PAPER = "the paper's equations, written out in PyTorch; the gradient by autograd"


def simple():
    def rnn(nonlinearity):
        m = torch.nn.RNN(D, H, nonlinearity=nonlinearity)
        return lambda x, w: module(m, {"weight_ih_l0": w["W"], "weight_hh_l0": w["U"], "bias_ih_l0": w["b"]}, x)[0]

    shapes = {"W": (H, D), "U": (H, H), "b": (H,)}
    layer("elman", TORCH + "nn.RNN", shapes, rnn("tanh"))
    layer("irnn", TORCH + "nn.RNN(nonlinearity='relu')", shapes, rnn("relu"))
    c = tr.IndRNNCell(D, H, nonlinearity="relu")
    layer("indrnn", RECURRENT + "IndRNNCell", {"W": (H, D), "u": (H,), "b": (H,)},
          lambda x, w: scan(cell(c, {"weight_ih": w["W"], "vector_u": w["u"], "bias_ih": w["b"]}), x, torch.zeros(H)))


def jordan():
    rng = generator("jordan")
    x, y = draw(rng, T, D), draw(rng, T)
    weights = {"W": draw(rng, H, D), "U": draw(rng, H), "V": draw(rng, 1, H), "b": draw(rng, H), "c": draw(rng), "mu": np.array(0.5)}
    w = {k: torch.tensor(a, requires_grad=k != "mu") for k, a in weights.items()}
    state, out, hidden = torch.zeros(1), torch.zeros(1), []
    outs = []
    for xt in torch.tensor(x):
        state = w["mu"] * state + out
        # The plan and the state are one input vector of the hidden layer.
        h = torch.tanh(cat([w["W"], w["U"][:, None]], 1) @ cat([xt, state]) + w["b"])
        out = w["V"] @ h + w["c"]
        hidden.append(h)
        outs.append(out[0])
    name = lambda d: {"yhat." + k: v for k, v in d.items()}
    finish("jordan", PAPER, {"x": x, "y": y}, name(weights), name(w), {"yhat.h": torch.stack(hidden), "yhat": torch.stack(outs)})


def gru():
    m = keras.layers.GRU(H, reset_after=False, return_sequences=True, dtype="float64")
    m.build((1, T, D))

    def before(x, w):
        kernels = [cat([w[a + g].T for g in "zrn"], 1) for a in "WU"]
        return m.stateless_call(kernels + packed(w, "zrn", "b"), [v.value for v in m.non_trainable_variables], x[None])[0][0]

    layer("gru", "Keras 3.15.1 on PyTorch, GRU(reset_after=False)", gates("zrn"), before)

    n = torch.nn.GRU(D, H)

    def after(x, w):
        W, U, b = packed(w, "rzn")
        c = cat([torch.zeros(2 * H), w["c_n"]])
        return module(n, {"weight_ih_l0": W, "weight_hh_l0": U, "bias_ih_l0": b, "bias_hh_l0": c}, x)[0]

    layer("gru_after", TORCH + "nn.GRU", gates("zrn") | {"c_n": (H,)}, after)


def lstm_params(w, prefix="", suffix="_l0"):
    """The parameters of nn.LSTM, whose order is i, f, g, o."""
    W, U, b = (cat([w[prefix + a + g] for g in "ifgo"]) for a in "WUb")
    return {"weight_ih" + suffix: W, "weight_hh" + suffix: U, "bias_ih" + suffix: b}


def lstm():
    m = torch.nn.LSTM(D, H)
    layer("lstm", TORCH + "nn.LSTM", gates("ifog"), lambda x, w: module(m, lstm_params(w), x)[0])

    P = 2
    p = torch.nn.LSTM(D, H, proj_size=P)
    shapes = {k: (s if k[0] != "U" else (H, P)) for k, s in gates("ifog").items()} | {"R": (P, H)}
    layer("lstmp", TORCH + "nn.LSTM(proj_size=2)", shapes,
          lambda x, w: module(p, lstm_params(w) | {"weight_hr_l0": w["R"]}, x)[0], size=P)

    c = tr.PeepholeLSTMCell(D, H)

    def peephole(x, w):
        W, U, b = packed(w, "ifgo")
        step = cell(c, {"weight_ih": W, "weight_hh": U, "bias_ih": b, "weight_ph": cat([w["p_i"], w["p_f"], w["p_o"]])})
        h, memory = scan(step, x, (torch.zeros(H), torch.zeros(H)))
        return {"h": h, "h.c": memory}

    layer("peephole", RECURRENT + "PeepholeLSTMCell", gates("ifog") | {"p_i": (H,), "p_f": (H,), "p_o": (H,)}, peephole)


def coupled():
    def run(x, w):
        # An LSTM whose input gate has the forget gate's weights, negated: 1 - sigmoid(a) = sigmoid(-a).
        v = dict(w, Wi=-w["Wf"], Ui=-w["Uf"], bi=-w["bf"])
        h = module(torch.nn.LSTM(D, H), lstm_params(v), x)[0]
        onnx_agrees(x, w, h)
        return h

    layer("coupled", TORCH + "nn.LSTM with the forget gate's weights, negated, in the input gate; "
          "onnxruntime's LSTM(input_forget=1) agrees in single precision", gates("fog"), run)


def onnx_agrees(x, w, h):
    """ONNX's LSTM with input_forget = 1 computes f = 1 - i; ours is i = 1 - f."""
    import onnx
    import onnxruntime
    from onnx import TensorProto, helper

    a = {k: v.detach().numpy() for k, v in w.items()}
    order = lambda p: np.concatenate([-a[p + "f"], a[p + "o"], 0 * a[p + "f"], a[p + "g"]])[None].astype("float32")
    bias = np.concatenate([order("b"), np.zeros((1, 4 * H), "float32")], 1)
    node = helper.make_node("LSTM", ["x", "W", "R", "B"], ["Y"], hidden_size=H, input_forget=1)
    constants = [onnx.numpy_helper.from_array(v, n) for v, n in ((order("W"), "W"), (order("U"), "R"), (bias, "B"))]
    graph = helper.make_graph([node], "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [T, 1, D])],
                              [helper.make_tensor_value_info("Y", TensorProto.FLOAT, None)], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    y = onnxruntime.InferenceSession(model.SerializeToString()).run(None, {"x": x.numpy()[:, None].astype("float32")})[0]
    assert np.allclose(y[:, 0, 0], h.detach().numpy(), atol=1e-6), (y[:, 0, 0], h)


def minimal():
    for name, c, order in ("mgu", tr.MGUCell(D, H), "fn"), ("ugrnn", tr.UGRNNCell(D, H), "ng"):
        def run(x, w, c=c, order=order):
            W, U, b = packed(w, order)
            return scan(cell(c, {"weight_ih": W, "weight_hh": U, "bias_ih": b}), x, torch.zeros(H))

        layer(name, RECURRENT + type(c).__name__, gates(order), run)

    r = tr.RANCell(D, H)

    def ran(x, w):
        step = cell(r, {"weight_ih": cat([w["W"], w["Wi"], w["Wf"]]), "weight_hh": cat([w["Ui"], w["Uf"]]), "bias_ih": cat([w["bi"], w["bf"]])})
        h, c = scan(step, x, (torch.zeros(H), torch.zeros(H)))
        return {"h": h, "h.c": c}

    layer("ran", RECURRENT + "RANCell", {"W": (H, D)} | gates("if"), ran)

    g = mingru_keras.MinGRU(H, dtype="float64")
    g.build((1, T, D))
    layer("mingru", "mingru-keras 0.1.3 on PyTorch, MinGRU", {k: s for k, s in gates("zn").items() if k[0] != "U"},
          lambda x, w: g.stateless_call([w["Wz"].T, w["bz"], w["Wn"].T, w["bn"]], [], x[None])[0][0])

    def minlstm(x, w):
        linear = lambda g: torch.nn.functional.linear(x, w["W" + g], w["b" + g])
        # f/(f + i) is sigmoid(log f - log i): the form that the paper computes in.
        f = torch.sigmoid(torch.nn.functional.logsigmoid(linear("f")) - torch.nn.functional.logsigmoid(linear("i")))
        n = linear("n")
        keep = torch.cumprod(f, 0)  # h_t = sum of what each step put in, times what the later ones kept
        return keep * torch.cumsum((1 - f) * n / keep, 0)

    layer("minlstm", PAPER + ", as products and sums over all steps", {k: s for k, s in gates("fin").items() if k[0] != "U"}, minlstm)


def rhn():
    def run(x, w):
        # Layer by layer: the two products as one, and s + (n - s)*g instead of n*g + s*(1 - g).
        layers = [torch.cat([w[p + "Un"], w[p + "Ug"]]) for p in ("", "h.q.", "h.s.")]
        biases = [torch.cat([w[p + "bn"], w[p + "bg"]]) for p in ("", "h.q.", "h.s.")]
        into = torch.cat([w["Wn"], w["Wg"]])

        def step(xt, s):
            for k, (R, b) in enumerate(zip(layers, biases)):
                n, g = (R @ s + b + (into @ xt if k == 0 else 0)).chunk(2)
                s = torch.lerp(s, torch.tanh(n), torch.sigmoid(g))
            return s

        return scan(step, x, torch.zeros(H))

    shapes = gates("ng")
    for p in "h.q.", "h.s.":
        shapes |= {p + k: v for k, v in gates("ng").items() if k[0] != "W"}
    layer("rhn", PAPER, shapes, run)


def pooled():
    def qrnn(x, w):
        # A convolution over time of width 2, its input padded by one step of zeros.
        def conv(g):
            kernel = torch.stack([w["V" + g], w["W" + g]], 2)  # (H, D, 2), the earlier step first
            padded = torch.nn.functional.pad(x.T[None], (1, 0))
            return torch.nn.functional.conv1d(padded, kernel, w["b" + g])[0].T

        z, f, o = torch.tanh(conv("z")), torch.sigmoid(conv("f")), torch.sigmoid(conv("o"))
        keep = torch.cumprod(f, 0)
        c = keep * torch.cumsum((1 - f) * z / keep, 0)
        return {"h": o * c, "h.c": c}

    shapes = {}
    for g in "zfo":
        shapes |= {"W" + g: (H, D), "V" + g: (H, D), "b" + g: (H,)}
    layer("qrnn", TORCH + "nn.functional.conv1d, then the paper's fo-pooling as products and sums over all steps", shapes, qrnn)


def sru():
    from sru.ops import elementwise_recurrence_naive

    rng = generator("sru")
    x, y = draw(rng, T, D), draw(rng, T)
    shapes = {"E": (H, D), "W": (H, H), "Wf": (H, H), "Wr": (H, H), "v_f": (H,), "v_r": (H,), "bf": (H,), "br": (H,), "V": (1, H), "c": ()}
    weights = {k: draw(rng, *s) for k, s in shapes.items()}
    w = {k: torch.tensor(a, requires_grad=True) for k, a in weights.items()}
    e = torch.tensor(x) @ w["E"].T
    # U is (T, 1, 3H), its last axis unit by unit: candidate, forget, reset.
    u = torch.stack([e @ w["W"].T, e @ w["Wf"].T, e @ w["Wr"].T], 2).reshape(T, 1, 3 * H)
    h, _ = elementwise_recurrence_naive(u, e[:, None], cat([w["v_f"], w["v_r"]]), cat([w["bf"], w["br"]]), torch.zeros(1, H), 0, H, False, True)
    values = {"h": h[:, 0], "yhat": h[:, 0] @ w["V"][0] + w["c"]}
    finish("sru", "sru 2.6.0, the authors' elementwise_recurrence_naive", {"x": x, "y": y}, weights, w, values)


def slstm():
    root = os.path.dirname(importlib.util.find_spec("xlstm").origin)
    spec = importlib.util.spec_from_file_location("vanilla", os.path.join(root, "blocks/slstm/src/vanilla/slstm.py"))
    vanilla = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(vanilla)

    shapes = {}
    for g in "ifoz":
        shapes |= {"W" + g: (H, D), "R" + g: (H, H), "b" + g: (H,)}

    def run(x, w):
        W, R, b = packed(w, "ifzo", "WRb")
        states, hs, cs = torch.zeros(4, 1, H), [], []
        for xt in x:
            states, _ = vanilla.slstm_forward_pointwise((W @ xt)[None], states[0] @ R.T, b[None], states, {})
            hs.append(states[0, 0])
        return torch.stack(hs)

    layer("slstm", "xlstm 2.0.6, the authors' slstm_forward_pointwise", shapes, run)


def linear():
    N, O = 4, 2

    def lru(x, w):
        size = torch.exp(-torch.exp(w["nu"]))
        eigen = torch.polar(size, torch.exp(w["theta"]))
        B, C = torch.complex(w["Bp"], w["Bq"]), torch.complex(w["Cp"], w["Cq"])
        u = torch.sqrt(1 - eigen.abs() ** 2) * (x.to(B.dtype) @ B.T)
        # x_t is the sum over s <= t of eigen^(t - s) u_s.
        lags = torch.arange(T)[:, None] - torch.arange(T)[None]
        powers = torch.where((lags >= 0)[..., None], eigen ** lags.clamp(min=0)[..., None], 0)
        state = (powers * u[None]).sum(1)
        return {"h": (state @ C.T).real + x @ w["Dx"].T, "h.p": state.real, "h.q": state.imag}

    shapes = {"nu": (N,), "theta": (N,), "Bp": (N, D), "Bq": (N, D), "Cp": (O, N), "Cq": (O, N), "Dx": (O, D)}
    layer("lru", PAPER + ", in complex numbers, as a sum over all steps before", shapes, lru, size=O)


def clockwork():
    groups, units = 2, 2

    def run(x, w):
        # Group by group: a group that moves at t reads its own units and those of slower groups.
        states, out = [torch.zeros(units) for _ in range(groups)], []
        for t, xt in enumerate(x):
            before = list(states)
            for g in range(groups):
                if t % 2**g == 0:
                    rows = slice(g * units, (g + 1) * units)
                    a = w["W"][rows] @ xt + w["b"][rows]
                    for k in range(g, groups):
                        a = a + w["U"][rows, k * units:(k + 1) * units] @ before[k]
                    states[g] = torch.tanh(a)
            out.append(cat(states))
        return torch.stack(out)

    layer("clockwork", PAPER, {"W": (H, D), "U": (H, H), "b": (H,)}, run)


def esn():
    from reservoirpy.nodes import Reservoir

    fixed = ("W", "U", "b", "leak")

    def run(x, w):
        a = {k: w[k].detach().numpy() for k in fixed}
        r = Reservoir(units=H, lr=float(a["leak"]), W=a["U"], Win=a["W"], bias=a["b"], seed=1)
        return torch.tensor(np.asarray(r.run(x.numpy())))

    layer("esn", "reservoirpy 0.4.2, Reservoir", {"W": (H, D), "U": (H, H), "b": (H,), "leak": np.array(0.3)}, run, fixed=fixed)


def stacked():
    m = torch.nn.LSTM(D, H, num_layers=2)
    shapes = {"h1." + k: s for k, s in gates("ifog").items()} | {"h." + k: s for k, s in gates("ifog", into=H).items()}

    def run(x, w):
        h, _ = module(m, lstm_params(w, "h1.") | lstm_params(w, "h.", "_l1"), x)
        return h

    layer("stacked", TORCH + "nn.LSTM(num_layers=2)", shapes, run)


def bidirectional():
    m = torch.nn.GRU(D, 2, bidirectional=True)
    one = gates("zrn", size=2) | {"c_n": (2,)}
    shapes = {p + k: s for p in ("f.", "b.") for k, s in one.items()}

    def run(x, w):
        params = {}
        for p, suffix in ("f.", "_l0"), ("b.", "_l0_reverse"):
            W, U, b = (cat([w[p + a + g] for g in "rzn"]) for a in "WUb")
            params |= {"weight_ih" + suffix: W, "weight_hh" + suffix: U, "bias_ih" + suffix: b, "bias_hh" + suffix: cat([torch.zeros(4), w[p + "c_n"]])}
        h = module(m, params, x)[0]
        return {"h": h, "f": h[:, :2], "b": h[:, 2:]}

    layer("bidirectional", TORCH + "nn.GRU(bidirectional=True)", shapes, run)


for make in (simple, jordan, gru, lstm, coupled, minimal, rhn, pooled, sru, slstm, linear, clockwork, esn, stacked, bidirectional):
    make()
    print(make.__name__, "done")
