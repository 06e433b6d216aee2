"""What is done to a training set so that its classes have as many samples.

Axes: N samples of the rare class, M of the frequent one.
"""

import torch
from torch import Tensor

NEIGHBOURS = 5  # of Chawla et al. (2002)


def smote(rare: Tensor, count: int, seed: int) -> Tensor:
    """So many new points [2, count], each between a sample [2, N] and one of its five nearest.

    Chawla et al. (2002), section 4.2: x + u · (neighbour − x) with u ~ U(0, 1).
    """
    generator = torch.Generator("cpu").manual_seed(seed)
    apart = torch.cdist(rare.T, rare.T)
    near = apart.argsort(1)[:, 1 : NEIGHBOURS + 1]  # the nearest is the sample itself
    base = torch.randint(rare.shape[1], (count,), generator=generator, device="cpu")
    pick = torch.randint(near.shape[1], (count,), generator=generator, device="cpu")
    share = torch.rand(count, dtype=rare.dtype, generator=generator, device="cpu")
    start, end = rare[:, base], rare[:, near[base, pick]]
    return start + share * (end - start)


def resampled(arm: str, rare: Tensor, frequent: Tensor, seed: int) -> tuple[Tensor, Tensor]:
    """Both classes' samples as an arm trains on them; those of other arms as they are."""
    few, many = rare.shape[1], frequent.shape[1]
    if arm == "copies":  # whole copies, as many as there are
        return rare.repeat(1, many // few), frequent
    if arm == "smote":
        return torch.cat([rare, smote(rare, many - few, seed)], 1), frequent
    if arm == "under":
        return rare, frequent[:, :few]
    return rare, frequent
