"""Question 53's study, run small, and its claims when their effect is broken."""

import dataclasses
from math import erf, sqrt

import numpy as np
import pytest
import torch

from dlqa.evidence.claims import Kind, Verdict, judge
from dlqa.lab.grids import grid
from dlqa.lab.networks import Stack
from dlqa.lab.penalties import Proximal
from dlqa.questions.regularization import live, quantities, study
from dlqa.questions.regularization.measures import THRESHOLDS, below, places_of
from dlqa.questions.regularization.page import CLAIMS, values
from dlqa.questions.regularization.quantities import (
    ARMS,
    exact_zeros,
    gain,
    harder_hit,
    near_zeros,
    shrunk,
    unpaired_gain,
)
from dlqa.questions.regularization.record import SOURCE_WORK, Params, arms
from dlqa.questions.regularization.study import run

SMALL = Params(seeds=10, side_seeds=10, activation_seeds=10, fresh=2000, at=(0, 600))
ONLY_L1 = dataclasses.replace(SMALL, penalties=("l1",), alternatives=(), activations=())
ONLY_L2 = dataclasses.replace(ONLY_L1, penalties=("l2",))
TINY = Params(seeds=5, side_seeds=5, activation_seeds=5, width=8, fresh=100, at=(0, 10, 30))


def outcomes(record, claims=CLAIMS):
    """Every condition's verdict, by claim and name; each claim judged alone, as seeds are few."""
    return {
        (claim.id, outcome.name): outcome.verdict
        for claim in claims
        for outcome in judge([claim], record)[0].outcomes
    }


def claim(identity):
    [found] = [each for each in CLAIMS if each.id == identity]
    return found


def of_part(identity, params):
    """One claim's verdicts where only some of the arms are run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quantities, "ARMS", arms(params))
        return outcomes(run(params), [claim(identity)])


@pytest.fixture(scope="module")
def sound_record():
    return run(SMALL)


@pytest.fixture(scope="module")
def sound(sound_record):
    return outcomes(sound_record)


@pytest.fixture(scope="module")
def no_strength():
    """Every way is there, with strength 0."""
    none = {"strengths": (0.0, 0.0, 0.0), "activation_strengths": (0.0, 0.0), "matched": 0.0}
    none["at"] = (0, 50)  # what has no strength does nothing at any step
    return outcomes(run(dataclasses.replace(SMALL, **none)))


@pytest.fixture(scope="module")
def too_strong():
    """Under the name of λ = 1, a penalty that leaves nothing of the weights."""
    return of_part("c6", dataclasses.replace(ONLY_L2, strengths=(0.1, 1000.0, 10.0)))


@pytest.fixture(scope="module")
def data_swapped():
    """The text's data under the name of the code's, and the other way round."""
    swapped = {"variants": SMALL.variants[::-1], "at": (0, 300)}
    return {
        **of_part("c4", dataclasses.replace(ONLY_L1, **swapped)),
        **of_part("c7", dataclasses.replace(ONLY_L2, **swapped)),
    }


@pytest.fixture(scope="module")
def plenty_of_data():
    """So many samples that no network overfits."""
    plenty = {"samples": 8000, "penalties": (), "alternatives": (), "at": (0, 300)}
    return of_part("m4", dataclasses.replace(SMALL, **plenty))


@pytest.fixture(scope="module")
def threshold_too_high():
    """A proximal step that takes off a hundred times its threshold."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "Proximal", lambda strength, metric: Proximal(100 * strength, metric))
        two = {"alternatives": ("proximal",), "strengths": (0.1, 1.0)}
        return of_part("m2", dataclasses.replace(ONLY_L1, **two))


@pytest.fixture(scope="module")
def paired_after_all(sound_record):
    """The unpaired comparison on the very same data sets."""
    same = sound_record.accuracy[:, 0]
    return outcomes(dataclasses.replace(sound_record, unpaired_accuracy=same), [claim("c9")])


