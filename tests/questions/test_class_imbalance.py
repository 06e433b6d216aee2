"""Question 47's study, run small, and its pieces against what they must be."""

import dataclasses
import math

import numpy as np
import pytest
import torch
from sklearn.metrics import balanced_accuracy_score, brier_score_loss, roc_auc_score
from sklearn.neighbors import NearestNeighbors

from dlqa.lab.parts import run
from dlqa.lab.training import SGD, train
from dlqa.questions.class_imbalance import scores
from dlqa.questions.class_imbalance.claims import prior_costs, rule_accuracy
from dlqa.questions.class_imbalance.clouds import draw, evidence, pair
from dlqa.questions.class_imbalance.figures import FIGURES
from dlqa.questions.class_imbalance.lessons import Lesson, Plan
from dlqa.questions.class_imbalance.live import LIVE
from dlqa.questions.class_imbalance.quantities import ahead, overstated, ranked, short
from dlqa.questions.class_imbalance.record import SOURCE_WORK, Params
from dlqa.questions.class_imbalance.resampling import resampled, smote
from dlqa.questions.class_imbalance.study import parts

TINY = Params(
    seeds=2, source_seeds=2, source_width=8, source_steps=20, width=6, fresh=400, validation=100,
    at=(0, 20, 40),
)  # fmt: skip


@pytest.fixture(scope="module")
def tiny():
    return run(parts(TINY))


def test_more_seeds_leave_the_first_ones_as_they_were_bit_by_bit(tiny):
    more = run(parts(dataclasses.replace(TINY, seeds=3, source_seeds=3, kinds=("ring",))))
    for name in ("source_accuracy", "accuracy", "area", "stop"):
        first = more[name].sel(seed=[0, 1])
        own = {dim: first[dim] for dim in first.dims}
        np.testing.assert_array_equal(tiny[name].sel(own), first)


def test_the_sources_work_at_100_to_1_is_two_networks_for_500_steps():
    assert list(parts(SOURCE_WORK)) == ["source, plain, 100:1", "source, copies, 100:1"]
    assert {part.steps for part in parts(SOURCE_WORK).values()} == {500}


def test_at_1_to_1_copying_leaves_every_bit_as_it_was():
    rare, frequent = draw(pair("source", 0), 30, 30, 1)
    for before, after in zip((rare, frequent), resampled("copies", rare, frequent, 7), strict=True):
        np.testing.assert_array_equal(after, before)


def test_with_all_samples_in_every_step_weights_and_copies_take_the_same_step():
    moved = [
        train(lesson.start, lesson.task, steps=5, loss="cross entropy", optimizer=SGD(0.1)).final
        for arm in ("copies", "weights", "plain")
        for lesson in [Lesson.of(Plan("ring", arm, 10, 1100, ("he", 8, "relu"), 5, None), [0])]
    ]
    copies, weights, plain = (torch.cat([w.flatten() for w in each.weights]) for each in moved)
    assert (plain - copies).abs().max() > 1e-3
    torch.testing.assert_close(weights, copies, rtol=0, atol=1e-6)


@pytest.mark.parametrize("kind", ["source", "line", "ring"])
def test_the_best_rules_evidence_is_that_of_the_densities(kind):
    clouds = pair(kind, 3)
    points = torch.cat(draw(clouds, 20, 30, 5), 1)
    densities = [
        torch.distributions.MultivariateNormal(each.mean, each.factor.T @ each.factor)
        for each in clouds
    ]
    rare, frequent = (each.log_prob(points.T) for each in densities)
    torch.testing.assert_close(evidence(clouds, points), rare - frequent)


def test_resampled_classes_are_as_large_and_smote_lies_between_near_neighbours():
    rare, frequent = draw(pair("line", 0), 20, 400, 1)
    for arm in ("copies", "smote", "under"):
        few, many = resampled(arm, rare, frequent, 7)
        assert few.shape == many.shape
    made = smote(rare, 100, 7)
    near = NearestNeighbors(n_neighbors=6).fit(rare.T).kneighbors(rare.T, return_distance=False)
    for point in made.T:
        gaps = [
            (point - rare[:, i]).norm()
            + (point - rare[:, j]).norm()
            - (rare[:, i] - rare[:, j]).norm()
            for i in range(20)
            for j in near[i, 1:]
        ]
        assert min(map(abs, gaps)) < 1e-12


