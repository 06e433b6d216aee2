"""The backward pass written by hand is autograd's, and training is torch's own optimizers'."""

import itertools

import pytest
import torch
from torch import Tensor
from trained_stacks import distance, drawn_stack, drawn_task

from dlqa.lab.losses import LOSSES
from dlqa.lab.networks import ACTIVATIONS, Stack
from dlqa.lab.training import SGD, Adam, Penalty, train

STRENGTHS = torch.tensor([0.0, 0.1, 1.0, 0.3, 0.03])
NORMS = {"l1": torch.abs, "l2": torch.square}


def penalty_by_autograd(kind: str):
    def penalty(stack: Stack, members: Tensor) -> Tensor:
        means = [NORMS[kind](weight).mean((1, 2)) for weight in stack.weights]
        return STRENGTHS[members] * torch.stack(means).sum(0)

    return penalty


@pytest.mark.parametrize(
    ("activation", "loss", "kind"),
    list(itertools.product(ACTIVATIONS, LOSSES, [None, "l1", "l2"])),
)
def test_fifty_steps_by_hand_are_fifty_steps_by_autograd(activation, loss, kind):
    stack, task = drawn_stack(activation=activation), drawn_task()
    by_hand = train(
        stack, task, steps=50, loss=loss, penalty=kind and Penalty(kind, STRENGTHS)
    ).final
    left_to_autograd = train(
        Stack(stack.weights, stack.biases, {**ACTIVATIONS, "tanh": torch.tanh}[activation]),
        task,
        steps=50,
        loss=LOSSES[loss].value,
        penalty=kind and penalty_by_autograd(kind),
    ).final
    assert distance(by_hand, stack) > 0.05
    assert distance(by_hand, left_to_autograd) < 1e-5


@pytest.mark.parametrize("batch", [1, 10, 16, 17])
def test_a_batch_that_fills_no_cache_line_teaches_the_same(batch):
    stack, task = drawn_stack(), drawn_task(batch=batch)
    by_hand = train(stack, task, steps=50, loss="cross entropy").final
    left_to_autograd = train(stack, task, steps=50, loss=LOSSES["cross entropy"].value).final
    assert distance(by_hand, left_to_autograd) < 1e-5


def test_a_network_without_hidden_layers_trains():
    stack, task = drawn_stack(sizes=(4, 3)), drawn_task(sizes=(4, 3))
    left_to_autograd = train(stack, task, steps=50, loss=LOSSES["squared error"].value).final
    assert distance(train(stack, task, steps=50).final, left_to_autograd) < 1e-5


def test_a_penalty_that_leaves_a_layer_out_gives_it_no_gradient():
    stack, task = drawn_stack(), drawn_task()

    def first_layer_only(stack: Stack, _: Tensor) -> Tensor:
        return stack.weights[0].square().sum((1, 2))

    penalized = train(stack, task, steps=1, optimizer=SGD(0.1), penalty=first_layer_only).final
    plain = train(stack, task, steps=1, optimizer=SGD(0.1)).final
    expected = plain.weights[0] - 0.1 * 2 * stack.weights[0]
    torch.testing.assert_close(penalized.weights[0], expected)
    assert torch.equal(penalized.weights[2], plain.weights[2])


@pytest.mark.parametrize("optimizer", [Adam(), Adam(0.01, (0.8, 0.99), 1e-6), SGD(0.5)])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_one_network_is_the_plain_loop_that_a_torch_user_writes(optimizer, activation):
    stack, task = drawn_stack(1, activation=activation), drawn_task(1)
    parameters = [p[0].double().requires_grad_() for p in stack.weights + stack.biases]
    reference = (
        torch.optim.Adam(parameters, optimizer.rate, optimizer.decays, optimizer.epsilon)
        if isinstance(optimizer, Adam)
        else torch.optim.SGD(parameters, optimizer.rate)
    )
    for picked in task.batches[0]:
        values = task.inputs[0][:, picked].double()
        for layer in range(3):
            values = parameters[layer] @ values + parameters[3 + layer]
            values = getattr(torch, activation)(values) if layer < 2 else values
        reference.zero_grad()
        torch.nn.functional.mse_loss(values, task.targets[0][:, picked].double()).backward()
        reference.step()
    final = train(stack, task, steps=50, optimizer=optimizer).final
    for ours, theirs in zip(final.weights + final.biases, parameters, strict=True):
        torch.testing.assert_close(ours[0].double(), theirs.detach(), atol=1e-5, rtol=0)
