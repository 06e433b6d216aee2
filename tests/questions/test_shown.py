"""What every question's record gives its page, so that no question's own test needs to ask for it."""

import math

import pytest

from dlqa.publishing.store.catalog import Question, questions
from tests.questions.shown import shown


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("question", questions(), ids=lambda question: question.slug)
def test_every_value_that_a_page_may_cite_is_a_number(question: Question) -> None:
    values = question.load("claims").values(shown(question.slug))
    assert [name for name, each in values.items() if not math.isfinite(each.number or 0)] == []
