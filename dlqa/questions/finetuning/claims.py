"""Question 54: what the page may say of a record: its claims, and the values that it cites.

Tests, margins, rates, steps and seeds were fixed after pilots and before the first full run; the
expected verdicts are what the prose relies on, and follow it.
"""

from itertools import product

import xarray as xr

from dlqa.evidence.claims import cited, derived, fails, holds, measured, undecided
from dlqa.evidence.records import ran, samples
from dlqa.evidence.values import Value, Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.finetuning import quantities as q
from dlqa.questions.finetuning.record import HIGH, MIDDLE, RATES, SIZES, TASKS, Params, rate_of

SOURCE = "CS231n"
GUESSING = 0.1  # of ten classes

CLAIMS = (
    measured("c14", SOURCE, q.gap, holds(task=("digits", "photos")),
             above=5, way="svm_best", beside="svm_last"),
    measured("c12", SOURCE, q.gap, fails(way="probe_last"), undecided(way="probe_best"),
             above=0, beside="upper", task="photos", size="small"),
    measured("c13", SOURCE, q.gap, holds(beside="probe_last"), undecided(beside="probe_best"),
             above=0, way="upper", task="photos", size="large"),
    measured("c8", "Lee et al. 2023", q.gap, undecided(task=("digits", "photos")),
             above=-3, way="last", beside="upper", size="small"),
    measured("m6", "Yosinski et al. 2014", q.gap, holds(task=TASKS, size=SIZES),
             above=5, way="probe_best", beside="probe_last"),
    measured("m5", "Kornblith et al. 2019", q.gap, holds(task=TASKS, size=SIZES),
             above=5, way="probe_best", beside="control"),
    measured("m2", "Wu & He 2018", q.gap, undecided(task="digits"),
             above=5, way="upper", beside="quick", size="small"),
    measured("m8", "Ioffe & Szegedy 2015", q.gap, undecided(beside=("slow", "quick")),
             above=5, way="recomputed", task="digits", size="small"),
    measured("m3", "Howard & Ruder 2018", q.forgotten, undecided(rate=HIGH), above=20),
    measured("c15", SOURCE, q.gap, undecided(task="digits"),
             above=0, way="upper_best", beside="scratch_best", size="large"),
    measured("c19", SOURCE, q.higher, undecided(task="digits"), below=0),
    measured("c21", "Kumar et al. 2022", q.further, holds(task="digits"), above=0),
    measured("m7", "Kumar et al. 2022", q.gap, fails(task="digits"),
             above=5, way="warmed", beside="upper", size="small"),
    # Later seeds lie nearer to the margin: the page tells this gap and relies on no side of it.
    measured("m4", "Hu et al. 2022", q.gap, undecided(task="digits"),
             above=-5, way="adapters", beside="upper", size="small"),
    measured("m1", "Touvron et al. 2019", q.larger, holds(side=64, beside=32), above=5),
    derived("c17", "Lin et al. 2014", Verdict.HOLDS, lambda r: not r.refused.sel(pooling="averaged")),
    measured("c5", "Razavian et al. 2014", q.accuracy, holds(way=("svm_last", "softmax_last"), task=TASKS),
             above=2 * GUESSING),
    cited("c1", "He et al. 2019", Verdict.DEPENDS),
    cited("c11", "Kornblith et al. 2019", Verdict.DEPENDS),
    cited("c2", "Yosinski et al. 2014", Verdict.HOLDS),
    cited("c7", "Yosinski et al. 2014", Verdict.HOLDS),
    cited("c3", SOURCE, Verdict.FAILS),
    cited("c4", SOURCE, Verdict.HOLDS),
    cited("c9", "Goyal et al. 2017", Verdict.FAILS),
    cited("c10", "Wightman 2019", Verdict.DEPENDS),
    cited("c16", "Veit et al. 2016", Verdict.DEPENDS),
)  # fmt: skip


def values(record: xr.Dataset) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    params, digits = Params(), record.sel(task="digits")
    found = {name: value(n, ".0f") for name, n in vars(params).items() if isinstance(n, int)}
    ways = [*product(("probe_last", "probe_best", "control"), TASKS, SIZES)]
    for way, task, size in [*ways, *product(("upper_best", "scratch_best"), TASKS[1:], SIZES[1:])]:
        found[f"{way}_{task}_{size}"] = _mean(q.accuracy(record, way=way, task=task, size=size))
    for arm, task, size in product(record.arm.values, TASKS, SIZES):
        ended = record.ended.sel(arm=arm, task=task, size=size).dropna("rate", how="all")
        if ended.size:
            at = ended.sel(rate=rate_of(arm))
            found[f"{arm}_{task}_{size}"] = _mean(at.sel(split="test"))
            found[f"fitted_{arm}_{task}_{size}"] = _mean(at.sel(split="training"))
    for arm, rate in product(("upper", "scratch"), RATES):
        at, name = digits.sel(arm=arm, size="large", rate=rate), f"{arm}_{1000 * rate:.0f}"
        found[f"at_{name}"] = _mean(at.ended.sel(split="test"))
        if arm == "upper":
            found[f"kept_{name}"] = _mean(at.kept)
    for arm in ("upper", "warmed"):
        at = digits.sel(arm=arm, size="small", rate=MIDDLE)
        found[f"kept_{arm}"], found[f"moved_{arm}"] = _mean(at.kept), _mean(at.moved, 1)
    for side, photo in product((32, 64, 224), record.photo.values):
        found[f"{photo}_{side}"] = percent(record.recognized.sel(side=side, photo=photo))
    for side in params.sides:
        at = record.probe_by_side.sel(side=side, depth=q.LAST)
        found[f"probe_last_{side}_pixels"] = _mean(at)
    trained, everything = record.parameters.sel(trained=["adapters", "all"])
    found["adapter_parameters"] = value(trained, ",.0f")
    found["all_parameters"] = value(everything, ",.0f")
    found["adapter_share"] = percent(trained / everything, 1)
    return found


def _mean(fractions: xr.DataArray, digits: int = 0) -> Value:
    """Over the seeds that ran."""
    return percent(samples(ran(fractions)).mean(), digits)