def test_scores_are_those_of_scikit_learn():
    odds = torch.randn(1, 60, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    odds[0, :4] = odds[0, 30:34]  # ties
    right = (np.arange(60) < 30).astype(int)
    assert scores.area(odds).item() == pytest.approx(roc_auc_score(right, odds[0]))
    said = (odds[0] > 0.3).numpy()
    expected = balanced_accuracy_score(right, said)
    assert scores.balanced_accuracy(odds - 0.3).item() == pytest.approx(expected)
    weights = np.where(right == 1, 0.1, 0.9)
    expected = brier_score_loss(right, odds[0].sigmoid(), sample_weight=weights)
    assert scores.brier(odds, 0.1).item() == pytest.approx(expected)
    found, alarms = scores.above(odds, torch.tensor([0.3], dtype=torch.float64))[0, :, 0]
    assert (found + 1 - alarms).item() / 2 == pytest.approx(balanced_accuracy_score(right, said))
    assert scores.promised(odds, 0.5).item() == pytest.approx(odds.sigmoid().mean().item())
    expected = torch.nn.functional.binary_cross_entropy_with_logits(
        odds[0], torch.from_numpy(right).double()
    )
    assert scores.loss(odds, 0.5, 0.0).item() == pytest.approx(expected.item())


def test_the_best_rule_at_a_prior_is_the_formulas(tiny):
    assert rule_accuracy(1) == pytest.approx(0.8413, abs=1e-4)
    assert rule_accuracy(1e9) == pytest.approx(0.5)
    points = torch.cat(draw(pair("line", 0), 100_000, 100_000, 1), 1)
    odds = evidence(pair("line", 0), points)[None]
    assert scores.balanced_accuracy(odds - math.log(10)).item() == pytest.approx(
        rule_accuracy(10), abs=0.005
    )
    assert not prior_costs(tiny.assign(rule=tiny.rule * 0 + 0.84))


def test_quantities_are_the_differences_that_they_say(tiny):
    shifted = tiny.read == "shifted"
    led = tiny.assign(
        accuracy=0 * tiny.accuracy + 0.25 * shifted,
        area=0 * tiny.area + 0.1 * (tiny.arm == "smote"),
        brier=0 * tiny.brier + 0.5 * shifted,
    )
    np.testing.assert_allclose(
        ahead(
            led,
            arm="plain",
            read="shifted",
            beside="plain",
            beside_read="as_is",
            kind="line",
            ratio=10,
        ),
        0.25,
    )
    np.testing.assert_allclose(ranked(led, arm="smote", kind="ring", ratio=100), 0.1)
    np.testing.assert_allclose(overstated(led, read="shifted", kind="ring", ratio=10), 0.5)
    np.testing.assert_allclose(short(led, arm="more", kind="ring"), -0.25)


@pytest.mark.parametrize("name", [*FIGURES, *LIVE])
def test_every_figure_draws_its_record_with_columns(name, labels, tiny):
    draws = FIGURES[name] if name in FIGURES else LIVE[name].still
    drawing = draws(tiny, labels)
    assert all(np.isfinite(column).any() for column in drawing.columns.values())


def test_a_threshold_finds_what_it_says(tiny):
    live = LIVE["threshold"]
    assert len(list(live.settings())) == 36
    for setting in live.settings():
        found = live.numbers(tiny, setting)
        balanced = (1 + found["found"].number - found["alarms"].number) / 2
        assert found["balanced"].number == pytest.approx(balanced)
        if setting["threshold"] == "50":
            at = tiny.accuracy.sel(
                kind="line", arm="plain", read="as_is", ratio=int(setting["ratio"])
            )
            assert balanced == pytest.approx(at.mean("seed").item())
        assert 0 <= found["precision"].number <= 1


def test_the_drawn_roc_curve_goes_from_one_corner_to_the_other(labels, tiny):
    drawing = LIVE["threshold"].still(tiny, labels)
    for name in ("rare", "frequent"):
        rates = drawing.columns[f"roc.{name}"]
        assert (rates[0], rates[-1]) == (1, 0)
        assert (np.diff(rates) <= 0).all()
