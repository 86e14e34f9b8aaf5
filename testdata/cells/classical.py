"""What statsmodels, arch and hmmlearn say of the classical cells: forecasts, losses and likelihoods.

    pip install statsmodels arch hmmlearn
    python classical.py

Made with statsmodels 0.15.0, arch 8.0.0, hmmlearn 0.3.3. These have no gradients by the parameters that we
fix, so a gradient here is the central difference of their loss, of fourth order in the step.
"""

import csv
import os
import warnings

import numpy as np
import statsmodels.api as sm
from arch.univariate import GARCH, ConstantMean, Normal
from hmmlearn.hmm import GaussianHMM
from statsmodels.tsa.ar_model import AutoReg
from statsmodels.tsa.holtwinters import ExponentialSmoothing, Holt, SimpleExpSmoothing

from reference import HERE, draw, generator, write

warnings.simplefilter("ignore")


def read(name):
    """The values of a series of the examples."""
    with open(os.path.join(HERE, "../../examples/cells", name), encoding="utf-8") as f:
        return np.array([float(r["y"]) for r in csv.DictReader(f)])


def differences(loss, weights, rel=1e-3):
    """The gradient of a loss, by central differences of fourth order; arrays entry by entry."""
    out = {}
    for name, value in weights.items():
        value = np.asarray(value, dtype=float)
        grad = np.zeros_like(value)
        for i in np.ndindex(value.shape):
            h = rel * max(abs(value[i]), 0.1)

            def at(k):
                moved = value.copy()
                moved[i] += k * h
                return loss(weights | {name: moved})

            grad[i] = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
        out[name] = grad
    return out


def named(call, d):
    return {f"{call}.{k}": v for k, v in d.items()}


def smoothing(name, source, file, model, weights):
    """A method of exponential smoothing: its forecasts, their loss, and what it goes on to forecast."""
    y = read(file)
    one = model(y, **weights)
    loss = lambda w: model(y, **w).sse
    write(name, source, __file__, named("yhat", weights), {"yhat": one.fittedvalues}, file=file,
          loss=one.sse, gradient=named("yhat", differences(loss, weights)))
    # From its 76th value on the method goes on from its own forecasts.
    known, ahead = 76, len(y) - 76
    if "s0" in weights:
        path, by = seasonal(y[:known], ahead, model, weights), source + ", its level, trend and season"
    else:
        path, by = model(y[:known], **weights).forecast(ahead), source + ".forecast"
    values = np.concatenate([np.full(known, np.nan), path])
    write(name + "-fed", by, __file__, named("yhat", weights), {"yhat": values}, file=file, feed=f"observed:{known - 1}")


def ses(y, alpha, l0):
    return SimpleExpSmoothing(y, initialization_method="known", initial_level=float(l0)).fit(smoothing_level=float(alpha), optimized=False)


def holt(y, alpha, beta, l0, b0):
    return Holt(y, initialization_method="known", initial_level=float(l0), initial_trend=float(b0)).fit(
        smoothing_level=float(alpha), smoothing_trend=float(beta), optimized=False)


def damped(y, alpha, beta, phi, l0, b0):
    return Holt(y, damped_trend=True, initialization_method="known", initial_level=float(l0), initial_trend=float(b0)).fit(
        smoothing_level=float(alpha), smoothing_trend=float(beta), damping_trend=float(phi), optimized=False)


def winters(seasonal):
    def model(y, alpha, beta, gamma, l0, b0, s0):
        return ExponentialSmoothing(
            y, trend="add", seasonal=seasonal, seasonal_periods=4, initialization_method="known",
            initial_level=float(l0), initial_trend=float(b0), initial_seasonal=np.asarray(s0, dtype=float),
        ).fit(smoothing_level=float(alpha), smoothing_trend=float(beta), smoothing_seasonal=float(gamma), optimized=False)

    return model


