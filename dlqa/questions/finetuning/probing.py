"""Features that stay as they are, and linear classifiers on them.

Axes as in the record, and C channels at a depth.
"""

from functools import cache

import numpy as np
import torch
from torch import Tensor, nn

from dlqa.lab.efficientnet import DEPTHS, HEAD, EfficientNetLite0
from dlqa.lab.probes import Fit, Probe, accuracy, choose, logistic, ridge, support_vectors
from dlqa.questions.finetuning.images import CLASSES, places, pool, prepared, squares
from dlqa.questions.finetuning.record import Array, Params
from dlqa.questions.finetuning.starts import as_it_came, channels_last, with_momentum

BLOCK = 120  # images at once
# Of the probes' penalties, the strongest first: of equals on the validation split it wins.
STRENGTHS = (10.0, 1.0, 0.1)
# Photos whose content ImageNet has words for, with the classes that name it.
NAMED = {
    "chelsea": (281, 282, 285),  # tabby, tiger cat, Egyptian cat
    "coffee": (504, 967, 968),  # coffee mug, espresso, cup
    "rocket": (657, 744, 812),  # missile, projectile, space shuttle
    "camera": (759, 872),  # reflex camera, tripod
}


@torch.no_grad()
def features(task: str, side: int, control: int | None) -> list[Tensor]:
    """Means over pixels [K, M, C] at each of DEPTHS of a task's pool, each image seen once.

    `control`: None for the pretrained network, else which network of random weights.
    """
    network = as_it_came() if control is None else _random(control, task, side)
    images = pool(task, side)
    blocks = torch.split(images.flatten(0, 1), BLOCK)
    seen = [network.pooled_by_depth(prepared(block)) for block in blocks]
    shape = (CLASSES, images.shape[1], -1)
    return [torch.cat(each).reshape(shape) for each in zip(*seen, strict=True)]


def probe(task: str, held: list[Tensor], fit: Fit, params: Params, size: int) -> Array:
    """Accuracies [D', P, 2] of a probe a depth and seed, its strength chosen on validation."""
    seeds = [
        places(task, seed, size, params.validation, params.tests)
        for seed in range(params.first_seed, params.first_seed + params.probe_seeds)
    ]
    chosen = [torch.stack([seed[role] for seed in seeds]) for role in range(3)]  # [P, K, so many]
    found = []
    for layer in held:
        roles = [_taken(layer, which) for which in chosen]  # features [P, N, C], labels [P, N]
        best, _ = choose(fit(*roles[0], CLASSES, STRENGTHS), *roles[1])
        found.append([_scored(best, *roles[role]) for role in (1, 2)])
    return np.moveaxis(np.array(found), 1, 2)


def probes(task: str, held: list[Tensor], params: Params) -> dict[str, Array]:
    """Ridge [N, D, P, 2] on pretrained features; on the small set SVM [D, P, 2], softmax [P, 2]."""
    sizes = (params.small, params.large)
    return {
        "probed": np.stack([probe(task, held, ridge, params, size) for size in sizes]),
        "vectors": probe(task, held, support_vectors, params, params.small),
        "softmax": probe(task, held[-1:], logistic, params, params.small)[0],
    }


def controls(task: str, held: list[list[Tensor]], params: Params) -> Array:
    """Ridge on features of random weights, [N, D, P, 2]; seed p sees network p modulo C."""
    found = [
        np.stack([probe(task, each, ridge, params, size) for size in (params.small, params.large)])
        for each in held
    ]
    seeds = range(params.probe_seeds)
    return np.stack([found[seed % len(found)][:, :, seed] for seed in seeds], axis=2)


@torch.no_grad()
def recognized(side: int) -> Array:
    """The probability [F] that the pretrained network gives to a whole photo's right classes."""
    chances = as_it_came()(squares(tuple(NAMED), side)).softmax(1)
    return np.array(
        [float(row[list(right)].sum()) for row, right in zip(chances, NAMED.values(), strict=True)]
    )


@torch.no_grad()
def forward(side: int) -> dict[str, Array]:
    """Passes a pool through the network and keeps nothing: the limit of what training can reach."""
    for block in torch.split(pool("digits", side).flatten(0, 1), BLOCK):
        as_it_came()(prepared(block))
    return {}


def refusals() -> Array:
    """Whether a linear layer on flattened maps, and one on their means, refuse a second side."""
    network = as_it_came()
    flattening = nn.Sequential(*network.parts(), nn.Flatten(), nn.Linear(HEAD, CLASSES))
    refused = []
    for classifier in (flattening, network):
        with torch.no_grad():
            classifier(torch.zeros(1, 3, 32, 32))  # the side that both were made for
            try:
                classifier(torch.zeros(1, 3, 64, 64))
                refused.append(0.0)
            except RuntimeError:
                refused.append(1.0)
    return np.array(refused)


@cache
def _random(control: int, task: str, side: int) -> EfficientNetLite0:
    """Random weights, batch norm fitted to the task's images: without that all images look alike."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(control)
        network = with_momentum(channels_last(EfficientNetLite0()), 1.0)
    network.train()
    network(prepared(pool(task, side)[:, :: len(DEPTHS)].flatten(0, 1)))
    return network.eval()


def _taken(layer: Tensor, which: Tensor) -> tuple[Tensor, Tensor]:
    """Of features [K, M, C] those at `which` [P, K, so many], as [P, N, C], and their labels."""
    rows = torch.arange(CLASSES).view(1, -1, 1)
    labels = rows.expand_as(which).flatten(1)
    return layer[rows, which].flatten(1, 2), labels


def _scored(best: Probe, held: Tensor, labels: Tensor) -> Array:
    return np.asarray(accuracy(best, held, labels).numpy(), dtype=np.float64)
