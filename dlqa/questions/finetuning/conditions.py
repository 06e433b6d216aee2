"""Question 54: the conditions in which its claims are tried, each a setting and two ways compared."""

from collections.abc import Callable

import numpy as np

from dlqa.evidence.claims import Condition, Verdict, Words
from dlqa.questions.finetuning.names import HEAD, PARAMS, TASK, setting
from dlqa.questions.finetuning.quantities import (
    LAST,
    MIDDLE,
    at,
    at_rate,
    kept,
    last_stage,
    moved,
    probed,
    random_weights,
    scratch,
    tuned,
    tuned_from,
    vectors,
)
from dlqa.questions.finetuning.record import Array, Record

Samples = Callable[[Record], Array]


def over_scratch(task: str, size: str, expected: Verdict) -> Condition[Record]:
    """Fine-tuning minus training from scratch."""
    return _in(task, size, expected, lambda r: tuned(r, task, size) - scratch(r, task, size))


def with_fewer(task: str, expected: Verdict) -> Condition[Record]:
    """Fine-tuning on few images minus training from scratch on many, to the end of its curve."""
    times = PARAMS.large // PARAMS.small
    label = {
        "zh": f"{TASK[task]['zh']}，从头训练用 {times} 倍的图",
        "en": f"{TASK[task]['en']}, from scratch with {times} times the images",
    }

    def gap(record: Record) -> Array:
        return tuned(record, task, "small") - scratch(record, task, "large")

    return Condition(f"{task}_fewer", label, gap, expected)


def probe_over_tuning(
    task: str, size: str, depth: int | None, expected: Verdict
) -> Condition[Record]:
    """A linear probe minus fine-tuning, at the last depth or at the one that validation prefers."""

    def gap(record: Record) -> Array:
        return probed(record, task, size, depth)[: PARAMS.seeds] - tuned(record, task, size)

    where = (
        {"zh": "选出的深度", "en": "chosen depth"}
        if depth is None
        else {"zh": "最后一层", "en": "last depth"}
    )
    name = f"{'best' if depth is None else 'last'}_{task}_{size}"
    return Condition(name, _joined(where, setting(task, size)), gap, expected)


def tuning_over_probe(
    task: str, size: str, depth: int | None, expected: Verdict
) -> Condition[Record]:
    """The same with its sign turned."""
    other = probe_over_tuning(task, size, depth, expected)
    return Condition(other.name, other.label, lambda record: -other.samples(record), expected)


def last_over_all(task: str, size: str, expected: Verdict) -> Condition[Record]:
    """Training the last stage and what follows, minus all layers."""
    return _in(task, size, expected, lambda r: last_stage(r, task, size) - tuned(r, task, size))


def earlier_over_last(task: str, size: str, expected: Verdict) -> Condition[Record]:
    """A ridge probe at the depth that validation prefers minus the same at the last."""
    return _in(task, size, expected, lambda r: probed(r, task, size) - probed(r, task, size, LAST))


def over_random(task: str, size: str, expected: Verdict) -> Condition[Record]:
    """A probe on pretrained features minus one on features of random weights."""
    return _in(
        task, size, expected, lambda r: probed(r, task, size) - random_weights(r, task, size)
    )


def probed_over_random_head(task: str, expected: Verdict) -> Condition[Record]:
    """Fine-tuning from a probed head minus from a random one, each at its chosen rate."""
    return _in(
        task,
        "small",
        expected,
        lambda r: tuned_from(r, task, "probed") - tuned_from(r, task, "random"),
    )


def linear(name: str, label: Words, samples: Samples, expected: Verdict) -> Condition[Record]:
    """A linear classifier on features by itself."""
    return Condition(name, label, samples, expected)


def early_vectors(task: str, expected: Verdict) -> Condition[Record]:
    """A linear SVM at the depth that validation prefers minus one at the last."""
    return Condition(
        task, TASK[task], lambda r: vectors(r, task) - vectors(r, task, LAST), expected
    )


def lower_rate(head: str, expected: Verdict) -> Condition[Record]:
    """Fine-tuning at the lowest rate minus at the middle one, which is nearest to what trains from scratch.

    The mean of both tasks.
    """

    def gap(record: Record) -> Array:
        lower, same = (
            np.mean([at_rate(record, task, head, place) for task in TASK], axis=0)
            for place in (0, MIDDLE)
        )
        return np.asarray(lower - same)

    return Condition(head, HEAD[head], gap, expected)


def frozen_over_updated(task: str, expected: Verdict) -> Condition[Record]:
    """Batch norm frozen minus updated: random head, the middle rate, the small set."""

    def gap(record: Record) -> Array:
        return at_rate(record, task, "random", MIDDLE) - record.updated[at(task), :, 1]

    return Condition(task, TASK[task], gap, expected)


def forgotten(head: str, expected: Verdict) -> Condition[Record]:
    """Old decisions kept at the lowest rate minus at the highest."""
    return Condition(head, HEAD[head], lambda r: kept(r, head, 0) - kept(r, head, LAST), expected)


def further(expected: Verdict) -> Condition[Record]:
    """How much further the filters move from a random head than from a probed one, in per cent."""
    return Condition(
        "moved",
        {
            "zh": "权重的相对变化（%），中间的学习率",
            "en": "relative change of weights (%), middle rate",
        },
        lambda r: 100 * (moved(r, "random", MIDDLE) - moved(r, "probed", MIDDLE)),
        expected,
    )


def kept_longer(expected: Verdict) -> Condition[Record]:
    """Old decisions that a probed head keeps beyond what a random one does, in points."""
    return Condition(
        "kept",
        {
            "zh": "保住的旧判断（百分点），中间的学习率",
            "en": "old decisions kept (points), middle rate",
        },
        lambda r: 100 * (kept(r, "probed", MIDDLE) - kept(r, "random", MIDDLE)),
        expected,
    )


def _in(task: str, size: str, expected: Verdict, samples: Samples) -> Condition[Record]:
    return Condition(f"{task}_{size}", setting(task, size), samples, expected)


def _joined(first: Words, second: Words) -> Words:
    return {
        "zh": f"{first['zh']}，{second['zh']}",
        "en": f"{first['en']}, {second['en']}",
    }
