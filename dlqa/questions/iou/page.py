"""Question 55: what the page says of a record: its claims and values (its figures beside it).

Tests and margins were fixed before the first full run; the expected verdicts are what the prose
relies on, and follow it.
"""

import numpy as np

from dlqa.evidence.claims import Claim, Condition, Kind, Verdict
from dlqa.evidence.values import Values, share, value
from dlqa.questions.iou import figures
from dlqa.questions.iou.names import DETECTORS, LOSSES, STARTS
from dlqa.questions.iou.quantities import (
    LARGE,
    PARAMS,
    SMALL,
    changed,
    final_iou,
    large_minus_small,
    lead,
    precision,
    precision_gap,
    pull_starts,
)
from dlqa.questions.iou.record import Array, Record

FIGURES = figures.FIGURES
HOLDS, FAILS, DEPENDS, UNDECIDED = Verdict
EXACT = 1e-12  # float64's rounding of a ratio is some 1e-16
KEPT = {
    "zh": f"边长 {LARGE} 与 {SMALL} 像素的平均 IoU 之差",
    "en": f"mean IoU at side {LARGE} minus that at side {SMALL} pixels",
}
AHEAD = {"zh": "IoU 曲线的平均领先", "en": "mean lead of the IoU curve over all steps"}
GAP = {"zh": "AP 之差", "en": "difference of APs"}


def moved(name: str, zh: str, en: str, expected: Verdict) -> Condition[Record]:
    """One way of being wrong: a field of the record, IoU [N, S]."""
    return Condition(
        name,
        {"zh": zh, "en": en},
        lambda record: large_minus_small(getattr(record, name)),
        expected,
    )


def apart(first: str, second: str, threshold: float) -> Condition[Record]:
    """How far the APs of two detectors with one mean IoU lie apart, in either direction."""
    return Condition(
        f"{first}_{second}_{threshold:g}".replace(".", ""),
        {
            "zh": f"{DETECTORS[first]['zh']}｜{DETECTORS[second]['zh']}，阈值 {threshold:g}",
            "en": f"{DETECTORS[first]['en']} | {DETECTORS[second]['en']}, threshold {threshold:g}",
        },
        lambda record: np.abs(precision_gap(record, first, second, threshold)),
        FAILS,
    )


def stuck(loss: str, expected: Verdict) -> Condition[Record]:
    """IoU at last of boxes that start apart."""
    return Condition(
        loss,
        {"zh": f"{LOSSES[loss]} 损失", "en": f"{LOSSES[loss]} loss"},
        lambda record: final_iou(record, loss, "disjoint"),
        expected,
    )


def sooner(first: str, second: str, start: str, expected: Verdict) -> Condition[Record]:
    """One loss's lead over another from one kind of start."""
    return Condition(
        start, STARTS[start], lambda record: lead(record, first, second, start), expected
    )


def convention(side: int, threshold: float, expected: Verdict) -> Condition[Record]:
    """Share of verdicts that counting pixels changes, at one side and threshold."""
    return Condition(
        f"{side}_at_{threshold:g}".replace(".", ""),
        {
            "zh": f"边长 {side} 像素，阈值 {threshold:g}",
            "en": f"side {side} pixels, threshold {threshold:g}",
        },
        lambda record: changed(record, side, threshold),
        expected,
    )


def largest(errors: Array) -> float:
    return float(np.max(errors))


