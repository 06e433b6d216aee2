"""Every curve is the function of its name, teaches as autograd would, and keeps networks apart."""

import pytest
import torch
from torch.nn import functional
from trained_stacks import by_autograd, check_bits, distance, drawn_stack, drawn_task

from dlqa.lab.activations import CURVES
from dlqa.lab.losses import squared_error
from dlqa.lab.networks import Stack, concatenate
from dlqa.lab.training import train


def through(sums: torch.Tensor) -> torch.Tensor:
    """The sign, with the derivative of clipping."""
    clipped = sums.clamp(-1, 1)
    return clipped + (sums.sign() - clipped).detach()


# As torch's own functions have them, whose derivatives are autograd's.
PLAIN = {
    "gelu": functional.gelu,
    "silu": functional.silu,
    "leaky_relu": lambda sums: torch.where(sums > 0, sums, 0.01 * sums),
    "sin": torch.sin,
    "square": lambda sums: sums * sums,
    "sign": torch.sign,
    "sign_through": through,
    "identity": lambda sums: sums,
}


def test_every_curve_has_a_plain_one_beside_it():
    assert list(CURVES) == list(PLAIN)
    assert all(name == curve.name for name, curve in CURVES.items())


@pytest.mark.parametrize("name", CURVES)
def test_fifty_steps_are_fifty_steps_by_autograd(name):
    stack, task = drawn_stack(activation=CURVES[name]), drawn_task()
    plain = Stack(stack.weights, stack.biases, PLAIN[name])
    expected = by_autograd(plain, task, 50, squared_error)
    assert distance(expected, stack) > 0.05
    assert distance(train(stack, task, steps=50).final, expected) < 1e-5
    torch.testing.assert_close(
        stack.outputs(task.inputs[task.of]), plain.outputs(task.inputs[task.of])
    )


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("sizes", [(4, 7, 6, 3), (3, 1, 5, 1)])
def test_threads_chunks_and_order_change_no_bit(name, sizes, monkeypatch):
    stack = drawn_stack(7, sizes, activation=CURVES[name])
    check_bits(stack, drawn_task(7, sizes, batch=10), monkeypatch)


def test_below_a_sign_nothing_is_learned_unless_it_is_passed_through():
    task = drawn_task()
    for name, learns in (("sign", False), ("sign_through", True)):
        stack = drawn_stack(activation=CURVES[name])
        final = train(stack, task, steps=5).final
        assert torch.equal(final.weights[0], stack.weights[0]) != learns
        assert not torch.equal(final.weights[-1], stack.weights[-1])


def test_stacks_of_other_curves_are_not_one_stack():
    with pytest.raises(ValueError, match="one shape, activation and type"):
        concatenate([drawn_stack(activation=CURVES[name]) for name in ("sin", "gelu")])
