"""Question 54: features seen once an image, probes on them, and the network trained seed by seed."""

from collections.abc import Callable, Iterator
from functools import partial

import xarray as xr

from dlqa.lab.parts import Part, Seeds
from dlqa.questions.finetuning import probing, tuning
from dlqa.questions.finetuning.record import RATES, TASKS, Params, rate_of

Run = Callable[[Seeds, int], xr.Dataset]


def parts(params: Params) -> dict[str, Part]:
    """The longest first, so that the cores finish together."""
    planned = {
        name: Part(run, seeds, first=params.first_seed, most=seeds, images=images, alone=True)
        for name, run, seeds, images in _trained(params)
    }
    linear = partial(
        Part, seeds=params.probe_seeds, first=params.first_seed, most=params.most_probe_seeds
    )
    for name, run in {"random weights on": probing.controls, "probes of": probing.probes}.items():
        planned |= {f"{name} {task}": linear(partial(run, task, params)) for task in TASKS}
    for side in params.sides:
        planned[f"photos of {side} pixels"] = linear(partial(probing.by_side, side, params))
    return planned | {"whole photos": Part(partial(probing.facts, params))}


def _trained(params: Params) -> Iterator[tuple[str, Run, int, int]]:
    """Everything that trains, with its name, its seeds, and the images that a seed sees."""
    seeds, few, single = params.seeds, params.few_seeds, params.single_seeds
    grids = [("scratch", "digits", "large", few), ("upper", "digits", "large", few)]
    runs = [
        *grids,
        ("all", "digits", "small", single),
        ("scratch", "photos", "large", single),
        *(("upper", task, "small", seeds) for task in TASKS),
        ("warmed", "digits", "small", seeds),
        ("adapters", "digits", "small", few),
        ("upper", "photos", "large", few),
        *(("last", task, "small", seeds) for task in TASKS),
        *(("last", task, "large", few) for task in TASKS),
    ]
    searched = [(*run, tuple(r for r in RATES if r != rate_of(run[0]))) for run in grids]
    for arm, task, size, count, rates in [*searched, *((*run, (rate_of(run[0]),)) for run in runs)]:
        name = f"{arm}, {task}, {size}" + (", other rates" if len(rates) > 1 else "")
        run = partial(tuning.trained, arm, task, size, rates, params)
        yield name, run, count, params.steps_of(arm) * params.batch * len(rates)
    run = partial(tuning.updated, "digits", params)
    yield "batch norm updated, digits", run, few, params.updated_steps * params.batch
