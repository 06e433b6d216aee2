"""Question 51: what the page says of a record: its claims and values (its figures beside it).

Tests, margins and horizons were fixed before the first full run; the expected verdicts are what
the prose relies on, and follow it.
"""

import numpy as np

from dlqa.evidence.claims import Claim, Condition, Kind, Verdict
from dlqa.evidence.values import Values, share, value
from dlqa.questions.initialization import figures, live
from dlqa.questions.initialization.conditions import ahead, narrow, on, over_xavier, slower, zero
from dlqa.questions.initialization.names import DATA
from dlqa.questions.initialization.quantities import PARAMS, accuracy_gap, attained_on_xor
from dlqa.questions.initialization.record import Record

LIVE = live.LIVE
FIGURES = {**figures.FIGURES, **{name: each.still for name, each in LIVE.items()}}
HOLDS, FAILS, DEPENDS, UNDECIDED = Verdict
SOURCE = "Abid 2018"
REPORTED_SECONDS = 34.137  # of the source's notebook, cell of experiment 10
ATTAINED = {
    "zh": "达到可得部分的比例：(准确率 − ½) / (贝叶斯最优 − ½)",
    "en": "share of the attainable: (accuracy − ½) / (Bayes-optimal − ½)",
}
AREA = {
    "zh": "准确率曲线下面积之差，即前 500 步平均准确率之差",
    "en": "difference of areas under the accuracy curve: mean accuracy over 500 steps",
}
ACCURACY = {"zh": "新样本准确率之差", "en": "difference of accuracies on fresh points"}
LOSS = {"zh": "N(0, 1) 的训练损失减 Xavier 的", "en": "training loss of N(0, 1) minus Xavier’s"}
APART = {"zh": "同层单元权重的最大相对差异", "en": "largest relative difference between units"}


CLAIMS: tuple[Claim[Record], ...] = (
    Claim(
        "c1",
        Kind.DERIVED,
        "Hastie et al. 2009",
        check=lambda record: abs(float(record.linear_gap.mean())) < 0.005,
        stated=HOLDS,
    ),
    Claim("c2", Kind.CITED, SOURCE, stated=FAILS),
    Claim("c3", Kind.CITED, SOURCE, stated=FAILS),
    Claim("c4", Kind.CITED, "Keras", stated=DEPENDS),
    Claim(
        "c5",
        Kind.MEASURED,
        SOURCE,
        quantity=ATTAINED,
        margin=0.5,
        below=True,
        conditions=(
            on("correlated", "zero", 500, UNDECIDED),
            on("correlated", "constant_small", 500, UNDECIDED),
            on("correlated", "one", 500, HOLDS),
        ),
    ),
    Claim("c6", Kind.CITED, SOURCE, stated=DEPENDS),
    Claim(
        "c7",
        Kind.MEASURED,
        SOURCE,
        quantity=ATTAINED,
        margin=0.9,
        conditions=(
            on("correlated", "xavier", 450, UNDECIDED),
            on("correlated", "gaussian_small", 450, UNDECIDED),
            on("independent", "xavier", 450, HOLDS),
            on("independent", "gaussian_small", 450, HOLDS),
        ),
    ),
    Claim(
        "c8",
        Kind.MEASURED,
        SOURCE,
        quantity=ATTAINED,
        margin=0.5,
        conditions=(
            on("correlated", "zero", 1000, HOLDS),
            on("independent", "zero", 1000, HOLDS),
            zero("tanh", "correlated", FAILS),
            zero("relu", "correlated", FAILS),
            narrow(50, "correlated", HOLDS),
            narrow(32, "correlated", UNDECIDED),
        ),
    ),
    Claim(
        "c9",
        Kind.MEASURED,
        SOURCE,
        quantity=ATTAINED,
        margin=0.5,
        below=True,
        conditions=(
            on("correlated", "constant_small", 500, UNDECIDED),
            on("correlated", "one", 500, HOLDS),
            on("independent", "constant_small", 500, FAILS),
            on("independent", "one", 500, HOLDS),
        ),
    ),
    Claim(
        "c10",
        Kind.MEASURED,
        SOURCE,
        quantity=AREA,
        form="+.4f",
        margin=0.005,
        conditions=(
            ahead("sigmoid", "correlated", HOLDS),
            ahead("sigmoid", "independent", HOLDS),
            ahead("tanh", "correlated", UNDECIDED),
            ahead("tanh", "independent", FAILS),
            ahead("relu", "correlated", UNDECIDED),
            ahead("relu", "independent", UNDECIDED),
            ahead("descent", "correlated", HOLDS),
            ahead("descent", "independent", HOLDS),
        ),
    ),
    Claim(
        "c11",
        Kind.MEASURED,
        SOURCE,
        quantity=LOSS,
        form="+.4f",
        margin=0.01,
        conditions=(
            slower("correlated", 500, UNDECIDED),
            slower("correlated", 1000, FAILS),
            slower("independent", 500, HOLDS),
            slower("independent", 1000, UNDECIDED),
        ),
    ),
    Claim(
        "m1",
        Kind.MEASURED,
        "Goodfellow et al. 2016",
        quantity=APART,
        form=".1e",
        margin=1e-4,
        below=True,
        conditions=tuple(
            Condition(
                variant,
                DATA[variant],
                lambda record, place=place: record.disagreement[place, 1],  # type: ignore[misc]
                HOLDS,
            )
            for place, variant in enumerate(PARAMS.variants)
        ),
    ),
    Claim(
        "m2",
        Kind.MEASURED,
        "Goodfellow et al. 2016",
        quantity={
            "zh": "XOR 上达到可得部分的比例，Xavier 减常数 0",
            "en": "share of the attainable on XOR, Xavier minus constant 0",
        },
        margin=0.5,
        conditions=(
            Condition(
                "xor",
                {"zh": "XOR，1000 步", "en": "XOR, 1000 steps"},
                lambda r: attained_on_xor(r, "xavier") - attained_on_xor(r, "zero"),
                HOLDS,
            ),
        ),
    ),
    Claim(
        "m3",
        Kind.MEASURED,
        "Zhang et al. 2017",
        quantity=ACCURACY,
        margin=0.1,
        conditions=tuple(
            Condition(
                variant,
                DATA[variant],
                lambda record, variant=variant: accuracy_gap(record, variant),  # type: ignore[misc]
                HOLDS,
            )
            for variant in PARAMS.variants
        ),
    ),
    Claim(
        "m4",
        Kind.MEASURED,
        "Glorot & Bengio 2010",
        quantity=AREA,
        form="+.4f",
        margin=0.05,
        conditions=tuple(
            ahead("descent", variant, expected, "gaussian_large", "gaussian_small")
            for variant, expected in zip(PARAMS.variants, (UNDECIDED, HOLDS), strict=True)
        ),
    ),
    Claim(
        "m5",
        Kind.MEASURED,
        "LeCun et al. 1998",
        quantity=AREA,
        form="+.4f",
        margin=0.005,
        conditions=tuple(
            over_xavier(name, variant, UNDECIDED)
            for name in ("he", "lecun", "orthogonal")
            for variant in PARAMS.variants
        ),
    ),
)


