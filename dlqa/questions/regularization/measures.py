"""Question 53: what is measured of trained networks.

Axes: E networks, L weight layers, Q thresholds.
"""

import numpy as np
import torch
from torch import Tensor

from dlqa.lab.grids import Grid
from dlqa.lab.mixtures import Mixture, distribution
from dlqa.lab.networks import Stack

# |w| = 0, then four thresholds a decade from 1e-6 to 3; 1e-3 is among them.
THRESHOLDS = np.array([0.0, *10.0 ** (np.arange(-24, 3) / 4)])


def fitted(pairs: Grid, final: Stack) -> Tensor:
    """Shares of training samples that are classified rightly, [E]."""
    guesses = final.outputs(pairs.task.inputs[pairs.task.of]).argmax(1)  # [E, N]
    labels = pairs.data.labels[pairs.task.of]
    return (guesses == labels).float().mean(1)


def sizes(stack: Stack) -> Tensor:
    """Mean of |w| in each layer, [E, L]."""
    return torch.stack([weight.abs().mean((1, 2)) for weight in stack.weights], 1)


def below(stack: Stack) -> Tensor:
    """Share of all weights with |w| at most each threshold, [E, Q]."""
    sizes = torch.cat([weight.flatten(1) for weight in stack.weights], 1).abs().double()
    limits = torch.from_numpy(THRESHOLDS).expand(len(sizes), -1).contiguous()
    return torch.searchsorted(sizes.sort(1).values, limits, right=True) / sizes.shape[1]


def demand(name: str, seed: int) -> float:
    """Length of Σ⁻¹μ of one data set: the normal of the best boundary with its scale."""
    law = distribution(name, torch.Generator().manual_seed(seed))
    assert isinstance(law, Mixture), "only a Gaussian mixture has one best hyperplane"
    normal = torch.linalg.solve(law.factor.T @ law.factor, law.shift)
    return float(torch.linalg.vector_norm(normal))
