"""Question 44: what the page may say of a record: its claims, and the values that it cites.

Quantities, margins and seeds were fixed after pilots on seeds from 1000, 3000 and 5000 on, before the
first full run; the expected verdicts follow it.
"""

import math

import xarray as xr

from dlqa.evidence.claims import cited, derived, fails, holds, measured, undecided
from dlqa.evidence.values import Value, Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.approximation import quantities
from dlqa.questions.approximation.quantities import END, LAST
from dlqa.questions.approximation.record import TARGETS, Params

SOURCE = "Abid 2018"
REPORTED_SECONDS = 91.6  # of the source's notebook, experiment 1
REPORTED = {2: 0.42, 4: 0.23, 16: 0.033}  # its errors on the sine
DOUBLE, TENFOLD = 0.3, 1.0  # as decimal logarithms
BENT = {"sin": 144.0, "polynomial": 28.0}  # no second derivative between −1 and 1 is larger

CLAIMS = (
    cited("m1", "Cybenko 1989; Hornik 1991; Leshno et al. 1993", Verdict.HOLDS),
    measured(
        "m2", "Livni et al. 2014; Safran & Shamir 2018", quantities.found,
        fails(width=2),
        holds(width=16),
        undecided(width=4),
        above=0.5,
    ),
    measured(
        "c1", SOURCE, quantities.fall,
        fails(target="sin", width=4),
        holds(target=("sin", "abs"), width=16),
        holds(target="polynomial", width=4),
        undecided(target="sin", width=64), undecided(target="polynomial", width=16), undecided(target="abs", width=4),
        above=DOUBLE,
    ),
    measured("c2", SOURCE, quantities.later, holds(activation="sigmoid"), above=TENFOLD, width=16),
    measured("m9", SOURCE, quantities.later, undecided(activation="relu"), above=TENFOLD, width=16),
    derived("m3", "de Boor 2001", Verdict.HOLDS, lambda record: interpolates(record)),
    measured(
        "m4", "Goodfellow et al. 2016", quantities.missed,
        fails(width=4, step=END),
        undecided(width=16, step=LAST),
        holds(width=64, step=END),
        above=TENFOLD,
    ),
    measured("m5", "Goodfellow et al. 2016", quantities.recruited, fails(width=64), above=0.1),
    measured("m12", "Goodfellow et al. 2016", quantities.recruited, undecided(width=16), above=0.1),
    measured(
        "m6", "Rahimi & Recht 2008", quantities.solved,
        holds(activation="sigmoid", precision="double"),
        fails(activation="sigmoid", precision="single"),
        fails(activation="relu", precision="double"),
        above=TENFOLD,
    ),
    measured(
        "m7", "Glorot et al. 2011", quantities.lead,
        holds(width=64, step=2500),
        fails(width=16, step=(END, LAST)),
        undecided(width=16, step=2500),
        undecided(width=64, step=END),
        above=DOUBLE,
    ),
    measured(
        "m8", SOURCE, quantities.opened,
        fails(activation="sigmoid"),
        undecided(activation="relu"),
        holds(quantities.sparser, activation=("sigmoid", "relu")),
        above=DOUBLE,
    ),
    measured(
        "m10", "Xu et al. 2021", quantities.beyond,
        holds(activation=("sigmoid", "relu"), target=TARGETS),
        above=TENFOLD,
    ),
    cited("m11", "Telgarsky 2016; Eldan & Shamir 2016", Verdict.HOLDS),
)  # fmt: skip


def interpolates(record: xr.Dataset) -> bool:
    """Whether ReLUs set by hand come as near as broken lines must: h²/8 of the second derivative."""
    return all(
        bool((record.hand.sel(target=target) < (most * (2 / record.width) ** 2 / 8) ** 2).all())
        for target, most in BENT.items()
    )


def values(record: xr.Dataset) -> Values:
    """The numbers that the prose cites beside the claims' effects: errors are medians over seeds."""
    params = Params()
    errors = record["error"].sel(place="points")
    middle = errors.median("seed")
    outside = record["error"].sel(place="outside", step=END, width=16).median("seed")
    few = record["few"].median("seed")
    found = {
        "reported_seconds": value(REPORTED_SECONDS, ".1f"),
        "seeds": value(params.seeds, ".0f"),
        "most_seeds": value(params.most_seeds, ".0f"),
        "stuck": short(middle.sel(activation="relu", target="abs", width=2, step=END)),
    }
    for width in (*params.widths, params.wide):
        for name in params.activations:
            at = {"activation": name, "target": "sin", "width": width, "step": END}
            found[f"{name}_{width}"] = short(middle.sel(at))
            found[f"mean_{name}_{width}"] = short(errors.sel(at).mean())
        found[f"hand_{width}"] = short(record.hand.sel(target="sin", width=width))
    for width in params.widths:
        found[f"reported_{width}"] = value(REPORTED[width], "g")
        found[f"found_{width}"] = percent(quantities.found(record, width=width).mean())
    for name in params.activations:
        long = {"activation": name, "target": "sin", "width": params.long}
        found[f"{name}_long"] = short(middle.sel(long).sel(step=LAST))
        found[f"few_{name}"] = short(few.sel(activation=name, place="points"))
        found[f"few_between_{name}"] = short(few.sel(activation=name, place="between"))
        found[f"outside_{name}"] = short(outside.sel(activation=name, target="sin"))
        for precision in ("single", "double"):
            closed = record["closed"].sel(
                activation=name, precision=precision, target="sin", width=64
            )
            found[f"{precision}_{name}"] = short(closed.median())
    return found


def short(number: xr.DataArray) -> Value:
    """A small number with two digits that are not 0, as 0.000036."""
    return value(number, f".{max(2, 1 - math.floor(math.log10(max(float(number), 1e-15))))}f")
