"""Question 53: what the page says of a record: its claims and values (its figures beside it).

Tests, margins and sample sizes were fixed before the first full run; the expected verdicts are what
the prose relies on, and follow it. A change of accuracy counts from half a percentage point on, in
either direction and in every claim.
"""

import numpy as np

from dlqa.evidence.claims import Claim, Kind, Verdict
from dlqa.evidence.values import Values, share, value
from dlqa.questions.regularization import figures, live
from dlqa.questions.regularization.conditions import (
    beside_sigmoid,
    coupled,
    exact,
    near,
    no_worse,
    tried,
)
from dlqa.questions.regularization.names import PARAMS
from dlqa.questions.regularization.quantities import (
    ARMS,
    accuracy,
    exact_zeros,
    excess_deviation,
    gain,
    harder_hit,
    near_zeros,
    of_arm,
    overfit,
    shrunk,
    shrunk_middle,
    unpaired_gain,
    worse_sample,
)
from dlqa.questions.regularization.record import Record

LIVE = live.LIVE
FIGURES = {**figures.FIGURES, **{name: each.still for name, each in LIVE.items()}}
HOLDS, FAILS, DEPENDS, UNDECIDED = Verdict
SOURCE = "Abid 2018"
REPORTED_SECONDS = 17.761  # of the source's notebook, cell of experiment 12
COUNTS = 0.005  # the smallest change of accuracy that matters to a reader, fixed for all claims
GAIN = {
    "zh": "新样本准确率的变化，有正则化减无正则化",
    "en": "change of accuracy on fresh points (with regularization minus without)",
}
ZEROS = {"zh": "算作零的权重比例", "en": "share of weights that count as zero"}


CLAIMS: tuple[Claim[Record], ...] = (
    Claim(
        "c1",
        Kind.MEASURED,
        SOURCE,
        quantity={
            "zh": "第一层平均 |w| 的相对误差：原文的五十个权重减随机五十个",
            "en": "relative error of the first layer’s mean |w|: from the source’s fifty weights "
            "minus from a random fifty",
        },
        margin=0.05,
        below=True,
        conditions=(
            tried(worse_sample, "none", "correlated", FAILS),
            tried(worse_sample, "none", "independent", UNDECIDED),
            tried(worse_sample, "l1_mild", "correlated", FAILS),
            tried(worse_sample, "l1_mild", "independent", UNDECIDED),
        ),
    ),
    Claim(
        "c2",
        Kind.MEASURED,
        "Krogh & Hertz 1991",
        quantity={
            "zh": "训练后的平均 |w|，以无正则化为 1",
            "en": "mean |w| after training, relative to no regularization",
        },
        margin=1.0,
        below=True,
        conditions=tuple(
            tried(shrunk, f"{penalty}_{strength}", variant, HOLDS)
            for penalty in PARAMS.penalties
            for strength in ("mild", "strong")
            for variant in PARAMS.variants
        ),
    ),
    Claim(
        "c3",
        Kind.MEASURED,
        "Tibshirani 1996",
        quantity=ZEROS,
        margin=0.5,
        conditions=(
            near("l1_strong", "correlated", HOLDS),
            near("l1_strong", "independent", HOLDS),
            exact("l1_strong", "correlated", FAILS),
            exact("l1_strong", "independent", FAILS),
            exact("proximal_strong", "correlated", HOLDS),
            exact("proximal_strong", "independent", HOLDS),
        ),
    ),
    Claim(
        "c4",
        Kind.MEASURED,
        SOURCE,
        quantity=GAIN,
        form="+.4f",
        margin=-COUNTS,
        below=True,
        conditions=(
            tried(gain, "l1_strong", "correlated", HOLDS),
            tried(gain, "l1_strong", "independent", FAILS),
            tried(gain, "l1_extreme", "correlated", HOLDS),
            tried(gain, "l1_extreme", "independent", HOLDS),
        ),
    ),
    Claim(
        "c5",
        Kind.MEASURED,
        "Krogh & Hertz 1991",
        quantity=GAIN,
        form="+.4f",
        margin=COUNTS,
        conditions=(
            tried(gain, "l1_mild", "correlated", FAILS),
            tried(gain, "l1_mild", "independent", FAILS),
            tried(gain, "l2_mild", "correlated", FAILS),
            tried(gain, "l2_mild", "independent", FAILS),
            tried(gain, "tanh_mild", "independent", UNDECIDED),
            tried(gain, "tanh_strong", "independent", HOLDS),
            tried(gain, "relu_mild", "independent", HOLDS),
            tried(gain, "relu_strong", "independent", HOLDS),
        ),
    ),
    Claim(
        "c6",
        Kind.MEASURED,
        "Tibshirani 1996",
        quantity={
            "zh": "|w| 不超过 0.001 的权重比例",
            "en": "share of weights with |w| at most 0.001",
        },
        margin=0.1,
        below=True,
        conditions=(
            tried(near_zeros, "l2_strong", "correlated", HOLDS),
            tried(near_zeros, "l2_strong", "independent", HOLDS),
            tried(near_zeros, "l2_extreme", "correlated", FAILS),
            tried(near_zeros, "l2_extreme", "independent", HOLDS),
        ),
    ),
    Claim(
        "c7",
        Kind.MEASURED,
        SOURCE,
        quantity=GAIN,
        form="+.4f",
        margin=-COUNTS,
        conditions=(
            tried(gain, "l2_mild", "correlated", HOLDS),
            tried(gain, "l2_mild", "independent", HOLDS),
            tried(gain, "l2_strong", "correlated", FAILS),
            tried(gain, "l2_strong", "independent", HOLDS),
            tried(gain, "l2_extreme", "correlated", FAILS),
            tried(gain, "l2_extreme", "independent", HOLDS),
        ),
    ),
    Claim("c8", Kind.CITED, SOURCE, stated=DEPENDS),
    Claim(
        "c9",
        Kind.MEASURED,
        SOURCE,
        quantity={
            "zh": "不配对之差到其中位数的距离减配对之差到其中位数的距离，准确率",
            "en": "distance of an unpaired difference from its median minus that of a paired one, "
            "in accuracy",
        },
        form="+.4f",
        margin=0.01,
        conditions=(
            tried(excess_deviation, "l1_mild", "correlated", HOLDS),
            tried(excess_deviation, "l2_strong", "correlated", HOLDS),
            tried(excess_deviation, "l1_mild", "independent", FAILS),
            tried(excess_deviation, "l2_strong", "independent", FAILS),
        ),
    ),
    Claim(
        "m1",
        Kind.MEASURED,
        "Loshchilov & Hutter 2019",
        quantity={
            "zh": "中间层留下的平均 |w|（以无正则化为 1）：解耦衰减减 L2 惩罚，系数相同",
            "en": "mean |w| left in the middle layer (relative to no regularization): decoupled "
            "decay minus L2 penalty, same coefficient",
        },
        margin=0.1,
        conditions=(coupled("correlated", HOLDS), coupled("independent", HOLDS)),
    ),
    Claim(
        "m2",
        Kind.MEASURED,
        "Yun, Lozano & Yang 2021",
        quantity={
            "zh": "新样本准确率：近端步减次梯度",
            "en": "accuracy on fresh points: proximal step minus subgradient",
        },
        form="+.4f",
        margin=-COUNTS,
        conditions=(
            no_worse("mild", "correlated", HOLDS),
            no_worse("mild", "independent", HOLDS),
            no_worse("strong", "correlated", UNDECIDED),
            no_worse("strong", "independent", HOLDS),
        ),
    ),
    Claim(
        "m3",
        Kind.MEASURED,
        "Hastie et al. 2009",
        quantity={
            "zh": "准确率的变化：最优边界法向量较长的一半数据集减较短的一半",
            "en": "change of accuracy: data sets whose best boundary has a long normal minus those "
            "with a short one",
        },
        form="+.4f",
        margin=-COUNTS,
        below=True,
        conditions=(
            tried(harder_hit, "l1_strong", "correlated", UNDECIDED),
            tried(harder_hit, "l2_strong", "correlated", UNDECIDED),
        ),
    ),
    Claim(
        "m4",
        Kind.MEASURED,
        "Goodfellow et al. 2016",
        quantity={
            "zh": "无正则化时训练准确率减新样本准确率，与 sigmoid 网络之差",
            "en": "training minus fresh accuracy without regularization, beyond the sigmoid "
            "network’s",
        },
        form="+.4f",
        margin=0.01,
        conditions=(beside_sigmoid("tanh", HOLDS), beside_sigmoid("relu", HOLDS)),
    ),
)


