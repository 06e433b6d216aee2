"""Question 51: what the page says of a record: its values, its claims, its figures.

"Attained" is the share of what can be won over guessing: (accuracy − ½) / (Bayes limit − ½).
Tests, margins and horizons were fixed before the first full run; only `expected` follows it.
"""

from collections.abc import Callable, Sequence

import numpy as np

from dlqa.drawing.canvas import Drawing, band, dots, name_line, panels, rows, rule, spread_labels
from dlqa.drawing.palette import SERIES
from dlqa.evidence.claims import Claim, Condition, Kind, Verdict
from dlqa.evidence.values import Values, share, value
from dlqa.questions.initialization.record import Array, Params, Record

PARAMS = Params()
HOLDS, FAILS, DEPENDS, UNDECIDED = Verdict
SOURCE = "Abid 2018"

NAMES = {
    "xavier": {"zh": "Xavier", "en": "Xavier"},
    "zero": {"zh": "常数 0", "en": "constant 0"},
    "constant_small": {"zh": "常数 0.01", "en": "constant 0.01"},
    "one": {"zh": "常数 1", "en": "constant 1"},
    "gaussian_small": {"zh": "N(0, 0.01²)", "en": "N(0, 0.01²)"},
    "gaussian_large": {"zh": "N(0, 1)", "en": "N(0, 1)"},
    "he": {"zh": "He", "en": "He"},
    "lecun": {"zh": "LeCun", "en": "LeCun"},
    "orthogonal": {"zh": "正交", "en": "orthogonal"},
}
STYLES = dict(zip(NAMES, SERIES, strict=True))
DATA = {
    "as_run": {"zh": "原代码的数据", "en": "data as run"},
    "as_written": {"zh": "原文的数据", "en": "data as written"},
}
AXES = {
    "step": {"zh": "步", "en": "step"},
    "accuracy": {"zh": "新样本上的准确率", "en": "accuracy on fresh points"},
    "loss": {"zh": "训练损失", "en": "training loss"},
    "attained": {"zh": "达到可得部分的比例", "en": "share of the attainable"},
    "difference": {"zh": "曲线下面积之差", "en": "difference of areas under the curve"},
}

Samples = Callable[[Record], Array]


# Quantities: one number a seed, [S]


def attained(record: Record, variant: str, name: str, step: int) -> Array:
    """Share of the attainable at a step of the source's network."""
    place = PARAMS.variants.index(variant)
    accuracy = curve(record, variant, name)[:, _at(record.steps, step)]
    return _attained(accuracy, record.bayes[place])


def long_attained(record: Record, variant: str, name: str) -> Array:
    """The same after the last step of the long runs."""
    place = PARAMS.variants.index(variant)
    accuracy = record.long_accuracy[place, PARAMS.long_initializers.index(name), :, -1]
    return _attained(accuracy, record.bayes[place])


def area(curves: Array, steps: Array) -> Array:
    """Mean height [...] of curves [..., T] over unevenly spaced steps [T]."""
    return np.asarray(np.trapezoid(curves, steps, axis=-1) / (steps[-1] - steps[0]))


def area_gap(record: Record, variant: str, first: str, second: str) -> Array:
    """Area under the accuracy curve of one initializer minus another's, same data and batches."""
    one, two = (curve(record, variant, name) for name in (first, second))
    return area(one - two, record.steps)


def curve(record: Record, variant: str, name: str) -> Array:
    """Accuracy curves [S, T] of the source's network."""
    return record.accuracy[PARAMS.variants.index(variant), PARAMS.initializers.index(name)]


def side_gap(record: Record, activation: str, variant: str) -> Array:
    """`area_gap` of Xavier over the small Gaussian with another activation."""
    curves = record.side_accuracy[
        PARAMS.activations.index(activation), PARAMS.variants.index(variant)
    ]
    names = PARAMS.side_initializers
    one, two = curves[names.index("xavier")], curves[names.index("gaussian_small")]
    return area(one - two, record.steps)


def descent_gap(record: Record, variant: str, first: str, second: str) -> Array:
    """`area_gap` under plain gradient descent."""
    curves, names = record.descent_accuracy[PARAMS.variants.index(variant)], _descent_names()
    return area(curves[names.index(first)] - curves[names.index(second)], record.steps)


def loss_gap(record: Record, variant: str, step: int) -> Array:
    """Training loss of N(0, 1) minus Xavier's at a step."""
    losses, names = record.long_loss[PARAMS.variants.index(variant)], PARAMS.long_initializers
    gap = losses[names.index("gaussian_large")] - losses[names.index("xavier")]
    return np.asarray(gap[:, _at(record.long_steps, step)])


def _attained(accuracy: Array, bayes: Array) -> Array:
    return np.asarray((accuracy - 0.5) / (bayes - 0.5))


def _at(steps: Array, step: int) -> int:
    return int(np.flatnonzero(steps == step)[0])


def _descent_names() -> Sequence[str]:
    return PARAMS.descent_initializers


# Claims


def _try(name: str, zh: str, en: str, samples: Samples, expected: Verdict) -> Condition[Record]:
    return Condition(name, {"zh": zh, "en": en}, samples, expected)


def _on(variant: str, name: str, step: int, expected: Verdict) -> Condition[Record]:
    """One initializer on one variant of the data, attained at a step."""
    words = {
        language: f"{NAMES[name][language]}, {DATA[variant][language]}, {step}"
        for language in ("zh", "en")
    }
    return Condition(
        f"{name}_{variant}",
        {"zh": words["zh"].replace(", ", "，") + " 步", "en": words["en"] + " steps"},
        lambda record: attained(record, variant, name, step),
        expected,
    )


