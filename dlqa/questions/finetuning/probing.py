"""Features that stay as they are, and linear classifiers on them, for the seeds that are asked for."""

from collections.abc import Sequence

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from torch import Tensor, nn

from dlqa.evidence.records import gathered
from dlqa.lab.adapters import count
from dlqa.lab.blocks import Measured, block
from dlqa.lab.depths import features, probe
from dlqa.lab.efficientnet import DEPTHS, HEAD, EfficientNetLite0
from dlqa.lab.images import CLASSES, places, pool, prepared
from dlqa.lab.parts import Seeds
from dlqa.lab.probes import Fit, logistic, ridge, support_vectors
from dlqa.lab.recognition import NAMED, recognized
from dlqa.lab.refusals import refuses
from dlqa.lab.starts import as_it_came, blind, untrained
from dlqa.questions.finetuning import tuning
from dlqa.questions.finetuning.record import SIZES, TOLD, VARIABLES, Params

CLASSIFIERS = {  # each with the sizes and depths that it is fitted at
    "ridge": (ridge, SIZES, DEPTHS),
    "svm": (support_vectors, SIZES[:1], DEPTHS),
    "softmax": (logistic, SIZES[:1], DEPTHS[-1:]),
}


def probes(task: str, params: Params, seeds: Seeds, _: int) -> xr.Dataset:
    """Every classifier on pretrained features of each depth."""
    held, blocks = seen(as_it_came(), task, params.side), []
    for name, (fit, sizes, depths) in CLASSIFIERS.items():
        found = _linear(task, held[-len(depths) :], fit, sizes, params, seeds)
        labels = {"size": sizes, "depth": depths, "seed": seeds, "split": TOLD}
        blocks.append(block({"probe": found}, VARIABLES, labels, task=task, classifier=name))
    return gathered(blocks)


def controls(task: str, params: Params, seeds: Seeds, _: int) -> xr.Dataset:
    """Ridge on features of random weights, of another network for every `params.controls`-th seed."""
    blocks, shown = [], pool(task, params.side)[:, :: len(DEPTHS)].flatten(0, 1)
    for which in range(params.controls):
        if of := [seed for seed in seeds if seed % params.controls == which]:
            held = seen(blind(prepared(shown), which), task, params.side)
            found = _linear(task, held, ridge, SIZES, params, of)
            labels = {"size": SIZES, "depth": DEPTHS, "seed": of, "split": TOLD}
            blocks.append(block({"control": found}, VARIABLES, labels, task=task))
    return gathered(blocks)


def by_side(side: int, params: Params, seeds: Seeds, _: int) -> xr.Dataset:
    """Ridge on the photos at one side, the large set."""
    held = seen(as_it_came(), "photos", side)
    found = _linear("photos", held, ridge, ["large"], params, seeds)[0, ..., TOLD.index("test")]
    labels = {"depth": DEPTHS, "seed": seeds}
    return block({"probe_by_side": found}, VARIABLES, labels, side=side)


def facts(params: Params, _seeds: Seeds, _: int) -> xr.Dataset:
    """What takes no seed: whole photos recognized, sides refused, parameters counted."""
    model, network = untrained(CLASSES, 0), as_it_came()
    everything = count(list(model.parameters()))
    flattening = nn.Sequential(*network.parts(), nn.Flatten(), nn.Linear(HEAD, CLASSES))
    found: Measured = {
        "recognized": np.stack([recognized(side) for side in params.whole_sides]),
        "refused": [refuses(flattening), refuses(network)],
        "parameters": [count(tuning.adapters(model, params.rank, 0)), everything],
    }
    labels = {"side": params.whole_sides, "photo": list(NAMED), "trained": ("adapters", "all")}
    return block(found, VARIABLES, labels | {"pooling": ("flattened", "averaged")})


def seen(network: EfficientNetLite0, task: str, side: int) -> list[Tensor]:
    """Features [K, M, C] at each of DEPTHS of a task's pool."""
    return features(pool(task, side), lambda some: network.pooled_by_depth(prepared(some)))


def _linear(
    task: str, held: list[Tensor], fit: Fit, sizes: Sequence[str], params: Params, seeds: Seeds
) -> NDArray[np.float64]:
    """Accuracies [N, D, S, 2] of a classifier at each size and depth, with each seed's images."""
    dealt = [places(task, seeds, params.counts(size)) for size in sizes]
    return np.array([[probe(layer, roles, fit).numpy() for layer in held] for roles in dealt])
