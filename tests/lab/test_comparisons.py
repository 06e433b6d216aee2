"""Arms compared on mixtures: labelled as they were asked, seed by seed the same."""

import dataclasses

import numpy as np
import pytest
import torch

from dlqa.lab.comparisons import Comparison, Recipe
from dlqa.lab.initializers import constant
from dlqa.lab.training import SGD, Adam


def small(recipe=lambda _: Recipe(Adam(3e-3)), **more):
    arms = {"xavier": "xavier", "zero": "zero"}
    return Comparison(
        ("independent", "correlated"), "initializer", arms, (0, 5), (6,), recipe,
        place={"setting": "sigmoid"}, samples=40, fresh=60, batch=8, **more,
    )  # fmt: skip


def accuracies(comparison, seeds, threads=1):
    trained = comparison.train(seeds, threads, lambda pairs, s: {"accuracy": pairs.accuracy(s)})
    return trained.block(trained.observed())


def test_a_block_is_labelled_by_all_that_was_compared():
    block = accuracies(small(), [3, 5])
    dims = ("setting", "data", "initializer", "seed", "step")
    assert block.accuracy.dims == dims
    assert block.accuracy.dtype == np.float64
    labels = [["sigmoid"], ["independent", "correlated"], ["xavier", "zero"], [3, 5], [0, 5]]
    assert [block[dim].values.tolist() for dim in dims] == labels
    assert (block.accuracy.sel(initializer="zero", step=0) == 0.5).all()


def test_a_seed_is_the_same_whatever_seeds_are_beside_it():
    alone, among = accuracies(small(), [4]), accuracies(small(), range(6))
    np.testing.assert_array_equal(alone.accuracy, among.accuracy.sel(seed=[4]))


def test_what_belongs_to_data_sets_is_labelled_by_them():
    trained = small().train([0, 1], 1)
    limits = trained.of_data(bayes=trained.grid.data.bayes).bayes
    assert limits.dims == ("data", "seed")
    assert len(set(limits.sel(data="independent").values)) == 1
    assert len(set(limits.sel(data="correlated").values)) == 2


def test_arms_may_differ_in_how_they_learn():
    strengths = [0.0, 50.0]

    def recipe(pairs):
        assert pairs.by_arm(strengths).tolist() == [0, 0, 50, 50] * 2
        return Recipe(Adam(3e-3, weight_decay=pairs.by_arm(strengths)))

    comparison = dataclasses.replace(small(recipe), arms={"free": "xavier", "held": "xavier"})
    trained = comparison.train([0, 1], 1)
    sizes = trained.block({"size": ((), trained.final.weights[0].abs().mean((1, 2)))})["size"]
    assert (sizes.sel(initializer="held") < 0.7 * sizes.sel(initializer="free")).all()


def test_added_dimensions_bring_their_labels():
    trained = small().train([0], 1)
    values = torch.zeros(4, 2)
    block = trained.block({"seen": (("moment",), values)}, {"moment": ["start", "end"]})
    assert block.moment.values.tolist() == ["start", "end"]


def test_a_network_that_diverges_is_named():
    arms = {"fine": "xavier", "huge": constant(1e30)}
    comparison = Comparison(
        ("independent",), "arm", arms, (0, 3), (6,), lambda _: Recipe(SGD(1e30)), samples=40,
        fresh=60, batch=8,
    )  # fmt: skip
    with pytest.raises(
        FloatingPointError, match=r"arm '(fine|huge)', seed 7: a weight was not finite"
    ):
        comparison.train([7, 8], 1)


def test_whole_networks_are_kept_at_marks_however_they_were_chunked():
    seen = {}

    def observe(_, snapshot):
        seen[snapshot.step, len(seen)] = snapshot.stack.weights[0].clone()
        return {}

    trained = small().train([0, 1], 3, observe, marks=(0, 5))
    assert list(trained.marked) == [0, 5]
    for stack, expected in ((trained.marked[0], trained.start), (trained.marked[5], trained.final)):
        for layer, other in zip(stack.weights, expected.weights, strict=True):
            torch.testing.assert_close(layer, other, rtol=0, atol=0)
    assert len(seen) > 2  # several chunks saw each step


def test_marks_need_no_observer():
    assert len(small().train([0], 1, marks=(5,)).marked[5]) == 4


def test_a_part_of_a_study_trains_the_seeds_that_it_is_given_or_its_own_alone():
    def which(trained):
        return trained.of_data(seeds=[seed for _, seed in trained.sets])

    part = small().part(which, 6, most=9)
    assert (part.seeds, part.limit, part.networks, part.steps) == (6, 9, 4, 5)
    assert part.run([3, 5], 1).seeds.sel(data="correlated").values.tolist() == [3, 5]
    once = small().part(which, only=(2,))
    assert (once.seeds, once.networks) == (0, 4)
    assert once.run((), 1).seeds.sel(data="correlated").values.tolist() == [2]


def test_accuracy_is_that_of_all_networks_as_they_stand():
    trained = small().train([0, 1], 1, lambda pairs, s: {"accuracy": pairs.accuracy(s)}, (0, 5))
    by_step = torch.as_tensor(trained.history.observed["accuracy"])
    torch.testing.assert_close(trained.accuracy(trained.marked[0]), by_step[:, 0])
    torch.testing.assert_close(trained.accuracy(trained.final), by_step[:, 1])
