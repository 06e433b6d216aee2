"""What a network becomes is its own affair: not its chunk's, its thread's or its neighbours'."""

import numpy as np
import pytest
import torch
from trained_stacks import (
    by_autograd,
    check_bits,
    distance,
    drawn_stack,
    drawn_task,
    reordered,
    same,
)

from dlqa.lab import tasks, training
from dlqa.lab.losses import squared_error
from dlqa.lab.networks import Stack
from dlqa.lab.training import SGD, Adam, Penalty, Proximal, Task, train

SHAPES = [(4, 7, 6, 3), (12, 32, 2), (3, 1, 5, 1), (12, 100, 100, 2)]


@pytest.fixture
def chunks_of_one(monkeypatch):
    """A cache so small that every network is a chunk."""
    monkeypatch.setattr(training, "CHUNK", 1)


def outputs_of(task: Task):
    return lambda now: {"outputs": now.stack.outputs(task.inputs[task.of[now.members]]).mean(2)}


@pytest.mark.parametrize("sizes", SHAPES)
@pytest.mark.parametrize("batch", [10, 64])
@pytest.mark.parametrize("loss", ["squared error", "cross entropy"])
def test_threads_chunks_and_order_change_no_bit(sizes, batch, loss, monkeypatch):
    stack, task = drawn_stack(7, sizes), drawn_task(7, sizes, batch=batch, steps=12)
    whole = train(stack, task, steps=12, loss=loss, threads=1).final
    assert same(whole, train(stack, task, steps=12, loss=loss, threads=2).final)
    order = torch.tensor([3, 6, 0, 5, 2, 1, 4])
    shuffled = train(stack.select(order), reordered(task, order), steps=12, loss=loss).final
    assert same(whole.select(order), shuffled)
    for parameters in (1, sum(p[0].numel() for p in stack.weights + stack.biases) * 3):
        monkeypatch.setattr(training, "CHUNK", parameters)
        assert same(whole, train(stack, task, steps=12, loss=loss, threads=2).final)


FUNCTIONS = torch.nn.functional
ACTIVATIONS = [FUNCTIONS.softplus, FUNCTIONS.gelu, FUNCTIONS.mish, torch.sin]
LOSSES = [
    lambda outputs, targets: (outputs - targets).cosh().log().mean((1, 2)),
    lambda outputs, targets: FUNCTIONS.softplus((outputs - targets).flatten(1)).mean(1),
    lambda outputs, targets: -(targets * outputs.log_softmax(1)).sum(1).mean(1),
]


def logarithmic(stack: Stack, _: torch.Tensor) -> torch.Tensor:
    return sum(weight.abs().log1p().mean((1, 2)) for weight in stack.weights)


@pytest.mark.parametrize("sizes", [(4, 7, 6, 3), (5, 9, 1), (10, 2, 5, 2), (3, 2)])
@pytest.mark.parametrize("batch", [1, 10, 31])
def test_threads_chunks_and_order_change_no_bit_of_what_a_function_decides(
    sizes, batch, monkeypatch
):
    task = drawn_task(7, sizes, batch=batch, steps=6)
    order = torch.tensor([3, 6, 0, 5, 2, 1, 4])
    for activation, loss in zip(
        ["sigmoid", *ACTIVATIONS], [*LOSSES, LOSSES[0], "squared error"], strict=True
    ):
        stack = drawn_stack(7, sizes, activation=activation)
        options = {"steps": 6, "loss": loss, "penalty": logarithmic}
        whole = train(stack, task, threads=1, **options).final
        for threads in (2, 7):
            assert same(whole, train(stack, task, threads=threads, **options).final)
        shuffled = train(stack.select(order), reordered(task, order), **options).final
        assert same(whole.select(order), shuffled)
        with monkeypatch.context() as patched:
            patched.setattr(training, "CHUNK", 1)
            assert same(whole, train(stack, task, **options).final)


def test_a_function_that_mixes_networks_is_beyond_help():
    def mixing(outputs, targets):
        return (outputs - targets).square().mean((1, 2)) * outputs.detach().mean()

    one, seven = (
        train(drawn_stack(7), drawn_task(7), steps=1, optimizer=SGD(), loss=mixing, threads=n).final
        for n in (1, 7)
    )
    assert not same(one, seven)