CLAIMS: tuple[Claim[Record], ...] = (
    Claim("c1", Kind.CITED, "Everingham et al. 2010", stated=HOLDS),
    Claim(
        "c2",
        Kind.DERIVED,
        "Jaccard 1912",
        check=lambda record: largest(record.pixel_error) < EXACT,
        stated=HOLDS,
    ),
    Claim(
        "c3",
        Kind.MEASURED,
        "Lin et al. 2014",
        quantity={
            "zh": "平均 IoU 相同的两个检测器，AP 相差多少",
            "en": "how far apart the APs of two detectors with one mean IoU lie",
        },
        margin=0.05,
        below=True,
        conditions=(
            apart("even", "uneven", 0.5),
            apart("even", "uneven", 0.75),
            apart("uneven", "reversed", 0.5),
            apart("even", "doubled", 0.5),
        ),
    ),
    Claim(
        "c4",
        Kind.MEASURED,
        "Rezatofighi et al. 2019",
        quantity={
            "zh": "外接矩形比并集多出的面积，相对于并集",
            "en": "area of the rectangle around both beyond the union, relative to the union",
        },
        margin=0.01,
        below=True,
        conditions=(
            Condition(
                "excess",
                {"zh": "边长 128 像素的随机框", "en": "random boxes of side 128 pixels"},
                lambda record: record.excess,
                FAILS,
            ),
        ),
    ),
    Claim(
        "c5",
        Kind.DERIVED,
        "Jaccard 1912",
        check=lambda record: largest(record.self_error) < EXACT,
        stated=HOLDS,
    ),
    Claim(
        "c6",
        Kind.MEASURED,
        "Felzenszwalb et al. 2010; Ren et al. 2015; Rezatofighi et al. 2019",
        quantity={
            "zh": "按 IoU 做 NMS 后 AP 的增量，阈值 0.5",
            "en": "gain in AP by NMS with IoU, threshold 0.5",
        },
        margin=0.05,
        below=True,
        conditions=(
            Condition(
                "suppression",
                {"zh": "每框报两次的检测器", "en": "a detector that reports each box twice"},
                lambda record: precision_gap(record, "suppressed", "doubled", 0.5),
                FAILS,
            ),
        ),
    ),
    Claim(
        "m1",
        Kind.MEASURED,
        "Cheng et al. 2021",
        quantity=KEPT,
        margin=0.1,
        conditions=(
            moved("moved", "沿对角线错一个像素", "one pixel off diagonally", HOLDS),
            moved(
                "noisy", "各边误差一个像素（标准差）", "each edge off by one pixel (s.d.)", HOLDS
            ),
            moved(
                "moved_in_proportion",
                "错开边长的 5 %",
                "off by 5 % of the side",
                FAILS,
            ),
        ),
    ),
    Claim(
        "m2",
        Kind.MEASURED,
        "Rezatofighi et al. 2019",
        quantity={"zh": "400 步后的 IoU", "en": "IoU after 400 steps"},
        margin=0.5,
        below=True,
        conditions=(
            stuck("iou", HOLDS),
            stuck("giou", FAILS),
            stuck("diou", FAILS),
            stuck("ciou", FAILS),
        ),
    ),
    Claim(
        "m3",
        Kind.MEASURED,
        "Zheng et al. 2020",
        quantity=AHEAD,
        form="+.3f",
        margin=0.01,
        conditions=(
            sooner("diou", "giou", "disjoint", FAILS),
            sooner("diou", "giou", "overlapping", HOLDS),
            sooner("diou", "giou", "nested", HOLDS),
        ),
    ),
    Claim(
        "m4",
        Kind.MEASURED,
        "Zheng et al. 2020",
        quantity=AHEAD,
        form="+.3f",
        margin=0.01,
        conditions=(
            sooner("ciou", "diou", "disjoint", UNDECIDED),
            sooner("ciou", "diou", "overlapping", FAILS),
            sooner("ciou", "diou", "nested", FAILS),
        ),
    ),
    Claim(
        "m5",
        Kind.MEASURED,
        "Everingham et al. 2010",
        quantity={"zh": "判定改变的比例", "en": "share of verdicts that change"},
        form=".4f",
        margin=0.01,
        below=True,
        conditions=(
            convention(8, 0.5, FAILS),
            convention(8, 0.75, FAILS),
            convention(32, 0.5, FAILS),
            convention(32, 0.75, FAILS),
            convention(128, 0.5, HOLDS),
            convention(128, 0.75, HOLDS),
        ),
    ),
    Claim(
        "m6",
        Kind.MEASURED,
        "Lin et al. 2014",
        quantity={"zh": "AP：均匀减参差", "en": "AP: even minus uneven"},
        form="+.3f",
        margin=0.05,
        conditions=tuple(
            Condition(
                f"at_{threshold:g}".replace(".", ""),
                {"zh": f"阈值 {threshold:g}", "en": f"threshold {threshold:g}"},
                lambda record, threshold=threshold: precision_gap(  # type: ignore[misc]
                    record, "even", "uneven", threshold
                ),
                expected,
            )
            for threshold, expected in ((0.5, HOLDS), (0.75, FAILS))
        ),
    ),
    Claim(
        "m7",
        Kind.DERIVED,
        "Dice 1945",
        check=lambda record: largest(record.dice_error) < EXACT,
        stated=HOLDS,
    ),
)


def values(record: Record) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    found = {
        "seeds": value(PARAMS.seeds, ".0f"),
        "boxes": value(PARAMS.boxes, ",.0f"),
        "images": value(PARAMS.images, ".0f"),
        "starts": value(PARAMS.starts_a_seed, ".0f"),
        "mean_iou": value(record.mean_iou.mean()),
        "understated": value(record.understated.mean()),
        "pull_starts": share(pull_starts(record)),
    }
    for place, side in enumerate(PARAMS.sides):
        found[f"square_{side}"] = value((side - 1) ** 2 / (2 * side**2 - (side - 1) ** 2))
        found[f"moved_{side}"] = value(record.moved[place].mean())
        found[f"noisy_{side}"] = value(record.noisy[place].mean())
        for at, name in enumerate(("50", "75")):
            found[f"passes_{side}_{name}"] = share(record.noisy_passes[place, at].mean())
    for side in PARAMS.pixel_sides:
        for threshold, name in ((0.5, "50"), (0.75, "75")):
            found[f"changed_{side}_{name}"] = share(changed(record, side, threshold).mean(), 1)
    for detector in PARAMS.detectors:
        found[f"ap_{detector}_coco"] = share(precision(record, detector).mean(), 1)
        for threshold, name in ((0.5, "50"), (0.75, "75")):
            scores = precision(record, detector, threshold)
            found[f"ap_{detector}_{name}"] = share(scores.mean(), 1)
    for loss in PARAMS.losses:
        for start in PARAMS.starts:
            found[f"learned_{loss}_{start}"] = value(final_iou(record, loss, start).mean())
    return found
