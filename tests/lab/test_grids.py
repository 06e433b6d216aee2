import numpy as np
import torch

from dlqa.lab.grids import grid
from dlqa.lab.histories import Snapshot


def small(arms=2):
    return grid(("correlated", "independent"), arms, 3, steps=10, samples=40, fresh=60, batch=8)


def test_arms_of_one_seed_and_variant_share_data_and_batches():
    pairs = small()
    of = pairs.task.of.view(2, 2, 3)
    assert torch.equal(of[:, 0], of[:, 1])
    assert of[0, 0].tolist() == [0, 1, 2]
    assert of[1, 0].tolist() == [3, 4, 5]


def test_variants_share_batches_by_seed():
    batches = small().task.batches
    assert torch.equal(batches[:3], batches[3:])


def test_every_variant_starts_from_the_same_networks():
    start = small().start(("xavier", "zero"), (5,), "sigmoid")
    weights = small().by_axes(start.weights[0].numpy())
    np.testing.assert_array_equal(weights[0], weights[1])
    assert not weights[:, 1].any()


def test_accuracy_and_loss_of_networks_that_know_nothing():
    pairs = small(arms=1)
    start = pairs.start(("zero",), (5,), "sigmoid")
    snapshot = Snapshot(0, start, torch.arange(6))
    assert pairs.accuracy(snapshot).tolist() == [0.5] * 6  # all guesses are class 0
    torch.testing.assert_close(pairs.loss(snapshot), torch.full((6,), 0.5))


def test_an_observer_sees_its_own_members_only():
    pairs = small(arms=1)
    start = pairs.start(("xavier",), (5,), "sigmoid")
    whole = pairs.accuracy(Snapshot(0, start, torch.arange(6)))
    part = torch.tensor([4, 1])
    torch.testing.assert_close(pairs.accuracy(Snapshot(0, start.select(part), part)), whole[part])
