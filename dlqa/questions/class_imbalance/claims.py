"""Question 47: what the page may say of a record: its claims, and the values that it cites.

Quantities, margins and seeds were fixed after pilots on seeds from 1000 to 1207, before the first
full run; the page says what was changed after that one. Verdicts are those of the last run.
"""

import math
from functools import partial
from statistics import NormalDist

import xarray as xr

from dlqa.evidence.claims import cited, derived, equal, fails, holds, measured, undecided
from dlqa.evidence.values import Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.class_imbalance import quantities as of
from dlqa.questions.class_imbalance.record import Params

SOURCE = "Abid 2018"
REPORTED_SECONDS, REPEATED = 392.2, 1 / 35  # of its experiment 4; one of 5 data sets × 7 ratios
KINDS, RATIOS = ("line", "ring"), (10, 100)
RESAMPLED = ("copies", "smote", "under")

CLAIMS = (
    measured(
        "m1", "Menon et al. 2021", of.ahead, holds(kind=KINDS, ratio=RATIOS),
        above=0.05, arm="plain", read="shifted", beside="plain", beside_read="as_is",
    ),
    measured(
        "c3", "Buda et al. 2018", of.ahead, fails(kind=KINDS, ratio=RATIOS),
        above=0.01, arm="copies", read="as_is", beside="plain", beside_read="shifted",
    ),
    measured(
        "m2", "Buda et al. 2018; Chawla et al. 2002", of.ranked,
        fails(arm="copies", kind=KINDS, ratio=10), fails(arm=RESAMPLED, kind="ring", ratio=100),
        fails(arm="smote", kind="line", ratio=100),
        undecided(arm=("copies", "under"), kind="line", ratio=100), above=0.01,
    ),
    derived("m3", "Elkan 2001", Verdict.HOLDS, lambda record: prior_costs(record)),
    measured(
        "m4", "van den Goorbergh et al. 2022", of.overstated, holds(kind=KINDS, ratio=RATIOS),
        above=0.05, read="as_is",
    ),
    measured(
        "m5", "Elkan 2001", of.overstated, undecided(kind="line", ratio=10),
        equal(kind="line", ratio=100), equal(kind="ring", ratio=RATIOS), above=0.0, read="shifted",
    ),
    measured(
        "m6", "Lin et al. 2017", of.ahead, fails(kind="line", ratio=100), undecided(kind="ring", ratio=100),
        above=0.05, arm="focal", read="as_is", beside="plain", beside_read="as_is",
    ),
    measured(
        "m7", "Chawla et al. 2002; Buda et al. 2018", of.ahead,
        fails(arm="smote", kind=KINDS, ratio=100), fails(arm="weights", kind="ring", ratio=100),
        undecided(arm="weights", kind="line", ratio=100),
        above=0.01, read="as_is", beside="copies", beside_read="as_is",
    ),
    measured(
        "m8", "Buda et al. 2018", of.short,
        holds(arm="more", kind=KINDS), undecided(arm="plain", kind=KINDS), below=0.02,
    ),
    measured("c1", SOURCE, of.lost, holds(ratio=RATIOS), above=0.05),
    measured(
        "c2", SOURCE, of.gained, holds(ratio=RATIOS),
        above=0.05, how="separate", on="plain", on_how="separate",
    ),
    measured(
        "m9", SOURCE, of.gained, undecided(ratio=10), holds(ratio=100),
        above=0.02, how="shared", on="copies", on_how="separate",
    ),
    measured(
        "m10", SOURCE, of.gained, undecided(ratio=10), holds(ratio=100),
        above=0.02, how="shared", on="plain", on_how="moved",
    ),
    cited("m11", "Byrd & Lipton 2019", Verdict.HOLDS),
)  # fmt: skip


def rule_accuracy(ratio: int, distance: float = 2.0) -> float:
    """Balanced accuracy of the best rule at a ratio, for unit Gaussians so far apart."""
    sides = (distance / 2 + sign * math.log(ratio) / distance for sign in (-1, 1))
    return sum(map(NormalDist().cdf, sides)) / 2


def prior_costs(record: xr.Dataset) -> bool:
    """Whether the best rule's balanced accuracy falls with the ratio as its formula says."""
    found = record.rule.sel(kind="line").mean("seed").dropna("ratio")
    apart = [abs(float(found.sel(ratio=each)) - rule_accuracy(each)) for each in found.ratio.values]
    return max(apart) < 0.01 and rule_accuracy(1) - rule_accuracy(100) > 0.25


def values(record: xr.Dataset) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    named = ("seeds", "most_seeds", "samples", "validation", "fresh")
    found = {name: value(getattr(Params(), name), ".0f") for name in named}
    found["reported_seconds"] = value(REPORTED_SECONDS, ".1f")
    found["reported_share"] = value(REPORTED_SECONDS * REPEATED, ".1f")
    for name in ("rule", "accuracy", "promised", "area"):
        samples = record[name]
        printed = value if name == "area" else partial(percent, digits=1)
        means = samples.mean("seed").stack(place=[dim for dim in samples.dims if dim != "seed"])
        for each in means.dropna("place"):
            found["_".join(map(str, (name, *each.place.item())))] = printed(float(each))
    return found
