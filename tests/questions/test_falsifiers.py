"""Every measured condition that a text relies on is broken somewhere, and the build would stop.

A question's `falsify_<slug>.py` holds FALSIFIERS: pairs of functions that give the record as it is,
best the one that the built site shows (`shown`), and as a wrong implementation would leave it: labels
of that record exchanged, an effect of zero, or a small study run with code that is broken. A condition
is falsified where the first does not contradict the text and the second does. Studies cost time: each
pair falsifies what none before it does, and may leave out what it is not there for.
"""

import importlib

import pytest
import torch
import xarray as xr

from dlqa.evidence.claims import Claim, judge
from dlqa.publishing.store.catalog import Question, questions


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.usefixtures("site")  # whose records `shown` gives
@pytest.mark.parametrize("question", questions(), ids=lambda question: question.slug)
def test_every_condition_that_the_text_relies_on_can_stop_the_build(question: Question) -> None:
    claims = question.load("claims").CLAIMS
    module = importlib.import_module(f"tests.questions.falsify_{question.slug}")
    unbroken = {
        f"{claim.id}_{condition.name}": claim.only(condition)
        for claim in claims
        for condition in claim.conditions
        if condition.relies
    }
    for number, (sound, broken) in enumerate(module.FALSIFIERS):
        before, after = sound(), broken()
        stopped = [name for name, alone in unbroken.items() if _contradicted(alone, after)]
        new = [name for name in stopped if not _contradicted(unbroken[name], before)]
        assert new, (
            f"FALSIFIERS[{number}] falsifies nothing that those before it do not; it contradicts "
            f"{stopped}, and still unfalsified are {sorted(unbroken)}"
        )
        for name in new:
            del unbroken[name]
    assert sorted(unbroken) == []


def _contradicted(alone: Claim, record: xr.Dataset) -> bool:
    """Whether a record contradicts the text of a claim's one condition; not where it has no data."""
    try:
        return any(outcome.contradicts for outcome in judge([alone], [record])[0].outcomes)
    except ValueError as error:
        if "the record has no" not in str(error) and "expected at least" not in str(error):
            raise
        return False