ATTAINED = {
    "zh": "达到可得部分的比例：(准确率 − ½) / (贝叶斯最优 − ½)",
    "en": "share of the attainable: (accuracy − ½) / (Bayes-optimal − ½)",
}
AREA = {
    "zh": "准确率曲线下面积之差（0 到 500 步的平均准确率之差）",
    "en": "difference of areas under the accuracy curve (mean accuracy over 500 steps)",
}

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
    Claim("c4", Kind.CITED, "Keras documentation", stated=DEPENDS),
    Claim(
        "c5",
        Kind.MEASURED,
        SOURCE,
        quantity=ATTAINED,
        margin=0.5,
        below=True,
        conditions=(
            _on("as_run", "zero", 500, UNDECIDED),
            _on("as_run", "constant_small", 500, FAILS),
            _on("as_run", "one", 500, HOLDS),
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
            _on("as_run", "xavier", 450, HOLDS),
            _on("as_run", "gaussian_small", 450, HOLDS),
            _on("as_written", "xavier", 450, HOLDS),
            _on("as_written", "gaussian_small", 450, HOLDS),
        ),
    ),
    Claim(
        "c8",
        Kind.MEASURED,
        SOURCE,
        quantity=ATTAINED,
        margin=0.5,
        conditions=(
            _try("as_run", "sigmoid，原代码的数据，1000 步", "sigmoid, data as run, 1000 steps",
                 lambda r: long_attained(r, "as_run", "zero"), HOLDS),
            _try("as_written", "sigmoid，原文的数据，1000 步", "sigmoid, data as written, 1000 steps",
                 lambda r: long_attained(r, "as_written", "zero"), HOLDS),
            _try("tanh", "tanh，原代码的数据，500 步", "tanh, data as run, 500 steps",
                 lambda r: side_zero(r, "tanh"), FAILS),
            _try("relu", "ReLU，原代码的数据，500 步", "ReLU, data as run, 500 steps",
                 lambda r: side_zero(r, "relu"), FAILS),
            _try("width_32", "sigmoid，宽 32，原代码的数据，1000 步",
                 "sigmoid, width 32, data as run, 1000 steps", lambda r: narrow_zero(r, 32), HOLDS),
            _try("width_50", "sigmoid，宽 50，原代码的数据，1000 步",
                 "sigmoid, width 50, data as run, 1000 steps", lambda r: narrow_zero(r, 50), HOLDS),
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
            _on("as_run", "constant_small", 500, FAILS),
            _on("as_run", "one", 500, HOLDS),
            _on("as_written", "constant_small", 500, FAILS),
            _on("as_written", "one", 500, HOLDS),
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
            _try("as_run", "sigmoid，原代码的数据", "sigmoid, data as run",
                 lambda r: area_gap(r, "as_run", "xavier", "gaussian_small"), HOLDS),
            _try("as_written", "sigmoid，原文的数据", "sigmoid, data as written",
                 lambda r: area_gap(r, "as_written", "xavier", "gaussian_small"), FAILS),
            _try("tanh_as_run", "tanh，原代码的数据", "tanh, data as run",
                 lambda r: side_gap(r, "tanh", "as_run"), UNDECIDED),
            _try("tanh_as_written", "tanh，原文的数据", "tanh, data as written",
                 lambda r: side_gap(r, "tanh", "as_written"), FAILS),
            _try("relu_as_run", "ReLU，原代码的数据", "ReLU, data as run",
                 lambda r: side_gap(r, "relu", "as_run"), UNDECIDED),
            _try("relu_as_written", "ReLU，原文的数据", "ReLU, data as written",
                 lambda r: side_gap(r, "relu", "as_written"), FAILS),
            _try("descent_as_run", "sigmoid，随机梯度下降，原代码的数据",
                 "sigmoid, gradient descent, data as run",
                 lambda r: descent_gap(r, "as_run", "xavier", "gaussian_small"), UNDECIDED),
            _try("descent_as_written", "sigmoid，随机梯度下降，原文的数据",
                 "sigmoid, gradient descent, data as written",
                 lambda r: descent_gap(r, "as_written", "xavier", "gaussian_small"), HOLDS),
        ),
    ),
    Claim(
        "c11",
        Kind.MEASURED,
        SOURCE,
        quantity={
            "zh": "N(0, 1) 的训练损失减去 Xavier 的",
            "en": "training loss of N(0, 1) minus Xavier’s",
        },
        form="+.4f",
        margin=0.01,
        conditions=(
            _try("as_run_500", "原代码的数据，500 步", "data as run, 500 steps",
                 lambda r: loss_gap(r, "as_run", 500), FAILS),
            _try("as_run_1000", "原代码的数据，1000 步", "data as run, 1000 steps",
                 lambda r: loss_gap(r, "as_run", 1000), FAILS),
            _try("as_written_500", "原文的数据，500 步", "data as written, 500 steps",
                 lambda r: loss_gap(r, "as_written", 500), FAILS),
            _try("as_written_1000", "原文的数据，1000 步", "data as written, 1000 steps",
                 lambda r: loss_gap(r, "as_written", 1000), FAILS),
        ),
    ),
)  # fmt: skip
FIGURES = {}


def values(record: Record) -> Values:
    return {}
