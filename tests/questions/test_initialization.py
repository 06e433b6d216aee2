"""Question 51's study, run small, and its quantities against what they must be."""

import dataclasses
import importlib
from functools import partialmethod

import numpy as np
import pytest
from torch import nn

from dlqa.evidence.claims import judge
from dlqa.evidence.records import gathered
from dlqa.lab.grids import grid
from dlqa.lab.parts import blocks, run
from dlqa.questions.initialization import trainable
from dlqa.questions.initialization.claims import CLAIMS
from dlqa.questions.initialization.figures import FIGURES
from dlqa.questions.initialization.live import LIVE, gap
from dlqa.questions.initialization.quantities import area_gap, attained
from dlqa.questions.initialization.record import EVERY, LONG, SOURCE_WORK, Params
from dlqa.questions.initialization.study import parts, untrained

SHORTER = 5  # times as few steps as the page speaks of
TINY = Params(
    seeds=2, width=8, widths=(32, 50), fresh=100,
    at=tuple(step // SHORTER for step in EVERY),
    long_at=tuple(step // SHORTER for step in LONG),
)  # fmt: skip


def stretched(params):
    """A record whose steps are labelled as if they were the study's."""
    record = run(parts(params))
    return record.assign_coords(step=record.step * SHORTER)


@pytest.fixture(scope="module")
def tiny():
    return stretched(TINY)


def test_the_derived_claims_fail_where_the_record_says_otherwise(tiny):
    claims = {claim.id: claim for claim in CLAIMS}
    missed = tiny.assign(linear_gap=tiny.linear_gap - 0.1)
    differ = tiny.assign(gradients_apart=tiny.gradients_apart + 0.1)
    assert judge([claims["c1"]], [missed])[0].stops
    assert judge([claims["m1"]], [tiny])[0].stops == []
    assert judge([claims["m1"]], [differ])[0].stops


def test_more_seeds_leave_the_first_ones_as_they_were_bit_by_bit(tiny):
    planned = parts(TINY)
    later = blocks(planned, seeds={name: part.block(2, 3) for name, part in planned.items()})
    together, third = stretched(dataclasses.replace(TINY, seeds=3)), gathered(later.values())
    np.testing.assert_array_equal(third.accuracy, together.accuracy.sel(seed=[2]))
    np.testing.assert_array_equal(tiny.accuracy, together.accuracy.sel(seed=[0, 1]))
    np.testing.assert_array_equal(tiny.loss, together.loss.sel(seed=[0, 1]))
    np.testing.assert_array_equal(tiny.spread_loss, together.spread_loss.sel(seed=[0, 1]))


def test_what_a_layer_does_to_the_gradient_fails_where_activations_are_exchanged():
    deep = Params(seeds=2, width=100)
    record = gathered(untrained(deep, *each).run((0, 1), 1) for each in deep.untrained)
    [claim] = [claim for claim in CLAIMS if claim.id == "m6"]
    others = {"relu": "sigmoid", "sigmoid": "relu"}
    exchanged = [others.get(each, each) for each in record.setting.values.tolist()]
    assert judge([claim], [record])[0].stops == []
    assert claim.check(record)
    assert not claim.check(record.assign_coords(setting=exchanged))


def test_signals_and_errors_by_layer_are_those_of_a_plain_module():
    params = Params(seeds=1, width=7, depth=3)
    part = untrained(params, "tanh", "xavier")
    found = part.run((4,), 1).isel(setting=0, initializer=0, seed=0)
    pairs = grid(["independent"], 1, (4,), steps=1, fresh=0)
    stack, flowing, layers = pairs.start(["xavier"], (7, 7, 7), "tanh"), pairs.task.inputs[0].T, []
    for weight, bias in zip(stack.weights[:-1], stack.biases[:-1], strict=True):
        layer = nn.functional.linear(flowing, weight[0], bias[0, :, 0])
        flowing = layer.tanh().requires_grad_()
        flowing.retain_grad()
        layers.append(flowing)
    outputs = nn.functional.linear(flowing, stack.weights[-1][0], stack.biases[-1][0, :, 0])
    nn.functional.mse_loss(outputs, pairs.task.targets[0].T).backward()
    signals = [each.square().mean().item() for each in layers]
    errors = [each.grad.square().mean().item() for each in layers]
    np.testing.assert_allclose(found.signal, signals, rtol=1e-5)
    np.testing.assert_allclose(found.error, np.array(errors) / errors[-1], rtol=1e-4)


def test_units_that_are_equal_get_equal_gradients_and_others_do_not(tiny):
    apart = tiny.gradients_apart.sel(setting="sigmoid").max(("data", "seed"))
    assert float(apart.sel(initializer=["zero", "constant_small", "one"]).max()) < 1e-4
    assert float(apart.sel(initializer="xavier")) > 0.1


def test_the_sources_own_work_is_25_networks_for_500_steps():
    said = []
    small = dataclasses.replace(SOURCE_WORK, width=4, fresh=50)
    record = run(parts(small), lambda *part: said.append(part[-2:]))
    assert said == [(5, 500)] * 5
    assert record.accuracy.sizes == {
        "setting": 1, "data": 1, "initializer": 5, "seed": 5, "step": 16
    }  # fmt: skip


def test_attained_is_one_at_the_bayes_limit_and_zero_at_guessing(tiny):
    at = {"data": "correlated", "initializer": "xavier", "step": 500}
    perfect = tiny.assign(accuracy=tiny.bayes.broadcast_like(tiny.accuracy))
    np.testing.assert_allclose(attained(perfect, **at), 1)
    guessing = tiny.assign(accuracy=0 * tiny.accuracy + 0.5)
    np.testing.assert_allclose(attained(guessing, **at), 0)


def test_the_area_gap_of_a_constant_lead_is_the_lead(tiny):
    xavier = tiny.initializer == "xavier"
    lead = tiny.assign(accuracy=0 * tiny.accuracy + 0.25 * xavier)
    gap = area_gap(lead, data="correlated", initializer="xavier", beside="one")
    np.testing.assert_allclose(gap, 0.25)


@pytest.mark.parametrize("name", [*FIGURES, *LIVE])
def test_every_figure_draws_its_record_with_columns(name, labels, tiny):
    draw = FIGURES[name] if name in FIGURES else LIVE[name].still
    drawing = draw(tiny, labels)
    assert all(np.isfinite(column).any() for column in drawing.columns.values())


@pytest.mark.parametrize(("deviation", "name"), [(0.01, "gaussian_small"), (1.0, "gaussian_large")])
def test_a_deviation_of_the_grid_trains_as_the_initializer_of_that_name(tiny, deviation, name):
    here = {"data": "correlated", "deviation": deviation}
    there = {"data": "correlated", "initializer": name, "setting": "sigmoid"}
    loss = tiny.spread_loss.sel(here).dropna("step")
    np.testing.assert_allclose(loss, tiny.loss.sel(there).sel(step=loss.step), rtol=1e-3)
    start = tiny.saturated.sel(there).sel(moment="start")
    np.testing.assert_allclose(tiny.spread_saturated.sel({**here, "moment": "start"}), start)


def test_a_gap_to_xavier_is_paired_by_data_set(tiny):
    xavier = tiny.accuracy.sel(setting="sigmoid", initializer="xavier", drop=True)
    record = tiny.assign(spread_accuracy=xavier.expand_dims(deviation=tiny.deviation))
    np.testing.assert_array_equal(gap(record, 100), 0)


def test_what_is_trained_in_the_page_is_as_wide_as_what_was_run(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Params, "__init__", partialmethod(Params.__init__, width=50))
        assert importlib.reload(trainable).OWN["width"] == "50"
    assert importlib.reload(trainable).OWN["width"] == f"{Params().width}"


def test_a_control_moves_over_what_was_run_alone(tiny, labels):
    spread = LIVE["spread"]
    assert len(list(spread.settings())) == 9
    for setting in ({"std": "0.3"}, {"std": "5"}):
        with pytest.raises(KeyError):
            spread.draw(tiny, labels, setting)
