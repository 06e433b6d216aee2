"""Question 46: what the page may say of a record: its claims, and the values that it cites.

Quantities, margins and seeds were fixed after pilots on seeds from 1000 to 2007, before the first
full run; the expected verdicts follow it.
"""

import xarray as xr

from dlqa.evidence.claims import cited, derived, fails, holds, measured, undecided
from dlqa.evidence.values import Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.more_data import quantities
from dlqa.questions.more_data.record import LONGER, SOURCE, WHITENED, Params

ABID = "Abid 2018"
REPORTED_SECONDS = 138.2  # of the source's notebook, experiment 3, for three data sets
ALL = ("linear", "svm", "tree", "forest", "deep")

CLAIMS = (
    measured(
        "c1", ABID, quantities.gain, holds(model=ALL), above=0.02, small=16, large=1024
    ),
    measured(
        "c2", ABID, quantities.more,
        holds(beside=("linear", "tree", "forest")),
        undecided(beside="svm"),
        above=0.05, model="deep", small=16, large=1024,
    ),
    measured(
        "c3", ABID, quantities.gain,
        holds(model="linear"),
        fails(model="svm"),
        undecided(model="tree"),
        below=0.02, small=1024, large=4096,
    ),
    measured(
        "m1", "Ng & Jordan 2002", quantities.lead,
        holds(size=(16, 64, 256, 1024)),
        undecided(size=4096),
        above=0.01, model="linear", beside="deep",
    ),
    measured(
        "m2", "Ng & Jordan 2002", quantities.lead,
        undecided(size=64),
        above=0.0, model="linear", beside="deep", than=1024,
    ),
    measured(
        "m3", "LeCun et al. 1998", quantities.lead,
        holds(model=WHITENED),
        fails(model=LONGER),
        above=0.05, beside="deep", size=64,
    ),
    measured(
        "m4", "Hastie et al. 2009", quantities.lead,
        holds(data="1"),
        fails(data="0"),
        above=0.05, model="deep", beside="linear", size=1024,
    ),
    measured(
        "m5", "Hastie et al. 2009", quantities.lead,
        fails(size=(16, 64, 256, 1024)),
        above=0.01, model="linear", beside="svm", data="0",
    ),
    measured(
        "m6", "Schölkopf & Smola 2002", quantities.lead,
        holds(size=(16, 64, 256)),
        fails(size=1024),
        above=0.05, model="svm", beside="deep", data="1",
    ),
    measured(
        "m7", "Friedman 1989", quantities.lead,
        holds(size=256),
        above=0.01, model="quadratic", beside="deep", than=1024, data="1",
    ),
    measured(
        "m8", "Breiman 2001", quantities.lead,
        fails(size=(16, 64)),
        undecided(size=1024),
        above=0.05, model="forest", beside="tree",
    ),
    derived("m9", "Hastie et al. 2009", Verdict.HOLDS, quantities.within),
    cited("m10", "Hestness et al. 2017; Kaplan et al. 2020", Verdict.HOLDS),
    cited("m11", "Grinsztajn et al. 2022", Verdict.HOLDS),
)  # fmt: skip


def values(record: xr.Dataset) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    params = Params()
    found = {
        "reported_seconds": value(REPORTED_SECONDS, ".1f"),
        "reported_share": value(REPORTED_SECONDS / 3, ".0f"),
        **{
            of: value(getattr(params, of), ".0f")
            for of in (
                "seeds", "most_seeds", "largest_seeds", "most_largest_seeds", "between_seeds",
                "fresh", "validation", "trees",
            )
        },
    }  # fmt: skip
    for data, name in ((SOURCE, ""), ("0", "flat_"), ("1", "sphere_")):
        found[f"{name}limit"] = percent(record.limit.sel(data=data).mean(), 1)
        means = quantities.means(record, data)
        for model in means.model.values:
            for mean in means.sel(model=model).dropna("size"):
                found[f"{name}{model}_{mean['size'].item()}"] = percent(mean, 1)
    return found
