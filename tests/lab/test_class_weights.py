"""Weights in the targets are weights in the loss."""

import torch
from torch.nn import functional
from trained_stacks import by_autograd, distance, drawn_stack, drawn_task

from dlqa.lab.class_weights import balanced, weighted
from dlqa.lab.losses import cross_entropy
from dlqa.lab.objectives import focal
from dlqa.lab.training import Task, train

TASK = drawn_task()
WEIGHTS = torch.tensor([[1.0, 0.2, 3.0], [2.0, 1.0, 0.0]])


def test_weighted_targets_weigh_the_losses_of_torch():
    outputs = torch.randn(2, 3, 40)
    targets = weighted(TASK.targets, WEIGHTS)
    labels = TASK.targets.argmax(1)
    for which in range(2):
        each = functional.cross_entropy(
            outputs[which].T, labels[which], WEIGHTS[which], reduction="none"
        )
        for gamma in (0.0, 2.0):
            certain = outputs[which].softmax(0).gather(0, labels[which][None])[0]
            torch.testing.assert_close(
                focal(gamma).value(outputs, targets)[which], ((1 - certain) ** gamma * each).mean()
            )


def test_training_on_weighted_targets_is_training_on_the_weighted_loss():
    stack, task = drawn_stack(), Task(TASK.inputs, weighted(TASK.targets, WEIGHTS), None, TASK.of)
    weights = WEIGHTS[TASK.of].unsqueeze(2)

    def loss(outputs, targets):
        return -(weights * targets * outputs.log_softmax(1)).sum(1).mean(1)

    expected = by_autograd(stack, Task(TASK.inputs, TASK.targets, None, TASK.of), 50, loss)
    for option in ("cross entropy", focal(0.0), cross_entropy):
        assert distance(train(stack, task, steps=50, loss=option).final, expected) < 1e-5


def test_balanced_weights_make_classes_count_alike():
    weights = balanced(TASK.targets)
    counted = weighted(TASK.targets, weights).sum(2)
    torch.testing.assert_close(counted, torch.full((2, 3), 40 / 3))
    torch.testing.assert_close(weighted(TASK.targets, torch.ones(3)), TASK.targets)
