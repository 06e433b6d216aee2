"""Question 52: the conditions in which its claims are tried, each one number a seed."""

from collections.abc import Callable, Mapping

from dlqa.evidence.claims import Condition, Verdict
from dlqa.questions.convergence.names import ACTIVATIONS, DATA, METRICS, SETTINGS
from dlqa.questions.convergence.quantities import (
    PARAMS,
    amplification,
    ordered,
    sampling_error,
    slowness,
    slowness_elsewhere,
)
from dlqa.questions.convergence.record import Array, Record

CASES = tuple((variant, horizon) for horizon in PARAMS.horizons for variant in PARAMS.variants)


def of_depth(zh: str, en: str) -> Mapping[str, str]:
    """The words for the rank correlation of something with depth."""
    return {
        "zh": f"{zh} 与深度的秩相关" if zh[-1].isascii() else f"{zh}与深度的秩相关",
        "en": f"rank correlation of {en} with depth",
    }


def settles(metric: str, variant: str, horizon: int, expected: Verdict) -> Condition[Record]:
    """The order in which the layers of the source's network settle by a metric."""
    return Condition(
        f"{metric}_{variant}_{horizon}",
        {
            "zh": f"{METRICS[metric]['zh']}，{DATA[variant]['zh']}，{horizon} 步",
            "en": f"{METRICS[metric]['en']}, {DATA[variant]['en']}, {horizon} steps",
        },
        ordered(slowness, metric, variant, horizon),
        expected,
    )


def elsewhere(
    metric: str, expected: Mapping[str, tuple[Verdict, ...]]
) -> tuple[Condition[Record], ...]:
    """The same in every side setting, at the last horizon; verdicts by variant."""
    return tuple(
        Condition(
            f"{setting[0]}_{setting[1]}_{variant}",
            {
                "zh": f"{SETTINGS[setting]}，{DATA[variant]['zh']}",
                "en": f"{SETTINGS[setting]}, {DATA[variant]['en']}",
            },
            ordered(slowness_elsewhere, metric, setting, variant),
            verdict,
        )
        for variant, verdicts in expected.items()
        for setting, verdict in zip(PARAMS.sides, verdicts, strict=True)
    )


def by_case(
    field: str, expected: tuple[Verdict, ...], measure: Callable[..., Array]
) -> tuple[Condition[Record], ...]:
    """The order of one more quantity, on every variant at every horizon."""
    return tuple(
        Condition(
            f"{variant}_{horizon}",
            {
                "zh": f"{DATA[variant]['zh']}，{horizon} 步",
                "en": f"{DATA[variant]['en']}, {horizon} steps",
            },
            ordered(measure, *([field] if field else []), variant, horizon),
            verdict,
        )
        for (variant, horizon), verdict in zip(CASES, expected, strict=True)
    )


def on(
    variant: str, measure: Callable[[Record, str], Array], expected: Verdict
) -> Condition[Record]:
    """One number a seed on one variant, at the first horizon."""
    return Condition(variant, DATA[variant], lambda record: measure(record, variant), expected)


def sampled(sample: str, variant: str, expected: Verdict) -> Condition[Record]:
    """How far fifty weights of the first layer are from all of them."""
    words = {
        "source": {"zh": "原文的 50 个", "en": "the source’s fifty"},
        "random": {"zh": "随机的 50 个", "en": "a random fifty"},
    }[sample]
    return Condition(
        f"{sample}_{variant}",
        {
            "zh": f"{words['zh']}，{DATA[variant]['zh']}",
            "en": f"{words['en']}, {DATA[variant]['en']}",
        },
        lambda record: sampling_error(record, variant, sample),
        expected,
    )


def amplified(setting: tuple[str, str], variant: str, expected: Verdict) -> Condition[Record]:
    """Whether gradients grow on their way back to the first layer."""
    return Condition(
        f"{setting[0]}_{variant}",
        {
            "zh": f"{ACTIVATIONS[setting[0]]}，{DATA[variant]['zh']}",
            "en": f"{ACTIVATIONS[setting[0]]}, {DATA[variant]['en']}",
        },
        lambda record: amplification(record, setting, variant),
        expected,
    )