HOLDS, FAILS = Verdict.HOLDS, Verdict.FAILS
BROKEN = [  # condition, its verdict when sound, what breaks it
    ("c2", "l1_mild_correlated", HOLDS, "no_strength"),
    ("c2", "l2_mild_independent", HOLDS, "no_strength"),
    ("c3", "near_l1_strong_independent", HOLDS, "no_strength"),
    ("c3", "exact_proximal_strong_independent", HOLDS, "no_strength"),
    ("c4", "l1_strong_correlated", HOLDS, "data_swapped"),
    ("c4", "l1_extreme_independent", HOLDS, "no_strength"),
    ("c5", "relu_strong_independent", HOLDS, "no_strength"),
    ("c6", "l2_strong_correlated", HOLDS, "too_strong"),
    ("c7", "l2_extreme_correlated", FAILS, "no_strength"),
    ("c7", "l2_extreme_correlated", FAILS, "data_swapped"),
    ("c9", "l1_mild_correlated", HOLDS, "paired_after_all"),
    ("m1", "correlated", HOLDS, "no_strength"),
    ("m2", "proximal_mild_independent", HOLDS, "threshold_too_high"),
    ("m4", "relu", HOLDS, "plenty_of_data"),
]


@pytest.mark.parametrize(("identity", "condition", "verdict", "broken"), BROKEN)
def test_breaking_the_effect_changes_the_verdict(
    identity, condition, verdict, broken, sound, request
):
    assert sound[identity, condition] is verdict
    assert request.getfixturevalue(broken)[identity, condition] is not verdict


def test_where_inputs_are_alike_the_sources_fifty_are_not_shown_to_be_worse():
    """c1 needs more seeds, but of fewer arms; swapping the data gives its name alike inputs."""
    params = dataclasses.replace(ONLY_L1, strengths=(0.1,), seeds=32, at=(0, 300), fresh=2)
    swapped = dataclasses.replace(params, variants=params.variants[::-1])
    sound, broken = (of_part("c1", each) for each in (params, swapped))
    assert sound["c1", "l1_mild_correlated"] is FAILS
    assert broken["c1", "l1_mild_correlated"] is not FAILS


def test_a_loss_that_grows_with_the_normals_length_is_found(sound_record):
    """m3 stays undecided when sound: here the effect is put in, and the verdict changes."""
    accuracy = sound_record.accuracy.copy()
    ranks = sound_record.demand[0].argsort().argsort()
    for arm in ("l1_strong", "l2_strong"):
        accuracy[0, ARMS.index(arm)] = accuracy[0, 0] - 0.01 * ranks
    found = outcomes(dataclasses.replace(sound_record, accuracy=accuracy), [claim("m3")])
    assert set(found.values()) == {HOLDS}


def test_every_measured_claim_has_a_falsifier():
    falsified = {identity for identity, *_ in BROKEN} | {"c1", "m3"}
    assert falsified == {each.id for each in CLAIMS if each.kind is Kind.MEASURED}


def test_the_same_params_give_the_same_record_bit_by_bit():
    one, two = run(TINY), run(TINY)
    for field in dataclasses.fields(one):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(two, field.name))


def test_more_seeds_leave_the_first_ones_as_they_were():
    few, more = run(TINY), run(dataclasses.replace(TINY, seeds=6))
    np.testing.assert_allclose(few.accuracy, more.accuracy[:, :, :5], atol=0.02)
    np.testing.assert_array_equal(few.bayes, more.bayes[:, :5])
    np.testing.assert_array_equal(few.demand, more.demand[:, :5])


def test_the_sources_own_work_is_6_networks_for_750_steps():
    said = []
    record = run(SOURCE_WORK, lambda *part: said.append(part[-2:]))
    assert sum(networks for networks, _ in said) == 6
    assert {steps for _, steps in said} == {750}
    assert record.accuracy.shape == (1, 5, 1)
    assert record.paths.shape[0] == 4


def test_an_arm_has_nan_where_it_was_not_run_and_numbers_elsewhere():
    record = run(dataclasses.replace(TINY, side_seeds=3))
    missing = np.isnan(record.accuracy)
    assert not missing[:, : ARMS.index("proximal_mild")].any()
    assert not missing[:, ARMS.index("proximal_mild"), :3].any()
    assert missing[:, ARMS.index("decay_matched"), 3:].all()
    assert missing[0, ARMS.index("tanh_none")].all()
    assert not missing[1, ARMS.index("relu_strong")].any()


def test_arms_of_one_seed_start_from_the_same_weights():
    record = run(TINY)
    start = record.size[:, : ARMS.index("tanh_none"), :, 0]
    np.testing.assert_array_equal(start, np.broadcast_to(start[:, :1], start.shape))


def test_shares_below_count_zeros_and_grow_to_all():
    weights = torch.tensor([0.0, 0.0, 1e-3, -0.5, 2e-3, 4.0]).view(1, 2, 3)
    bias, last = torch.zeros(1, 2, 1), torch.zeros(1, 1, 2)
    stack = Stack((weights, last), (bias, bias[:, :1]))
    shares = below(stack)[0].numpy()
    assert shares[0] == pytest.approx(4 / 8)
    assert shares[np.argmin(abs(THRESHOLDS - 1e-3))] in (pytest.approx(4 / 8), pytest.approx(5 / 8))
    assert shares[-1] == pytest.approx(7 / 8)
    assert (np.diff(shares) >= 0).all()


