"""Claims are decided by one interval, and the build stops only where that contradicts the text."""

import numpy as np
import pytest
import xarray as xr

from dlqa.evidence.claims import (
    cited,
    derived,
    equal,
    fails,
    holds,
    judge,
    measured,
    undecided,
)
from dlqa.evidence.further import further_seeds, joined
from dlqa.evidence.quantities import quantity
from dlqa.evidence.verdicts import Verdict, combine

HOLDS, FAILS, EQUAL, DEPENDS, UNDECIDED = Verdict


@quantity(low=-20, high=20, resolution=0.5)
def height(record, *, place, minus=None):
    found = record.height.sel(place=place)
    return found if minus is None else found - record.height.sel(place=minus)


@quantity(low=-20, high=20)
def sharp(record, *, place):
    """The same, of which every difference matters."""
    return record.height.sel(place=place)


def toys(seeds=30, start=0, **means):
    """A record in which each place's samples are normal around a mean, the same seed by seed."""
    drawn = [
        [mean + np.random.default_rng((row, seed)).normal() for seed in range(start, start + seeds)]
        for row, mean in enumerate(means.values())
    ]
    labels = {"place": list(means), "seed": range(start, start + seeds)}
    return xr.Dataset({"height": (("place", "seed"), drawn)}, labels)


def found(record, *conditions, above=0.0, **more):
    [finding] = judge(
        [measured("c1", "Toy 2026", height, *conditions, above=above, **more)], [record]
    )
    return finding


@pytest.mark.parametrize(("mean", "verdict"), [(3.0, HOLDS), (-3.0, FAILS), (0.0, UNDECIDED)])
def test_the_side_on_which_the_interval_lies_decides(mean, verdict):
    finding = found(toys(here=mean), undecided(place="here"))
    [outcome] = finding.outcomes
    assert finding.verdict is outcome.verdict is verdict
    assert outcome.least < outcome.low < outcome.effect < outcome.high < outcome.most


def test_below_turns_the_direction_round():
    claim = measured("c1", "Toy 2026", height, holds(place="here"), below=0.0)
    assert judge([claim], [toys(here=-3.0)])[0].verdict is HOLDS
    assert judge([claim], [toys(here=3.0)])[0].verdict is FAILS


def test_within_the_resolution_it_is_practically_equal():
    record = toys(400, here=0.0)
    finding = found(record, equal(place="here"))
    assert finding.verdict is EQUAL
    assert finding.stops == finding.warnings == []


def test_a_claim_that_holds_here_and_fails_there_depends():
    assert found(toys(a=3.0, b=-3.0), holds(place="a"), fails(place="b")).verdict is DEPENDS


@pytest.mark.parametrize(
    ("verdicts", "together"),
    [
        ([HOLDS] * 9 + [UNDECIDED], HOLDS),
        ([HOLDS, UNDECIDED], UNDECIDED),
        ([HOLDS, UNDECIDED, UNDECIDED], UNDECIDED),
        ([HOLDS, EQUAL, UNDECIDED], DEPENDS),
        ([FAILS], FAILS),
        ([UNDECIDED], UNDECIDED),
    ],
)
def test_open_conditions_leave_the_verdict_of_the_others_if_these_are_most(verdicts, together):
    assert combine(verdicts) is together


def test_the_build_stops_where_the_other_side_is_decided():
    [line] = found(toys(here=-3.0), holds(place="here")).stops
    assert "c1 (here): the page relies on 'holds', measured 'does not hold'" in line


def test_it_stops_where_the_mean_has_crossed_though_nothing_is_decided():
    finding = found(toys(here=-0.1), holds(place="here"))
    assert finding.verdict is UNDECIDED
    assert finding.stops


def test_it_warns_where_evidence_has_become_too_weak_for_the_sentence():
    finding = found(toys(here=0.4), holds(place="here"))
    assert (finding.verdict, finding.stops) == (UNDECIDED, [])
    assert "measured 'undecided'" in finding.warnings[0]


def test_it_warns_where_the_text_leaves_unsaid_what_is_decided():
    finding = found(toys(here=3.0), undecided(place="here"))
    assert (finding.verdict, finding.stops) == (HOLDS, [])
    assert len(finding.warnings) == 1


@pytest.mark.parametrize(("mean", "stops"), [(0.0, False), (0.4, False), (3.0, True), (-3.0, True)])
def test_an_equality_stops_where_the_interval_excludes_it(mean, stops):
    assert bool(found(toys(here=mean), equal(place="here")).stops) is stops


def test_a_derived_claim_stops_where_its_check_fails():
    claims = [
        derived("c1", "Toy 2026", HOLDS, lambda record: bool((record.height > 0).all())),
        cited("c2", "Toy 2026", FAILS),
    ]
    sound, broken = judge(claims, [toys(a=9.0)]), judge(claims, [toys(a=-9.0)])
    assert [finding.verdict for finding in sound] == [HOLDS, FAILS]
    assert [len(finding.stops) for finding in broken] == [1, 0]
    assert broken[0].verdict is UNDECIDED