def values(record: Record) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    found = {
        "seeds": value(PARAMS.seeds, ".0f"),
        "side_seeds": value(PARAMS.side_seeds, ".0f"),
        "activation_seeds": value(PARAMS.activation_seeds, ".0f"),
        "fresh": value(PARAMS.fresh, ".0f"),
        "reported_seconds": value(REPORTED_SECONDS),
        "all_weights": value(record.weights.sum(), ",.0f"),
        "coefficient_matched": value(2 * PARAMS.matched / PARAMS.width**2, ".4f"),
        "middle_l2_strong": share(shrunk_middle(record, "correlated", "l2_strong").mean()),
        "middle_decay_matched": share(shrunk_middle(record, "correlated", "decay_matched").mean()),
    }
    for place, variant in enumerate(PARAMS.variants):
        found[f"bayes_{variant}"] = share(np.median(record.bayes[place]), 1)
        found[f"demand_{variant}"] = value(np.median(record.demand[place]), ".1f")
        for arm in ARMS:
            if np.isfinite(accuracy(record, variant, arm)).all():
                found |= _of_arm(record, variant, arm)
    for arm in ("l1_mild", "l1_strong", "l2_mild", "l2_strong"):
        for variant in PARAMS.variants:
            for name, measure in (("paired", gain), ("unpaired", unpaired_gain)):
                spread = measure(record, variant, arm).std(ddof=1)
                found[f"{name}_deviation_{arm}_{variant}"] = value(spread, ".3f")
    return found


def _of_arm(record: Record, variant: str, arm: str) -> Values:
    """What the tables show of one arm: means over seeds."""
    return {
        f"accuracy_{arm}_{variant}": share(accuracy(record, variant, arm).mean(), 1),
        f"change_{arm}_{variant}": value(gain(record, variant, arm).mean(), "+.3f"),
        f"overfit_{arm}_{variant}": share(overfit(record, variant, arm).mean(), 1),
        f"exact_{arm}_{variant}": share(exact_zeros(record, variant, arm).mean(), 1),
        f"near_{arm}_{variant}": share(near_zeros(record, variant, arm).mean(), 1),
        f"size_{arm}_{variant}": value(_mean_size(record, variant, arm), ".3f"),
    }


def _mean_size(record: Record, variant: str, arm: str) -> float:
    """Mean of |w| over all weights and seeds after training."""
    layers = of_arm(record.size, variant, arm)[:, -1].mean(0)
    return float(layers @ record.weights / record.weights.sum())
