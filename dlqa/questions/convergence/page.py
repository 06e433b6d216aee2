"""Question 52: what the page says of a record: its claims and values (its figures beside it).

Tests, margins and horizons were fixed before the first full run; the expected verdicts are what
the prose relies on, and follow it. The margin of an order is 0.2, the smallest rank correlation
other than 0 that four layers can have.
"""

import numpy as np

from dlqa.evidence.claims import Claim, Kind, Verdict
from dlqa.evidence.values import Values, share, value
from dlqa.questions.convergence import figures, live
from dlqa.questions.convergence.conditions import (
    CASES,
    amplified,
    by_case,
    elsewhere,
    of_depth,
    on,
    sampled,
    settles,
)
from dlqa.questions.convergence.quantities import (
    PARAMS,
    RELU,
    SIGMOID,
    TANH,
    amplification,
    at_horizon,
    monotone_order,
    sampling_error,
    slowness,
    start_alignment,
    third_layer_monotone,
    unlikeness_left,
)
from dlqa.questions.convergence.record import Record

LIVE = live.LIVE
FIGURES = {**figures.FIGURES, **{name: each.still for name, each in LIVE.items()}}
HOLDS, FAILS, DEPENDS, UNDECIDED = Verdict
SOURCE = "Abid 2018"
REPORTED_SECONDS = 3.924  # of the source's notebook, cell of experiment 11
SHORT = PARAMS.horizons[0]
ORDER = 0.2


CLAIMS: tuple[Claim[Record], ...] = (
    Claim("c1", Kind.CITED, SOURCE, stated=FAILS),
    Claim(
        "c2",
        Kind.DERIVED,
        SOURCE,
        check=lambda record: record.distance.shape[-1] == len(PARAMS.hidden) + 1 == 4,
        stated=HOLDS,
    ),
    Claim(
        "c3",
        Kind.MEASURED,
        SOURCE,
        quantity={
            "zh": "50 个权重与第 1 层全部权重的均方根位移之比，取对数的绝对值",
            "en": "absolute log ratio of the root mean square travel of fifty weights to layer 1’s",
        },
        margin=0.1,
        below=True,
        conditions=(
            sampled("source", "correlated", FAILS),
            sampled("source", "independent", FAILS),
            sampled("random", "correlated", UNDECIDED),
            sampled("random", "independent", HOLDS),
        ),
    ),
    Claim(
        "c4",
        Kind.MEASURED,
        "Glorot & Bengio 2010",
        quantity={
            "zh": "第 1 层与第 4 层单个权重的均方根梯度之比，以 10 为底的对数，第一步之前",
            "en": "log10 of the root mean square gradient of a weight in layer 1 over layer 4, before the first step",
        },
        form="+.2f",
        conditions=tuple(
            amplified(setting, variant, FAILS)
            for setting in (SIGMOID, TANH, RELU)
            for variant in PARAMS.variants
        ),
    ),
    Claim("c5", Kind.CITED, SOURCE, stated=DEPENDS),
    Claim(
        "c6",
        Kind.MEASURED,
        SOURCE,
        quantity=of_depth("各行所述量", "the quantity named in each row"),
        form="+.2f",
        margin=-ORDER,
        below=True,
        conditions=tuple(
            settles(metric, variant, horizon, expected)
            for metric, expected in (("step", HOLDS), ("distance", UNDECIDED), ("alignment", FAILS))
            for variant, horizon in CASES
        ),
    ),
    Claim(
        "c7",
        Kind.MEASURED,
        SOURCE,
        quantity={
            "zh": "第 3 层近乎单调的权重所占比例，750 步",
            "en": "share of nearly monotone weights in layer 3, 750 steps",
        },
        margin=0.5,
        conditions=(
            on("correlated", third_layer_monotone, FAILS),
            on("independent", third_layer_monotone, FAILS),
        ),
    ),
    Claim(
        "c8",
        Kind.MEASURED,
        SOURCE,
        quantity=of_depth("近乎单调的权重比例", "the share of nearly monotone weights"),
        form="+.2f",
        margin=ORDER,
        conditions=(
            on("correlated", monotone_order, FAILS),
            on("independent", monotone_order, FAILS),
        ),
    ),
    Claim(
        "m1",
        Kind.MEASURED,
        "Zhang et al. 2022",
        quantity=of_depth("位移与起始大小之比", "travel over the size at the start"),
        form="+.2f",
        margin=-ORDER,
        below=True,
        conditions=by_case("travel", (HOLDS,) * 4, at_horizon),
    ),
    Claim(
        "m2",
        Kind.MEASURED,
        "Kornblith et al. 2019",
        quantity=of_depth(
            "未训练表示与最终表示的 CKA", "CKA of the untrained representation to the final one"
        ),
        form="+.2f",
        margin=-ORDER,
        below=True,
        conditions=by_case("", (HOLDS,) * 4, start_alignment),
    ),
    Claim(
        "m3",
        Kind.MEASURED,
        "Raghu et al. 2017",
        quantity=of_depth("1 − CKA 占其起始值的比例", "1 − CKA over its value at the start"),
        form="+.2f",
        margin=ORDER,
        conditions=by_case("", (FAILS, UNDECIDED, FAILS, UNDECIDED), unlikeness_left),
    ),
    Claim(
        "m4",
        Kind.MEASURED,
        SOURCE,
        quantity=of_depth("每步变化量", "step size"),
        form="+.2f",
        margin=-ORDER,
        below=True,
        conditions=elsewhere(
            "step",
            {
                "correlated": (HOLDS, UNDECIDED, FAILS, UNDECIDED, UNDECIDED),
                "independent": (UNDECIDED, UNDECIDED, FAILS, FAILS, FAILS),
            },
        ),
    ),
    Claim(
        "m5",
        Kind.MEASURED,
        "Chen et al. 2023",
        quantity=of_depth("到最终权重的相对距离", "relative distance to the final weights"),
        form="+.2f",
        margin=-ORDER,
        below=True,
        conditions=elsewhere(
            "distance",
            {
                "correlated": (UNDECIDED, FAILS, UNDECIDED, UNDECIDED, UNDECIDED),
                "independent": (UNDECIDED, UNDECIDED, HOLDS, UNDECIDED, UNDECIDED),
            },
        ),
    ),
    Claim(
        "m6",
        Kind.MEASURED,
        "Raghu et al. 2017",
        quantity=of_depth("1 − CKA", "1 − CKA"),
        form="+.2f",
        margin=ORDER,
        conditions=elsewhere(
            "alignment",
            {
                "correlated": (HOLDS,) * 5,
                "independent": (HOLDS, HOLDS, UNDECIDED, HOLDS, HOLDS),
            },
        ),
    ),
    Claim(
        "m7",
        Kind.MEASURED,
        "Zhang et al. 2022",
        quantity=of_depth(
            "把一层恢复到起始值所损失的准确率",
            "accuracy lost by setting one layer back to its start",
        ),
        form="+.2f",
        margin=-ORDER,
        below=True,
        conditions=by_case("lost", (UNDECIDED, UNDECIDED, UNDECIDED, HOLDS), at_horizon),
    ),
)


