"""What is seen of training: by an observer on the way, and by the caller at the end.

Axes: E networks of the whole stack, e networks of a chunk, S steps observed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from dlqa.lab.arguments import check_kind
from dlqa.lab.networks import Stack, concatenate


@dataclass(frozen=True)
class Snapshot:
    """What an observer sees; to be neither kept nor changed.

    step: updates so far; stack: some of the networks; members int64 [e]: which ones of the whole.
    """

    step: int
    stack: Stack
    members: Tensor


# From a snapshot to values [e, ...]. Called without gradients, from several threads at once.
Observer = Callable[[Snapshot], dict[str, Tensor]]


@dataclass(frozen=True)
class History:
    """What training leaves.

    at [S]: the steps observed, 0 being before the first update; observed: each [E, S, ...];
    diverged_at int64 [E]: the first step after which a weight was not finite, -1 = never, and from
    then on the network's floating observations are NaN; final: the trained networks.
    """

    at: npt.NDArray[np.int64]
    observed: Mapping[str, npt.NDArray[np.generic]]
    diverged_at: npt.NDArray[np.int64]
    final: Stack


def joined(chunks: Sequence[History]) -> History:
    """One history of all networks."""
    names = chunks[0].observed
    return History(
        chunks[0].at,
        {name: np.concatenate([chunk.observed[name] for chunk in chunks]) for name in names},
        np.concatenate([chunk.diverged_at for chunk in chunks]),
        concatenate([chunk.final for chunk in chunks]),
    )


def together(seen: Sequence[Mapping[str, Tensor]]) -> dict[str, npt.NDArray[np.generic]]:
    """What was seen at each step, [e, ...], as one array a name, [e, S, ...]."""
    names = seen[0] if seen else ()
    return {name: torch.stack([values[name] for values in seen], 1).numpy() for name in names}


def check_seen(seen: Mapping[str, Tensor], networks: int) -> None:
    """Raises TypeError or ValueError unless an observer gave tensors [e, ...] by name."""
    check_kind("what the observer gave", seen, Mapping, "a dict of tensors")
    for name, values in seen.items():
        check_kind(f"the observer's {name!r}", values, Tensor, f"a tensor [{networks}, ...]")
        if values.shape[:1] != (networks,):
            given = f"the observer's {name!r} has shape {list(values.shape)}"
            raise ValueError(f"{given}: expected [{networks}, ...], a row a network")


def without_diverged(seen: Mapping[str, Tensor], diverged: Tensor) -> dict[str, Tensor]:
    """A copy of what was seen, with NaN for networks that diverged [e]."""
    kept = {name: values.clone() for name, values in seen.items()}
    if diverged.any():
        for values in kept.values():
            if values.is_floating_point():
                values[diverged] = torch.nan
    return kept
