"""Small stacks and tasks for the tests of the trainer."""

from itertools import pairwise

import torch

from dlqa.lab.networks import Stack
from dlqa.lab.training import Task


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
