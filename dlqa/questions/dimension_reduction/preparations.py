"""What is done to inputs before a network sees them, learned from its training samples alone.

Axes: I inputs, K kept directions, N training samples, M any samples.
"""

from collections.abc import Callable

import torch
from torch import Tensor

Change = Callable[[Tensor], Tensor]  # of samples [I, M] to [K, M]
ROUNDING = 1e-9  # of singular values, relative to the largest: directions without variance


def preparation(name: str, samples: Tensor) -> Change:
    """What `name` makes of samples, from training samples [I, N].

    none; centred: minus the mean; standardized: each input also over its deviation; whitened: each
    principal direction over its deviation; pca_7: the seven principal directions of most variance,
    or as many as there are.
    """
    mean = samples.mean(1, keepdim=True)
    if name == "none":
        return lambda given: given
    if name == "centred":
        return lambda given: given - mean
    if name == "standardized":
        deviation = samples.std(1, keepdim=True)
        return lambda given: (given - mean) / deviation
    directions, deviations = principal(samples)
    if name == "whitened":
        kept = deviations > ROUNDING * deviations[0]
        scaled = directions[:, kept] / deviations[kept]
        return lambda given: scaled.T @ (given - mean)
    first = directions[:, : int(name.removeprefix("pca_"))]
    return lambda given: first.T @ (given - mean)


def principal(samples: Tensor) -> tuple[Tensor, Tensor]:
    """Principal directions [I, K] of samples [I, N], and deviations along them [K], falling.

    Each direction's largest entry is positive, so that it has the same sign everywhere.
    """
    centred = samples - samples.mean(1, keepdim=True)
    directions, lengths, _ = torch.linalg.svd(centred, full_matrices=False)
    largest = directions.gather(0, directions.abs().argmax(0, keepdim=True))
    return directions * largest.sign(), lengths / (samples.shape[1] - 1) ** 0.5
