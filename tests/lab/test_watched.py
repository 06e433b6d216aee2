"""Single weights: drawn at random, or the last of a matrix as its reader flattens it."""

import torch

from dlqa.lab.initializers import initialize
from dlqa.lab.watched import last_places, pick, random_places


def test_the_last_places_are_the_end_of_the_flattened_matrices():
    stack = initialize("xavier", (12, 50, 50, 50, 2), [0])
    picked = pick(stack, last_places(stack.sizes, 50))
    flattened = [weight.mT.flatten(1)[:, -50:] for weight in stack.weights]  # [I, O], row by row
    torch.testing.assert_close(picked, torch.stack(flattened, 1))


def test_where_there_are_as_many_outputs_the_last_places_leave_the_last_input():
    first, middle, last = (inputs for _, inputs in last_places((12, 50, 50, 2), 50))
    assert set(first.tolist()) == {11}
    assert set(middle.tolist()) == {49}
    assert set(last.tolist()) == set(range(25, 50))


def test_random_places_are_distinct_scattered_and_always_the_same():
    once, again = (random_places((12, 50, 2), 50, seed=53) for _ in range(2))
    for (outputs, inputs), (others, _) in zip(once, again, strict=True):
        assert len({*zip(outputs.tolist(), inputs.tolist(), strict=True)}) == 50
        assert torch.equal(outputs, others)
    assert len(set(once[0][1].tolist())) > 6
    assert not torch.equal(once[0][0], random_places((12, 50), 50, seed=54)[0][0])


def test_places_of_the_first_layer_alone_pick_from_it():
    stack = initialize("xavier", (12, 5, 2), [0, 1])
    assert pick(stack, last_places((12, 5), 7)).shape == (2, 1, 7)
