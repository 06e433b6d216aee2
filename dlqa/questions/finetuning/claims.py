"""Question 54: what the page may say of a record: its claims, and the values that it cites.

Tests and margins were fixed before the first full run; the expected verdicts are what the prose
relies on, and follow it. Those that lean came out on either side of the border where the same seeds
ran on another kind of processor, or near it.
"""

from itertools import product

import xarray as xr

from dlqa.evidence.choices import prefers
from dlqa.evidence.claims import cited, derived, fails, holds, measured, undecided
from dlqa.evidence.records import samples
from dlqa.evidence.values import Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.finetuning import quantities as q
from dlqa.questions.finetuning.record import HEADS, HIGH, LOW, MIDDLE, SIZES, TASKS, Params

SOURCE = "CS231n"
GUESSING = 0.1  # of ten classes

CLAIMS = (
    measured(
        "c1", "He et al. 2019", q.gap,
        holds(task=TASKS, beside="scratch"),
        holds(task="photos", beside="scratch_large"),
        fails(task="digits", beside="scratch_large"),
        above=0.05, way="tuned",
    ),
    cited("c2", "Yosinski et al. 2014", Verdict.HOLDS),
    cited("c3", SOURCE, Verdict.FAILS),
    cited("c4", SOURCE, Verdict.HOLDS),
    measured(
        "c5", "Razavian et al. 2014", q.accuracy,
        holds(way=("svm_last", "softmax_last"), task=TASKS), above=2 * GUESSING,
    ),
    cited("c6", SOURCE, Verdict.FAILS),
    cited("c7", "Yosinski et al. 2014", Verdict.HOLDS),
    measured(
        "c8", "Lee et al. 2023", q.gap,
        undecided(task="photos", size="small"), fails(task="digits", size="small"),
        above=-0.03, way="last_stage", beside="tuned",
    ),
    cited("c9", "Goyal et al. 2017", Verdict.FAILS),
    cited("c10", "Wightman 2019", Verdict.DEPENDS),
    cited("c11", "Kornblith et al. 2019", Verdict.DEPENDS),
    measured(
        "c12", SOURCE, q.gap,
        fails(way="probe_last", task="photos", size="small"),
        holds(way="probe_best", task="photos", size="small"),
        above=0, beside="tuned",
    ),
    measured(
        "c13", SOURCE, q.gap,
        holds(beside="probe_last", task="photos", size="large"),
        fails(beside="probe_best", task="photos", size="large"),
        above=0, way="tuned",
    ),
    measured(
        "c14", SOURCE, q.gap, holds(task=("digits", "photos")),
        above=0.05, way="svm_best", beside="svm_last",
    ),
    measured(
        "c15", "He et al. 2019", q.gap,
        fails(task="digits", size="large"), holds(task="photos", size="large"),
        above=0.02, way="tuned", beside="scratch",
    ),
    cited("c16", "Veit et al. 2016", Verdict.DEPENDS),
    derived("c17", "Lin et al. 2014", Verdict.HOLDS, lambda r: not r.refused.sel(pooling="averaged")),
    derived(
        "c18", "Lin et al. 2014", Verdict.FAILS,
        lambda r: r.refused.sel(pooling=["flattened", "averaged"]).values.tolist() == [1, 0],
    ),
    measured("c19", SOURCE, q.slower, fails(head="random"), undecided(head="probed"), above=0),
    cited("c20", SOURCE, Verdict.FAILS),
    measured(
        "c21", "Kumar et al. 2022", q.further,
        holds(q.further), holds(q.kept_longer), above=0,
    ),
    measured("m1", "Touvron et al. 2019", q.larger, holds(side=64, beside=32), above=0.05),
    measured(
        "m2", "Ioffe & Szegedy 2015", q.gap, holds(task="photos"), holds(task="digits"),
        above=0.05, way="frozen", beside="updated",
    ),
    measured("m3", "Goodfellow et al. 2014", q.forgotten, holds(head=HEADS), above=0.2),
    measured(
        "m4", "Hu et al. 2022", q.gap, holds(task="digits"),
        above=-0.05, way="adapted", beside="highest_rate",
    ),
    measured(
        "m5", "Kornblith et al. 2019", q.gap, holds(task=TASKS, size=SIZES),
        above=0.05, way="probe_best", beside="control",
    ),
    measured(
        "m6", "Yosinski et al. 2014", q.gap, holds(task=TASKS, size=SIZES),
        above=0.05, way="probe_best", beside="probe_last",
    ),
    measured(
        "m7", "Kumar et al. 2022", q.gap, holds(task=TASKS),
        above=0, way="probed_head", beside="random_head",
    ),
)  # fmt: skip
SETTINGS = (
    "small", "large", "validation", "tests", "side", "seeds", "probe_seeds", "controls", "steps",
    "large_steps", "batch", "large_batch", "views",
)  # fmt: skip
COMPARED = ("probe_last", "probe_best", "control", "tuned", "last_stage", "scratch")


def values(record: xr.Dataset) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    params, digits = Params(), record.sel(task="digits")
    found = {name: value(getattr(params, name), ".0f") for name in SETTINGS}
    found["scratch_steps"] = value(params.looks[-1], ".0f")
    for way, task, size in product(COMPARED, TASKS, SIZES):
        accuracies = samples(q.accuracy(record, way=way, task=task, size=size))
        found[f"{way}_{task}_{size}"] = percent(accuracies.mean())
    for head, (word, rate) in product(HEADS, {"low": LOW, "middle": MIDDLE, "high": HIGH}.items()):
        at = digits.sel(head=head, rate=rate)
        found[f"kept_{head}_{word}"] = percent(at.kept.mean())
        found[f"moved_{head}_{word}"] = percent(at.moved.mean(), 2)
        found[f"at_{word}_{head}_digits"] = percent(at.tuned.sel(size="small", split="test").mean())
    for way in ("updated", "frozen"):
        found[f"{way}_photos"] = percent(q.accuracy(record, way=way, task="photos").mean())
    for side in (32, 64):
        at = record.sel(side=side)
        found[f"probe_last_{side}_pixels"] = percent(at.probe_by_side.sel(depth=q.LAST).mean())
        found[f"cat_{side}"] = percent(at.recognized.sel(photo="cat"), 1)
    trained, everything = record.parameters.sel(trained=["adapters", "all"])
    found["adapter_parameters"] = value(trained, ",.0f")
    found["all_parameters"] = value(everything, ",.0f")
    found["adapter_share"] = percent(trained / everything, 1)
    preferred = prefers(digits.probe.sel(classifier="ridge", size="small")).to_series()
    found["depth_digits_small"] = value(preferred.mode()[0] + 1, ".0f")  # of equals the first
    return found