def values(record: Record) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    found = {
        "seeds": value(PARAMS.seeds, ".0f"),
        "side_seeds": value(PARAMS.side_seeds, ".0f"),
        "fresh": value(PARAMS.fresh, ".0f"),
        "probes": value(PARAMS.probes, ".0f"),
        "reported_seconds": value(REPORTED_SECONDS),
    }
    for variant_place, variant in enumerate(PARAMS.variants):
        found[f"bayes_{variant}"] = share(record.bayes[variant_place].mean(), 1)
        for place, horizon in enumerate(PARAMS.horizons):
            accuracy = record.accuracy[variant_place, :, place].mean()
            found[f"accuracy_{variant}_{horizon}"] = share(accuracy, 1)
        for place, (activation, optimizer) in enumerate(PARAMS.sides):
            accuracy = record.side_accuracy[place, variant_place].mean()
            found[f"accuracy_{activation}_{optimizer}_{variant}"] = share(accuracy, 1)
        for layer in range(record.distance.shape[-1]):
            found |= _of_layer(record, variant_place, layer, f"layer{layer + 1}_{variant}")
        for sample in ("random", "source"):
            error = sampling_error(record, variant, sample).mean()
            found[f"off_{sample}_{variant}"] = share(np.exp(error) - 1)
        for setting in (SIGMOID, TANH, RELU):
            factor = 10 ** -amplification(record, setting, variant).mean()
            found[f"attenuation_{setting[0]}_{variant}"] = value(factor, ".0f")
    return found


def _of_layer(record: Record, variant: int, layer: int, name: str) -> Values:
    """One layer's means at the first horizon; step sizes in units of the learning rate."""
    left = slowness(record, "distance", PARAMS.variants[variant], SHORT)
    apart = slowness(record, "alignment", PARAMS.variants[variant], SHORT)
    steps = slowness(record, "step", PARAMS.variants[variant], SHORT)
    start = start_alignment(record, PARAMS.variants[variant], SHORT)
    descent = record.side_step[PARAMS.sides.index(("sigmoid", "descent")), variant, :, layer].mean()
    return {
        f"step_{name}": value(steps[:, layer].mean() / PARAMS.rate, ".2f"),
        f"step_descent_{name}": value(descent / PARAMS.rate, ".2f"),
        f"distance_{name}": value(left[:, layer].mean(), ".2f"),
        f"unlike_{name}": value(apart[:, layer].mean(), ".2f"),
        f"start_{name}": value(start[:, layer].mean(), ".2f"),
        f"travel_{name}": value(record.travel[variant, :, 0, layer].mean(), ".2f"),
        f"monotone_{name}": share(record.monotone[variant, :, layer].mean()),
        f"lost_{name}": share(record.lost[variant, :, 0, layer].mean()),
    }
