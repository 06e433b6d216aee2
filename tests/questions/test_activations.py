"""Question 49's study, run small, and its quantities against what they must be."""

import dataclasses

import numpy as np
import pytest
import torch

from dlqa.lab.parts import run
from dlqa.questions.activations.claims import fades, stays
from dlqa.questions.activations.figures import FIGURES
from dlqa.questions.activations.live import LIVE
from dlqa.questions.activations.moons import best_rule, moons
from dlqa.questions.activations.quantities import dead, gap, lost, returned
from dlqa.questions.activations.record import SOURCE_WORK, Params
from dlqa.questions.activations.study import parts

SHORTER = 25  # times as few steps as the page speaks of
TINY = Params(
    seeds=2, deep_seeds=2, width=6, fresh=100, side=5,
    at=tuple(step // SHORTER for step in Params().at),
)  # fmt: skip


@pytest.fixture(scope="module")
def tiny():
    """A record whose steps are labelled as if they were the study's."""
    record = run(parts(TINY))
    return record.assign_coords(step=record.step * SHORTER)


def test_more_seeds_leave_the_first_ones_as_they_were_bit_by_bit(tiny):
    few = dataclasses.replace(TINY, activations=("relu", "sign"), deep=(), rates=(0.1,), side=0)
    more = run(parts(dataclasses.replace(few, seeds=3)))
    for name in ("accuracy", "dead", "limit"):
        first = more[name].sel(seed=[0, 1])
        own = {dim: first[dim] for dim in first.dims if dim != "step"}
        np.testing.assert_array_equal(tiny[name].sel(own), first)


def test_the_sources_own_work_is_18_networks_for_800_steps():
    said = []
    record = run(
        parts(dataclasses.replace(SOURCE_WORK, width=4, fresh=50)),
        lambda *part: said.append(part[-2:]),
    )
    assert said == [(3, 800)] * 6
    assert record.accuracy.sizes["activation"] == 6


def test_without_noise_points_lie_on_the_two_half_circles():
    points, labels = moons(40, 0.0, 1)
    centres = torch.stack([labels.float(), 0.5 * labels])
    torch.testing.assert_close((points - centres).norm(dim=0), torch.ones(40))
    assert ((points[1] - centres[1]) * (1 - 2 * labels) >= 0).all()


def test_the_best_rule_is_right_without_noise_and_nearly_so_with_little():
    points, labels = moons(200, 0.05, 2)
    assert torch.equal(best_rule(points, 0.05), labels)
    assert (
        0.8
        < (best_rule(*moons(2000, 0.3, 3)[:1], 0.3) == moons(2000, 0.3, 3)[1]).double().mean()
        < 1
    )


def test_quantities_are_the_differences_that_they_say(tiny):
    led = tiny.assign(accuracy=0 * tiny.accuracy + 0.25 * (tiny.activation == "gelu"))
    np.testing.assert_allclose(gap(led, activation="gelu", beside="relu"), 0.25)
    shares = tiny.dead.copy(data=np.zeros(tiny.dead.shape))
    shares.loc[{"moment": "half"}], shares.loc[{"moment": "end"}] = 0.5, 0.6
    shares.loc[{"moment": "both"}] = 0.4
    died = tiny.assign(dead=shares, rate_accuracy=tiny.rate_accuracy * 0 + tiny.rate)
    np.testing.assert_allclose(dead(died, rate=0.1), 0.6)
    np.testing.assert_allclose(returned(died, rate=0.1), 0.1)
    np.testing.assert_allclose(lost(died, rate=0.3, beside=0.1), -0.2)


def test_the_derived_claims_fail_where_the_record_says_otherwise(tiny):
    assert fades(tiny)
    assert not fades(tiny.assign(fading=tiny.fading + 10))
    assert stays(tiny)
    assert not stays(tiny.assign(moved=tiny.moved + 1e-9))
    assert not stays(tiny.assign(moved=tiny.moved * 0))
    bent = tiny.bent.max("seed")
    assert float(bent.sel(activation="identity")) < 1e-9
    assert float(bent.drop_sel(activation="identity").min()) > 1e-5


@pytest.mark.parametrize("name", [*FIGURES, *LIVE])
def test_every_figure_draws_its_record_with_columns(name, labels, tiny):
    draw = FIGURES[name] if name in FIGURES else LIVE[name].still
    drawing = draw(tiny, labels)
    assert all(np.isfinite(column).any() for column in drawing.columns.values())


def test_a_control_moves_over_what_was_run_alone(tiny, labels):
    live = LIVE["activation"]
    assert len(list(live.settings())) == len(TINY.activations)
    with pytest.raises(KeyError):
        live.draw(tiny, labels, {"activation": "softplus"})