@pytest.mark.parametrize(
    "options",
    [
        {"optimizer": Adam(weight_decay=torch.rand(7))},
        {"optimizer": SGD()},
        {"penalty": Penalty("l1", torch.rand(7))},
        {"penalty": Penalty("l2", torch.rand(7))},
        {"proximal": Proximal(torch.rand(7), "adam")},
    ],
)
def test_the_other_networks_change_no_bit(options):
    stack, task = drawn_stack(7), drawn_task(7, steps=30)
    whole = train(stack, task, steps=30, **options).final

    def own(option, member):
        names = [n for n in ("strength", "weight_decay") if hasattr(option, n)]
        values = {n: getattr(option, n)[member : member + 1] for n in names}
        return type(option)(**{**vars(option), **values}) if names else option

    for member in (0, 4):
        alone = {key: own(option, member) for key, option in options.items()}
        task_alone = reordered(task, torch.tensor([member]))
        final = train(stack.select([member]), task_alone, steps=30, **alone).final
        assert same(whole.select([member]), final)


def test_the_given_stack_stays_as_it_was():
    stack, before = drawn_stack(), drawn_stack()
    final = train(stack, drawn_task(), steps=5).final
    assert same(stack, before)
    assert not same(final, before)
    for parameter in final.weights + final.biases:
        assert parameter.is_contiguous()
        assert not parameter.requires_grad


@pytest.mark.parametrize("samples", [1, 40])
def test_no_batches_are_all_samples_at_every_step(samples, monkeypatch):
    stack, drawn = drawn_stack(7), drawn_task(7, samples=samples)
    task = Task(drawn.inputs, drawn.targets, None, drawn.of)
    every = torch.arange(samples).expand(2, 6, -1)
    spelt = Task(drawn.inputs, drawn.targets, every, drawn.of)
    assert same(check_bits(stack, task, monkeypatch), train(stack, spelt, steps=6).final)


def test_batches_are_looked_up_block_by_block(monkeypatch):
    stack, task = drawn_stack(), drawn_task(batch=1)
    whole = train(stack, task, steps=50).final
    monkeypatch.setattr(tasks, "BLOCK", 7)
    assert same(whole, train(stack, task, steps=50).final)


def test_numbers_are_taught_as_classes_are():
    stack, task = drawn_stack(sizes=(1, 7, 1)), drawn_task(sizes=(1, 7, 1))
    task = Task(task.inputs, task.inputs.sin(), None, task.of)
    expected = by_autograd(stack, task, 50, squared_error)
    assert distance(train(stack, task, steps=50).final, expected) < 1e-5


def test_no_steps_leave_the_networks_as_they_were():
    stack, task = drawn_stack(), drawn_task()
    history = train(stack, task, steps=0, observe=outputs_of(task), at=(0,))
    assert same(history.final, stack)
    assert history.observed["outputs"].shape == (5, 1, 3)


def test_a_double_stack_trains_in_double():
    final = train(drawn_stack(dtype=torch.float64), drawn_task(), steps=3).final
    assert final.weights[0].dtype == torch.float64


@pytest.mark.usefixtures("chunks_of_one")
@pytest.mark.parametrize("poison", [torch.inf, -torch.inf, torch.nan])
def test_a_network_that_starts_infinite_is_recorded_and_alone(poison):
    stack, task = drawn_stack(), drawn_task()
    healthy = train(stack, task, steps=10, observe=outputs_of(task), at=(0, 10))
    stack.weights[1][2, 0, 0] = poison
    history = train(stack, task, steps=10, observe=outputs_of(task), at=(0, 10))
    others = [0, 1, 3, 4]
    assert history.diverged_at.tolist() == [-1, -1, 0, -1, -1]
    assert np.isnan(history.observed["outputs"][2]).all()
    assert same(history.final.select(others), healthy.final.select(others))
    assert (history.observed["outputs"][others] == healthy.observed["outputs"][others]).all()


