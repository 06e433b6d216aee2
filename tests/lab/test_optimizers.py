"""Decay is AdamW's, one strength a network; descent is a step down the gradient."""

from functools import partial

import pytest
import torch
from trained_stacks import by_autograd, check_bits, distance, drawn_stack, drawn_task, same

from dlqa.lab.losses import squared_error
from dlqa.lab.networks import Stack
from dlqa.lab.training import SGD, Adam, train


def adamw(stack: Stack, inputs, targets, steps: int, decay: float) -> Stack:
    parameters = [p.clone().requires_grad_() for p in stack.weights + stack.biases]
    layers = len(stack.weights)
    now = Stack(tuple(parameters[:layers]), tuple(parameters[layers:]), stack.activation)
    reference = torch.optim.AdamW(parameters, 3e-3, weight_decay=decay)
    for picked in range(steps):
        reference.zero_grad()
        (now.outputs(inputs[picked]) - targets[picked]).square().mean((1, 2)).sum().backward()
        reference.step()
    return now


def batches_of(task, members):
    of = task.of[members]
    picked = task.batches[of].transpose(0, 1).unsqueeze(2)  # [T, e, 1, B]
    inputs, targets = (
        data[of].expand(len(picked), -1, -1, -1).gather(3, picked.expand(-1, -1, data.shape[1], -1))
        for data in (task.inputs, task.targets)
    )
    return inputs, targets


def test_each_network_decays_as_adamw_with_its_own_strength():
    stack, task = drawn_stack(3), drawn_task(3)
    decays = torch.tensor([0.0, 0.1, 3.0])
    final = train(stack, task, steps=50, optimizer=Adam(weight_decay=decays)).final
    for member, decay in enumerate(decays.tolist()):
        expected = adamw(stack.select([member]), *batches_of(task, [member]), 50, decay)
        assert distance(final.select([member]), expected) < 1e-5


def test_one_decay_for_all_is_the_same_decay_for_each():
    stack, task = drawn_stack(), drawn_task()
    one = train(stack, task, steps=20, optimizer=Adam(weight_decay=0.1)).final
    each = train(stack, task, steps=20, optimizer=Adam(weight_decay=torch.full((5,), 0.1)))
    assert distance(one, each.final) < 1e-6
    assert not same(one, train(stack, task, steps=20).final)


def test_a_decay_for_each_of_too_few_networks_is_refused():
    with pytest.raises(ValueError, match=r"weight_decay must be one number or \[5\], not \[4\]"):
        train(drawn_stack(), drawn_task(), steps=1, optimizer=Adam(weight_decay=torch.ones(4)))


def test_momentum_is_that_of_torchs_descent(monkeypatch):
    stack, task = drawn_stack(7), drawn_task(7)
    torchs = partial(torch.optim.SGD, lr=0.05, momentum=0.9)
    expected = by_autograd(stack, task, 50, squared_error, optimizer=torchs)
    rolling = SGD(0.05, momentum=0.9)
    assert distance(train(stack, task, steps=50, optimizer=rolling).final, expected) < 1e-5
    check_bits(stack, task, monkeypatch, optimizer=rolling)
