"""Penalties act on weights with each network's own strength; the proximal step gives zeros."""

import pytest
import torch
from trained_stacks import drawn_stack, drawn_task, same

from dlqa.lab.training import SGD, Adam, Penalty, Proximal, train


def test_each_network_is_penalized_with_its_own_strength():
    stack, task = drawn_stack(), drawn_task()
    strengths = torch.tensor([0.0, 0.5, 2.0, 0.0, 8.0])
    penalty = Penalty("l2", strengths)
    penalized = train(stack, task, steps=1, optimizer=SGD(1.0), penalty=penalty).final
    plain = train(stack, task, steps=1, optimizer=SGD(1.0)).final
    for before, after, free in zip(stack.weights, penalized.weights, plain.weights, strict=True):
        pull = 2 * strengths.view(-1, 1, 1) * before / before[0].numel()
        torch.testing.assert_close(after, free - pull)
    assert all(map(torch.equal, penalized.biases, plain.biases))


def test_the_proximal_step_is_the_soft_threshold_of_the_step_without_it():
    stack, task = drawn_stack(), drawn_task()
    strengths = torch.tensor([0.0, 0.5, 2.0, 4.0, 8.0])
    softened = train(stack, task, steps=1, optimizer=SGD(0.5), proximal=Proximal(strengths)).final
    plain = train(stack, task, steps=1, optimizer=SGD(0.5)).final
    for after, free in zip(softened.weights, plain.weights, strict=True):
        limit = 0.5 * strengths / free[0].numel()
        expected = torch.stack(
            [
                torch.nn.functional.softshrink(w, x)
                for w, x in zip(free, limit.tolist(), strict=True)
            ]
        )
        torch.testing.assert_close(after, expected)
        assert torch.equal(after == 0, expected == 0)
    assert all(map(torch.equal, softened.biases, plain.biases))


def test_with_gradient_descent_the_proximal_step_minimizes_loss_plus_penalty():
    """Optimality (Parikh & Boyd 2014, section 4.2): the loss's slope is −strength/n · sign(w) where
    w is not 0, and no larger where it is."""
    stack = drawn_stack(1, (4, 3), dtype=torch.float64)
    task = drawn_task(1, (4, 3), samples=16, steps=3000)
    task.batches[:] = torch.arange(16)
    final = train(stack, task, steps=3000, optimizer=SGD(0.5), proximal=Proximal(0.8)).final
    weight = final.weights[0].requires_grad_()
    outputs = weight @ task.inputs[:1].double() + final.biases[0]
    loss = (outputs - task.targets[:1]).square().mean()
    (slope,) = torch.autograd.grad(loss, weight)
    zero, pull = weight == 0, 0.8 / 12
    assert 0 < int(zero.sum()) < 12
    torch.testing.assert_close(slope[~zero], -pull * weight[~zero].sign())
    assert (slope[zero].abs() < pull).all()


def test_with_adam_only_the_proximal_step_in_its_metric_gives_zeros_at_the_same_strength():
    stack, task = drawn_stack(1, (4, 20, 3)), drawn_task(1, (4, 20, 3), steps=400)
    finals = {
        "penalty": train(stack, task, steps=400, penalty=Penalty("l1", 1.0)).final,
        "proximal": train(stack, task, steps=400, proximal=Proximal(1.0, "adam")).final,
    }
    zeros = {name: (final.weights[0] == 0).float().mean() for name, final in finals.items()}
    assert zeros["penalty"] == 0
    assert zeros["proximal"] > 0.3


def test_strength_zero_changes_nothing():
    stack, task = drawn_stack(), drawn_task()
    plain = train(stack, task, steps=20).final
    assert same(plain, train(stack, task, steps=20, penalty=Penalty("l1", 0.0)).final)
    for metric in ("plain", "adam"):
        assert same(plain, train(stack, task, steps=20, proximal=Proximal(0.0, metric)).final)


def test_unknown_kinds_and_metrics_are_named():
    with pytest.raises(ValueError, match=r"unknown penalty 'l3'"):
        Penalty("l3", 1.0)
    with pytest.raises(ValueError, match=r"unknown metric 'newton'"):
        Proximal(1.0, "newton")
    with pytest.raises(ValueError, match=r"needs the optimizer Adam, not SGD"):
        train(drawn_stack(), drawn_task(), steps=1, optimizer=SGD(), proximal=Proximal(1.0, "adam"))


def test_strengths_of_too_few_networks_are_refused():
    for options in (
        {"penalty": Penalty("l1", torch.ones(4))},
        {"proximal": Proximal(torch.ones(4))},
    ):
        with pytest.raises(ValueError, match=r"strength .* \[5\], not \[4\]"):
            train(drawn_stack(), drawn_task(), steps=1, **options)


def test_adam_keeps_its_default_rate_from_the_source():
    assert Adam().rate == 3e-3
