"""Question 46: trains six models on ever more of the source's data, and rivals on a bending boundary.

Axes: E networks, one a seed; e networks of a chunk; N points.
"""

import math
from collections.abc import Sequence
from functools import partial

import numpy as np
import torch
import xarray as xr
from torch import Tensor

from dlqa.lab.blocks import Measured, block, by_seed
from dlqa.lab.histories import History, Observer, Snapshot
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot, shuffled_batches
from dlqa.lab.parts import Part
from dlqa.lab.training import Adam, Task, train
from dlqa.questions.more_data.laws import law, points
from dlqa.questions.more_data.learners import learners
from dlqa.questions.more_data.record import LONGER, SOURCE, VARIABLES, WHITENED, Params

FRESH, VALIDATION = 1_000_000, 2_000_000  # streams of points
NETWORK, BATCH = 10_000, 20_000  # streams of seeds
NETWORKS = {"shallow": 1, "deep": 2, LONGER: 2, WHITENED: 2}  # and their hidden layers


def parts(params: Params) -> dict[str, Part]:
    """A model at a size on one kind of data each; what takes longest begins first."""
    found = dict[str, Part]()
    if params.largest:
        few, many = params.largest_seeds, params.most_largest_seeds
        for model in reversed(params.models):
            if model == "forest":
                continue  # seconds
            found |= _part(params, SOURCE, model, params.largest, few, many)
    for size in reversed(params.sizes):
        for model in params.models:
            found |= _part(params, SOURCE, model, size, params.seeds, params.most_seeds)
        for model, sizes in ((LONGER, params.longer), (WHITENED, params.whitened)):
            if size in sizes:
                found |= _part(params, SOURCE, model, size, params.seeds, params.most_seeds)
        for data, few, many in _bent(params):
            for model in params.rivals:
                found |= _part(params, data, model, size, few, many)
    for data, few, _ in [(SOURCE, params.seeds, 0), *_bent(params)]:
        found[f"limit, {data}"] = Part(partial(_limit, params, data), few, 1, 1, most=few)
    return found


def _bent(params: Params) -> list[tuple[str, int, int]]:
    """Kinds of data by their curvature, with their seeds at first and at most."""
    return [
        (f"{each:g}", params.seeds, params.most_seeds)
        if each in params.ends
        else (f"{each:g}", params.between_seeds, params.between_seeds)
        for each in params.curvatures
    ]


def _part(params: Params, data: str, model: str, size: int, few: int, many: int) -> dict[str, Part]:
    place = {"data": data, "model": model, "size": size}
    run = partial(_network if model in NETWORKS else _other, params, place)
    steps = _steps(params, data, model, size) if model in NETWORKS else 1
    return {f"{data}, {model}, {size} points": Part(run, few, 1, steps, most=many)}


def _steps(params: Params, data: str, model: str, size: int) -> int:
    if data != SOURCE:
        return params.at[-1]
    epoch = math.ceil(size / params.source_batch)
    return params.cap if model == LONGER else min(params.epochs * epoch, params.cap)


def _limit(params: Params, data: str, seeds: Sequence[int], _threads: int) -> xr.Dataset:
    def measure(seed: int) -> Measured:
        fresh, wanted = points(data, seed, params.fresh, params.fresh, FRESH)
        right = law(data, seed).best_rule(fresh) == wanted
        return {"limit": right.double().mean()}

    return by_seed(seeds, measure, VARIABLES, {}, data=data)


def _other(
    params: Params, place: dict[str, object], seeds: Sequence[int], _threads: int
) -> xr.Dataset:
    """A model that is no network, one seed after another."""
    learn = learners(params.trees)[str(place["model"])]

    def measure(seed: int) -> Measured:
        inputs, labels, fresh, wanted = (
            each.double().numpy().T for each in _lesson(params, place, seed)
        )
        return {"accuracy": np.mean(learn(inputs, labels, fresh, seed) == wanted)}

    return by_seed(seeds, measure, VARIABLES, {}, **place)


