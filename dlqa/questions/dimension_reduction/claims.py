"""Question 48: what the page may say of a record: its claims, and the values that it cites.

Quantities, margins and seeds were fixed after pilots on seeds from 5000 and from 6000 on, before
the first full run; the expected verdicts follow it.
"""

import xarray as xr

from dlqa.evidence.claims import cited, derived, fails, holds, measured
from dlqa.evidence.values import Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.dimension_reduction.quantities import (
    END,
    gap,
    kept,
    reached,
    returned,
    saturated,
    turned,
)
from dlqa.questions.dimension_reduction.record import RATE, Params

SOURCE = "Abid 2018"
REPORTED_SECONDS = 182.9  # of the source's notebook, experiment 6
ROUNDING = 1e-9  # of distances in double precision

CLAIMS = (
    measured(
        "c1", SOURCE, gap,
        holds(data="uniform", dummies=200),
        fails(data="uniform", dummies=50),
        fails(data="rotation", dummies=200),
        above=0.02, preparation="pca_10", beside="none",
    ),
    measured("m1", "LeCun et al. 1998", returned, holds(dummies=200), above=0.0),
    measured(
        "m2", "LeCun et al. 1998", gap,
        fails(data="uniform", dummies=(50, 200)),
        fails(data="rotation", dummies=200),
        above=0.02, preparation="pca_10", beside="centred",
    ),
    measured(
        "m3", SOURCE, reached,
        holds(rate=0.003),
        fails(rate=0.0003),
        below=0.8,
    ),
    measured("m4", SOURCE, turned, holds(dummies=200), above=0.2),
    measured(
        "m5", "Glorot & Bengio 2010", saturated,
        holds(data="uniform"),
        fails(data="rotation"),
        above=0.5,
    ),
    measured(
        "m6", "Jolliffe 1982", gap,
        holds(preparation=("none", "standardized", "whitened")),
        above=0.2, beside="pca_10", data="quiet", dummies=10,
    ),
    measured("m7", "Jolliffe 1982", kept, holds(preparation="pca_10"), above=0.95),
    measured(
        "m8", "Wadia et al. 2021", gap,
        holds(dummies=1),
        fails(dummies=(50, 200)),
        above=0.01, preparation="whitened", beside="centred",
    ),
    measured(
        "c2", SOURCE, gap,
        holds(data="uniform"),
        fails(data="rotation"),
        above=0.02, preparation="pca_10", beside="pca_1",
    ),
    derived(
        "m9", "Jolliffe 1982", Verdict.HOLDS, lambda record: float(record.apart.max()) < ROUNDING
    ),
    derived("m10", "Jolliffe 1982", Verdict.HOLDS, lambda record: turns(record)),
    cited("m11", "Jolliffe 1982", Verdict.HOLDS),
)  # fmt: skip


def turns(record: xr.Dataset) -> bool:
    """Whether one component loses nothing along the stretch, and all across a long one."""
    lost = record.whole - record.one
    along, across = lost.sel(angle=0), record.one.sel(angle=90, stretch=[4, 8])
    return float(along.max()) < ROUNDING and float(across.max()) < 0.5 + ROUNDING


def values(record: xr.Dataset) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    params = Params()
    counts = ("seeds", "most_seeds", "few", "train", "fresh")
    found = {of: value(getattr(params, of), ".0f") for of in counts}
    found["reported_seconds"] = value(REPORTED_SECONDS, ".1f")
    for data, dummies, name, rate in (*params.decisive, *params.shown):
        at = {"data": data, "dummies": dummies, "preparation": name, "rate": rate}
        word = f"{data}_{dummies}_{name}"
        if rate != RATE:
            word += f"_{rate:g}".replace(".", "_")
        found[f"accuracy_{word}"] = percent(record.accuracy.sel(at).sel(step=END).mean("seed"), 1)
        if rate == RATE:
            found[f"saturated_{word}"] = percent(record.saturated.sel(at).mean("seed"))
            found[f"kept_{word}"] = percent(record.kept.sel(at).mean("seed"), 1)
    at = {"data": "uniform", "dummies": 200, "preparation": "none", "rate": RATE}
    found["same"] = percent(record.same.sel(at).min())
    return found
