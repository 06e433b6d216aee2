"""Question 101: what the page may say of a record: its claims, and the values that it cites.

Quantities, margins and seeds were fixed after pilots on seeds from 9000 on, before the first full
run; the expected verdicts follow it.
"""

import xarray as xr

from dlqa.evidence.claims import cited, derived, fails, holds, measured, undecided
from dlqa.evidence.values import Value, Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.memorization import quantities
from dlqa.questions.memorization.quantities import EARLY, END
from dlqa.questions.memorization.record import BUDGET, SHARES, SIZES, Params

SOURCE = "Abid 2018"
REPORTED_SECONDS = 432.3  # of the source's notebook, experiment 5
NETWORKS = 36  # that the source trained: six sizes, two kinds of labels, three sets
GUESSING = 0.02  # how far a mean over all seeds may be from one half

CLAIMS = (
    derived("m1", "Zhang et al. 2017", Verdict.HOLDS, lambda record: holds_all(record)),
    measured(
        "m2", "Zhang et al. 2017", quantities.generalizes,
        holds(size=SIZES),
        above=0.2, step=END,
    ),
    measured(
        "c1", SOURCE, quantities.missing,
        holds(size=150, step=50),
        fails(size=50, step=50),
        holds(size=300, step=200),
        fails(size=150, step=200),
        undecided(size=300, step=800),
        above=0.05,
    ),
    derived("c2", SOURCE, Verdict.HOLDS, lambda record: fits_all(record)),
    measured(
        "c3", SOURCE, quantities.slower,
        holds(apart=1.0, size=SIZES),
        holds(apart=2.0, size=150),
        above=0.0,
    ),
    measured(
        "m3", "Arpit et al. 2017", quantities.slower,
        fails(apart=1.0, size=(50, 150)),
        undecided(apart=1.0, size=300),
        holds(apart=2.0, size=150),
        above=1.0,
    ),
    measured(
        "m4", "Arpit et al. 2017", quantities.kept,
        holds(share=(0.25, 0.5), step=10),
        undecided(share=0.75, step=10),
        fails(share=(0.25, 0.5), step=END),
        above=0.5,
    ),
    measured(
        "m5", "Arpit et al. 2017", quantities.peak,
        fails(share=0.0),
        holds(share=(0.25, 0.5)),
        undecided(share=0.75),
        above=0.03,
    ),
    measured("m6", "Arpit et al. 2017", quantities.steadier, holds(size=SIZES), above=0.02),
    measured("m7", "Arpit et al. 2017", quantities.roomier, holds(size=SIZES), above=0.0),
    derived("m8", "Zhang et al. 2017", Verdict.HOLDS, lambda record: guesses(record)),
    cited("m9", "Zhang et al. 2017", Verdict.HOLDS),
    cited("m10", "Arpit et al. 2017", Verdict.HOLDS),
)  # fmt: skip


def holds_all(record: xr.Dataset) -> bool:
    """Whether every network on wholly shuffled labels ends with all of them."""
    found = record.trained.sel(share=1.0, step=END)
    return bool((found.where(found.notnull(), 1) == 1).all())


def fits_all(record: xr.Dataset) -> bool:
    """Whether one of the source's networks comes to hold all of 300 shuffled labels."""
    found = record.source_trained.sel(size=SIZES[-1], share=1.0)
    return float(found.max()) == 1


def guesses(record: xr.Dataset) -> bool:
    """Whether fresh points are guessed after training on wholly shuffled labels, in every arm."""
    found = record.fresh.sel(share=1.0, step=END).mean("seed")
    found = found.where(found.notnull(), 0.5)  # arms that were not run
    return bool((abs(found - 0.5) < GUESSING).all())


def values(record: xr.Dataset) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    params = Params()
    found = {
        "reported_seconds": value(REPORTED_SECONDS, ".1f"),
        "source_networks": value(NETWORKS, ".0f"),
        **{
            name: value(getattr(params, name), ".0f")
            for name in ("seeds", "most_seeds", "source_seeds", "fresh")
        },
        "apart_fresh": percent(_end(record.fresh, 2.0, 150, 0.0)),
    }
    for size in SIZES:
        for share, word in ((0.0, "true"), (1.0, "shuffled")):
            source = record.source_trained.sel(size=size, share=share)
            found[f"source_{word}_{size}"] = percent(source.sel(source_step=BUDGET).mean())
            found[f"source_worst_{word}_{size}"] = percent(source.sel(source_step=BUDGET).min())
            if (size, share) == (SIZES[-1], 1.0):
                last = source.isel(source_step=-1)
                found["source_longer"] = percent(last.mean(), 1)
            found[f"trained_{word}_{size}"] = percent(_end(record.trained, 1.0, size, share))
            found[f"fresh_{word}_{size}"] = percent(_end(record.fresh, 1.0, size, share))
            found[f"steps_{word}_{size}"] = _steps(record, 1.0, size, share)
            found[f"flipped_{word}_{size}"] = percent(_mean(record.flipped, 1.0, size, share))
            found[f"distance_{word}_{size}"] = value(
                _mean(record.distance, 1.0, size, share), ".2f"
            )
    for share, word in ((0.0, "true"), (1.0, "shuffled")):
        found[f"apart_steps_{word}"] = _steps(record, 2.0, 150, share)
    for share in SHARES:
        fresh = record.fresh.sel(apart=1.0, size=150, share=share).mean("seed")
        found[f"early_{share:.0%}".rstrip("%")] = percent(fresh.sel(step=EARLY))
        found[f"end_{share:.0%}".rstrip("%")] = percent(fresh.sel(step=END))
    return found


def _mean(found: xr.DataArray, apart: float, size: int, share: float) -> xr.DataArray:
    return found.sel(apart=apart, size=size, share=share).mean("seed")


def _end(found: xr.DataArray, apart: float, size: int, share: float) -> xr.DataArray:
    return _mean(found.sel(step=END), apart, size, share)


def _steps(record: xr.Dataset, apart: float, size: int, share: float) -> Value:
    return value(record.memorized.sel(apart=apart, size=size, share=share).median(), ".0f")
