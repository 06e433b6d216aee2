"""Linear probes on a network's features at every depth, each image seen once for all of them.

Axes: K classes, M images of a class, P seeds, C channels at a depth.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from dlqa.lab.arguments import check_sequence, check_tensor
from dlqa.lab.pools import taken
from dlqa.lab.probes import Fit, accuracy, choose

BLOCK = 120  # images at once
# Penalties, the strongest first: of equals on the validation split it wins.
STRENGTHS = (10.0, 1.0, 0.1)


@torch.no_grad()
def features(pool: Tensor, see: Callable[[Tensor], Sequence[Tensor]]) -> list[Tensor]:
    """Features [K, M, C] at each depth of a pool of images [K, M, ...]; `see` gives those of a block."""
    check_tensor("pool", pool, "[..., K, M]")
    seen = [see(block) for block in torch.split(pool.flatten(0, 1), BLOCK)]
    return [torch.cat(each).view(*pool.shape[:2], -1) for each in zip(*seen, strict=True)]


def probe(layer: Tensor, places: Sequence[Tensor], fit: Fit) -> Tensor:
    """Accuracies [P, 2] on validation and test of a probe on features [K, M, C], for each seed.

    places: for training, validation and test which of the pool each seed takes, [P, K, count]. The
    penalty is chosen on validation.
    """
    check_tensor("layer", layer, "[K, M, C]")
    check_sequence("places", places, "tensors, for training, validation and test", 3)
    training, validation, test = (taken(layer, which) for which in places)
    best, _ = choose(fit(*training, len(layer), STRENGTHS), *validation)
    return torch.stack([accuracy(best, *validation), accuracy(best, *test)], -1)
