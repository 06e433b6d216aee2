"""Question 55: what the page may say of a record: its claims, and the values that it cites.

Margins were fixed before the first full run, m9 and its margin after it; the expected verdicts are
what the prose relies on, and follow it.
"""

from itertools import product

import xarray as xr

from dlqa.evidence.claims import cited, derived, fails, holds, measured, undecided
from dlqa.evidence.values import Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.iou import pair, quantities
from dlqa.questions.iou.quantities import changed, kept_by_large, precision, precision_gap
from dlqa.questions.iou.record import DETECTORS, VERDICTS, Params

EXACT = 1e-12  # float64's rounding of a ratio is some 1e-16
COUNTS = 0.05  # the smallest difference of APs that matters here


def missed(record: xr.Dataset, identity: str) -> float:
    """The largest distance of any seed from a closed form."""
    return float(record.missed.sel(identity=identity).max())


def one_iou_other_precisions(record: xr.Dataset) -> bool:
    """Whether detectors of one mean IoU differ in AP by more than the margin, in every seed."""
    spread = record.mean_iou.max("detector") - record.mean_iou.min("detector")
    gaps = [precision_gap(record, "even", "uneven", threshold) for threshold in VERDICTS]
    others = (("uneven", "reversed"), ("even", "doubled"))
    gaps += [precision_gap(record, *two, VERDICTS[0]) for two in others]
    return bool(spread.max() < EXACT and all(abs(gap).min() > COUNTS for gap in gaps))


def places_swap(record: xr.Dataset) -> bool:
    """Whether in every seed the even detector is ahead at the lower threshold and behind beyond."""
    low, high = (precision_gap(record, "even", "uneven", threshold) for threshold in VERDICTS)
    return bool(low.min() > COUNTS and high.max() < -COUNTS)


def scale_free(record: xr.Dataset) -> bool:
    """Whether an error in proportion to the side leaves boxes of both sizes the same IoU."""
    return float(abs(kept_by_large(record, error="moved_in_proportion")).max()) < EXACT


CLAIMS = (
    cited("c1", "Everingham et al. 2010", Verdict.HOLDS),
    derived("c2", "Jaccard 1912", Verdict.HOLDS, lambda record: missed(record, "pixels") < EXACT),
    derived("c3", "Lin et al. 2014", Verdict.FAILS, one_iou_other_precisions),
    derived(
        "c4", "Rezatofighi et al. 2019", Verdict.FAILS, lambda record: float(record.excess.min()) > 0.01
    ),
    derived("c5", "Jaccard 1912", Verdict.HOLDS, lambda record: missed(record, "self") < EXACT),
    measured(
        "c6", "Felzenszwalb et al. 2010; Ren et al. 2015; Rezatofighi et al. 2019", quantities.suppression,
        fails(quantities.suppression),
        below=COUNTS, threshold=0.5,
    ),
    measured(
        "m1", "Cheng et al. 2021", kept_by_large, holds(error=("moved", "noisy")), above=0.1
    ),
    measured(
        "m2", "Rezatofighi et al. 2019", quantities.final_iou,
        holds(loss="iou"),
        fails(loss=("giou", "diou", "ciou")),
        below=0.5, start="disjoint",
    ),
    measured(
        "m3", "Zheng et al. 2020", quantities.lead,
        fails(start="disjoint"),
        holds(start=("overlapping", "nested")),
        above=0.01, loss="diou", beside="giou",
    ),
    measured(
        "m4", "Zheng et al. 2020", quantities.lead,
        undecided(start="disjoint"),
        fails(start=("overlapping", "nested")),
        above=0.01, loss="ciou", beside="diou",
    ),
    measured(
        "m5", "Everingham et al. 2010", changed,
        fails(side=(8, 32), threshold=VERDICTS),
        holds(side=128, threshold=VERDICTS),
        below=0.01,
    ),
    derived("m6", "Lin et al. 2014", Verdict.DEPENDS, places_swap),
    derived("m7", "Dice 1945", Verdict.HOLDS, lambda record: missed(record, "dice") < EXACT),
    derived("m8", "Rezatofighi et al. 2019", Verdict.HOLDS, scale_free),
    measured(
        "m9", "Zheng et al. 2020", quantities.sooner,
        fails(start="disjoint"),
        holds(start=("overlapping", "nested")),
        above=20, loss="diou", beside="giou",
    ),
)  # fmt: skip


def values(record: xr.Dataset) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    params = Params()
    found = {
        "seeds": value(params.seeds, ".0f"),
        "boxes": value(params.boxes, ",.0f"),
        "images": value(params.images, ".0f"),
        "starts": value(params.starts_a_seed, ".0f"),
        "shared": value(pair.SHARED.area, ".0f"),
        "union": value(pair.UNION, ".0f"),
        "overlap": value(pair.OVERLAP),
        "generalized": value(pair.GENERALIZED),
        "mean_iou": value(record.mean_iou.sel(detector="even").mean()),
        "excess": value(record.excess.mean()),
        "understated": value(record.understated.mean()),
        "pull_starts": percent(quantities.pull_starts(record)),
    }
    for side in (10, 20, 100):
        found[f"square_{side}"] = value((side - 1) ** 2 / (2 * side**2 - (side - 1) ** 2))
        found[f"noisy_{side}"] = value(record.overlap.sel(error="noisy", side=side).mean())
        found[f"passes_{side}_75"] = percent(record.passes.sel(threshold=0.75, side=side).mean())
    for threshold, name in ((0.5, "50"), (0.75, "75")):
        found[f"changed_8_{name}"] = percent(changed(record, side=8, threshold=threshold).mean(), 1)
    for detector, (name, at) in product(DETECTORS, {"50": 0.5, "75": 0.75, "coco": None}.items()):
        found[f"ap_{detector}_{name}"] = percent(precision(record, detector, at).mean(), 1)
    for loss in ("iou", "giou"):
        reached = quantities.final_iou(record, loss=loss, start="disjoint")
        found[f"learned_{loss}_disjoint"] = value(reached.mean())
    for loss in ("giou", "diou"):
        arrived = quantities.arrival(record, loss, "overlapping")
        found[f"arrival_{loss}_overlapping"] = value(arrived.mean(), ".0f")
    return found
