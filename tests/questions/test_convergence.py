"""Question 52's study, run small, its measures, and its claims when their effect is broken."""

import dataclasses

import numpy as np
import pytest
import torch
from torch import nn

from dlqa.evidence.claims import Kind, Verdict, judge
from dlqa.lab.initializers import initialize
from dlqa.lab.training import SGD
from dlqa.questions.convergence import live, measures, study
from dlqa.questions.convergence.page import CLAIMS, FIGURES, values
from dlqa.questions.convergence.quantities import order, slowness, unlikeness_left
from dlqa.questions.convergence.record import SOURCE_WORK, Params
from dlqa.questions.convergence.study import run

SMALL = Params(
    seeds=10,
    side_seeds=8,
    hidden=(32, 32, 32),
    horizons=(150, 300),
    stops=(50, 100, 150, 200, 300),
    marks=(0, 20, 50, 100, 150, 200, 300),
    picture=30,
    fresh=200,
    probes=64,
)
ALONE = dataclasses.replace(SMALL, sides=())  # the source's network without the side settings
TINY = Params(
    seeds=2,
    side_seeds=2,
    hidden=(8, 8, 8),
    horizons=(30, 60),
    stops=(10, 20, 30, 40, 60),
    marks=(0, 10, 20, 30, 40, 60),
    picture=30,
    fresh=100,
    probes=40,
    sampled=10,
)
HOLDS, FAILS = Verdict.HOLDS, Verdict.FAILS
OPPOSITE = {HOLDS: FAILS, FAILS: HOLDS}


def outcomes(record, *claims):
    """Verdicts by claim and condition, each claim judged by itself."""
    return {
        (claim.id, outcome.name): outcome.verdict
        for claim in CLAIMS
        if claim.id in claims
        for outcome in judge([claim], record)[0].outcomes
    }


def patched(params, **replaced):
    """The record of a study of which some parts are not what their names say."""
    with pytest.MonkeyPatch.context() as patch:
        for name, other in replaced.items():
            patch.setattr(study, name, other)
        return run(params)


@pytest.fixture(scope="module")
def small():
    return run(SMALL)


@pytest.fixture(scope="module")
def upside_down(small):
    """The same runs with the layers' places exchanged, last for first."""
    by_layer = {
        field.name: np.ascontiguousarray(getattr(small, field.name)[..., ::-1])
        for field in dataclasses.fields(small)
        if getattr(small, field.name).shape[-1] == 4
    }
    return dataclasses.replace(small, **by_layer)


ORDERS = [  # a condition that orders layers, and its verdict in the small runs
    ("c4", "sigmoid_correlated", FAILS),
    ("c4", "relu_independent", FAILS),
    ("c6", "step_correlated_750", HOLDS),
    ("c6", "alignment_independent_1500", FAILS),
    ("c8", "correlated", FAILS),
    ("m1", "correlated_750", HOLDS),
    ("m2", "independent_750", HOLDS),
    ("m3", "independent_750", FAILS),
    ("m4", "sigmoid_descent_correlated", FAILS),
    ("m4", "tanh_adam_correlated", HOLDS),
    ("m5", "tanh_adam_independent", HOLDS),
    ("m6", "relu_adam_correlated", HOLDS),
    ("m7", "independent_1500", HOLDS),
]


@pytest.mark.parametrize(("claim", "condition", "verdict"), ORDERS)
def test_exchanging_the_layers_turns_the_verdict_round(
    claim, condition, verdict, small, upside_down
):
    assert outcomes(small, claim)[claim, condition] is verdict
    assert outcomes(upside_down, claim)[claim, condition] is OPPOSITE[verdict]


def test_no_layer_is_faster_where_half_of_the_seeds_are_upside_down(small, upside_down):
    half = small.step.copy()
    half[:, ::2] = upside_down.step[:, ::2]
    mixed = outcomes(dataclasses.replace(small, step=half), "c6")
    assert mixed["c6", "step_correlated_750"] is Verdict.UNDECIDED


def test_relative_distance_decides_where_each_layer_stops_before_the_one_in_front(small):
    def halved_by_layer(distance):
        return distance[..., :1] * 2.0 ** -np.arange(4)

    assert outcomes(small, "c6")["c6", "distance_correlated_750"] is Verdict.UNDECIDED
    broken = dataclasses.replace(small, distance=halved_by_layer(small.distance))
    assert outcomes(broken, "c6")["c6", "distance_correlated_750"] is HOLDS


