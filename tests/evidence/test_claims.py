from dataclasses import dataclass

import numpy as np
import pytest

from dlqa.evidence.claims import Claim, Condition, Kind, Verdict, combine, judge, leaning

HOLDS, FAILS, DEPENDS, UNDECIDED = Verdict


@dataclass(frozen=True)
class Toy:
    means: tuple[float, ...]

    def samples(self, place):
        return np.random.default_rng(place).normal(self.means[place], 1.0, 30)


def claim(identity, expected, *, margin=0.0, below=False):
    conditions = tuple(
        Condition(
            f"at_{place}",
            {"zh": "", "en": ""},
            lambda record, place=place: record.samples(place),
            verdict,
        )
        for place, verdict in enumerate(expected)
    )
    return Claim(
        identity, Kind.MEASURED, "Toy 2026", margin=margin, below=below, conditions=conditions
    )


def test_a_claim_holds_where_the_mean_lies_above_its_margin():
    [finding] = judge([claim("c1", [HOLDS])], Toy((3.0,)))
    assert finding.verdict is HOLDS
    assert finding.surprises == []


def test_below_turns_the_direction_round():
    [finding] = judge([claim("c1", [HOLDS], below=True)], Toy((-3.0,)))
    assert finding.verdict is HOLDS


def test_a_mean_beyond_the_margin_on_the_other_side_does_not_hold():
    [finding] = judge([claim("c1", [FAILS], margin=5.0)], Toy((3.0,)))
    assert finding.verdict is FAILS


def test_a_claim_that_holds_here_and_fails_there_depends():
    [finding] = judge([claim("c1", [HOLDS, FAILS])], Toy((3.0, -3.0)))
    assert finding.verdict is DEPENDS


def test_what_is_close_to_the_margin_stays_undecided():
    [finding] = judge([claim("c1", [UNDECIDED])], Toy((0.0,)))
    assert finding.verdict is UNDECIDED


def test_one_undecided_condition_leaves_the_claim_undecided():
    assert combine([HOLDS, UNDECIDED]) is UNDECIDED


def test_a_surprise_names_the_condition_and_both_verdicts():
    [finding] = judge([claim("c7", [HOLDS])], Toy((-3.0,)))
    [line] = finding.surprises
    assert "c7 (at_0)" in line
    assert "relies on 'holds', measured 'does not hold'" in line


@pytest.mark.parametrize(
    ("mean", "expected", "surprising"),
    [
        (0.3, HOLDS, False),  # undecided, the mean on the side of what the prose says
        (0.3, FAILS, True),
        (-0.3, FAILS, False),
        (3.0, HOLDS, False),  # decided
        (3.0, FAILS, True),
        (-3.0, HOLDS, True),
    ],
)
def test_prose_that_leans_is_wrong_where_the_mean_lies_on_the_other_side(
    mean, expected, surprising
):
    [condition] = claim("c1", [expected]).conditions
    measured = Claim("c1", Kind.MEASURED, "Toy 2026", conditions=(leaning(condition),))
    others = [claim(f"c{n}", [UNDECIDED]) for n in range(2, 30)]
    [finding, *_] = judge([measured, *others], Toy((mean,)))
    assert (finding.verdict is UNDECIDED) == (abs(mean) < 1)
    assert bool(finding.surprises) is surprising
    assert all("relies on the side of" in line for line in finding.surprises)


def test_many_claims_are_corrected_together():
    alone = judge([claim("c1", [UNDECIDED])], Toy((0.55,)))[0].outcomes[0]
    others = [claim(f"c{n}", [UNDECIDED]) for n in range(2, 30)]
    together = judge([claim("c1", [UNDECIDED]), *others], Toy((0.55,)))[0].outcomes[0]
    assert alone.p < 0.05 < together.p
    assert alone.verdict is HOLDS
    assert together.verdict is UNDECIDED


def test_broken_samples_are_reported_with_their_claim():
    with pytest.raises(ValueError, match="claim c1, condition at_0"):
        judge([claim("c1", [HOLDS])], Toy((np.nan,)))


def test_a_derived_claim_whose_check_fails_is_a_surprise():
    broken = Claim("c1", Kind.DERIVED, "Toy", check=lambda _: False, stated=HOLDS)
    [finding] = judge([broken], Toy(()))
    assert finding.verdict is UNDECIDED
    assert finding.surprises
