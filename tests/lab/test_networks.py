"""A stack gives what its networks give one by one, and refuses layers that do not chain."""

import pytest
import torch
from torch import nn
from trained_stacks import drawn_stack, same

from dlqa.lab.networks import Stack, concatenate, tanh

MODULES = {"sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "relu": nn.ReLU}


def as_modules(stack: Stack, member: int) -> nn.Sequential:
    """One network of a stack as torch users write it."""
    modules: list[nn.Module] = []
    for weight, bias in zip(stack.weights, stack.biases, strict=True):
        linear = nn.Linear(weight.shape[2], weight.shape[1])
        linear.weight.data, linear.bias.data = weight[member].clone(), bias[member, :, 0].clone()
        modules += [linear, MODULES[stack.activation]()]
    return nn.Sequential(*modules[:-1])


@pytest.mark.parametrize("activation", MODULES)
def test_outputs_and_hidden_layers_are_those_of_torch_modules(activation):
    stack = drawn_stack(activation=activation)
    inputs = torch.randn(5, 4, 9)
    for member in range(5):
        layers = [inputs[member].T]
        for module in as_modules(stack, member):
            layers.append(module(layers[-1]))
        torch.testing.assert_close(stack.outputs(inputs)[member], layers[-1].T)
        for hidden, expected in zip(stack.hidden(inputs), layers[2:-1:2], strict=True):
            torch.testing.assert_close(hidden[member], expected.T)


def test_tanh_is_torch_tanh_to_a_ten_millionth():
    values = torch.linspace(-20, 20, 10_001)
    assert (tanh(values) - values.tanh()).abs().max() < 2e-7
    assert tanh(torch.zeros(1)).item() == 0


def test_length_and_sizes():
    stack = drawn_stack(3, (4, 7, 2))
    assert len(stack) == 3
    assert stack.sizes == (4, 7, 2)


@pytest.mark.parametrize("members", [[2, 0], torch.tensor([2, 0]), slice(1, 3)])
def test_select_takes_the_networks_asked_for(members):
    stack = drawn_stack()
    chosen = stack.select(members)
    assert same(
        chosen, Stack(*[tuple(x[members] for x in p) for p in (stack.weights, stack.biases)])
    )
    assert len(chosen) == 2


def test_concatenate_undoes_select():
    stack = drawn_stack()
    assert same(concatenate([stack.select(slice(0, 2)), stack.select([2, 3, 4])]), stack)


def test_concatenate_refuses_different_stacks_and_none():
    with pytest.raises(ValueError, match="one shape, activation and type"):
        concatenate([drawn_stack(), drawn_stack(activation="tanh")])
    with pytest.raises(ValueError, match="no stack"):
        concatenate([])


def test_an_unknown_activation_is_named():
    with pytest.raises(ValueError, match=r"'step'.*sigmoid, tanh, relu"):
        drawn_stack(activation="step")


def test_layers_that_do_not_chain_are_named():
    stack = drawn_stack()
    with pytest.raises(ValueError, match=r"layer 1 has weights \[5, 3, 6\]"):
        Stack((stack.weights[0], stack.weights[2]), (stack.biases[0], stack.biases[2]))
    with pytest.raises(ValueError, match=r"expected \[E, O, I\] and \[E, O, 1\]"):
        Stack(stack.weights, tuple(bias[:, :, 0] for bias in stack.biases))
    with pytest.raises(ValueError, match="3 weights and 2 biases"):
        Stack(stack.weights, stack.biases[:2])
