"""Question 51: the conditions in which its claims are tried, built by what they vary."""

from dlqa.evidence.claims import Condition, Verdict
from dlqa.questions.initialization.names import DATA, NAMES, SETTINGS
from dlqa.questions.initialization.quantities import (
    PARAMS,
    area_gap,
    area_gap_elsewhere,
    attained,
    attained_elsewhere,
    attained_long,
    attained_narrow,
    loss_gap,
)
from dlqa.questions.initialization.record import Array, Record


def on(variant: str, name: str, step: int, expected: Verdict) -> Condition[Record]:
    """The source's network from one initializer, attained at a step."""
    measure = attained if step <= PARAMS.at[-1] else attained_long
    return Condition(
        f"{name}_{variant}",
        {
            "zh": f"{NAMES[name]['zh']}，{DATA[variant]['zh']}，{step} 步",
            "en": f"{NAMES[name]['en']}, {DATA[variant]['en']}, {step} steps",
        },
        lambda record: measure(record, variant, name, step),
        expected,
    )


def zero(activation: str, variant: str, expected: Verdict) -> Condition[Record]:
    """Constant 0 with another activation."""
    return Condition(
        f"{activation}_{variant}",
        {
            "zh": f"{SETTINGS[activation]['zh']}，{DATA[variant]['zh']}，500 步",
            "en": f"{SETTINGS[activation]['en']}, {DATA[variant]['en']}, 500 steps",
        },
        lambda record: attained_elsewhere(record, activation, variant, "zero"),
        expected,
    )


def narrow(width: int, variant: str, expected: Verdict) -> Condition[Record]:
    """Constant 0 in a narrower network."""
    return Condition(
        f"width_{width}_{variant}",
        {
            "zh": f"宽 {width}，{DATA[variant]['zh']}，1000 步",
            "en": f"width {width}, {DATA[variant]['en']}, 1000 steps",
        },
        lambda record: attained_narrow(record, width, variant),
        expected,
    )


def ahead(
    setting: str,
    variant: str,
    expected: Verdict,
    first: str = "xavier",
    second: str = "gaussian_small",
) -> Condition[Record]:
    """One initializer's area under the curve minus another's; the setting is an activation."""

    def gap(record: Record) -> Array:
        if setting == "sigmoid":
            return area_gap(record, variant, first, second)
        return area_gap_elsewhere(record, setting, variant, first, second)

    return Condition(
        f"{setting}_{variant}",
        {
            "zh": f"{SETTINGS[setting]['zh']}，{DATA[variant]['zh']}",
            "en": f"{SETTINGS[setting]['en']}, {DATA[variant]['en']}",
        },
        gap,
        expected,
    )


def over_xavier(name: str, variant: str, expected: Verdict) -> Condition[Record]:
    """A later initializer's area under the curve minus Xavier's."""
    return Condition(
        f"{name}_{variant}",
        {
            "zh": f"{NAMES[name]['zh']}，{DATA[variant]['zh']}",
            "en": f"{NAMES[name]['en']}, {DATA[variant]['en']}",
        },
        lambda record: area_gap(record, variant, name, "xavier"),
        expected,
    )


def slower(variant: str, step: int, expected: Verdict) -> Condition[Record]:
    """How much more training loss N(0, 1) leaves than Xavier at a step."""
    return Condition(
        f"{variant}_{step}",
        {"zh": f"{DATA[variant]['zh']}，{step} 步", "en": f"{DATA[variant]['en']}, {step} steps"},
        lambda record: loss_gap(record, variant, step),
        expected,
    )