def seasonal(y, ahead, model, weights):
    """Seasonal forecasts from the states that ExponentialSmoothing found. Its own method forecast, in version
    0.15.0, takes the season of the very last value from a period too early."""
    one, m = model(y, **weights), 4
    known = [one.level[-1] + h * one.trend[-1] for h in range(1, ahead + 1)]
    season = [one.season[len(y) - m + h % m] for h in range(ahead)]
    return np.add(known, season) if one.model.seasonal == "add" else np.multiply(known, season)


def methods():
    s = "statsmodels 0.15.0, "
    smoothing("ses", s + "SimpleExpSmoothing", "nile.csv", ses, {"alpha": 0.2465, "l0": 1110.0})
    smoothing("holt", s + "Holt", "johnson.csv", holt, {"alpha": 0.35, "beta": 0.15, "l0": 0.6, "b0": 0.02})
    smoothing("damped", s + "Holt(damped_trend=True)", "johnson.csv", damped, {"alpha": 0.35, "beta": 0.25, "phi": 0.93, "l0": 0.6, "b0": 0.02})
    start = {"alpha": 0.3, "beta": 0.1, "gamma": 0.4, "l0": 0.62, "b0": 0.02}
    smoothing("hw_add", s + "ExponentialSmoothing(seasonal='add')", "johnson.csv", winters("add"), start | {"s0": [0.05, -0.02, 0.17, -0.2]})
    smoothing("hw_mul", s + "ExponentialSmoothing(seasonal='mul')", "johnson.csv", winters("mul"), start | {"s0": [1.05, 0.98, 1.17, 0.8]})


def ar():
    y = read("sunspots.csv")
    model = AutoReg(y, 2, trend="c")
    fit = model.fit()  # ordinary least squares, at which the gradient is 0; so elsewhere too
    for name, c, phi in ("ar", 14.0, [-0.6, 1.3]), ("ar-fitted", fit.params[0], fit.params[:0:-1]):
        def forecasts(w):
            return model.predict([float(w["c"]), w["phi"][1], w["phi"][0]])[2:]

        def loss(w):
            return ((y[2:] - forecasts(w)) ** 2).sum()

        w = {"c": np.array(c), "phi": np.array(phi)}
        gradient = differences(loss, w) if name == "ar" else {}
        write(name, "statsmodels 0.15.0, AutoReg" + (".fit" if not gradient else ""), __file__, named("yhat", w), {"yhat": forecasts(w)},
              file="sunspots.csv", loss=loss(w), gradient=named("yhat", gradient))


def local_trend():
    y = read("nile.csv")
    w = {"noise": np.array(15000.0), "level": np.array(1400.0), "slope": np.array(3.0)}
    gone = y.copy()
    gone[20:25] = np.nan  # a gap in the middle
    gone[90:] = np.nan  # and nothing known at the end

    def filtered(y, w):
        model = sm.tsa.UnobservedComponents(y, "local linear trend")
        model.ssm.initialize_approximate_diffuse(1e7)
        return model, model.smooth([float(w["noise"]), float(w["level"]), float(w["slope"])])

    for name, data in ("local_trend", y), ("local_trend-gaps", gone):
        def loss(w):
            return -filtered(data, w)[0].loglikeobs([float(w["noise"]), float(w["level"]), float(w["slope"])])[2:].sum()

        _, one = filtered(data, w)
        values = {"f": one.forecasts[0], "sd": np.sqrt(one.forecasts_error_cov[0, 0])}
        # Of the first two, the variances are so large that the filters agree on few digits of the forecast.
        write(name, "statsmodels 0.15.0, UnobservedComponents('local linear trend')", __file__, named("f", w),
              {k: np.concatenate([[np.nan] * 2, v[2:]]) for k, v in values.items()},
              data={"y": data}, loss=loss(w), gradient=named("f", differences(loss, w)))


