"""Question 53: the conditions under which its claims are tried, by what they vary."""

from collections.abc import Callable

from dlqa.evidence.claims import Condition, Verdict
from dlqa.questions.regularization.names import ACTIVATIONS, DATA, PARAMS, arm_name
from dlqa.questions.regularization.quantities import (
    difference,
    exact_zeros,
    less_shrunk,
    more_overfit,
    near_zeros,
)
from dlqa.questions.regularization.record import Array, Record

Measure = Callable[[Record, str, str], Array]


def tried(
    measure: Measure, arm: str, variant: str, expected: Verdict, *, name: str = "", words: str = ""
) -> Condition[Record]:
    """A quantity of one arm on one variant; `words` are the Chinese and English of what it is."""
    zh, _, en = words.partition(" | ")
    return Condition(
        name or f"{arm}_{variant}",
        {
            "zh": f"{arm_name(arm, 'zh')}{zh}，{DATA[variant]['zh']}",
            "en": f"{arm_name(arm, 'en')}{en}, {DATA[variant]['en']}",
        },
        lambda record: measure(record, variant, arm),
        expected,
    )


def exact(arm: str, variant: str, expected: Verdict) -> Condition[Record]:
    words = "，恰为零 | , exactly zero"
    return tried(exact_zeros, arm, variant, expected, name=f"exact_{arm}_{variant}", words=words)


def near(arm: str, variant: str, expected: Verdict) -> Condition[Record]:
    words = "，|w| ≤ 0.001 | , |w| ≤ 0.001"
    return tried(near_zeros, arm, variant, expected, name=f"near_{arm}_{variant}", words=words)


def no_worse(strength: str, variant: str, expected: Verdict) -> Condition[Record]:
    """The proximal step's accuracy minus the subgradient's, same strength."""

    def measure(record: Record, variant: str, arm: str) -> Array:
        return difference(record, variant, arm, f"l1_{strength}")

    return tried(measure, f"proximal_{strength}", variant, expected)


def coupled(variant: str, expected: Verdict) -> Condition[Record]:
    """What is left of the middle layer: decoupled decay minus L2 penalty, of one coefficient."""
    return Condition(
        variant,
        DATA[variant],
        lambda record: less_shrunk(record, variant, "decay_matched", "l2_strong"),
        expected,
    )


def beside_sigmoid(activation: str, expected: Verdict) -> Condition[Record]:
    """How much more another activation's networks overfit."""
    variant = PARAMS.activation_variant
    return Condition(
        activation,
        {
            language: f"{ACTIVATIONS[activation]}, {DATA[variant][language]}".replace(
                ", ", "，" if language == "zh" else ", "
            )
            for language in DATA[variant]
        },
        lambda record: more_overfit(record, variant, activation),
        expected,
    )
