import numpy as np
import pytest

from dlqa.evidence.multiplicity import holm


def test_holm_matches_the_example_of_the_paper_by_hand():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_holm_keeps_false_alarms_below_the_level():
    generator = np.random.default_rng(0)
    alarms = sum(min(holm(list(generator.uniform(size=20)))) < 0.05 for _ in range(2000))
    assert alarms / 2000 < 0.065


def test_holm_of_nothing_is_nothing():
    assert holm([]) == []


def test_holm_refuses_what_is_no_probability():
    with pytest.raises(ValueError, match=r"0\.\.1"):
        holm([0.5, 1.5])