def garch():
    y = read("dem2gbp.csv")
    # The estimates of the benchmark, to all the digits that it gives, and its likelihood.
    best = {"mu": np.array(-0.00619041), "omega": np.array(0.0107613), "alpha": np.array(0.153134), "beta": np.array(0.805974)}
    other = {"mu": np.array(0.01), "omega": np.array(0.02), "alpha": np.array(0.1), "beta": np.array(0.85)}

    def run(w, y=y):
        mean, e = ConstantMean(y), y - float(w["mu"])
        sigma2 = np.zeros_like(e)
        params = np.array([float(w[k]) for k in ("omega", "alpha", "beta")])
        free = np.tile([0.0, np.inf], (len(e), 1))  # no bounds of the variance
        GARCH(1, 0, 1).compute_variance(params, e, sigma2, (e**2).mean(), free)
        return sigma2, -Normal().loglikelihood([], e, sigma2)

    for name, w in ("garch", best), ("garch-other", other):
        sigma2, loss = run(w)
        gradient = differences(lambda v: run(v)[1], w)
        write(name, "arch 8.0.0, GARCH(1, 0, 1).compute_variance and Normal().loglikelihood", __file__, named("m", w), {"s": np.sqrt(sigma2)[:60]},
              file="dem2gbp.csv", loss=loss, gradient=named("m", gradient) if name != "garch" else {})

    # What it forecasts: the variance goes on from what is expected of the squared misses.
    known, ahead = y[:60], 8
    sigma2, _ = run(other, known)
    model = ConstantMean(known, volatility=GARCH(1, 0, 1), rescale=False)
    fixed = model.fix([float(other[k]) for k in ("mu", "omega", "alpha", "beta")])
    e = known - float(other["mu"])
    next_variance = float(other["omega"]) + float(other["alpha"]) * e[-1] ** 2 + float(other["beta"]) * sigma2[-1]
    path = [next_variance]
    for _ in range(ahead - 1):
        path.append(float(other["omega"]) + (float(other["alpha"]) + float(other["beta"])) * path[-1])
    # arch starts elsewhere, which after 60 steps is less than 1e-3 of it: its own path, to hold ours by.
    theirs = fixed.forecast(horizon=ahead, reindex=False).variance.values[0]
    assert np.allclose(theirs, path, rtol=2e-3), (theirs, path)
    write("garch-fed", "arch 8.0.0, compute_variance; then Bollerslev's equation for the expected variance", __file__, named("m", other),
          {"s": np.sqrt(np.concatenate([sigma2, path]))}, data={"y": np.concatenate([known, np.full(ahead, np.nan)])})


def hmm():
    rng = generator("hmm")
    y = draw(rng, 12, lo=-2, hi=3)
    w = {"mu": np.array([-0.7, 1.4]), "q.X": np.array([[0.9, -0.4], [-0.3, 0.6]]), "q.x": np.array([0.2, -0.5])}
    softmax = lambda a: np.exp(a) / np.exp(a).sum(-1, keepdims=True)

    def model(w):
        m = GaussianHMM(n_components=2, covariance_type="spherical", implementation="scaling")
        m.startprob_, m.transmat_ = softmax(w["q.x"]), softmax(w["q.X"])
        m.means_, m.covars_ = w["mu"][:, None], np.ones(2)
        return m

    one = model(w)
    upto = np.array([one.score(y[:t + 1, None]) for t in range(len(y))])
    last = np.array([one.predict_proba(y[:t + 1, None])[-1] for t in range(len(y))])
    loss = lambda w: -model(w).score(y[:, None])
    write("hmm", "hmmlearn 0.3.3, GaussianHMM.score and predict_proba of every beginning of the series", __file__, w,
          {"q": np.diff(upto, prepend=0), "a": last}, data={"y": y}, loss=loss(w), gradient=differences(loss, w))


for make in (methods, ar, local_trend, garch, hmm):
    make()
    print(make.__name__, "done")
