"""Classes that count more than others, written into the targets that a network learns from.

Axes: D data sets, O classes, N samples. Cross entropy and the focal loss are sums of targets times
something, so a class's targets times its weight are its weight in the loss. Other losses, which
compare outputs with targets, are to be given these as they are.
"""

import torch
from torch import Tensor

from dlqa.lab.arguments import check_tensor


def weighted(targets: Tensor, weights: Tensor) -> Tensor:
    """One-hot targets [D, O, N], each class's times its weight, [O] or [D, O].

    Raises TypeError or ValueError where shapes do not fit or a weight is below 0 or not finite.
    """
    check_tensor("targets", targets, "[D, O, N]", "floating")
    check_tensor("weights", weights, "[..., O]")
    if tuple(weights.shape) not in (targets.shape[1:2], targets.shape[:2]):
        expected = f"{list(targets.shape[1:2])} or {list(targets.shape[:2])}"
        raise ValueError(f"weights has shape {list(weights.shape)}: expected {expected}")
    if not ((weights >= 0) & weights.isfinite()).all():
        raise ValueError(f"weights is {weights.tolist()}: expected finite numbers of at least 0")
    return targets * weights.to(targets.dtype).unsqueeze(-1)


def balanced(targets: Tensor) -> Tensor:
    """Weights [D, O] with which all classes of one-hot targets [D, O, N] count alike: N / (O · n).

    n is how many samples a class has, so that a data set's weights are 1 on average over its
    samples (King & Zeng 2001, section 4; as "balanced" in scikit-learn). Raises ValueError for a
    class that has none.
    """
    check_tensor("targets", targets, "[D, O, N]", "floating")
    counts = targets.sum(2)  # [D, O]
    if not (counts > 0).all():
        raise ValueError(f"targets hold {counts.tolist()} samples a class: expected some of each")
    return torch.full_like(counts, targets.shape[2] / targets.shape[1]) / counts