def test_under_gradient_descent_the_sources_own_network_turns_its_verdict_round():
    descended = patched(ALONE, Adam=lambda _: SGD(0.1))
    assert outcomes(descended, "c6")["c6", "step_correlated_750"] is FAILS


def test_a_sample_that_is_random_mends_the_sources(small):
    sound = outcomes(small, "c3")
    mended = outcomes(patched(ALONE, source_places=measures.random_places), "c3")
    assert sound["c3", "source_independent"] is not HOLDS
    assert mended["c3", "source_independent"] is sound["c3", "random_independent"] is HOLDS


def test_weights_that_descend_on_all_samples_at_once_are_nearly_monotone(small):
    """Without the noise of batches and Adam's momentum, the third layer goes straight."""
    straight = patched(dataclasses.replace(ALONE, batch=400), Adam=lambda _: SGD(0.02))
    assert outcomes(small, "c7")["c7", "correlated"] is FAILS
    assert outcomes(straight, "c7")["c7", "correlated"] is HOLDS


def test_setting_nothing_back_loses_nothing_in_any_layer():
    whole = patched(ALONE, layers_set_back=lambda stack, _: [stack] * 4)
    assert not whole.lost.any()
    assert outcomes(whole, "m7")["m7", "independent_1500"] is not HOLDS


def test_every_measured_claim_has_a_falsifier():
    falsified = {claim for claim, *_ in ORDERS} | {"c3", "c7"}
    assert falsified == {claim.id for claim in CLAIMS if claim.kind is Kind.MEASURED}


def test_the_derived_claim_fails_for_a_network_of_three_layers(small):
    [four] = [claim for claim in CLAIMS if claim.id == "c2"]
    assert not judge([four], small)[0].surprises
    assert judge([four], dataclasses.replace(small, distance=small.distance[..., :3]))[0].surprises


def test_the_same_params_give_the_same_record_bit_by_bit():
    one, two = run(TINY), run(TINY)
    for field in dataclasses.fields(one):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(two, field.name))


def test_more_seeds_leave_the_first_ones_as_they_were():
    few, more = run(TINY), run(dataclasses.replace(TINY, seeds=3))
    np.testing.assert_allclose(few.distance, more.distance[:, :2], atol=1e-4)
    np.testing.assert_array_equal(few.gradient.argsort(-1), more.gradient[:, :2].argsort(-1))


def test_a_record_has_the_axes_that_it_names():
    record = run(TINY)
    assert record.travel.shape == record.lost.shape == (2, 2, 2, 4)
    assert record.step.shape == (2, 2, 5, 4)
    assert record.distance.shape == record.alignment.shape == (2, 2, 5, 6, 4)
    assert record.side_distance.shape == record.side_alignment.shape == (5, 2, 2, 6, 4)
    assert record.picture.shape == (2, 4, 10, 3)


def test_the_sources_own_work_is_one_network_for_750_steps():
    said = []
    record = run(SOURCE_WORK, lambda *part: said.append(part[-2:]))
    assert said == [(1, 750)]
    assert record.picture.shape == (2, 4, 50, 51)
    assert record.step.size == 0


def test_distance_goes_from_one_to_nothing_and_alignment_ends_at_one():
    record = run(TINY)
    for place, stop in enumerate(TINY.stops):
        reached = TINY.marks.index(stop)
        np.testing.assert_array_equal(record.distance[:, :, place, 0], 1)
        np.testing.assert_array_equal(record.distance[:, :, place, reached], 0)
        np.testing.assert_allclose(record.alignment[:, :, place, reached], 1)
        beyond = record.distance[:, :, place, reached + 1 :]
        assert np.isnan(beyond).all()
        assert np.isfinite(record.alignment[:, :, place, : reached + 1]).all()


def test_the_side_settings_are_judged_at_the_last_stop():
    record = run(dataclasses.replace(TINY, sides=(("sigmoid", "adam"),)))
    np.testing.assert_array_equal(record.side_distance[0], record.distance[:, :, -1])
    np.testing.assert_array_equal(record.side_alignment[0], record.alignment[:, :, -1])


def test_every_value_that_the_page_may_cite_is_finite(small):
    assert all(np.isfinite(value.number) for value in values(small).values())


@pytest.mark.parametrize("name", list(FIGURES))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_draws_its_record_with_words_and_columns(name, language, small):
    drawing = FIGURES[name](small, language)
    assert drawing.title
    assert drawing.description
    assert len({len(np.ravel(column)) for column in drawing.columns.values()}) == 1


