"""Pools of images by class, and a seed's share of them for training, validation and test.

Axes: K classes, M images of a class, N images taken of all classes; "..." is what each is made of.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from dlqa.lab.arguments import check_count, check_seed, check_sequence, check_tensor

Labelled = tuple[Tensor, Tensor]  # images, or what became of them, [N, ...]; their labels [N]


@dataclass(frozen=True)
class Split:
    """A seed's images for each role, with their labels."""

    training: Labelled
    validation: Labelled
    test: Labelled

    def map(self, change: Callable[[Tensor], Tensor]) -> "Split":
        """The same with what becomes of the images."""
        roles = (self.training, self.validation, self.test)
        return Split(*((change(images), labels) for images, labels in roles))


@dataclass(frozen=True)
class Deal:
    """How each class's pool is dealt to training, validation and test, anew with every seed.

    groups: so many for each role. group: how many neighbours in the pool belong together, as crops
    of one part of a photo do, and serve one role.
    """

    groups: tuple[int, int, int]
    group: int = 1

    def __post_init__(self) -> None:
        _check_roles("groups", self.groups)
        check_count("group", self.group, 1)

    def places(self, classes: int, seed: int, counts: Sequence[int]) -> list[Tensor]:
        """Which of each class's pool a seed takes for each role, int64 [K, count] three times.

        What a seed takes for one role depends on no other role's count, and of a larger count the
        first are a smaller one's. Raises TypeError or ValueError where a role has fewer than its
        count, or what is given is no count.
        """
        check_count("classes", classes, 1)
        check_seed("seed", seed)
        _check_roles("counts", counts)
        most = [groups * self.group for groups in self.groups]
        for count, limit in zip(counts, most, strict=True):
            if count > limit:
                raise ValueError(f"expected at most {limit} images a class, not {count}")
        generator = torch.Generator("cpu").manual_seed(seed)
        dealt = [self._deal(generator) for _ in range(classes)]
        return [
            torch.stack([each[role][:count] for each in dealt]) for role, count in enumerate(counts)
        ]

    def _deal(self, generator: torch.Generator) -> Sequence[Tensor]:
        """All places in one class's pool for each role, in random order."""
        shuffled = _shuffled(sum(self.groups), generator)
        roles = torch.split(shuffled, list(self.groups))
        if self.group == 1:
            return roles
        whole = [(some[:, None] * self.group + _places(self.group)).flatten() for some in roles]
        return [some[_shuffled(len(some), generator)] for some in whole]


def taken(pool: Tensor, places: Tensor) -> Labelled:
    """What lies in a pool [K, M, ...] at places [K, count], as [N, ...], and its labels [N].

    Further axes of the places, say of seeds, come first in both.
    """
    check_tensor("pool", pool, "[..., K, M]")
    check_tensor("places", places, "[..., K, count]", "whole")
    rows, first = _places(len(pool)).unsqueeze(1), places.dim() - 2
    return pool[rows, places].flatten(first, first + 1), rows.expand_as(places).flatten(-2)


def _check_roles(what: str, given: Sequence[int]) -> None:
    check_sequence(what, given, "counts, for training, validation and test", 3)
    for place, count in enumerate(given):
        check_count(f"{what}[{place}]", count)


def _places(count: int) -> Tensor:
    return torch.arange(count, device="cpu")


def _shuffled(count: int, generator: torch.Generator) -> Tensor:
    return torch.randperm(count, device="cpu", generator=generator)
