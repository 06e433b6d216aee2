"""Question 53: trains networks with and without regularization on the same data, a stack a way."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import xarray as xr
from torch import Tensor

from dlqa.evidence.records import gathered
from dlqa.lab.comparisons import Comparison, Labelled, Recipe, Trained
from dlqa.lab.grids import Grid
from dlqa.lab.histories import Snapshot
from dlqa.lab.mixtures import INPUTS
from dlqa.lab.parts import Part
from dlqa.lab.penalties import Penalty, Proximal
from dlqa.lab.training import Adam
from dlqa.lab.watched import Places, pick, random_places
from dlqa.questions.regularization import measures
from dlqa.questions.regularization.record import DATA, FOLLOWED, LAYERS, STRENGTHS, Params

FOLLOWED_WEIGHTS = 17  # of the first layer: as many as can be drawn
# Seeds on from a data set lies the one that it is compared with, unpaired; no arm has so many seeds.
OTHER_DATA = 100_000
SAMPLE_SEED = 53  # of the weights that are followed, the same for every network


@dataclass(frozen=True)
class Arm:
    """A way of regularizing ("l1", "l2", "proximal", "decay" or "none") with its strength."""

    how: str
    strength: float
    data: tuple[str, ...]
    activation: str = "sigmoid"


def arms(params: Params) -> dict[str, Arm]:
    """What is compared, by name."""
    words = dict(zip(STRENGTHS, params.strengths, strict=False))
    mild = {"none": 0.0, **dict(zip(STRENGTHS, params.activation_strengths, strict=False))}
    found = {"none": Arm("none", 0.0, params.data)}
    for how in (*params.penalties, *params.alternatives):
        found |= {f"{how}_{word}": Arm(how, s, params.data) for word, s in words.items()}
    if "decay" in params.alternatives:  # the gradient of λ · mean(w²) is 2 λ / n times a weight
        matched = 2 * params.matched / params.width**2
        found["decay_matched"] = Arm("decay", matched, params.data)
    for activation in params.activations:
        of = (params.activation_data, activation)
        found |= {f"{activation}_{word}": Arm("l2", s, *of) for word, s in mild.items()}
    return found


def parts(params: Params) -> dict[str, Part]:
    """Every arm on either kind of data, so that seeds can be added where they are wanted; one seed
    means the same data set, first weights and batches in all arms."""
    places = random_places((INPUTS, params.width), FOLLOWED_WEIGHTS, seed=SAMPLE_SEED)
    watch, most = partial(_watch, places), params.most_seeds
    found: dict[str, Part] = {}
    for name, arm in arms(params).items():
        for data in arm.data:
            comparison = Comparison(
                data=(data,), over="arm", arms={name: "xavier"}, at=params.at,
                hidden=(params.width, params.width), recipe=partial(_recipe, arm, params.rate),
                activation=arm.activation,
                samples=params.samples, fresh=params.fresh, batch=params.batch,
            )  # fmt: skip
            keep = _plain if name == "none" else _kept
            found[f"{name}, {data}"] = comparison.part(keep, params.seeds, most=most, observe=watch)
            if name == "none":
                other = partial(_unpaired, comparison)
                found[f"none, other {data}"] = Part(
                    other, params.seeds, 1, params.at[-1], most=most
                )
    return found


def _recipe(arm: Arm, rate: float, _: Grid) -> Recipe:
    return Recipe(
        Adam(rate, weight_decay=arm.strength if arm.how == "decay" else 0.0),
        Penalty(arm.how, arm.strength) if arm.how in ("l1", "l2") else None,
        Proximal(arm.strength, "adam") if arm.how == "proximal" else None,
    )


def _watch(places: Places, _: Grid, snapshot: Snapshot) -> dict[str, Tensor]:
    return {"size": measures.sizes(snapshot.stack), "paths": pick(snapshot.stack, places)[:, 0]}


def _kept(trained: Trained) -> xr.Dataset:
    """What is kept of every arm."""
    seen, final = trained.history.observed, trained.final
    found: dict[str, Labelled] = {
        "accuracy": ((), trained.accuracy(final)),
        "fitted": ((), measures.fitted(trained.grid, final)),
        "size": (("step", "layer"), seen["size"]),
        "below": (("threshold",), measures.below(final)),
    }
    coords = {"layer": LAYERS, "threshold": measures.THRESHOLDS.tolist()}
    counts = [float(weight[0].numel()) for weight in final.weights]
    weights = xr.Dataset({"weights": ("layer", counts)}, {"layer": list(LAYERS)})
    return gathered((trained.block(found, coords), weights, *_paths(trained)))


def _paths(trained: Trained) -> list[xr.Dataset]:
    """How weights of the first network went on the first data, if that is among these."""
    numbers, arms = trained.history.observed["paths"], trained.comparison.arms
    followed = [arm for arm in arms if arm in FOLLOWED]
    if not followed or DATA[0] not in trained.comparison.data or 0 not in trained.grid.which:
        return []
    coords = {"weight": range(1, numbers.shape[2] + 1)}
    paths = trained.block({"paths": (("step", "weight"), numbers)}, coords)
    return [paths.sel(arm=followed, data=DATA[0], seed=0, drop=True)]


def _plain(trained: Trained) -> xr.Dataset:
    """The same without regularization, and what belongs to the data sets."""
    demand = [measures.demand(*each) for each in trained.sets]
    limits = trained.of_data(bayes=trained.grid.data.bayes, demand=demand)
    return gathered((_kept(trained), limits))


def _unpaired(comparison: Comparison, seeds: Sequence[int], threads: int) -> xr.Dataset:
    """Accuracy without regularization on a data set of its own for each seed."""
    trained = comparison.train([seed + OTHER_DATA for seed in seeds], threads)
    found = trained.of_data(unpaired_accuracy=trained.accuracy(trained.final))
    return found.assign_coords(seed=list(seeds))
