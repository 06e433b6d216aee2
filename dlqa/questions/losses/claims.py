"""Question 102: what the page may say of a record: its claims, and the values that it cites.

Quantities, margins and seeds were fixed after pilots on seeds from 3000 on, before the first full
run; the expected verdicts follow it.
"""

import xarray as xr

from dlqa.evidence.claims import cited, derived, equal, fails, holds, measured, undecided
from dlqa.evidence.values import Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.losses.quantities import (
    END,
    RELU_END,
    at_best,
    at_own_rate,
    gap,
    overconfidence,
    stopped,
    tuned,
)
from dlqa.questions.losses.record import NOISES, Params

SOURCE = "Abid 2018"
REPORTED_SECONDS = 36.7  # of the source's notebook, experiment 9
ROUNDING = 1e-5  # of single precision
NAMES = tuple(f"noise_{noise:g}" for noise in NOISES)

CLAIMS = (
    measured(
        "c1", SOURCE, gap,
        equal(beside="hinge"),
        undecided(beside=("squared", "absolute")),
        above=0.0, setting="source", step=END,
    ),
    derived("m2", "Golik et al. 2013", Verdict.HOLDS, lambda record: fades(record)),
    measured(
        "m3", "Golik et al. 2013", gap,
        holds(setting="wrong_descent"),
        fails(setting="wrong_adam"),
        undecided(setting=("descent", "wrong_fast_descent")),
        above=0.1, beside="sigmoid_squared", step=100,
    ),
    measured(
        "m4", "Hui & Belkin 2021", gap,
        holds(beside="squared", setting="noise_0"),
        fails(beside="squared", setting="neutral"),
        fails(beside=("hinge", "sigmoid_squared"), setting="noise_0"),
        above=0.015, step=RELU_END,
    ),
    measured(
        "m5", "Ghosh et al. 2017", gap,
        holds(setting=NAMES[1:]),
        fails(setting=NAMES[0]),
        above=0.05, loss="softmax_absolute", beside="cross_entropy", step=RELU_END,
    ),
    derived("m7", "Ghosh et al. 2017", Verdict.HOLDS, lambda record: symmetric(record)),
    measured(
        "m6", "Zhang & Sabuncu 2018", stopped,
        fails(setting=NAMES[1:]),
        below=0.02, loss="softmax_absolute", beside="cross_entropy",
    ),
    measured(
        "m10", "Zhang & Sabuncu 2018", gap,
        fails(setting=NAMES[0]),
        undecided(setting="source"),
        above=0.01, beside="softmax_absolute", step=RELU_END,
    ),
    measured(
        "m8", "Guo et al. 2017", overconfidence,
        holds(loss="cross_entropy", setting=NAMES[:2]),
        holds(loss=("sigmoid_squared", "softmax_absolute"), setting="noise_0"),
        fails(loss=("focal", "squared"), setting="noise_0"),
        above=0.02, step=RELU_END,
    ),
    measured(
        "c2", SOURCE, gap,
        holds(step=200),
        undecided(step=1000),
        above=0.02, beside="fourth", setting="source",
    ),
    measured("m1", SOURCE, tuned, undecided(step=1000), above=0.0, beside="fourth"),
    derived("c3", SOURCE, Verdict.HOLDS, lambda record: stays(record)),
    cited("m9", "Hui & Belkin 2021", Verdict.HOLDS),
)  # fmt: skip


def fades(record: xr.Dataset) -> bool:
    """Whether squared error behind a sigmoid pushes less the more wrong, and cross entropy more."""
    wrong = record.push.sel(lead=record.lead[record.lead < -2])
    ways = wrong.diff("lead")  # from very wrong to less so
    return bool(
        (ways.sel(loss="sigmoid_squared") > 0).all() and (ways.sel(loss="cross_entropy") < 0).all()
    )


def symmetric(record: xr.Dataset) -> bool:
    """Whether the absolute error of a softmax sums to one number over both labels, and no other does."""
    both = record.value + record.value.isel(lead=slice(None, None, -1)).values
    ranges = both.max("lead") - both.min("lead")
    others = ranges.drop_sel(loss=["softmax_absolute", "constant"])
    return float(ranges.sel(loss="softmax_absolute")) < ROUNDING < float(others.min())


def stays(record: xr.Dataset) -> bool:
    """Whether no weight has moved under the constant loss, and some have under all others."""
    moved = record.moved.sel(setting="source").max("seed").dropna("loss")
    return float(moved.sel(loss="constant")) == 0 and bool(
        (moved.drop_sel(loss="constant") > 0).all()
    )


def values(record: xr.Dataset) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    params = Params()
    found = {
        "reported_seconds": value(REPORTED_SECONDS, ".1f"),
        **{
            of: value(getattr(params, of), ".0f")
            for of in ("seeds", "most_seeds", "samples", "fresh")
        },
        "some": percent(NOISES[1], 0),
        "many": percent(NOISES[2], 0),
        "held_out": value(params.held_out, ".0f"),
    }
    for setting in params.settings:
        name = setting.name.replace(".", "_")
        found[f"limit_{name}"] = percent(record.bayes.sel(setting=setting.name).mean(), 1)
        for loss in setting.losses:
            ran = record.accuracy.sel(setting=setting.name, loss=loss)
            found[f"{name}_{loss}"] = percent(ran.sel(step=setting.at[-1]).mean(), 1)
            if not setting.sigmoid:
                found[f"{name}_{loss}_stopped"] = percent(
                    at_best(record, loss, setting.name).mean(), 1
                )
    for name in ("descent", "wrong_descent", "wrong_fast_descent", "wrong_adam"):
        for loss in ("cross_entropy", "sigmoid_squared"):
            at = record.accuracy.sel(setting=name, loss=loss, step=100)
            found[f"early_{name}_{loss}"] = percent(at.mean(), 1)
    for loss in ("cross_entropy", "fourth"):
        for step in (200, END, 1000):
            at = record.accuracy.sel(setting="source", loss=loss, step=step)
            found[f"{loss}_{step}"] = percent(at.mean(), 1)
            if step > 200:
                found[f"own_rate_{loss}_{step}"] = percent(
                    at_own_rate(record, loss, step).mean(), 1
                )
    return found
