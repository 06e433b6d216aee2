"""Question 48: trains networks on data that were prepared in one way or another.

Axes: E networks, one a seed; I inputs; N samples.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
import torch
import xarray as xr
from torch import Tensor

from dlqa.lab.blocks import Measured, block
from dlqa.lab.histories import Snapshot
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot
from dlqa.lab.parts import Part
from dlqa.lab.training import Adam, Task, train
from dlqa.questions.dimension_reduction.clouds import cloud
from dlqa.questions.dimension_reduction.preparations import preparation
from dlqa.questions.dimension_reduction.record import VARIABLES, Arm, Params
from dlqa.questions.dimension_reduction.samples import draw

NETWORK = 10_000  # a stream of seeds; data sets count from 0
AXES = ("x", "y")


def parts(params: Params) -> dict[str, Part]:
    """An arm each, those with most inputs first; and the clouds, which need no training."""
    found = dict[str, Part]()
    arms = [(arm, True) for arm in params.decisive] + [(arm, False) for arm in params.shown]
    for arm, decisive in sorted(arms, key=lambda pair: -pair[0][1]):
        data, dummies, name, rate = arm
        first, most = (params.seeds, params.most_seeds) if decisive else (params.few, params.few)
        run = partial(_arm, params, arm)
        title = f"{data}, {dummies} dummies, {name}, rate {rate:g}"
        found[title] = Part(run, first, 1, params.at[-1], most=most)
    if params.angles:
        found["clouds"] = Part(partial(_clouds, params))
    return found


def _arm(params: Params, arm: Arm, seeds: Sequence[int], threads: int) -> xr.Dataset:
    data, dummies, name, rate = arm
    drawn = [draw(data, dummies, seed, params) for seed in seeds]
    changes = [preparation(name, each.inputs) for each in drawn]
    ready = [change(each.inputs) for change, each in zip(changes, drawn, strict=True)]
    fresh = [change(each.fresh_inputs) for change, each in zip(changes, drawn, strict=True)]
    inputs, fresh_inputs = torch.stack(ready).float(), torch.stack(fresh).float()
    labels = torch.stack([each.labels for each in drawn])
    wanted = torch.stack([each.fresh_labels for each in drawn]).bool()
    start = initialize(
        "xavier", (inputs.shape[1], *params.hidden, 2), [NETWORK + seed for seed in seeds]
    )

    def observe(seen: Snapshot) -> dict[str, Tensor]:
        outputs = seen.stack.outputs(fresh_inputs[seen.members])
        ones = outputs[:, 1] > outputs[:, 0]
        share = ones.double().mean(1)
        right = (ones == wanted[seen.members]).double().mean(1)
        return {"accuracy": right, "same": torch.maximum(share, 1 - share)}

    history = train(
        start, Task(inputs, one_hot(labels), None, torch.arange(len(seeds))),
        steps=params.at[-1], loss="cross entropy", optimizer=Adam(rate), observe=observe,
        at=params.at, threads=threads,
    )  # fmt: skip
    first = start.hidden(inputs)[0]
    kept = [
        _variance(prepared) / _variance(each.inputs)
        for prepared, each in zip(ready, drawn, strict=True)
    ]
    values: Measured = {
        "accuracy": history.observed["accuracy"],
        "same": history.observed["same"][:, -1],
        "saturated": ((first < 0.05) | (first > 0.95)).double().mean((1, 2)),
        "kept": torch.stack(kept) if name.startswith("pca") else torch.ones(len(seeds)),
    }
    place = {"data": data, "dummies": dummies, "preparation": name, "rate": rate}
    return block(values, VARIABLES, {"seed": seeds, "step": params.at}, **place)


def _clouds(params: Params, _seeds: Sequence[int], _threads: int) -> xr.Dataset:
    found = [[cloud(angle, stretch) for stretch in params.stretches] for angle in params.angles]
    values: Measured = {
        name: np.array([[each[name] for each in row] for row in found]) for name in found[0][0]
    }
    counts = sorted({dummies for data, dummies, *_ in params.decisive if data == "uniform"})
    values = {
        **values,
        "apart": [_apart(draw("uniform", each, 0, params).inputs) for each in counts],
    }
    samples = np.asarray(values["point"]).shape[-1]
    labels = {
        "angle": params.angles, "stretch": params.stretches, "class": (0, 1), "axis": AXES,
        "sample": range(samples), "dummies": counts,
    }  # fmt: skip
    return block(values, VARIABLES, labels)


def _apart(samples: Tensor) -> float:
    """The largest relative change of a distance between samples [I, N] with all components kept."""
    turned = preparation(f"pca_{len(samples)}", samples)(samples)
    before, after = (torch.pdist(each.T.contiguous()) for each in (samples, turned))
    return float(((after - before) / before).abs().max())


def _variance(samples: Tensor) -> Tensor:
    """The sum of the inputs' variances, of samples [I, N]."""
    return samples.var(1).sum()