def _lesson(
    params: Params, place: dict[str, object], seed: int, stream: int = FRESH
) -> list[Tensor]:
    """Inputs, labels, and as many of other points; on the training set's scale where that is asked."""
    data, size, source = str(place["data"]), int(str(place["size"])), place["data"] == SOURCE
    most = max(*params.sizes, params.largest) if source else max(params.sizes)
    inputs, labels = points(data, seed, size, most)
    count = params.fresh if stream == FRESH else params.validation
    fresh, wanted = points(data, seed, count, count, stream)
    mean = inputs.mean(1, keepdim=True)
    if not source:
        spread = inputs.std(1, keepdim=True)
        inputs, fresh = (inputs - mean) / spread, (fresh - mean) / spread
    if place["model"] == WHITENED:
        factor = torch.linalg.cholesky(inputs.double().cov())
        inputs, fresh = (
            torch.linalg.solve_triangular(factor, (each - mean).double(), upper=False).float()
            for each in (inputs, fresh)
        )
    return [inputs, labels, fresh, wanted]


def _network(
    params: Params, place: dict[str, object], seeds: Sequence[int], threads: int
) -> xr.Dataset:
    """Networks of one shape: the source's at its last step, others where validation says so."""
    lessons = zip(*(_lesson(params, place, seed) for seed in seeds), strict=True)
    inputs, labels, fresh, wanted = (torch.stack(each) for each in lessons)

    def right(seen: Snapshot, points: Tensor, told: Tensor) -> Tensor:
        outputs = seen.stack.outputs(points[seen.members])
        guesses = outputs[:, 1] > outputs[:, 0]
        return (guesses == told[seen.members].bool()).double().mean(1)

    def watch(seen: Snapshot) -> dict[str, Tensor]:
        return {"accuracy": right(seen, fresh, wanted)}

    labelled = {"seed": seeds}
    if place["data"] == SOURCE:
        last = _steps(params, SOURCE, str(place["model"]), inputs.shape[2])
        history = _trained(params, place, (inputs, labels), seeds, (last,), watch, threads)
        values = {"accuracy": history.observed["accuracy"][:, -1]}
        return block(values, VARIABLES, labelled, **place)
    held = zip(*(_lesson(params, place, seed, VALIDATION)[2:] for seed in seeds), strict=True)
    shown, told = (torch.stack(each) for each in held)

    def validate(seen: Snapshot) -> dict[str, Tensor]:
        return watch(seen) | {"validation": right(seen, shown, told)}

    seen = _trained(params, place, (inputs, labels), seeds, params.at, validate, threads).observed
    best = seen["validation"].argmax(1)
    accuracy = np.take_along_axis(seen["accuracy"], best[:, None], 1)[:, 0]
    kept = block({"accuracy": accuracy}, VARIABLES, labelled, **place)
    stops = {"stop": np.array(params.at)[best]}
    own = {dim: place[dim] for dim in ("data", "size")}
    return xr.merge([kept, block(stops, VARIABLES, labelled, **own)], join="exact")


def _trained(
    params: Params, place: dict[str, object], lesson: tuple[Tensor, Tensor],
    seeds: Sequence[int], at: Sequence[int], observe: Observer, threads: int,
) -> History:  # fmt: skip
    inputs, labels = lesson
    source, samples = place["data"] == SOURCE, inputs.shape[2]
    size = min(samples, params.source_batch if source else params.batch)
    batches = shuffled_batches(
        [BATCH + seed for seed in seeds], samples=samples, steps=at[-1], size=size
    )
    hidden = [params.width] * NETWORKS[str(place["model"])]
    start = initialize(
        "xavier" if source else "he", (inputs.shape[1], *hidden, 2),
        [NETWORK + seed for seed in seeds], activation="relu",
    )  # fmt: skip
    task = Task(inputs, one_hot(labels), batches, torch.arange(len(seeds), device="cpu"))
    history = train(
        start, task, steps=at[-1], loss="cross entropy",
        optimizer=Adam(1e-3 if source else params.rate), observe=observe, at=at, threads=threads,
    )  # fmt: skip
    if (history.diverged_at >= 0).any():
        raise FloatingPointError(f"a weight was not finite: {history.diverged_at.tolist()}")
    return history
