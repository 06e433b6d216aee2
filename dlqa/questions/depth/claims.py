"""Question 45: what the page may say of a record: its claims, and the values that it cites.

Quantities, margins and seeds were fixed after pilots on seeds from 5000 and from 7000 on, before the
first full run; the expected verdicts follow it.
"""

import xarray as xr

from dlqa.evidence.claims import cited, derived, fails, holds, measured, undecided
from dlqa.evidence.values import Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.depth import quantities
from dlqa.questions.depth.quantities import tuned
from dlqa.questions.depth.record import TARGETS, Params

SOURCE = "Abid 2018"
REPORTED_SECONDS = 28.7  # of the source's notebook, experiment 2
HALF_A_POINT = 0.03  # of sixteen

CLAIMS = (
    measured(
        "c1", SOURCE, quantities.lead,
        undecided(arm=("shared3", "shared4")),
        above=HALF_A_POINT, beside="shared2", inputs="raw",
    ),
    measured(
        "m1", "LeCun et al. 1998", quantities.from_scaling,
        holds(arm=("shared2", "shared3", "shared4")),
        above=HALF_A_POINT,
    ),
    derived("m2", "Telgarsky 2016", Verdict.HOLDS, lambda record: fits(record)),
    measured(
        "m3", "Telgarsky 2016", quantities.missed,
        holds(arm=("shared2", "shared3", "wide", "four")),
        undecided(arm="shared4"),
        above=HALF_A_POINT,
    ),
    measured(
        "m4", "Telgarsky 2016", quantities.lost,
        undecided(shift=(0.01, 0.03)),
        holds(shift=0.3),
        above=HALF_A_POINT,
    ),
    measured(
        "m5", SOURCE, quantities.lead,
        fails(inputs=("raw", "scaled")),
        above=HALF_A_POINT, arm="four", beside="wide",
    ),
    measured(
        "m6", "Mhaskar & Poggio 2016", quantities.less_left,
        holds(depth=(2, 3)),
        above=0.05, target="nested",
    ),
    measured(
        "m7", "Mhaskar & Poggio 2016", quantities.less_left,
        fails(depth=2),
        above=0.05, target="added",
    ),
    measured("m8", "Telgarsky 2016", quantities.less_left, undecided(depth=4), above=0.05, target="folded"),
    cited("m9", "Telgarsky 2016", Verdict.HOLDS),
    cited("m10", "He et al. 2016", Verdict.HOLDS),
)  # fmt: skip


def fits(record: xr.Dataset) -> bool:
    """Whether the tent folded four times by hand fits all points, and fewer or more folds do not."""
    fitted = record.fitted
    return float(fitted.sel(folds=4)) == 1 and bool((fitted.drop_sel(folds=4) < 1).all())


def values(record: xr.Dataset) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    params = Params()
    found = {
        "reported_seconds": value(REPORTED_SECONDS, ".1f"),
        **{
            of: value(getattr(params, of), ".0f")
            for of in (
                "seeds",
                "most_seeds",
                "target_seeds",
                "most_target_seeds",
                "samples",
                "fresh",
            )
        },
    }
    ends = record.accuracy.isel(step=-1)
    for arm in params.arms:
        for inputs in params.inputs:
            at = ends.sel(arm=arm, inputs=inputs).dropna("seed")
            found[f"{inputs}_{arm}"] = percent(at.mean(), 1)
            found[f"whole_{inputs}_{arm}"] = percent((at == 1).mean())
        found[f"pieces_{arm}"] = value(record.pieces.sel(arm=arm, inputs="scaled").mean(), ".0f")
    for shift in params.shifts:
        for moment in ("start", "end"):
            at = record.built.sel(shift=shift, moment=moment).mean()
            found[f"built_{moment}_{shift:g}".replace(".", "_")] = percent(at, 1)
    for target in params.targets:
        for depth in TARGETS[target]:
            found[f"{target}_{depth}"] = percent(tuned(record, target, depth).mean(), 1)
            for rate in params.rates:
                at = record.left.sel(
                    target=target, depth=depth, rate=rate, split="test", phase="end"
                )
                found[f"{target}_{depth}_{rate:g}".replace(".", "_")] = percent(at.mean(), 1)
    return found
