"""Question 52's study, run small, its measures, and its claims where a cause is taken away."""

from dataclasses import replace

import numpy as np
import pytest
import torch
import xarray as xr
from torch import nn

from dlqa.evidence.claims import judge
from dlqa.lab.initializers import initialize
from dlqa.lab.parts import run
from dlqa.lab.training import SGD
from dlqa.questions.convergence import live, measures, study
from dlqa.questions.convergence.claims import CLAIMS
from dlqa.questions.convergence.figures import FIGURES
from dlqa.questions.convergence.quantities import (
    closing_order,
    monotone,
    order,
    settling,
    slowness,
)
from dlqa.questions.convergence.record import HORIZONS, MARKS, SOURCE_WORK, Params
from tests.questions.falsify_convergence import FROM_THE_OUTPUT
from tests.questions.shown import exchanged

TINY = Params(
    seeds=2,
    hidden=(8, 8, 8),
    horizons=(30, 60),
    stops=(10, 20, 30, 42, 60),
    marks=(0, 10, 20, 30, 42, 60),
    picture=30,
    fresh=100,
    probes=40,
    sampled=10,
)
# The source's network without the side settings, a fifth of its steps.
ALONE = Params(
    sides=(), seeds=5, fresh=200, probes=64, picture=30,
    horizons=(150, 300), stops=(150, 300), marks=tuple(mark // 5 for mark in MARKS),
)  # fmt: skip
SOURCE = {"activation": "sigmoid", "optimizer": "adam"}


def stretched(params):
    """A record whose steps are labelled as if they were the study's."""
    record, times = run(study.parts(params)), HORIZONS[-1] // params.horizons[-1]
    steps = {"stop", "step", "middle"} & {*record.dims}
    return record.assign_coords({dim: record[dim] * times for dim in steps})


@pytest.fixture(scope="module")
def tiny():
    return stretched(TINY)


def broken(module, name, other, data, **params):
    """A record, on one kind of data, of a study in which something is not what its name says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, other)
        return stretched(replace(ALONE, data=(data,), **params))


def outcome(record, claim, condition):
    """What a claim comes to under one condition."""
    [asked] = [each for each in CLAIMS if each.id == claim]
    [under] = [each for each in asked.conditions if each.name == condition]
    [finding] = judge([asked.only(under)], [record])
    return finding.outcomes[0]


def test_no_layer_is_faster_where_half_of_the_seeds_are_upside_down(record):
    upside_down = exchanged("convergence", "layer", FROM_THE_OUTPUT, "step_size")
    half = record.step_size.where(record.seed % 2 == 0, upside_down.step_size)
    mixed = record.assign(step_size=half)
    assert outcome(record, "c6", "step_correlated_750").effect < -0.8
    assert abs(outcome(mixed, "c6", "step_correlated_750").effect) < 0.2


def test_relative_distance_decides_where_each_layer_stops_before_the_one_in_front(record):
    first = record.distance.sel(layer=1, drop=True)
    halved = record.assign(distance=first * 2.0 ** (1 - record.layer))
    halved["distance"] = halved.distance.transpose(*record.distance.dims)
    asked = {"metric": "distance", "data": "correlated", "stop": 750}
    assert (settling(halved, **asked) == -1).all()
    assert not (settling(record, **asked) == -1).all()


def test_under_gradient_descent_the_sources_own_network_turns_its_verdict_round(record):
    descended = broken(study, "Adam", lambda _: SGD(0.1), "correlated")
    assert not outcome(record, "c6", "step_correlated_750").contradicts
    assert outcome(descended, "c6", "step_correlated_750").contradicts


def test_weights_that_descend_on_all_samples_at_once_are_nearly_monotone(record):
    """Without the noise of batches and Adam's momentum, the third layer goes straight."""
    straight = broken(study, "Adam", lambda _: SGD(0.02), "correlated", batch=400)
    assert monotone.mean(record, data="correlated", layer=3) < 0.5
    assert monotone.mean(straight, data="correlated", layer=3) > 0.5


def test_setting_nothing_back_loses_nothing_in_any_layer(record):
    whole = broken(measures, "layers_set_back", lambda stack, _: [stack] * 4, "independent")
    assert (whole.lost.sel(stop=[750, 1500]) == 0).all()
    assert not outcome(record, "m7", "independent_1500").contradicts
    assert outcome(whole, "m7", "independent_1500").contradicts


def test_the_derived_claim_fails_for_a_network_of_three_layers(record):
    [four] = [claim for claim in CLAIMS if claim.id == "c2"]
    assert not judge([four], [record])[0].stops
    assert judge([four], [record.sel(layer=[1, 2, 3])])[0].stops


def test_the_same_params_give_the_same_record_bit_by_bit(tiny):
    xr.testing.assert_identical(stretched(TINY), tiny)


@pytest.mark.parametrize("name", [name for name, part in study.parts(TINY).items() if part.seeds])
def test_a_seed_is_the_same_whatever_seeds_are_beside_it(name):
    part = study.parts(TINY)[name]
    many = part.run((0, 1, 2, 5), 2)
    for some in ((0, 1), (2,), (1, 5)):
        few = part.run(some, 1)
        xr.testing.assert_identical(few, many.sel(seed=list(some)))


def test_a_record_is_as_large_as_its_params_ask_for(tiny):
    assert tiny.sizes == {
        "optimizer": 2, "activation": 3, "data": 2, "seed": 2, "stop": 5, "step": 6, "layer": 4,
        "middle": 60, "sample": 2, "weight": 10, "moment": 3,
    }  # fmt: skip


def test_the_sources_own_work_is_one_network_for_750_steps():
    said = []
    record = run(study.parts(SOURCE_WORK), lambda *part: said.append(part[-2:]))
    assert said == [(1, 750)]
    assert dict(record.sizes) == {"sample": 2, "layer": 4, "weight": 50, "moment": 51}


def test_distance_goes_from_one_to_nothing_and_alignment_ends_at_one(tiny):
    record = tiny.sel(SOURCE)
    for stop in record.stop.values:
        distance, alignment = record.distance.sel(stop=stop), record.alignment.sel(stop=stop)
        np.testing.assert_array_equal(distance.sel(step=0), 1)
        np.testing.assert_array_equal(distance.sel(step=stop), 0)
        np.testing.assert_allclose(alignment.sel(step=stop), 1)
        assert distance.sel(step=slice(stop + 1, None)).isnull().all()
        assert alignment.sel(step=slice(0, stop)).notnull().all()


def test_the_side_settings_are_judged_at_the_last_stop():
    alone = replace(TINY, sides=())
    whole = run(study.parts(alone))
    as_side = run(study.parts(replace(alone, sides=(("sigmoid", "adam"),))))
    assert as_side.stop.values.tolist() == [60]
    for name in ("distance", "alignment", "step_size", "accuracy", "gradient"):
        expected = whole[name].sel(stop=[60]) if "stop" in whole[name].dims else whole[name]
        np.testing.assert_array_equal(as_side[name], expected)


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_draws_its_record(name, labels, tiny):
    drawing = FIGURES[name](tiny, labels)
    assert all(np.isfinite(np.asarray(column)).any() for column in drawing.columns.values())


def test_a_control_moves_over_what_was_run_alone(tiny):
    approach = live.LIVE["approach"]
    for setting in approach.settings():
        numbers = approach.numbers(tiny, setting)
        assert all(np.isfinite(value.number) for value in numbers.values())
    with pytest.raises(KeyError):
        approach.numbers(tiny, {"metric": "step", "steps": "600"})
    place = {"data": "independent", "stop": 1050}
    missing = tiny.copy(deep=True)
    missing.alignment.loc[place] = np.nan
    with pytest.raises(KeyError, match="nothing was run there"):
        approach.numbers(missing, {"metric": "alignment", "steps": "1050"})
    assert approach.numbers(missing, {"metric": "alignment", "steps": "750"})


def test_the_scale_of_the_live_figure_stays_from_step_to_step(labels, tiny):
    approach = live.LIVE["approach"]
    drawn = [
        approach.draw(tiny, labels, {"metric": "distance", "steps": steps}).figure.axes
        for steps in ("250", "1500")
    ]
    assert len({axes[0].get_ylim() for axes in drawn}) == len({a[2].get_xlim() for a in drawn}) == 1


def test_an_order_is_minus_one_where_values_fall_and_zero_where_all_are_equal():
    rows = [[4.0, 3, 2, 1], [1, 2, 3, 4], [5, 5, 5, 5]]
    found = order(xr.DataArray(rows, {"layer": [1, 2, 3, 4]}, ("seed", "layer")))
    np.testing.assert_allclose(found, [-1, 1, 0])


def test_a_distance_that_falls_evenly_is_one_half_on_average(record):
    even = (1 - record.step / record.stop).where(record.step <= record.stop)
    falling = even.broadcast_like(record.distance).transpose(*record.distance.dims)
    falling = falling.where(record.distance.notnull())
    even = record.assign(distance=falling, alignment=1 - falling / 2)
    for metric, mean in {"distance": 0.5, "alignment": 0.25}.items():
        np.testing.assert_allclose(slowness(even, metric, "correlated", 1500), mean)
    np.testing.assert_array_equal(closing_order(even, data="correlated", stop=1500), 0)


def paths(*weights):
    """Paths [1, T, 1, W] of weights, each a list of its values."""
    return torch.tensor(weights, dtype=torch.float64).T[None, :, None]


def test_a_step_size_is_the_root_mean_square_over_weights():
    sizes = measures.step_sizes(paths([0, 3, 3], [0, -4, -4]))
    torch.testing.assert_close(sizes.flatten(), torch.tensor([12.5, 0]).double().sqrt())


@pytest.mark.parametrize(
    ("path", "nearly"),
    [
        ([0, 1, 2, 10], 1),
        ([0, -1, -2, -10], 1),  # downhill is a way too
        ([0, 5, 4.5, 10], 1),  # goes back by a twentieth of its range
        ([0, 5, 3, 10], 0),  # by a fifth
        ([0, 10, 8, 9], 0),  # beyond its end and back
        ([2, 2, 2, 2], 1),  # never moves
    ],
)
def test_a_weight_is_nearly_monotone_unless_it_goes_far_back(path, nearly):
    assert measures.nearly_monotone(paths(path), 0.1).item() == nearly


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
