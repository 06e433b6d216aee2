"""Question 51: what the page may say of a record: its claims, and the values that it cites.

Metrics and margins were chosen after a try-out and fixed before the first full run; how many seeds
there are was changed since. The expected verdicts are what the prose relies on, and follow it.
"""

import xarray as xr

from dlqa.evidence.claims import cited, derived, fails, holds, measured, undecided
from dlqa.evidence.values import Value, Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.initialization import quantities
from dlqa.questions.initialization.record import DATA, Params

SOURCE = "Abid 2018"
REPORTED_SECONDS = 34.137  # of the source's notebook, cell of experiment 10
GOOD = ("xavier", "gaussian_small")
CONSTANT = ["zero", "constant_small", "one"]
ROUNDING = 1e-4  # of sums of 400 terms that kernels add in orders of their own
FACTORS = {  # of n σ² E[φ′²], by activation and initializer: a closed form's value, with room
    ("relu", "he"): (0.8, 1.25),  # 1
    ("relu", "xavier"): (0.4, 0.625),  # ½
    ("sigmoid", "xavier"): (1 / 32, 1 / 16),  # less than 1/16, the square of its largest slope
}

CLAIMS = (
    derived("c1", "Hastie et al. 2009", Verdict.HOLDS, lambda record: abs(float(record.linear_gap.mean())) < 0.005),
    cited("c4", "Keras", Verdict.DEPENDS),
    measured(
        "c5", SOURCE, quantities.attained,
        undecided(initializer=("zero", "constant_small"), data="correlated"),
        holds(initializer="one", data="correlated"),
        below=0.5, step=500,
    ),
    measured(
        "c7", SOURCE, quantities.attained,
        undecided(initializer=GOOD, data="correlated"), holds(initializer=GOOD, data="independent"),
        above=0.9, step=450,
    ),
    measured(
        "c8", SOURCE, quantities.attained,
        holds(setting="sigmoid", data=DATA, step=1000),
        fails(setting=("tanh", "relu"), data="correlated", step=500),
        undecided(setting=("width_50", "width_32"), data="correlated", step=1000),
        above=0.5, initializer="zero",
    ),
    measured(
        "c9", SOURCE, quantities.attained,
        undecided(initializer="constant_small", data="correlated"),
        holds(initializer="one", data=DATA),
        fails(initializer="constant_small", data="independent"),
        below=0.5, step=500,
    ),
    measured(
        "c10", SOURCE, quantities.area_gap,
        holds(setting=("sigmoid", "descent"), data=DATA),
        undecided(setting="tanh", data="correlated"),
        fails(setting="tanh", data="independent"),
        fails(setting="relu", data="correlated"),
        undecided(setting="relu", data="independent"),
        above=0.005, initializer="xavier", beside="gaussian_small",
    ),
    measured("c11", SOURCE, quantities.loss_gap, holds(data=DATA, step=500), fails(data=DATA, step=1000), above=0.01),
    derived(
        "m1", "Goodfellow et al. 2016", Verdict.HOLDS,
        lambda record: bool(record.gradients_apart.sel(initializer=CONSTANT).max() < ROUNDING),
    ),
    measured("m2", "Goodfellow et al. 2016", quantities.attained_more, holds(data="xor", step=1000), above=0.5),
    measured("m3", "Zhang et al. 2017", quantities.accuracy_gap, holds(data=DATA), above=0.1),
    measured(
        "m4", "Glorot & Bengio 2010", quantities.area_gap,
        undecided(data="correlated"), holds(data="independent"),
        above=0.05, setting="descent", initializer="gaussian_large", beside="gaussian_small",
    ),
    measured(
        "m5", "LeCun et al. 1998", quantities.area_gap,
        undecided(initializer=("he", "lecun", "orthogonal"), data=DATA),
        above=0.005, beside="xavier",
    ),
    derived(
        "m6", "He et al. 2015", Verdict.HOLDS,
        lambda record: all(low < quantities.factor(record, *of) < high for of, (low, high) in FACTORS.items()),
    ),
)  # fmt: skip


def values(record: xr.Dataset) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    params = Params()
    numbers = ("seeds", "most_seeds", "fresh", "depth")
    found = {name: value(getattr(params, name), ".0f") for name in numbers}
    found["reported_seconds"] = value(REPORTED_SECONDS)
    bayes = dict(record.bayes.groupby("data"))
    found["bayes_correlated_lowest"] = percent(bayes["correlated"].min())
    found["bayes_correlated_median"] = percent(bayes["correlated"].median(), 1)
    found |= {f"bayes_{data}": percent(bayes[data].mean(), 1) for data in ("independent", "xor")}

    def accuracy(name: str, data: str, step: int = 500, setting: str = "sigmoid") -> Value:
        return percent(quantities.curves(record, data, name, setting).sel(step=step).mean(), 1)

    def loss(name: str, step: int) -> xr.DataArray:
        return quantities.losses(record, "correlated", name).sel(step=step).mean()

    for name in params.initializers:
        found[f"saturated_{name}_correlated_start"] = _saturated(record, "correlated", name)
        found |= {f"accuracy_{name}_{data}": accuracy(name, data) for data in DATA}
    found["saturated_one_independent_start"] = _saturated(record, "independent", "one")
    for name in ("xavier", "gaussian_large"):
        found[f"loss_{name}_correlated_1000"] = value(loss(name, 1000))
        found[f"accuracy_{name}_correlated_1000"] = accuracy(name, "correlated", 1000)
    found["loss_gaussian_large_correlated_start"] = value(loss("gaussian_large", 0), ".0f")
    for name in params.xor_initializers:
        found[f"accuracy_{name}_xor"] = accuracy(name, "xor", 1000)
    for name in params.descent_initializers:
        reached = accuracy(name, "independent", setting="descent")
        found[f"accuracy_{name}_independent_descent"] = reached
    for name in ("zero", "constant_small"):
        found[f"learned_{name}_500"] = _learned(record, initializer=name, step=500)
    for of in (f"width_{width}" for width in params.widths):
        found[f"learned_{of}"] = _learned(record, initializer="zero", step=1000, setting=of)
    apart = record.units_apart.sel(setting="sigmoid", initializer="zero")
    found["units_apart_zero"] = percent(apart.max())
    for arm in params.untrained:
        found["factor_" + "_".join(arm)] = value(quantities.factor(record, *arm), ".2g")
    return found


def _learned(record: xr.Dataset, **at: object) -> Value:
    """How many seeds have reached half of the attainable."""
    return value((quantities.attained(record, data="correlated", **at) > 0.5).sum(), ".0f")


def _saturated(record: xr.Dataset, data: str, initializer: str) -> Value:
    at = {"setting": "sigmoid", "data": data, "initializer": initializer, "moment": "start"}
    return percent(record.saturated.sel(at).mean())
