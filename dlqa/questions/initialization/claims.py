"""Question 51: what the page may say of a record: its claims, and the values that it cites.

Metrics and margins were chosen after a try-out and fixed before the first full run; how many seeds
there are was changed since. The expected verdicts are what the prose relies on, and follow it.
"""

import xarray as xr

from dlqa.evidence.claims import cited, derived, fails, holds, measured, undecided
from dlqa.evidence.values import Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.initialization import quantities
from dlqa.questions.initialization.record import DATA, Params

SOURCE = "Abid 2018"
REPORTED_SECONDS = 34.137  # of the source's notebook, cell of experiment 10
CONSTANT = ["zero", "constant_small", "one"]
ROUNDING = 1e-4  # of sums of 400 terms that kernels add in orders of their own
FACTORS = {  # of n σ² E[φ′²], by activation and initializer: a closed form's value, with room
    ("relu", "he"): (0.8, 1.25),  # 1
    ("relu", "xavier"): (0.4, 0.625),  # ½
    ("sigmoid", "xavier"): (1 / 32, 1 / 16),  # less than 1/16, the square of its largest slope
}

CLAIMS = (
    derived(
        "c1", "Hastie et al. 2009", Verdict.HOLDS,
        lambda record: abs(float(record.linear_gap.mean())) < 0.005,
    ),
    cited("c4", "Keras", Verdict.DEPENDS),
    measured(
        "c5", SOURCE, quantities.attained,
        undecided(initializer=("zero", "constant_small"), data="correlated"),
        holds(initializer="one", data="correlated"),
        below=0.5, step=500,
    ),
    measured(
        "c7", SOURCE, quantities.attained,
        undecided(initializer=("xavier", "gaussian_small"), data="correlated"),
        holds(initializer=("xavier", "gaussian_small"), data="independent"),
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
    measured(
        "c11", SOURCE, quantities.loss_gap,
        holds(data=DATA, step=500),
        fails(data=DATA, step=1000),
        above=0.01,
    ),
    derived(
        "m1", "Goodfellow et al. 2016", Verdict.HOLDS,
        lambda record: bool(record.gradients_apart.sel(initializer=CONSTANT).max() < ROUNDING),
    ),
    measured(
        "m2", "Goodfellow et al. 2016", quantities.attained_more, holds(data="xor", step=1000), above=0.5
    ),
    measured("m3", "Zhang et al. 2017", quantities.accuracy_gap, holds(data=DATA), above=0.1),
    measured(
        "m4", "Glorot & Bengio 2010", quantities.area_gap,
        undecided(data="correlated"),
        holds(data="independent"),
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
    params, start = Params(), {"setting": "sigmoid", "moment": "start"}
    found = {
        **{
            of: value(getattr(params, of), ".0f")
            for of in ("seeds", "most_seeds", "fresh", "depth")
        },
        "reported_seconds": value(REPORTED_SECONDS),
        "bayes_independent": percent(record.bayes.sel(data="independent").mean(), 1),
        "bayes_correlated_lowest": percent(record.bayes.sel(data="correlated").min()),
        "bayes_correlated_median": percent(record.bayes.sel(data="correlated").median(), 1),
        "bayes_xor": percent(record.bayes.sel(data="xor").mean(), 1),
    }
    ends = record.accuracy.mean("seed")
    for name in params.initializers:
        for data in DATA:
            end = ends.sel(setting="sigmoid", data=data, initializer=name, step=500)
            found[f"accuracy_{name}_{data}"] = percent(end, 1)
        saturated = record.saturated.sel(data="correlated", initializer=name, **start)
        found[f"saturated_{name}_correlated_start"] = percent(saturated.mean())
    one = record.saturated.sel(data="independent", initializer="one", **start)
    found["saturated_one_independent_start"] = percent(one.mean())
    late = ends.sel(setting="sigmoid", step=1000)
    loss = record.loss.sel(setting="sigmoid", data="correlated").mean("seed")
    for name in ("xavier", "gaussian_large"):
        at = late.sel(data="correlated", initializer=name)
        found[f"accuracy_{name}_correlated_1000"] = percent(at, 1)
        found[f"loss_{name}_correlated_1000"] = value(loss.sel(initializer=name, step=1000))
    for name, at in {
        "zero_500": {"initializer": "zero", "step": 500},
        "constant_small_500": {"initializer": "constant_small", "step": 500},
        "width_50": {"initializer": "zero", "step": 1000, "setting": "width_50"},
        "width_32": {"initializer": "zero", "step": 1000, "setting": "width_32"},
    }.items():
        found[f"learned_{name}"] = value(quantities.learned(record, data="correlated", **at), ".0f")
    large = loss.sel(initializer="gaussian_large", step=0)
    found["loss_gaussian_large_correlated_start"] = value(large, ".0f")
    for name in ("xavier", "zero"):
        found[f"accuracy_{name}_xor"] = percent(late.sel(data="xor", initializer=name), 1)
    descent = ends.sel(setting="descent", data="independent", step=500)
    for name in params.descent_initializers:
        found[f"accuracy_{name}_independent_descent"] = percent(descent.sel(initializer=name), 1)
    apart = record.units_apart.sel(setting="sigmoid", initializer="zero").max()
    found["units_apart_zero"] = percent(apart)
    for of in params.untrained:
        found["factor_" + "_".join(of)] = value(quantities.factor(record, *of), ".2g")
    return found