def values(record: Record) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    found = {
        "seeds": value(PARAMS.seeds, ".0f"),
        "side_seeds": value(PARAMS.side_seeds, ".0f"),
        "spread_seeds": value(PARAMS.spread_seeds, ".0f"),
        "fresh": value(PARAMS.fresh, ".0f"),
        "reported_seconds": value(REPORTED_SECONDS),
        "bayes_independent": share(record.bayes[1].mean(), 1),
        "bayes_correlated_lowest": share(record.bayes[0].min()),
        "bayes_correlated_median": share(np.median(record.bayes[0]), 1),
        "bayes_xor": share(record.xor_bayes.mean(), 1),
    }
    for name in PARAMS.initializers:
        place = PARAMS.initializers.index(name)
        for variant_place, variant in enumerate(PARAMS.variants):
            accuracy = record.accuracy[variant_place, place]
            found[f"accuracy_{name}_{variant}"] = share(accuracy[:, -1].mean(), 1)
            saturated = record.saturated[variant_place, place].mean(0)
            found[f"saturated_{name}_{variant}_start"] = share(saturated[0])
            found[f"saturated_{name}_{variant}_end"] = share(saturated[1])
            found[f"loss_{name}_{variant}_start"] = value(
                record.loss[variant_place, place, :, 0].mean(), ".2f"
            )
    for place, name in enumerate(PARAMS.long_initializers):
        for variant_place, variant in enumerate(PARAMS.variants):
            end = record.long_accuracy[variant_place, place, :, -1].mean()
            loss = record.long_loss[variant_place, place, :, -1].mean()
            found[f"accuracy_{name}_{variant}_1000"] = share(end, 1)
            found[f"loss_{name}_{variant}_1000"] = value(loss)
        found[f"accuracy_{name}_xor"] = share(record.xor_accuracy[0, place, :, -1].mean(), 1)
    for place, name in enumerate(PARAMS.descent_initializers):
        for variant_place, variant in enumerate(PARAMS.variants):
            end = record.descent_accuracy[variant_place, place, :, -1].mean()
            found[f"accuracy_{name}_{variant}_descent"] = share(end, 1)
    return found
