"""Question 54: features seen once an image, probes on them, and the network trained seed by seed."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import xarray as xr

from dlqa.lab.parts import Part, Seeds
from dlqa.questions.finetuning import probing, tuning
from dlqa.questions.finetuning.record import TASKS, Params

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
    seeds, few, beside = params.seeds, params.few_seeds, params.beside_seeds
    others = tuple(rate for rate in params.rates if rate != params.rate)
    base = (params.rate,)
    runs: list[tuple[str, str, str, int, Sequence[float]]] = [
        *(("scratch", task, "large", params.single_seeds, base) for task in TASKS),
        ("upper", "digits", "small", few, others),
        ("all", "digits", "small", params.single_seeds, base),
        *(("upper", task, "small", seeds, base) for task in TASKS),
        ("warmed", "digits", "small", seeds, base),
        ("adapters", "digits", "small", seeds, params.adapter_rates),
        ("upper", "photos", "large", few, base),
        ("upper", "digits", "large", beside, base),
        *(("last", task, "small", seeds, base) for task in TASKS),
        ("last", "photos", "large", few, base),
        ("last", "digits", "large", beside, base),
    ]
    for arm, task, size, count, rates in runs:
        steps, batch = params.training_of(arm)
        name = f"{arm}, {task}, {size}" + (", other rates" if rates is others else "")
        run = partial(tuning.trained, arm, task, size, rates, params)
        yield name, run, count, steps * batch * len(rates)
    run = partial(tuning.updated, "digits", params)
    yield "batch norm updated, digits", run, few, params.steps * params.batch