def test_a_network_that_diverges_is_recorded_with_its_step():
    stack, task = drawn_stack(activation="relu"), drawn_task()
    for weights in stack.weights:
        weights[1] *= 1e8
    counts = lambda now: {"count": torch.ones(len(now.members), dtype=torch.int64)}  # noqa: E731
    history = train(
        stack, task, steps=20, optimizer=SGD(0.1), observe=outputs_of(task), at=range(21)
    )
    step = int(history.diverged_at[1])
    assert 0 < step < 20
    seen = np.isnan(history.observed["outputs"][1]).all(1)
    assert seen[step:].all()
    assert (history.diverged_at[[0, 2, 3, 4]] == -1).all()
    up_to = train(stack, task, steps=step - 1, optimizer=SGD(0.1)).final.select([1])
    assert all(parameter.isfinite().all() for parameter in up_to.weights + up_to.biases)
    counted = train(stack, task, steps=20, optimizer=SGD(0.1), observe=counts, at=(20,))
    assert counted.observed["count"].tolist() == [[1]] * 5


def test_finite_weights_whose_sum_overflows_have_not_diverged():
    stack, task = drawn_stack(2, (4, 3)), drawn_task(2, (4, 3))
    stack.weights[0][0] = 2e38
    task.inputs.zero_()  # so that the gradient by them is 0
    history = train(stack, task, steps=1, optimizer=SGD())
    assert history.diverged_at.tolist() == [-1, -1]


@pytest.mark.usefixtures("chunks_of_one")
def test_the_observer_sees_the_asked_steps_only():
    stack, task = drawn_stack(), drawn_task()
    seen = []

    def observe(now):
        seen.append((now.step, tuple(now.members.tolist())))
        return {"step": torch.full((len(now.members),), now.step)}

    history = train(stack, task, steps=9, observe=observe, at=(9, 0, 4, 4), threads=2)
    assert history.at.tolist() == [0, 4, 9]
    assert history.observed["step"].tolist() == [[0, 4, 9]] * 5
    assert len(seen) == len(set(seen))
    assert {member for _, members in seen for member in members} == set(range(5))


def test_the_observer_sees_the_weights_of_its_step():
    stack, task = drawn_stack(), drawn_task()
    history = train(
        stack, task, steps=6, observe=lambda now: {"first": now.stack.weights[0]}, at=(0, 3, 6)
    )
    early = train(stack, task, steps=3).final
    assert (history.observed["first"][:, 0] == stack.weights[0].numpy()).all()
    assert (history.observed["first"][:, 1] == early.weights[0].numpy()).all()
    assert (history.observed["first"][:, 2] == history.final.weights[0].numpy()).all()


def test_an_observers_error_reaches_the_caller():
    def observe(_):
        raise RuntimeError("seen enough")

    with pytest.raises(RuntimeError, match="seen enough"):
        train(drawn_stack(), drawn_task(), steps=1, observe=observe, at=(1,))


def test_the_number_of_torchs_threads_is_put_back():
    before = torch.get_num_threads()
    train(drawn_stack(), drawn_task(), steps=1, threads=2)
    assert torch.get_num_threads() == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"steps": 51}, "steps is 51: expected 0 to 50"),
        ({"steps": 5, "at": (0, 6)}, r"at\[1\] is 6: expected 0 to 5"),
        ({"steps": 5, "at": (-1,)}, r"at\[0\] is -1: expected 0 to 5"),
        ({"steps": 5, "loss": "hinge"}, "'hinge'; expected one of squared error, cross entropy"),
        ({"steps": 5, "threads": 0}, "threads is 0: expected a whole number of at least 1"),
    ],
)
def test_arguments_out_of_range_are_named(options, message):
    with pytest.raises(ValueError, match=message):
        train(drawn_stack(), drawn_task(), **options)


def test_a_task_that_does_not_fit_the_stack_is_refused():
    task = drawn_task()
    with pytest.raises(ValueError, match=r"task.of: \[5\]; expected \[3\]"):
        train(drawn_stack(3), task, steps=1)
    with pytest.raises(ValueError, match="inputs of the task: 4; expected 5"):
        train(drawn_stack(sizes=(5, 3)), task, steps=1)
    with pytest.raises(ValueError, match="targets of the task: 3; expected 2"):
        train(drawn_stack(sizes=(4, 2)), task, steps=1)


def test_an_empty_stack_is_refused():
    empty = Stack((torch.zeros(0, 3, 4),), (torch.zeros(0, 3, 1),))
    with pytest.raises(ValueError, match="at least one network"):
        train(empty, drawn_task(0), steps=1)
