"""Question 102: trains networks on each loss, in each setting on the same data and batches.

Axes: E networks, one a seed; O outputs; N samples.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import torch
import xarray as xr
from torch import Tensor

from dlqa.lab.blocks import Measured, block
from dlqa.lab.grids import grid
from dlqa.lab.histories import Snapshot
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import INPUTS, one_hot
from dlqa.lab.networks import Stack
from dlqa.lab.parts import Part
from dlqa.lab.training import SGD, Adam, Task, train
from dlqa.questions.losses.record import LONG, VARIABLES, Params, Setting
from dlqa.questions.losses.teaching import PROBABILITIES, TEACHES, shape

# Streams of seeds; data sets count from 0, batches from 20,000.
NETWORK, NOISE, HELD_OUT = 10_000, 40_000, 50_000
LEADS = (-6.0, 6.0, 121)


def parts(params: Params) -> dict[str, Part]:
    """A loss in a setting each, and the losses themselves."""
    found = dict[str, Part]()
    for setting in params.settings:
        for loss in setting.losses:
            run = partial(_learn, params, setting, loss)
            steps = _steps(setting, loss)[-1]
            part = Part(run, params.seeds, 1, steps, most=params.most_seeds)
            found[f"{setting.name}, {loss}"] = part
    losses = tuple(dict.fromkeys(loss for each in params.settings for loss in each.losses))
    found["shapes"] = Part(partial(_shapes, losses))
    return found


@dataclass(frozen=True)
class _Lesson:
    """Data sets by seed, some of them for validation, and networks that learn from the others."""

    start: Stack
    task: Task
    fresh_inputs: Tensor  # [E, I, N], validation samples behind the fresh points
    fresh_labels: Tensor  # [E, N]
    points: int
    bayes: Tensor  # [E]

    @classmethod
    def of(cls, params: Params, setting: Setting, steps: int, seeds: Sequence[int]) -> "_Lesson":
        pairs = grid(
            (setting.data,), 1, seeds, steps=steps,
            samples=params.samples, fresh=params.fresh + params.held_out,
        )  # fmt: skip
        data, points = pairs.data, params.fresh
        labels = _turned(data.labels, setting.noise, [NOISE + seed for seed in seeds])
        held_out = _turned(
            data.fresh_labels[:, points:], setting.noise, [HELD_OUT + seed for seed in seeds]
        )
        return cls(
            _start(params, setting, seeds),
            replace(pairs.task, targets=one_hot(labels)),
            data.fresh_inputs,
            torch.cat([data.fresh_labels[:, :points], held_out], 1),
            points,
            data.bayes,
        )

    def look(self, seen: Snapshot) -> dict[str, Tensor]:
        """Accuracies [e] on fresh points and on validation samples."""
        outputs = seen.stack.outputs(self.fresh_inputs[seen.members])
        right = (outputs[:, 1] > outputs[:, 0]) == self.fresh_labels[seen.members].bool()
        fresh, held_out = right[:, : self.points], right[:, self.points :]
        return {"accuracy": fresh.float().mean(1), "validation": held_out.float().mean(1)}


def _learn(
    params: Params, setting: Setting, loss: str, seeds: Sequence[int], threads: int
) -> xr.Dataset:
    at = _steps(setting, loss)
    lesson = _Lesson.of(params, setting, at[-1], seeds)
    history = train(
        lesson.start, lesson.task, steps=at[-1], loss=TEACHES[loss],
        optimizer=Adam(setting.rate) if setting.adam else SGD(setting.rate),
        observe=lesson.look, at=at, threads=threads,
    )  # fmt: skip
    if (history.diverged_at >= 0).any():
        raise FloatingPointError(f"{setting.name}, {loss}: a weight was not finite")
    values: Measured = {
        "bayes": lesson.bayes,
        **history.observed,
        "moved": _moved(lesson, history.final),
    }
    if loss in PROBABILITIES:
        outputs = history.final.outputs(lesson.fresh_inputs[:, :, : lesson.points])
        # by itself: what is beside a network may change its last bits
        likely = torch.cat([PROBABILITIES[loss](each[None]) for each in outputs])
        values = {**values, "confidence": torch.maximum(likely, 1 - likely).double().mean(1)}
    labels = {"seed": seeds, "step": at}
    place = {"setting": setting.name, "loss": loss}
    blocks = [
        block({name: each}, VARIABLES, labels, **_own(name, place)) for name, each in values.items()
    ]
    return xr.merge(blocks, join="exact")


def _own(name: str, place: dict[str, str]) -> dict[str, str]:
    return {dim: label for dim, label in place.items() if dim in VARIABLES[name]}


def _steps(setting: Setting, loss: str) -> tuple[int, ...]:
    return setting.at + LONG if loss in setting.long else setting.at


def _start(params: Params, setting: Setting, seeds: Sequence[int]) -> Stack:
    """The networks before training, the same whatever the loss."""
    own = [NETWORK + seed for seed in seeds]
    width = params.width if setting.sigmoid else params.relu_width
    draw, activation = ("xavier", "sigmoid") if setting.sigmoid else ("he", "relu")
    start = initialize(draw, (INPUTS, width, width, 2), own, activation=activation)
    weight, bias = start.weights[-1], start.biases[-1]
    if setting.neutral:
        weight, bias = torch.zeros_like(weight), torch.zeros_like(bias)
    bias = bias + torch.tensor([setting.bias, -setting.bias], device="cpu").view(1, 2, 1)
    return replace(start, weights=(*start.weights[:-1], weight), biases=(*start.biases[:-1], bias))


def _turned(labels: Tensor, share: float, seeds: Sequence[int]) -> Tensor:
    """Labels [E, N] of which about that share are the other class, drawn by seed."""
    turned = []
    for own, seed in zip(labels, seeds, strict=True):
        generator = torch.Generator("cpu").manual_seed(seed)
        turned.append(torch.rand(len(own), generator=generator, device="cpu") < share)
    return torch.where(torch.stack(turned), 1 - labels, labels)


def _moved(lesson: _Lesson, final: Stack) -> Tensor:
    """The largest change [E] of a weight or bias."""
    changes = [
        (after - before).abs().amax((1, 2))
        for kind in ("weights", "biases")
        for before, after in zip(getattr(lesson.start, kind), getattr(final, kind), strict=True)
    ]
    return torch.stack(changes).amax(0)


def _shapes(losses: Sequence[str], _seeds: Sequence[int], _threads: int) -> xr.Dataset:
    leads = torch.linspace(*LEADS, device="cpu")
    values, pushes = (
        torch.stack(each) for each in zip(*(shape(n, leads) for n in losses), strict=True)
    )
    labels = {"loss": losses, "lead": leads.tolist()}
    return block({"value": values, "push": pushes}, VARIABLES, labels)
