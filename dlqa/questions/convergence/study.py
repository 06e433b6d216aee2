"""Question 52: trains the networks of each setting in one stack and measures how layers settle.

Axes: E networks, T steps, L layers, W watched weights.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import torch
import xarray as xr
from torch import Tensor

from dlqa.evidence.records import gathered
from dlqa.lab.comparisons import Comparison, Labelled, Observe, Recipe, Trained
from dlqa.lab.mixtures import INPUTS
from dlqa.lab.networks import Stack
from dlqa.lab.parts import Part
from dlqa.lab.training import SGD, Adam
from dlqa.lab.watched import Places, last_places, pick, random_places
from dlqa.questions.convergence import measures
from dlqa.questions.convergence.approach import alignments, distances
from dlqa.questions.convergence.record import DATA, LAYERS, Params

SPANS = 60  # of the curve of step sizes: 25 steps each up to 1500
SAMPLE_SEED = 30_000  # apart from the seeds of data sets, networks and batches


def parts(params: Params) -> dict[str, Part]:
    """Every activation with its optimizer, on either kind of data, so that seeds can be added where
    they are wanted; one seed means the same data set and batches everywhere."""
    rules: dict[str, Adam | SGD] = {"adam": Adam(params.rate), "descent": SGD(params.descent_rate)}
    samples = _samples(params)
    watch = _watch(samples["random"])

    def setting(data: str, activation: str, optimizer: str) -> Comparison:
        return Comparison(
            data=(data,), over="activation", arms={activation: "xavier"}, hidden=params.hidden,
            at=range(params.horizons[-1] + 1), recipe=lambda _: Recipe(rules[optimizer]),
            activation=activation, place={"optimizer": optimizer},
            samples=params.samples, fresh=params.fresh, batch=params.batch,
        )  # fmt: skip

    moments = range(0, params.picture + 1, params.picture_every)
    drawn = replace(setting(DATA[0], "sigmoid", "adam"), at=moments)
    keep = partial(_picture, list(samples))
    found = {"picture": drawn.part(keep, only=(0,), observe=_watch(*samples.values()))}
    thorough, brief = partial(_thorough, params), partial(_brief, params)
    planned = {("sigmoid", "adam"): thorough, **dict.fromkeys(params.sides, brief)}
    for side, measure in planned.items():
        for data in params.data if params.seeds else ():
            found[f"{', '.join(side)}, {data}"] = setting(data, *side).part(
                measure, params.seeds, most=params.most_seeds, observe=watch, marks=params.marks
            )
    return found


def _samples(params: Params) -> dict[str, Places]:
    sizes = (INPUTS, *params.hidden, 2)
    return {
        "random": random_places(sizes, params.sampled, seed=SAMPLE_SEED),
        "source": last_places(sizes, params.sampled),
    }


def _watch(*samples: Places) -> Observe:
    """Keeps weights at every step, [E, T, sample, L, W]."""
    return lambda _, seen: {"paths": torch.stack([pick(seen.stack, each) for each in samples], 1)}


def _thorough(params: Params, trained: Trained) -> xr.Dataset:
    """Everything that is asked of the source's network."""
    paths = torch.as_tensor(trained.history.observed["paths"])[:, :, 0]
    first, last = params.horizons
    spans = [span.mean(1) for span in measures.step_sizes(paths).tensor_split(SPANS, 1)]
    middles = (np.arange(SPANS) + 0.5) * (last / SPANS)
    monotone = measures.nearly_monotone(paths[:, : first + 1], params.retreat)
    samples = _samples(params)
    found: dict[str, Labelled] = {
        "step_size_curve": (("middle", "layer"), torch.stack(spans, 1)),
        "monotone": (("layer",), monotone),
        "sampling": (("sample", "layer"), _sampling(trained, trained.marked[first], samples)),
    }
    asked = _at(trained, params.horizons, accuracy=Trained.accuracy, travel=_travel, lost=_lost)
    more = _block(trained, found, middle=middles.tolist(), sample=list(samples))
    limits = trained.of_data(bayes=trained.grid.data.bayes)
    return gathered((_ways(params, trained, params.stops), asked, more, limits))


def _brief(params: Params, trained: Trained) -> xr.Dataset:
    """What is asked of every setting, at the last horizon."""
    last = params.horizons[-1:]
    return gathered((_ways(params, trained, last), _at(trained, last, accuracy=Trained.accuracy)))


def _picture(samples: Sequence[str], trained: Trained) -> xr.Dataset:
    """The weights of one network as the source draws them, and a random sample of them."""
    paths = np.moveaxis(trained.history.observed["paths"][0], 0, -1).astype(np.float64)
    dims = {
        "sample": samples,
        "layer": list(LAYERS),
        "weight": range(1, paths.shape[2] + 1),
        "moment": list(trained.comparison.at),
    }
    return xr.Dataset({"picture": (tuple(dims), paths)}, dims)


def _ways(params: Params, trained: Trained, stops: Sequence[int]) -> xr.Dataset:
    """How large steps are, and how weights and representations approach those at each stop."""
    task, fresh = trained.grid.task, trained.grid.data.fresh_inputs
    sizes = measures.step_sizes(torch.as_tensor(trained.history.observed["paths"])[:, :, 0])
    steps = torch.stack([sizes[:, :stop].mean(1) for stop in stops], 1)
    aligned = alignments(trained.marked, fresh[task.of, :, : params.probes], stops)
    gradient = measures.gradients(trained.start, task.inputs[task.of], task.targets[task.of])
    found: dict[str, Labelled] = {
        "step_size": (("stop", "layer"), steps),
        "distance": (("stop", "step", "layer"), distances(trained.marked, stops)),
        "alignment": (("stop", "step", "layer"), aligned),
        "gradient": (("layer",), gradient),
    }
    return _block(trained, found, stop=stops)


def _at(
    trained: Trained, stops: Sequence[int], **asked: Callable[[Trained, Stack], Tensor]
) -> xr.Dataset:
    """What is measured, [E] or [E, L], of the networks at every stop."""
    found: dict[str, Labelled] = {}
    for name, measure in asked.items():
        values = torch.stack([measure(trained, trained.marked[stop]) for stop in stops], 1)
        found[name] = (("stop", "layer")[: values.dim() - 1], values)
    return _block(trained, found, stop=stops)


def _block(
    trained: Trained, values: Mapping[str, Labelled], **coords: Sequence[object]
) -> xr.Dataset:
    return trained.block(values, {"step": list(trained.marked), "layer": LAYERS, **coords})


def _travel(trained: Trained, end: Stack) -> Tensor:
    """The way from start to end over the weights at the start, both root mean squares, [E, L]."""
    return measures.sizes_apart(end, trained.start) / measures.weight_sizes(trained.start)


def _lost(trained: Trained, end: Stack) -> Tensor:
    """Accuracy [E, L] that is gone where one layer is re-initialized."""
    left = [trained.accuracy(broken) for broken in measures.layers_set_back(end, trained.start)]
    return trained.accuracy(end)[:, None] - torch.stack(left, 1)


def _sampling(trained: Trained, end: Stack, samples: Mapping[str, Places]) -> Tensor:
    """Root mean square travel of sampled weights over their layer's, [E, 2, L]."""
    start = trained.start
    ways = [(pick(end, places) - pick(start, places)).double() for places in samples.values()]
    travelled = torch.stack([way.square().mean(2).sqrt() for way in ways], 1)
    return travelled / measures.sizes_apart(end, start)[:, None]
