"""Features are seen once an image, and a probe's seeds do not touch one another."""

import torch
from torch import Tensor

from dlqa.lab import depths
from dlqa.lab.depths import features, probe
from dlqa.lab.probes import accuracy, choose, logistic, ridge, support_vectors

COUNTS = (6, 3, 5)


def layer(seed: int = 0) -> Tensor:
    """Features [K, M, C] of three classes whose means differ."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(3, 20, 8, generator=generator) + torch.eye(3, 8)[:, None]


def places(seeds: range) -> list[Tensor]:
    drawn = []
    for seed in seeds:
        generator = torch.Generator().manual_seed(seed)
        order = torch.stack([torch.randperm(20, generator=generator) for _ in range(3)])
        drawn.append(order[:, : sum(COUNTS)].split(COUNTS, 1))
    return [torch.stack(role) for role in zip(*drawn, strict=True)]


def test_every_image_is_seen_once_and_features_lie_by_class(monkeypatch) -> None:
    pool, blocks = torch.rand(3, 5, 1, 2, 2), []

    def see(images: Tensor) -> list[Tensor]:
        blocks.append(len(images))
        return [images.flatten(1), images.mean((1, 2, 3))[:, None]]

    monkeypatch.setattr(depths, "BLOCK", 4)
    first, second = features(pool, see)
    assert blocks == [4, 4, 4, 3]
    torch.testing.assert_close(first, pool.flatten(2))
    torch.testing.assert_close(second, pool.flatten(2).mean(2, keepdim=True))


def test_a_probes_penalty_is_chosen_on_validation_and_both_accuracies_are_told() -> None:
    [scores] = probe(layer(), places(range(1)), ridge)
    rows = torch.arange(3)[:, None]
    roles = [(layer()[rows, each[0]].flatten(0, 1), rows.expand_as(each[0]).flatten())
             for each in places(range(1))]  # fmt: skip
    best, _ = choose(ridge(*roles[0], 3, depths.STRENGTHS), *roles[1])
    assert scores.tolist() == [accuracy(best, *role).item() for role in roles[1:]]


def test_a_seeds_accuracies_do_not_depend_on_the_others() -> None:
    for fit in (ridge, support_vectors, logistic):
        together = probe(layer(), places(range(6)), fit)
        assert together.shape == (6, 2)
        for seed in range(6):
            alone = probe(layer(), places(range(seed, seed + 1)), fit)
            torch.testing.assert_close(together[seed : seed + 1], alone, rtol=0, atol=0)
