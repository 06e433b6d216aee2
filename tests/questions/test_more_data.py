"""Question 46's study, run small, and its quantities against what they must be."""

import dataclasses
import math
import sys

import numpy as np
import pytest
import torch

from dlqa.lab.parts import run
from dlqa.questions.more_data.figures import FIGURES
from dlqa.questions.more_data.laws import Bent, law, points
from dlqa.questions.more_data.learners import learners, linear, quadratic
from dlqa.questions.more_data.live import LIVE
from dlqa.questions.more_data.quantities import gain, lead, means, more, within
from dlqa.questions.more_data.record import SOURCE, SOURCE_WORK, Params
from dlqa.questions.more_data.study import parts

TINY = Params(
    seeds=2, largest=1100, largest_seeds=2, between_seeds=2, cap=20, at=(0, 10), width=8, trees=2,
    fresh=100, validation=50,
)  # fmt: skip


@pytest.fixture(scope="module")
def tiny():
    """A record whose largest size is labelled as if it were the study's."""
    return run(parts(TINY)).assign_coords(size=[*TINY.sizes, Params().largest])


def test_more_seeds_leave_the_first_ones_as_they_were_bit_by_bit(tiny):
    few = dataclasses.replace(TINY, seeds=3, largest=0, curvatures=(1.0,), sizes=(16, 64))
    found = run(parts(few))
    for data in ("1",):
        first = found.accuracy.sel(data=data, seed=[0, 1], model=list(TINY.rivals))
        own = {dim: first[dim] for dim in first.dims}
        np.testing.assert_array_equal(tiny.accuracy.sel(data=data).sel(own), first)


def test_the_sources_own_work_is_four_models_at_five_sizes_on_one_data_set():
    work = parts(SOURCE_WORK)
    assert len([name for name in work if not name.startswith("limit")]) == 4 * 5
    assert work["source, deep, 16 points"].steps == 200
    assert work["source, deep, 8000 points"].steps == 2500


def test_the_smaller_sets_lie_within_the_larger_and_fresh_points_apart():
    few, labels = points(SOURCE, 3, 16, 64)
    many, all_labels = points(SOURCE, 3, 64, 64)
    assert torch.equal(few, many[:, :16])
    assert torch.equal(labels, all_labels[:16])
    assert not torch.equal(few, points(SOURCE, 3, 16, 64, stream=1_000_000)[0])


@pytest.mark.parametrize("curvature", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_ninety_five_of_a_hundred_points_can_be_told_at_every_curvature(curvature):
    inputs, labels = points(f"{curvature:g}", 1, 20_000, 20_000)
    right = Bent(curvature).best_rule(inputs) == labels
    assert right.double().mean().item() == pytest.approx(0.95, abs=0.006)


def test_the_best_rule_is_a_hyperplane_at_curvature_0_and_a_sphere_at_1():
    inputs = 3 * torch.randn(12, 500, generator=torch.Generator().manual_seed(5))
    assert torch.equal(Bent(0.0).best_rule(inputs), (inputs.sum(0) > 0).long())
    squared = 12 * 4 * 0.35 / (math.exp(0.7) - math.exp(-0.7))
    assert torch.equal(Bent(1.0).best_rule(inputs), (inputs.square().sum(0) > squared).long())


def test_discriminants_guess_as_those_of_scikit_learn():
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

    inputs, labels = (each.numpy() for each in points(SOURCE, 4, 400, 400))
    fresh = points(SOURCE, 4, 1000, 1000, stream=1_000_000)[0].double().numpy().T
    known = LinearDiscriminantAnalysis(solver="lsqr").fit(inputs.T, labels).predict(fresh)
    assert (linear(inputs.T.astype(float), labels, fresh, 0) == known).mean() > 0.995


def test_the_quadratic_discriminant_tells_a_narrow_class_from_a_wide_one():
    inputs, labels = (each.numpy().T for each in points("1", 4, 1000, 1000))
    fresh, wanted = points("1", 4, 1000, 1000, stream=1_000_000)
    best = law("1", 4).best_rule(fresh).numpy()
    guesses = quadratic(inputs.astype(float), labels, fresh.double().numpy().T, 0)
    assert (guesses == best).mean() > 0.95
    assert (guesses == wanted.numpy()).mean() > 0.92


def test_a_tree_splits_what_it_has_seen():
    inputs, labels = (each.numpy().T for each in points(SOURCE, 4, 100, 100))
    for model in ("tree", "svm", "forest"):
        guesses = learners(10)[model](inputs.astype(float), labels, inputs.astype(float), 0)
        assert (guesses == labels).mean() > (0.95 if model == "tree" else 0.5)


def test_without_scikit_learn_the_extra_and_the_command_are_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.svm", None)
    with pytest.raises(ModuleNotFoundError, match=r"trees and forests come with .*dlqa\[weights\]"):
        learners(2)


def test_quantities_are_the_differences_that_they_say(tiny):
    sizes, deep = np.log2(tiny["size"]), tiny.model == "deep"
    led = tiny.assign(accuracy=0 * tiny.accuracy + 0.01 * sizes * (1 + deep))
    np.testing.assert_allclose(gain(led, model="svm", small=16, large=64), 0.02)
    np.testing.assert_allclose(more(led, model="deep", beside="svm", small=16, large=64), 0.02)
    np.testing.assert_allclose(lead(led, model="deep", beside="svm", size=16), 0.04)
    np.testing.assert_allclose(lead(led, model="svm", beside="deep", size=256, than=16), 0.0)
    assert float(means(led).sel(model="deep", size=16)) == pytest.approx(0.08)


def test_nothing_may_pass_the_best_rule(tiny):
    assert within(tiny.assign(accuracy=tiny.accuracy * 0 + 0.5))
    assert not within(tiny.assign(accuracy=tiny.accuracy * 0 + 1.0))


@pytest.mark.parametrize("name", [*FIGURES, *LIVE])
def test_every_figure_draws_its_record_with_columns(name, labels, tiny):
    draw = FIGURES[name] if name in FIGURES else LIVE[name].still
    drawing = draw(tiny, labels)
    assert all(np.isfinite(column).any() for column in drawing.columns.values())


def test_a_control_moves_over_what_was_run_alone(tiny, labels):
    live = LIVE["bend"]
    assert len(list(live.settings())) == len(TINY.curvatures)
    with pytest.raises(KeyError):
        live.draw(tiny, labels, {"curvature": "2"})
