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
