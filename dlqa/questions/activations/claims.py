"""Question 49: what the page may say of a record: its claims, and the values that it cites.

Quantities, margins and seeds were fixed after pilots on seeds from 1000 and from 3000 on, before the
first full run; the expected verdicts follow it.
"""

import math

import xarray as xr

from dlqa.evidence.claims import cited, derived, equal, fails, holds, measured, undecided
from dlqa.evidence.values import Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.activations import quantities
from dlqa.questions.activations.record import Params

SOURCE = "Abid 2018"
REPORTED_SECONDS = 22.7  # of the source's notebook, experiment 7
ROUNDING = 1e-9  # of least squares in double precision on outputs in single precision
FADES = math.log10(16)  # a sigmoid's slope is at most ¼, so its square at most 1/16

CLAIMS = (
    derived(
        "m2", "Goodfellow et al. 2016", Verdict.HOLDS,
        lambda record: float(record.bent.sel(activation="identity").max()) < ROUNDING,
    ),
    measured(
        "c1", SOURCE, quantities.gap,
        holds(activation=("relu", "tanh", "sin", "square")),
        fails(activation=("sigmoid", "sign")),
        above=0.05, beside="identity",
    ),
    measured(
        "c2", SOURCE, quantities.gap,
        equal(beside=("square", "leaky_relu", "gelu")),
        undecided(beside=("tanh", "sin")),
        above=0.0, activation="relu",
    ),
    measured(
        "m4", "Glorot & Bengio 2010; Glorot et al. 2011", quantities.gap,
        fails(beside=("sigmoid", "tanh"), depth=(5, 10)),
        undecided(beside="sigmoid", depth=20),
        above=0.1, activation="relu",
    ),
    derived("m1", "Glorot & Bengio 2010", Verdict.HOLDS, lambda record: fades(record)),
    measured(
        "m5", "Maas et al. 2013; Lu et al. 2019", quantities.dead,
        fails(rate=0.003),
        holds(rate=(0.1, 0.3)),
        above=0.1,
    ),
    measured("m6", "Lu et al. 2019", quantities.returned, holds(rate=0.1), undecided(rate=0.3), below=0.05),
    measured(
        "m7", "Lu et al. 2019", quantities.lost, fails(rate=0.1), undecided(rate=0.3), above=0.02, beside=0.003
    ),
    measured(
        "m8", "Hendrycks & Gimpel 2016", quantities.gap,
        holds(step=100),
        fails(step=800),
        above=0.01, activation="gelu", beside="relu",
    ),
    derived("c3", SOURCE, Verdict.HOLDS, lambda record: stays(record)),
    measured(
        "m9", "Hubara et al. 2016", quantities.gap,
        holds(step=800),
        above=0.02, activation="sign_through", beside="sign",
    ),
    cited("m3", "Leshno et al. 1993", Verdict.HOLDS),
)  # fmt: skip


def fades(record: xr.Dataset) -> bool:
    """Whether each sigmoid layer leaves less than a sixteenth of the gradient's mean square."""
    fading = record.fading.sel(activation="sigmoid").mean("seed").dropna("depth")
    return bool((fading < -FADES * (fading.depth - 1)).all())


def stays(record: xr.Dataset) -> bool:
    """Whether hidden weights under a sign have not moved at all, and those of all others have."""
    moved = record.moved.max("seed")
    others = moved.drop_sel(activation="sign")
    return float(moved.sel(activation="sign")) == 0 and bool((others > 0).all())


def values(record: xr.Dataset) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    params = Params()
    found = {
        "reported_seconds": value(REPORTED_SECONDS, ".1f"),
        "worst_0_3": percent(record.rate_accuracy.sel(rate=0.3).min(), 1),
        "limit": percent(record.limit.mean(), 1),
        **{
            of: value(getattr(params, of), ".0f")
            for of in ("seeds", "most_seeds", "deep_seeds", "most_deep_seeds", "samples", "fresh")
        },
    }
    ends, early = (record.accuracy.sel(step=step).mean("seed") for step in (quantities.END, 100))
    for name in params.activations:
        found[f"accuracy_{name}"] = percent(ends.sel(depth=2, activation=name), 1)
        found[f"early_{name}"] = percent(early.sel(depth=2, activation=name), 1)
    for depth in params.depths:
        for name in params.deep:
            found[f"accuracy_{name}_{depth}"] = percent(ends.sel(depth=depth, activation=name), 1)
            fading = record.fading.sel(depth=depth, activation=name).mean("seed")
            found[f"fading_{name}_{depth}"] = value(fading, ".1f")
    for rate in params.rates:
        end = record.dead.sel(rate=rate, moment="end").mean("seed")
        found[f"dead_{rate:g}".replace(".", "_")] = percent(end)
        found[f"rate_accuracy_{rate:g}".replace(".", "_")] = percent(
            record.rate_accuracy.sel(rate=rate).mean(), 1
        )
    return found
