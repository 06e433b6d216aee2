"""Question 51's study, run small, and its claims when their effect is broken."""

import dataclasses

import numpy as np
import pytest
from dlqa.questions.initialization.page import CLAIMS, FIGURES, values

from dlqa.evidence.claims import Kind, Verdict, judge
from dlqa.lab import initializers
from dlqa.lab.initializers import constant, gaussian, xavier
from dlqa.questions.initialization import live
from dlqa.questions.initialization.quantities import area_gap, attained
from dlqa.questions.initialization.record import SOURCE_WORK, Params
from dlqa.questions.initialization.study import run

SMALL = Params(seeds=8, side_seeds=8, deviations=(), width=48, fresh=500)
TINY = Params(seeds=2, side_seeds=2, spread_seeds=2, width=8, widths=(4, 6), fresh=100)


def outcomes(record):
    """Every condition's verdict, by claim and name; each claim judged alone, as seeds are few."""
    return {
        (claim.id, outcome.name): outcome.verdict
        for claim in CLAIMS
        for outcome in judge([claim], record)[0].outcomes
    }


def with_initializers(replaced):
    """A small record in which some initializers are not what their names say."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(initializers, "INITIALIZERS", {**initializers.INITIALIZERS, **replaced})
        return run(SMALL)


@pytest.fixture(scope="module")
def sound():
    return outcomes(run(SMALL))


@pytest.fixture(scope="module")
def all_alike():
    """Every initializer draws as Xavier does, so that none can differ from it."""
    names = ("zero", "one", "constant_small", "gaussian_small", "gaussian_large")
    return outcomes(with_initializers(dict.fromkeys(names, xavier)))


@pytest.fixture(scope="module")
def wrong_scales():
    """The good initializers draw at a scale that saturates; the constant is small enough."""
    wrong = dict.fromkeys(("xavier", "gaussian_small", "he", "lecun", "orthogonal"), gaussian(3.0))
    return outcomes(with_initializers({**wrong, "one": constant(0.0)}))


@pytest.fixture(scope="module")
def tiny():
    return run(TINY)


HOLDS, FAILS = Verdict.HOLDS, Verdict.FAILS
BROKEN = [  # condition, its verdict when sound, what breaks it
    ("c5", "one_correlated", HOLDS, "all_alike"),
    ("c7", "xavier_independent", HOLDS, "wrong_scales"),
    ("c7", "gaussian_small_independent", HOLDS, "wrong_scales"),
    ("c8", "tanh_correlated", FAILS, "all_alike"),
    ("c8", "relu_correlated", FAILS, "all_alike"),
    ("c9", "one_correlated", HOLDS, "all_alike"),
    ("c10", "descent_independent", HOLDS, "all_alike"),
    ("c11", "independent_500", HOLDS, "all_alike"),
    ("m1", "independent", HOLDS, "all_alike"),
    ("m2", "xor", HOLDS, "all_alike"),
    ("m3", "correlated", HOLDS, "all_alike"),
    ("m4", "descent_independent", HOLDS, "all_alike"),
]


@pytest.mark.parametrize(("claim", "condition", "verdict", "broken"), BROKEN)
def test_breaking_the_effect_changes_the_verdict(claim, condition, verdict, broken, sound, request):
    assert sound[claim, condition] is verdict
    assert request.getfixturevalue(broken)[claim, condition] is not verdict


def test_an_initializer_at_a_wrong_scale_is_found_worse_than_xavier():
    record = with_initializers({"he": constant(1.0)})
    assert outcomes(record)["m5", "he_independent"] is FAILS


def test_every_measured_claim_has_a_falsifier():
    falsified = {claim for claim, *_ in BROKEN} | {"m5"}
    assert falsified == {claim.id for claim in CLAIMS if claim.kind is Kind.MEASURED}


def test_the_derived_claim_fails_where_the_rule_misses_the_limit():
    record = run(TINY)
    [linear] = [claim for claim in CLAIMS if claim.id == "c1"]
    broken = dataclasses.replace(record, linear_gap=record.linear_gap - 0.1)
    assert judge([linear], broken)[0].surprises


def test_the_same_params_give_the_same_record_bit_by_bit():
    one, two = run(TINY), run(TINY)
    for field in dataclasses.fields(one):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(two, field.name))


def test_more_seeds_leave_the_first_ones_as_they_were():
    few, more = run(TINY), run(dataclasses.replace(TINY, seeds=3))
    np.testing.assert_allclose(few.accuracy, more.accuracy[:, :, :2], atol=0.02)
    np.testing.assert_array_equal(few.bayes, more.bayes[:, :2])


def test_the_sources_own_work_is_25_networks_for_500_steps():
    said = []
    record = run(SOURCE_WORK, lambda *part: said.append(part[-2:]))
    assert said == [(25, 500)]
    assert record.accuracy.shape == (1, 5, 5, 16)
    assert record.xor_accuracy.size == 0


def test_attained_is_one_at_the_bayes_limit_and_zero_at_guessing():
    record = run(TINY)
    perfect = np.broadcast_to(record.bayes[:, None, :, None], record.accuracy.shape)
    at_limit = dataclasses.replace(record, accuracy=perfect)
    np.testing.assert_allclose(attained(at_limit, "correlated", "xavier", 500), 1)
    guessing = dataclasses.replace(record, accuracy=np.full_like(record.accuracy, 0.5))
    np.testing.assert_allclose(attained(guessing, "correlated", "xavier", 500), 0)


def test_the_area_gap_of_a_constant_lead_is_the_lead():
    record = run(TINY)
    accuracy = np.zeros_like(record.accuracy)
    accuracy[:, 0] = 0.25  # Xavier
    lead = dataclasses.replace(record, accuracy=accuracy)
    np.testing.assert_allclose(area_gap(lead, "correlated", "xavier", "one"), 0.25)


@pytest.mark.parametrize("name", list(FIGURES))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_draws_its_record_with_words_and_columns(name, language, tiny):
    drawing = FIGURES[name](tiny, language)
    assert drawing.title
    assert len(drawing.description) > 40
    assert len({len(column) for column in drawing.columns.values()}) == 1


def test_every_value_that_the_page_may_cite_is_finite(tiny):
    assert all(np.isfinite(value.number) for value in values(tiny).values())


@pytest.mark.parametrize(("deviation", "name"), [(0.01, "gaussian_small"), (1.0, "gaussian_large")])
def test_a_deviation_of_the_grid_trains_as_the_initializer_of_that_name(tiny, deviation, name):
    place, of_name = TINY.deviations.index(deviation), TINY.initializers.index(name)
    np.testing.assert_allclose(tiny.spread_loss[0, place], tiny.loss[0, of_name], rtol=1e-3)
    np.testing.assert_allclose(
        tiny.spread_saturated[0, place, :, 0], tiny.saturated[0, of_name, :, 0], rtol=1e-6
    )


def test_a_gap_to_xavier_is_paired_by_data_set(tiny):
    as_xavier = np.broadcast_to(tiny.accuracy[0, 0], tiny.spread_accuracy[0].shape)
    record = dataclasses.replace(tiny, spread_accuracy=as_xavier[None])
    np.testing.assert_array_equal(live.gap(record, 100), 0)


def test_a_control_moves_over_what_wcorrelated_alone(tiny):
    spread = live.LIVE["spread"]
    assert all(spread.ran(tiny, setting) for setting in spread.settings())
    assert not spread.ran(tiny, {"std": "0.3"})
    missing = tiny.spread_accuracy.copy()
    missing[0, TINY.deviations.index(0.5)] = np.nan
    record = dataclasses.replace(tiny, spread_accuracy=missing)
    assert [s["std"] for s in spread.settings() if not spread.ran(record, s)] == ["0.5"]
