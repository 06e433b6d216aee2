"""Question 54: features seen once an image, probes on them, and the network trained seed by seed."""

from functools import partial

from dlqa.lab.images import CLASSES, POOL
from dlqa.lab.parts import Part
from dlqa.questions.finetuning import probing, tuning
from dlqa.questions.finetuning.record import HEADS, TASKS, Params


def parts(params: Params) -> dict[str, Part]:
    """The longest first, so that the cores finish together."""
    first, most = params.first_seed, params.most_seeds
    linear = partial(Part, seeds=params.probe_seeds, first=first, most=params.most_probe_seeds)
    runs, more = len(HEADS) * len(params.rates), params.large_steps * params.large_batch
    images = {"all layers": runs * params.steps * params.batch + more}
    planned = {
        f"{name}, {task}": Part(
            partial(tuning.trained, arm, task, params), params.seeds, first=first, most=most,
            images=images.get(name, 0), alone=True,
        )
        for name, arm in tuning.ARMS.items()
        for task in reversed(TASKS)
        if task in tuning.ONLY.get(name, TASKS)
    }  # fmt: skip
    for name, run in {"random weights on": probing.controls, "probes of": probing.probes}.items():
        planned |= {f"{name} {task}": linear(partial(run, task, params)) for task in TASKS}
    for side in params.sides:
        planned[f"photos of {side} pixels"] = linear(partial(probing.by_side, side, params))
    planned["whole photos"] = Part(partial(probing.facts, params))
    limit = partial(probing.forward, params.side)
    return planned | {"forward alone": Part(limit, images=POOL * CLASSES)}
