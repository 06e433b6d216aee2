"""Question 50: trains the source's networks by batch size, and a grid of batch sizes and rates.

Axes: E networks, one a seed; N samples; P parameters.
"""

from collections.abc import Callable, Sequence
from functools import partial

import torch
import xarray as xr
from torch import Tensor

from dlqa.evidence.records import gathered
from dlqa.lab.blocks import block
from dlqa.lab.grids import Grid, grid
from dlqa.lab.histories import History, Snapshot
from dlqa.lab.networks import Stack
from dlqa.lab.parts import Part
from dlqa.lab.training import SGD, Adam, train
from dlqa.questions.batch_size.record import BATCHES, VARIABLES, Params

GUESSING = 0.5  # what a network is worth whose weights are no longer finite


def parts(params: Params) -> dict[str, Part]:
    """A batch size of the source's each, and of each optimizer: what takes longest begins first."""
    found = dict[str, Part]()
    for batch in params.source:
        lone, more = params.lone_seeds, (params.source_seeds, params.most_source_seeds)
        seeds, most = (lone, lone) if batch == 1 else more
        steps = _source_steps(params, batch, params.source_epochs[-1])
        found[f"source, {batch}"] = Part(
            partial(_source, params, batch), seeds, 1, steps, most=max(seeds, most)
        )
    for optimizer, windows in params.powers.items():
        for batch, (first, last) in windows.items():
            run, steps = partial(_tuned, params, optimizer, batch), params.budgets(batch)["end"]
            networks, most = last + 1 - first, params.most_seeds
            found[f"{optimizer}, {batch}"] = Part(run, params.seeds, networks, steps, most=most)
    if params.draws:
        found["noise"] = Part(partial(_noise, params), params.seeds, 1, 1, most=params.seeds)
    return found


def _source(params: Params, batch: int, seeds: Sequence[int], threads: int) -> xr.Dataset:
    at = [_source_steps(params, batch, epochs) for epochs in params.source_epochs]
    pairs = grid(
        ["correlated"], 1, seeds, steps=at[-1], samples=params.source_samples, batch=batch,
        fresh=params.fresh,
    )  # fmt: skip
    start = pairs.start(["xavier"], params.source_hidden, "sigmoid")
    history = train(
        start, pairs.task, steps=at[-1], optimizer=Adam(params.source_rate), at=at,
        observe=_watch(pairs, 0), threads=threads,
    )  # fmt: skip
    names = ("training", "fresh")
    seen = torch.stack([torch.from_numpy(history.observed[name]) for name in names])
    labels = {"of": names, "seed": seeds, "epoch": params.source_epochs}
    return block({"plain": seen}, VARIABLES, labels, batch=batch)


def _tuned(
    params: Params, optimizer: str, batch: int, seeds: Sequence[int], threads: int
) -> xr.Dataset:
    """One batch size at every rate of its window, on the same data, batches and first weights."""
    last = params.budgets(batch)["end"]
    pairs = _xor(params, seeds, batch=batch, steps=last)
    start = pairs.start(["he"], params.hidden, "relu")
    at = [2**power for power in range(last.bit_length())]
    first, best = params.powers[optimizer][batch]
    powers = range(first, best + 1)
    names, found = ("training", "validation", "fresh"), []
    for power in powers:
        rule = SGD(2.0**power) if optimizer == "sgd" else Adam(2.0**power)
        history = train(
            start, pairs.task, steps=last, optimizer=rule, loss="cross entropy", at=at,
            observe=_watch(pairs, params.held_out), threads=threads,
        )  # fmt: skip
        found.append(_without_lost(history, names))
    labels = {"of": names, "power": list(powers), "seed": seeds, "step": at}
    place = {"optimizer": optimizer, "batch": batch}
    accuracy = block({"accuracy": torch.stack(found, 1)}, VARIABLES, labels, **place)
    return gathered((accuracy, block({"limit": pairs.data.bayes}, VARIABLES, labels)))


def _without_lost(history: History, names: Sequence[str]) -> Tensor:
    """What was seen by name, [name, E, S]; networks that diverged guess."""
    seen = [torch.from_numpy(history.observed[name]) for name in names]
    return torch.stack(seen).nan_to_num(GUESSING)


def _watch(pairs: Grid, held_out: int) -> Callable[[Snapshot], dict[str, Tensor]]:
    """Keeps accuracies [e] on the training samples, the first fresh points and the others."""
    sizes = [pairs.data.labels.shape[1], held_out, pairs.data.fresh_labels.shape[1] - held_out]
    inputs = torch.cat([pairs.data.inputs, pairs.data.fresh_inputs], 2)
    labels = torch.cat([pairs.data.labels, pairs.data.fresh_labels], 1).bool()
    names = ("training", "validation", "fresh") if held_out else ("training", "fresh")

    def watch(seen: Snapshot) -> dict[str, Tensor]:
        of = pairs.task.of[seen.members]
        outputs = seen.stack.outputs(inputs[of])
        right = ((outputs[:, 1] > outputs[:, 0]) == labels[of]).float()  # [e, N]
        shares = (each.mean(1) for each in torch.split(right, sizes, 1) if each.shape[1])
        return dict(zip(names, shares, strict=True))

    return watch


def _noise(params: Params, seeds: Sequence[int], _threads: int) -> xr.Dataset:
    """See `noise` in the record: batches are drawn without putting samples back."""
    pairs = _xor(params, seeds, batch=1, steps=1)
    start = pairs.start(["he"], params.hidden, "relu")
    batches, found = [each for each in BATCHES if each <= params.samples], []
    for place, seed in enumerate(seeds):
        gradients = _per_sample(start.select([place] * params.samples), pairs, place)  # [N, P]
        apart = gradients - gradients.mean(0)
        alone = apart.square().sum(1).mean()
        generator = torch.Generator("cpu").manual_seed(seed)
        shape = (params.draws, params.samples)
        orders = torch.rand(shape, generator=generator, device="cpu").argsort(1)
        means = [apart[orders[:, :batch]].mean(1) for batch in batches]
        found.append([float(each.square().sum(1).mean() / alone) for each in means])
    labels = {"batch": batches, "seed": seeds}
    return block({"noise": torch.tensor(found, device="cpu").T}, VARIABLES, labels)


def _per_sample(copies: Stack, pairs: Grid, place: int) -> Tensor:
    """The gradient [N, P] of each sample's loss by the last layer's weights of one network."""
    weight = copies.weights[-1].clone().requires_grad_()
    stack = Stack((*copies.weights[:-1], weight), copies.biases, copies.activation)
    outputs = stack.outputs(pairs.task.inputs[place].T[:, :, None])  # [N, 2, 1]
    loss = -(pairs.task.targets[place].T[:, :, None] * outputs.log_softmax(1)).sum()
    (gradient,) = torch.autograd.grad(loss, weight)
    return gradient.flatten(1)


def _xor(params: Params, seeds: Sequence[int], *, batch: int, steps: int) -> Grid:
    fresh = params.held_out + params.fresh
    return grid(
        ["xor"], 1, seeds, steps=steps, samples=params.samples, fresh=fresh, batch=batch
    )  # fmt: skip


def _source_steps(params: Params, batch: int, epochs: int) -> int:
    return epochs * params.source_samples // batch
