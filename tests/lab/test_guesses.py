"""Guesses beside what was measured."""

import pytest

from dlqa.lab.guesses import compare


def test_a_guess_stands_beside_what_was_measured_and_how_far_off_it_is() -> None:
    line = compare({"a": 0.25}, {"a": 0.5}).splitlines()[1]
    assert line.split() == ["a", "0.25", "0.50", "0.25"]


def test_without_a_guess_the_measured_value_stands_alone() -> None:
    for guess in ({"a": None}, {}):
        assert compare(guess, {"a": -0.001}).split() == ["a", "0.00"]


def test_chinese_names_take_two_columns() -> None:
    lines = compare({}, {"平移": 0.5, "abcd": 0.25}).splitlines()
    assert lines == ["平移        0.50", "abcd        0.25"]


def test_of_several_one_may_be_left_unguessed() -> None:
    lines = compare({"a": None, "b": 1.0}, {"a": -0.001, "b": 0.5}).splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["a", "-", "0.00", "-"],
        ["b", "1.00", "0.50", "0.50"],
    ]


def test_a_guess_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="guesses of b; measured were a"):
        compare({"b": 0.5}, {"a": 0.5})
