"""The backward pass written by hand is autograd's, and training is torch's own optimizers'."""

import itertools

import pytest
import torch
from torch import Tensor
from trained_stacks import distance, drawn_stack, drawn_task

from dlqa.lab.losses import LOSSES
from dlqa.lab.networks import ACTIVATIONS, Stack
from dlqa.lab.training import SGD, Adam, Penalty, Task, train

STRENGTHS = torch.tensor([0.0, 0.1, 1.0, 0.3, 0.03])
NORMS = {"l1": torch.abs, "l2": torch.square}


def penalty_function(kind: str):
    def penalty(stack: Stack, members: Tensor) -> Tensor:
        means = [NORMS[kind](weight).mean((1, 2)) for weight in stack.weights]
        return STRENGTHS[members] * torch.stack(means).sum(0)

    return penalty


def left_to_autograd(stack: Stack, task: Task, steps: int, loss: str, kind: str | None) -> Stack:
    """The same training, every derivative autograd's and every step torch's."""
    parameters = [p.clone().requires_grad_() for p in stack.weights + stack.biases]
    layers = len(stack.weights)
    activation = {**ACTIVATIONS, "tanh": torch.tanh}[stack.activation]
    now = Stack(tuple(parameters[:layers]), tuple(parameters[layers:]), activation)
    optimizer = torch.optim.Adam(parameters, Adam().rate)
    for step in range(steps):
        inputs, targets = (
            torch.stack([data[of][:, task.batches[of, step]] for of in task.of])
            for data in (task.inputs, task.targets)
        )
        value = LOSSES[loss].value(now.outputs(inputs), targets)
        if kind is not None:
            value = value + penalty_function(kind)(now, torch.arange(len(stack)))
        optimizer.zero_grad()
        value.sum().backward()
        optimizer.step()
    return now


@pytest.mark.parametrize(
    ("activation", "loss", "kind"),
    list(itertools.product(ACTIVATIONS, LOSSES, [None, "l1", "l2"])),
)
def test_fifty_steps_by_name_and_by_function_are_fifty_steps_by_autograd(activation, loss, kind):
    stack, task = drawn_stack(activation=activation), drawn_task()
    by_name = train(stack, task, steps=50, loss=loss, penalty=kind and Penalty(kind, STRENGTHS))
    by_function = train(
        Stack(stack.weights, stack.biases, ACTIVATIONS[activation]),
        task,
        steps=50,
        loss=LOSSES[loss].value,
        penalty=kind and penalty_function(kind),
    )
    expected = left_to_autograd(stack, task, 50, loss, kind)
    assert distance(expected, stack) > 0.05
    assert distance(by_name.final, expected) < 1e-5
    assert distance(by_function.final, expected) < 1e-5


@pytest.mark.parametrize("batch", [1, 10, 16, 17])
def test_a_batch_that_fills_no_cache_line_teaches_the_same(batch):
    stack, task = drawn_stack(), drawn_task(batch=batch)
    final = train(stack, task, steps=50, loss="cross entropy").final
    assert distance(final, left_to_autograd(stack, task, 50, "cross entropy", None)) < 1e-5


def test_a_network_without_hidden_layers_trains():
    stack, task = drawn_stack(sizes=(4, 3)), drawn_task(sizes=(4, 3))
    expected = left_to_autograd(stack, task, 50, "squared error", None)
    assert distance(train(stack, task, steps=50).final, expected) < 1e-5


def test_an_activation_without_a_slope_teaches_the_layers_above_it_alone():
    stack, task = drawn_stack(activation=lambda sums: (sums > 0).float()), drawn_task()
    final = train(stack, task, steps=5).final
    assert torch.equal(final.weights[1], stack.weights[1])
    assert not torch.equal(final.weights[2], stack.weights[2])


def test_an_activation_that_is_endless_at_zero_does_not_see_columns_that_are_no_samples():
    stack, task = drawn_stack(activation=lambda sums: sums.abs().log()), drawn_task(batch=5)
    history = train(stack, task, steps=5)
    assert (history.diverged_at == -1).all()


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"loss": lambda a, b: (a - b).abs().mean()}, r"the loss gave \[\]; expected \["),
        ({"loss": lambda a, b: (a - b).abs().mean(1)}, r"the loss gave \[\d+, 16\]; expected"),
        ({"penalty": lambda *_: 0.0}, "the penalty gave float; expected"),
    ],
)
def test_a_function_that_gives_no_number_a_network_is_refused(options, complaint):
    with pytest.raises(ValueError, match=complaint):
        train(drawn_stack(), drawn_task(), steps=1, **options)


def test_an_activation_that_gives_other_numbers_is_refused():
    stack = drawn_stack(activation=lambda sums: sums.mean(1, keepdim=True))
    with pytest.raises(ValueError, match=r"the activation gave \[\d+, 1, 16\] for \[\d+, 7, 16\]"):
        train(stack, drawn_task(), steps=1)


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
