"""What an exercise asks its reader to guess, and what was measured."""

import pytest

from dlqa.lab.guesses import compare
from dlqa.publishing.exercises.guesses import asked, measured


def test_a_cell_that_asks_names_what_is_to_be_guessed() -> None:
    assert asked('guess = {"a": None, "b c": None}') == ["a", "b c"]
    assert asked('x = {"a": None}') == []


def test_what_was_measured_is_read_as_it_is_printed() -> None:
    names = ["one", "two words"]
    shown = compare(dict.fromkeys(names), {"one": -0.004, "two words": 12.345, "more": 1})
    assert measured(names, f"before\n{shown}\nafter") == ["0.0", "12.35"]
    assert measured([], "") == []


def test_a_guess_of_what_is_not_measured_next_is_told() -> None:
    with pytest.raises(ValueError, match="shows no measured a"):
        measured(["a"], "b 0.5")
