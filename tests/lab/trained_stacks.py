"""Small stacks and tasks for the tests of the trainer."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

import pytest
import torch

from dlqa.lab import training
from dlqa.lab.networks import Stack
from dlqa.lab.training import Adam, Task, train

ADAM = partial(torch.optim.Adam, lr=Adam().rate)


def drawn_stack(
    networks: int = 5,
    sizes: tuple[int, ...] = (4, 7, 6, 3),
    *,
    activation: str = "sigmoid",
    dtype: torch.dtype = torch.float32,
    seed: int = 0,
) -> Stack:
    generator = torch.Generator().manual_seed(seed)

    def draw(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator, dtype=torch.float64).to(dtype) / 2

    pairs = list(pairwise(sizes))
    weights = tuple(draw(networks, outputs, inputs) for inputs, outputs in pairs)
    biases = tuple(draw(networks, outputs, 1) for _, outputs in pairs)
    return Stack(weights, biases, activation)


def drawn_task(
    networks: int = 5,
    sizes: tuple[int, ...] = (4, 7, 6, 3),
    *,
    sets: int = 2,
    samples: int = 40,
    steps: int = 50,
    batch: int = 16,
    seed: int = 1,
) -> Task:
    """Classes by the largest of the first inputs, one-hot."""
    generator = torch.Generator().manual_seed(seed)
    inputs = torch.randn(sets, sizes[0], samples, generator=generator)
    labels = inputs[:, : sizes[-1]].argmax(1) if sizes[-1] > 1 else inputs[:, 0].gt(0).long()
    targets = torch.nn.functional.one_hot(labels, sizes[-1] if sizes[-1] > 1 else 2)
    targets = targets.mT[:, : sizes[-1]].float()
    batches = torch.randint(samples, (sets, steps, batch), generator=generator)
    return Task(inputs, targets, batches, torch.arange(networks) % sets)


def distance(one: Stack, other: Stack) -> float:
    """The largest difference between two stacks' weights and biases."""
    pairs = zip(one.weights + one.biases, other.weights + other.biases, strict=True)
    return max((a - b).abs().max().item() for a, b in pairs)


def same(one: Stack, other: Stack) -> bool:
    """Whether two stacks agree bit by bit."""
    pairs = zip(one.weights + one.biases, other.weights + other.biases, strict=True)
    return all(torch.equal(a, b) for a, b in pairs)


def by_autograd(
    stack: Stack,
    task: Task,
    steps: int,
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    *,
    layers: Sequence[int] | None = None,
    optimizer: Callable[[list[torch.Tensor]], torch.optim.Optimizer] = ADAM,
) -> Stack:
    """The same training, every derivative autograd's and every step torch's.

    layers: which of the first so many layers stands at each place, each by itself unless given.
    """
    layers = range(len(stack.weights)) if layers is None else layers
    own = sorted(set(layers))
    parameters = {
        at: [p[at].clone().requires_grad_() for p in (stack.weights, stack.biases)] for at in own
    }
    weights, biases = (tuple(parameters[at][kind] for at in layers) for kind in (0, 1))
    now = Stack(weights, biases, stack.activation)
    stepping = optimizer([each for at in own for each in parameters[at]])
    for step in range(steps):
        inputs, targets = (
            torch.stack(
                [
                    data[of] if task.batches is None else data[of][:, task.batches[of, step]]
                    for of in task.of
                ]
            )
            for data in (task.inputs, task.targets)
        )
        stepping.zero_grad()
        loss(now.outputs(inputs.to(weights[0].dtype)), targets).sum().backward()
        stepping.step()
    return now


def reordered(task: Task, order: torch.Tensor) -> Task:
    """The task of the networks in another order."""
    return Task(task.inputs, task.targets, task.batches, task.of[order])


def check_bits(
    stack: Stack, task: Task, monkeypatch: pytest.MonkeyPatch, **options: object
) -> Stack:
    """What seven networks become in whatever chunks, threads and order: the same, bit by bit."""
    options = {"steps": 6, **options}
    whole = train(stack, task, threads=1, **options).final
    order = torch.tensor([3, 6, 0, 5, 2, 1, 4])
    shuffled = train(stack.select(order), reordered(task, order), **options).final
    assert same(whole.select(order), shuffled)
    for chunk, threads in ((training.CHUNK, 2), (1, 1)):
        with monkeypatch.context() as patched:
            patched.setattr(training, "CHUNK", chunk)
            assert same(whole, train(stack, task, threads=threads, **options).final)
    return whole