def test_more_conditions_take_more_to_decide():
    record, one = toys(here=0.5), undecided(place="here")
    alone = found(record, one).outcomes[0]
    page = [measured(f"c{n}", "Toy 2026", height, one, above=0.0) for n in range(60)]
    among = judge(page, [record])[0].outcomes[0]
    assert (among.low, among.high) == (alone.low, alone.high)
    assert among.most - among.least > alone.most - alone.least


def test_conditions_are_named_by_their_coordinates():
    claim = measured(
        "c1", "Toy 2026", height, holds(place=("a", "B 2")), fails(height, place=0.75), above=0.0
    )
    assert [each.name for each in claim.conditions] == ["a", "b_2", "height_0_75"]


@pytest.mark.parametrize(
    "claims",
    [
        [measured("c1", "", height, holds(place="a"), fails(place="a"), above=0.0)],
        [cited("c1", "", HOLDS), cited("c1", "", FAILS)],
    ],
)
def test_two_of_one_name_are_refused(claims):
    with pytest.raises(ValueError, match="claims or conditions of one name: c1"):
        judge(claims, [toys(a=0.0)])


@pytest.mark.parametrize("margins", [{}, {"above": 0.0, "below": 1.0}])
def test_a_claim_has_one_margin(margins):
    with pytest.raises(ValueError, match="claim c1: expected one margin"):
        measured("c1", "", height, holds(place="a"), **margins)


def test_what_a_condition_asks_in_vain_is_said_with_its_name():
    with pytest.raises(ValueError, match=r"claim c1, condition nowhere: .* no place 'nowhere'"):
        found(toys(here=0.0), holds(place="nowhere"))


def looks(*sizes, **means):
    """Every part's block at each look: a part a place, so many seeds at each look."""
    return [{name: toys(size, **{name: mean}) for name, mean in means.items()} for size in sizes]


def claim_at(*places, minus=None):
    return [measured("c1", "Toy 2026", height, undecided(place=places), above=0.0, minus=minus)]


def test_open_conditions_ask_for_twice_their_seeds_of_the_parts_that_they_read():
    most = dict.fromkeys(("open", "decided"), 80)
    claims = claim_at("open", "decided")
    assert further_seeds(claims, looks(10, open=0.6, decided=9.0), most) == {"open": (10, 20)}


def test_a_difference_asks_both_parts():
    most = dict.fromkeys(("a", "b", "c"), 80)
    wanted = further_seeds(claim_at("a", minus="b"), looks(10, a=0.8, b=0.0, c=0.0), most)
    assert wanted == {"a": (10, 20), "b": (10, 20)}


def test_no_part_gets_more_seeds_than_it_may_have():
    assert further_seeds(claim_at("open"), looks(10, open=0.9), {"open": 19}) == {}


def test_seeds_do_not_go_where_they_cannot_decide():
    near = [measured("c1", "Toy 2026", sharp, undecided(place="open"), above=-0.26)]
    assert further_seeds(near, looks(10, open=0.0), {"open": 20}) == {}
    assert further_seeds(near, looks(10, open=0.15), {"open": 20}) != {}


def test_a_look_that_decides_is_kept_whatever_comes_later():
    claims = claim_at("here")
    first, both = (judge(claims, [toys(n, here=2.0) for n in sizes]) for sizes in ([20], [20, 40]))
    assert first == both
    assert first[0].outcomes[0].seeds == 20


def test_later_looks_have_smaller_errors():
    claims = claim_at("here")
    once, twice = (judge(claims, [toys(n, here=0.2) for n in sizes]) for sizes in ([40], [20, 40]))
    (one,), (two,) = once[0].outcomes, twice[0].outcomes
    assert one.seeds == two.seeds == 40
    assert two.most - two.least > one.most - one.least


def test_blocks_of_a_part_are_joined_by_seed():
    blocks = [{"a": toys(2, a=0.0), "b": toys(2, b=0.0)}, {"a": toys(2, 2, a=0.0)}]
    both = joined(blocks)
    assert both["a"].seed.values.tolist() == [0, 1, 2, 3]
    assert both["b"].seed.values.tolist() == [0, 1]
    np.testing.assert_array_equal(both["a"].height, toys(4, a=0.0).height)


def test_what_would_stop_the_build_gets_all_the_seeds_that_it_may_have():
    at_margin, most = looks(10, open=0.0), {"open": 20}
    for relied, wanted in ((undecided, {}), (fails, {}), (holds, {"open": (10, 20)})):
        near = [measured("c1", "Toy 2026", sharp, relied(place="open"), above=-0.26)]
        assert further_seeds(near, at_margin, most) == wanted
