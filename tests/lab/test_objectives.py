"""Every loss's derivative is autograd's of its value, and keeps networks apart."""

import pytest
import torch
from torch.nn import functional
from trained_stacks import by_autograd, check_bits, distance, drawn_stack, drawn_task

from dlqa.lab.losses import LOSSES, Loss
from dlqa.lab.objectives import OBJECTIVES, focal, through
from dlqa.lab.training import train

LINEAR = {**OBJECTIVES, "focal 2": focal(2.0), "focal ½": focal(0.5)}
PASSED = {
    f"{name} of {passage}": through(passage, {**LOSSES, **OBJECTIVES}[name])
    for passage in ("sigmoid", "softmax")
    for name in ("squared error", "absolute error", "fourth power")
}
ALL = {**LINEAR, **PASSED}


@pytest.mark.parametrize("name", ALL)
def test_fifty_steps_are_fifty_steps_by_autograd(name):
    stack, task = drawn_stack(dtype=torch.float64), drawn_task()
    final = train(stack, task, steps=50, loss=ALL[name]).final
    if name == "constant":
        assert distance(final, stack) == 0
        return
    expected = by_autograd(stack, task, 50, ALL[name].value)
    assert distance(final, expected) < 1e-5
    assert distance(final, stack) > 0.05


@pytest.mark.parametrize("name", ALL)
def test_threads_chunks_and_order_change_no_bit(name, monkeypatch):
    for sizes in ((4, 7, 6, 3), (5, 9, 1)):
        task = drawn_task(7, sizes, batch=10)
        check_bits(drawn_stack(7, sizes), task, monkeypatch, loss=ALL[name])


def test_values_are_those_of_torchs_functions():
    outputs, labels = torch.randn(2, 3, 9), torch.randint(3, (2, 9))
    targets = functional.one_hot(labels, 3).mT.float()
    likelihood = functional.cross_entropy(outputs, labels, reduction="none")
    plain = {
        "absolute error": (outputs - targets).abs(),
        "fourth power": (outputs - targets) ** 4,
        "hinge": functional.hinge_embedding_loss(  # max(0, 1 − x) where its target is −1
            outputs * (2 * targets - 1), -torch.ones_like(outputs), reduction="none"
        ),
        "binary cross entropy": functional.binary_cross_entropy_with_logits(
            outputs, targets, reduction="none"
        ),
        "constant": torch.zeros_like(outputs),
        "focal 2": (1 - (-likelihood).exp()) ** 2 * likelihood,
        "focal ½": (1 - (-likelihood).exp()).sqrt() * likelihood,
    }
    for name, loss in LINEAR.items():
        torch.testing.assert_close(loss.value(outputs, targets), plain[name].flatten(1).mean(1))


def test_a_focal_loss_of_zero_is_the_cross_entropy():
    stack, task = drawn_stack(), drawn_task()
    plain = train(stack, task, steps=50, loss="cross entropy").final
    assert distance(train(stack, task, steps=50, loss=focal(0)).final, plain) < 1e-5


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0])
def test_a_focal_loss_ends_where_the_answer_is_certain(gamma):
    outputs, targets = torch.tensor([[[200.0], [-200.0]]]), torch.tensor([[[1.0], [0.0]]])
    assert focal(gamma).value(outputs, targets) == 0
    for wanted, slope in ((targets, 0.0), (1 - targets, 1.0)):
        found = outputs.clone()
        focal(gamma).differentiate(found, wanted, 1)
        assert found.flatten().tolist() == [slope, -slope]


def test_a_loss_in_place_of_its_name_is_the_loss_of_that_name():
    stack, task = drawn_stack(), drawn_task()
    for name, loss in LOSSES.items():
        assert isinstance(loss, Loss)
        by_name = train(stack, task, steps=5, loss=name).final
        assert distance(train(stack, task, steps=5, loss=loss).final, by_name) == 0
