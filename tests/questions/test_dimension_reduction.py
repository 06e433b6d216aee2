"""Question 48's study, run small, and its quantities against what they must be."""

import dataclasses

import numpy as np
import pytest
import torch

from dlqa.lab.parts import run
from dlqa.questions.dimension_reduction.claims import turns
from dlqa.questions.dimension_reduction.clouds import APART, cloud, spread
from dlqa.questions.dimension_reduction.figures import FIGURES
from dlqa.questions.dimension_reduction.live import LIVE
from dlqa.questions.dimension_reduction.preparations import preparation, principal
from dlqa.questions.dimension_reduction.quantities import gap, kept, reached, returned, turned
from dlqa.questions.dimension_reduction.record import (
    PREPARATIONS,
    SOURCE_WORK,
    Params,
    every,
)
from dlqa.questions.dimension_reduction.samples import draw
from dlqa.questions.dimension_reduction.study import parts

# As many looks as the study takes, but at once.
TINY = Params(seeds=2, most_seeds=2, few=2, hidden=(4,), at=(1, 2), fresh=20)


def labelled(params):
    """A record whose steps are labelled as if they were the study's."""
    return run(parts(params)).assign_coords(step=list(Params().at))


@pytest.fixture(scope="module")
def tiny():
    return labelled(TINY)


@pytest.fixture(scope="module")
def samples() -> torch.Tensor:
    return draw("uniform", 4, 7, Params()).inputs


def test_more_seeds_leave_the_first_ones_as_they_were_bit_by_bit(tiny):
    arms = tuple(arm for arm in TINY.decisive if arm[1] == 1)
    more = labelled(dataclasses.replace(TINY, decisive=arms, shown=(), angles=(), seeds=3))
    for name in ("accuracy", "same", "saturated", "kept"):
        first = more[name].sel(seed=[0, 1])
        own = {dim: first[dim] for dim in first.dims}
        np.testing.assert_array_equal(tiny[name].sel(own), first)


def test_the_sources_own_work_is_three_networks_of_four_preparations_each():
    found = parts(SOURCE_WORK)
    assert {(part.seeds, part.steps) for part in found.values()} == {(3, 500)}
    assert len(found) == 4 * len({name.split(",")[1] for name in found})


def test_a_rotation_keeps_distances_and_the_sources_matrix_does_not():
    given = {data: draw(data, 30, 3, Params()) for data in ("uniform", "rotation")}
    lengths = {data: each.inputs.norm(dim=0).mean().item() for data, each in given.items()}
    assert lengths["uniform"] > 10 * lengths["rotation"]


def test_one_quiet_input_tells_the_classes_apart_and_varies_little():
    drawn = draw("quiet", 10, 3, Params(fresh=4000))
    inputs, labels = drawn.fresh_inputs, drawn.fresh_labels
    between = inputs[:, labels == 1].mean(1) - inputs[:, labels == 0].mean(1)
    assert abs(between.norm().item() - 1) < 0.3
    along = between / between.norm() @ inputs
    assert along.var() < inputs.var(1).sum() / 30


@pytest.mark.parametrize("name", PREPARATIONS[1:])
def test_preparations_leave_a_mean_of_zero(name, samples):
    prepared = preparation(name, samples)(samples)
    assert prepared.mean(1).abs().max() < 1e-9


def test_preparations_do_what_they_are_called(samples):
    ones = torch.ones(len(samples), dtype=samples.dtype)
    torch.testing.assert_close(preparation("standardized", samples)(samples).std(1), ones)
    torch.testing.assert_close(preparation("whitened", samples)(samples).cov(), torch.diag(ones))
    assert torch.equal(preparation("none", samples)(samples), samples)
    covariance = preparation("pca_3", samples)(samples).cov()
    largest = torch.linalg.eigvalsh(samples.cov()).flip(0)[:3]
    torch.testing.assert_close(covariance, torch.diag(largest))


def test_principal_directions_do_not_depend_on_signs_of_the_solver(samples):
    directions, _ = principal(samples)
    assert (directions.gather(0, directions.abs().argmax(0, keepdim=True)) > 0).all()


@pytest.mark.parametrize(("angle", "stretch"), [(0, 4), (30, 2), (90, 1), (90, 8)])
def test_a_cloud_keeps_what_its_closed_form_says(angle, stretch):
    found = cloud(angle, stretch)
    drawn = np.random.default_rng(1).multivariate_normal([0, 0], spread(angle, stretch), 40_000)
    both = np.concatenate([drawn - APART / 2, drawn + APART / 2])
    component = both @ found["first"]
    assert component.var() / both.var(0).sum() == pytest.approx(found["share"], abs=0.01)
    side = np.sign(component) * np.sign(found["first"] @ APART or 1)
    right = side == np.repeat([-1, 1], len(drawn))
    assert right.mean() == pytest.approx(found["one"], abs=0.01)


def test_quantities_are_the_differences_that_they_say(tiny):
    shift = {"none": 0.1, "centred": 0.4, "pca_10": 0.5}
    names = tiny.preparation.values
    lift = tiny.preparation.copy(data=[shift.get(name, 0.0) for name in names]).astype(float)
    led = tiny.assign(accuracy=0 * tiny.accuracy + lift + 0.2 * (tiny.data == "rotation"))
    at = {"data": "uniform", "dummies": 200}
    np.testing.assert_allclose(
        gap(led, preparation="pca_10", beside="none", **at).dropna("seed"), 0.4
    )
    np.testing.assert_allclose(returned(led).dropna("seed"), 0.1)
    np.testing.assert_allclose(turned(led, dummies=200).dropna("seed"), 0.2)
    np.testing.assert_allclose(reached(led, rate=0.0003).dropna("seed"), 0.1)
    assert 0.9 < kept(tiny, preparation="pca_10").mean() < 1


def test_the_derived_claims_fail_where_the_record_says_otherwise(tiny):
    assert turns(tiny)
    assert not turns(tiny.assign(one=tiny.one - 0.1))
    assert not turns(tiny.assign(one=tiny.whole))
    assert tiny.apart.max() < 1e-9


@pytest.mark.parametrize("name", [*FIGURES, *LIVE])
def test_every_figure_draws_its_record_with_columns(name, labels, tiny):
    draw_it = FIGURES[name] if name in FIGURES else LIVE[name].still
    drawing = draw_it(tiny, labels)
    assert all(np.isfinite(column).any() for column in drawing.columns.values())


def test_a_control_moves_over_what_was_made_alone(tiny, labels):
    live = LIVE["cloud"]
    assert len(list(live.settings())) == len(TINY.angles) * len(TINY.stretches)
    with pytest.raises(KeyError):
        live.draw(tiny, labels, {"angle": "45", "stretch": "8"})


def test_curves_are_of_seeds_that_were_run_everywhere(labels):
    arms = every("uniform", (1, 200), ("none", "pca_10", "pca_5", "pca_1", *PREPARATIONS[1:4]))
    few = {arm: arm[1] == 200 for arm in arms}
    params = dataclasses.replace(
        TINY, decisive=tuple(arm for arm in few if few[arm]), few=1, angles=(),
        shown=tuple(arm for arm in few if not few[arm]),
    )  # fmt: skip
    drawing = FIGURES["dummies"](labelled(params), labels)
    assert all(np.isfinite(column).all() for column in drawing.columns.values())
