"""Tied layers are one layer applied several times: they stay one, and learn as autograd's would."""

import pytest
import torch
from trained_stacks import by_autograd, check_bits, distance, drawn_stack, drawn_task

from dlqa.lab.losses import squared_error
from dlqa.lab.networks import Stack
from dlqa.lab.training import SGD, Adam, Penalty, train

SIZES = (4, 6, 6, 6, 6, 3)
TIED = (1, 2, 3)
SHARED = (0, 1, 1, 1, 4)


def shared(networks: int = 5, activation: str = "relu") -> Stack:
    stack = drawn_stack(networks, SIZES, activation=activation)
    return Stack(
        *(tuple(p[at] for at in SHARED) for p in (stack.weights, stack.biases)), activation
    )


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_fifty_steps_are_those_of_one_layer_applied_three_times(activation):
    stack, task = shared(activation=activation), drawn_task(sizes=SIZES)
    expected = by_autograd(stack, task, 50, squared_error, layers=SHARED)
    final = train(stack, task, steps=50, tied=TIED).final
    assert distance(final, expected) < 1e-5
    assert distance(train(stack, task, steps=50).final, expected) > 1e-3


@pytest.mark.parametrize(
    "options",
    [
        {"optimizer": Adam(weight_decay=0.1)},
        {"optimizer": SGD(0.1, momentum=0.9), "penalty": Penalty("l1", 0.1)},
    ],
)
def test_copies_stay_one_bit_by_bit_in_whatever_chunks(options, monkeypatch):
    stack, task = shared(7), drawn_task(7, sizes=SIZES)
    final = check_bits(stack, task, monkeypatch, steps=50, tied=TIED, **options)
    for layer in (2, 3):
        assert torch.equal(final.weights[1], final.weights[layer])
        assert torch.equal(final.biases[1], final.biases[layer])


@pytest.mark.parametrize(
    ("tied", "message"),
    [
        ((1, 5), r"tied\[1\] is 5: expected 0 to 4"),
        ((1, 1), r"tied is \[1, 1\]: expected each layer once"),
        ((0, 1), "layers 0 and 1 are tied: expected them to start with equal weights"),
    ],
)
def test_layers_that_cannot_be_one_are_refused(tied, message):
    with pytest.raises(ValueError, match=message):
        train(shared(), drawn_task(sizes=SIZES), steps=1, tied=tied)