def test_a_control_moves_over_what_was_run_alone(small):
    approach = live.LIVE["approach"]
    assert all(approach.ran(small, setting) for setting in approach.settings())
    assert not approach.ran(small, {"metric": "step", "steps": "600"})
    missing = small.alignment.copy()
    missing[1, :, Params().stops.index(1050)] = np.nan
    record = dataclasses.replace(small, alignment=missing)
    left_out = [setting for setting in approach.settings() if not approach.ran(record, setting)]
    assert left_out == [{"metric": "alignment", "steps": "1050"}]


def test_an_order_is_minus_one_where_values_fall_and_zero_where_all_are_equal():
    rows = np.array([[4.0, 3, 2, 1], [1, 2, 3, 4], [5, 5, 5, 5]])
    np.testing.assert_allclose(order(rows), [-1, 1, 0])


def test_a_distance_that_falls_evenly_is_one_half_on_average(small):
    even = np.linspace(1, 0, 301)[small.steps.astype(int)][None, None, None, :, None]
    distance = np.broadcast_to(even, small.distance.shape)
    record = dataclasses.replace(small, distance=distance, alignment=1 - distance / 2)
    np.testing.assert_allclose(slowness(record, "distance", "correlated", 1500), 0.5)
    np.testing.assert_allclose(slowness(record, "alignment", "correlated", 1500), 0.25)
    np.testing.assert_allclose(unlikeness_left(record, "correlated", 1500), 0.5)


def paths(*weights):
    """Paths [1, T, 1, W] of weights, each a list of its values."""
    return torch.tensor(weights, dtype=torch.float64).T[None, :, None]


def test_a_step_size_is_the_root_mean_square_over_weights():
    sizes = measures.step_sizes(paths([0, 3, 3], [0, -4, -4]))
    torch.testing.assert_close(sizes.flatten(), torch.tensor([12.5, 0]).double().sqrt())


@pytest.mark.parametrize(
    ("path", "monotone"),
    [
        ([0, 1, 2, 10], 1),
        ([0, -1, -2, -10], 1),  # downhill is a way too
        ([0, 5, 4.5, 10], 1),  # goes back by a twentieth of its range
        ([0, 5, 3, 10], 0),  # by a fifth
        ([0, 10, 8, 9], 0),  # beyond its end and back
        ([2, 2, 2, 2], 1),  # never moves
    ],
)
def test_a_weight_is_nearly_monotone_unless_it_goes_far_back(path, monotone):
    assert measures.nearly_monotone(paths(path), 0.1).item() == monotone


def test_the_sources_places_are_the_end_of_its_flattened_matrices():
    stack = initialize("xavier", (12, 50, 50, 50, 2), [0])
    picked = measures.pick(stack, measures.source_places(stack.sizes, 50))
    flattened = [weight.mT.flatten(1)[:, -50:] for weight in stack.weights]  # [I, O], row by row
    torch.testing.assert_close(picked, torch.stack(flattened, 1))
    assert (measures.source_places(stack.sizes, 50)[0][1] == 11).all()  # all leave input 12


def test_random_places_are_distinct_and_always_the_same():
    for (outputs, inputs), (others, _) in zip(
        measures.random_places((12, 50, 2), 50),
        measures.random_places((12, 50, 2), 50),
        strict=True,
    ):
        assert len({*zip(outputs.tolist(), inputs.tolist(), strict=True)}) == 50
        assert torch.equal(outputs, others)


def test_gradients_equal_those_of_a_plain_module():
    stack = initialize("xavier", (12, 5, 2), [3])
    inputs, targets = torch.randn(1, 12, 30), torch.randn(1, 2, 30)
    plain = nn.Sequential(nn.Linear(12, 5), nn.Sigmoid(), nn.Linear(5, 2))
    for layer, weight, bias in zip(plain[::2], stack.weights, stack.biases, strict=True):
        layer.weight.data, layer.bias.data = weight[0], bias[0, :, 0]
    nn.functional.mse_loss(plain(inputs[0].T), targets[0].T).backward()
    sizes = [layer.weight.grad.double().square().mean().sqrt() for layer in plain[::2]]
    torch.testing.assert_close(measures.gradients(stack, inputs, targets)[0], torch.stack(sizes))


def test_one_layer_at_a_time_is_set_back():
    start, end = (initialize("xavier", (12, 5, 2), [seed]) for seed in (0, 1))
    first, second = measures.layers_set_back(end, start)
    assert first.weights == (start.weights[0], end.weights[1])
    assert second.biases == (end.biases[0], start.biases[1])