def test_the_sources_fifty_all_leave_the_last_inputs():
    pairs = grid(["independent"], 1, 1, steps=1, fresh=2)
    start = pairs.start(["xavier"], (50, 50), "sigmoid")
    drawn = places_of(start)
    first, middle, last = (
        places[1] % weight.shape[2] for places, weight in zip(drawn, start.weights, strict=True)
    )
    assert set(first.tolist()) == {11}
    assert set(middle.tolist()) == {49}
    assert set(last.tolist()) == set(range(25, 50))
    random = drawn[0][0] % 12
    assert len(set(random.tolist())) > 6


def test_demand_and_limit_agree_with_the_closed_form_of_the_data_independent():
    record = run(TINY)
    np.testing.assert_allclose(record.demand[1], sqrt(12))  # Σ = identity, μ = ones
    np.testing.assert_allclose(record.bayes[1], 0.5 * (1 + erf(sqrt(12) / 2 / sqrt(2))))


def test_a_decay_of_its_own_coefficient_shrinks_by_the_product_of_its_factors():
    """With no gradient to follow, decoupled decay leaves (1 − rate · decay)^steps of each weight."""
    zero = dataclasses.replace(TINY, activations=(), penalties=(), rate=0.0, strengths=(0.0,) * 3)
    record = run(zero)
    start, end = record.size[..., 0, :], record.size[..., -1, :]
    np.testing.assert_array_equal(start, end)


def test_gain_is_the_paired_difference_and_the_unpaired_one_has_the_same_first_term():
    record = run(TINY)
    arm = record.accuracy[0, ARMS.index("l2_mild")]
    np.testing.assert_array_equal(
        gain(record, "correlated", "l2_mild"), arm - record.accuracy[0, 0]
    )
    unpaired = unpaired_gain(record, "correlated", "l2_mild")
    np.testing.assert_array_equal(unpaired, arm - record.unpaired_accuracy[0])


def test_shrunk_is_one_without_regularization_and_weighs_layers_by_their_size():
    record = run(TINY)
    np.testing.assert_array_equal(shrunk(record, "correlated", "none"), 1)
    size = np.ones_like(record.size)
    size[:, ARMS.index("l1_mild"), :, -1] = (0.0, 1.0, 0.0)  # only the middle layer is left
    left = shrunk(dataclasses.replace(record, size=size), "correlated", "l1_mild")
    np.testing.assert_allclose(left, 64 / (12 * 8 + 64 + 16))


def test_near_zeros_include_exact_ones():
    record = run(dataclasses.replace(TINY, strengths=(1.0, 10.0, 100.0)))
    exact, near = (f(record, "correlated", "proximal_extreme") for f in (exact_zeros, near_zeros))
    assert (near >= exact).all()
    assert exact.min() > 0


def test_harder_hit_sets_the_upper_half_against_the_lower():
    record = run(TINY)
    accuracy = record.accuracy.copy()
    place = ARMS.index("l1_strong")
    accuracy[0, place] = accuracy[0, 0] - 0.1 * (record.demand[0] > np.median(record.demand[0]))
    found = harder_hit(dataclasses.replace(record, accuracy=accuracy), "correlated", "l1_strong")
    np.testing.assert_allclose(found, [-0.1, -0.1])


def test_every_value_that_the_page_may_cite_is_finite():
    assert all(np.isfinite(value.number) for value in values(run(TINY)).values())


def test_a_control_moves_over_what_was_run_alone(sound_record):
    strength = live.LIVE["strength"]
    assert all(strength.ran(sound_record, setting) for setting in strength.settings())
    missing = sound_record.accuracy.copy()
    missing[1, ARMS.index("l2_strong")] = np.nan
    record = dataclasses.replace(sound_record, accuracy=missing)
    left_out = [setting for setting in strength.settings() if not strength.ran(record, setting)]
    assert left_out == [{"penalty": "l2", "lambda": "1"}]


def test_a_penalty_stands_beside_none_on_the_same_data_sets():
    numbered = np.broadcast_to(np.arange(10.0), (2, len(ARMS), 10))
    for setting in live.LIVE["strength"].settings():
        without, chosen = live.pair(numbered, "correlated", setting)
        np.testing.assert_array_equal(without, chosen)
