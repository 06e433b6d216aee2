"""What lab gives is decided by its arguments, not by what else was set in the process."""

import itertools
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from trained_stacks import drawn_stack, drawn_task

from dlqa.lab import boxes
from dlqa.lab.activations import CURVES
from dlqa.lab.boxes import drawn
from dlqa.lab.boxes import masks as boxes_masks
from dlqa.lab.class_weights import balanced, weighted
from dlqa.lab.crops import window
from dlqa.lab.efficientnet import EfficientNetLite0
from dlqa.lab.finetuning import Training, fine_tune
from dlqa.lab.grids import grid
from dlqa.lab.histories import Snapshot
from dlqa.lab.initializers import INITIALIZERS, constant, gaussian, initialize
from dlqa.lab.losses import LOSSES
from dlqa.lab.mixtures import (
    VARIANTS,
    Mixture,
    distribution,
    one_hot,
    sample,
    shuffled_batches,
)
from dlqa.lab.networks import Stack
from dlqa.lab.objectives import OBJECTIVES, focal, through
from dlqa.lab.pools import Deal, taken
from dlqa.lab.probes import logistic, ridge, support_vectors
from dlqa.lab.representations import linear_cka
from dlqa.lab.starts import adapted, headed, untrained
from dlqa.lab.training import SGD, Adam, Penalty, Proximal, Task, train
from dlqa.lab.watched import last_places, random_places

CORNERS = torch.tensor([[0.0, 0, 10, 10], [1, 1, 9, 12], [30, 5, 31, 6], [2, 2, 2, 2]])
SCORES, KINDS = torch.tensor([0.9, 0.8, 0.7, 0.6]), torch.tensor([0, 1, 0, 1])
TURNED = torch.cat((CORNERS, torch.tensor([[0.0], [30], [45], [90]])), 1)
MASKS = CORNERS.view(2, 2, 4) > 1
FEATURES = torch.linspace(-1, 1, 60).view(12, 5).sin()
LABELS = torch.tensor([0, 1, 2] * 4)
IMAGES = torch.linspace(0, 1, 8 * 3 * 8 * 8).view(8, 3, 8, 8)
PLACES = torch.tensor([[0, 2], [1, 3]])
STACK, TASK = drawn_stack(), drawn_task()


def seeded() -> torch.Generator:
    return torch.Generator("cpu").manual_seed(1)


def of(stack: Stack) -> tuple[Tensor, ...]:
    return stack.weights + stack.biases


def trained(**options) -> Iterable[Tensor]:
    return of(train(STACK, TASK, steps=4, **options).final)


def average_precisions() -> list[float]:
    detected, there = boxes.Detections(CORNERS, SCORES), boxes.Truths(CORNERS + 1)
    return [
        each([detected], [there])
        for each in (boxes.average_precision, boxes.coco_average_precision)
    ]


def mixture(variant: str) -> Iterator[Tensor]:
    drawn = sample(variant, [0, 3], samples=20, fresh=10)
    yield from vars(drawn).values()
    yield one_hot(drawn.labels)
    law = distribution(variant, seeded())
    if isinstance(law, Mixture):
        yield law.best_rule(drawn.inputs[0])


def gridded() -> list[Tensor]:
    pairs = grid(VARIANTS, 2, 2, steps=3, samples=20, fresh=10, batch=8)
    start = pairs.start(["xavier", "he"], (4,), "sigmoid")
    seen = Snapshot(0, start, pairs.task.of)
    return [pairs.task.batches, pairs.by_arm([0.1, 0.2]), pairs.accuracy(seen), pairs.loss(seen)]


def fine_tuned() -> Iterator[object]:
    model = EfficientNetLite0(2, generator=seeded())
    yield from model.state_dict().values()
    curve = fine_tune(
        model,
        IMAGES,
        KINDS.repeat(2),
        groups=[{"params": model.classifier.parameters(), "lr": 0.1}],
        training=Training(2, batch=4, flip=True, optimizer="adamw"),
        generator=seeded(),
        held_out=(IMAGES, KINDS.repeat(2)),
    )
    yield from (*curve.losses, *curve.accuracies, *model.classifier.parameters())


CALLS: dict[str, Callable[[], Iterable[object]]] = {
    "pairs of boxes": lambda: [
        getattr(boxes, name)(CORNERS, CORNERS + 1, inclusive=True)
        for name in ("intersection", "iou", "dice", "giou", "diou", "ciou")
    ],
    "formats": lambda: [boxes.box_area(CORNERS), boxes.box_convert(CORNERS, "xyxy", "cxcywh")],
    "rotated boxes": lambda: [boxes.rotated_iou(TURNED, TURNED), boxes.rotated_corners(TURNED)],
    "masks": lambda: [boxes.mask_iou(MASKS, MASKS), boxes.mask_dice(MASKS, MASKS)],
    "suppression": lambda: [
        boxes.nms(CORNERS, SCORES, 0.3),
        boxes.batched_nms(CORNERS, SCORES, KINDS, 0.3),
        boxes.match(CORNERS, SCORES, CORNERS + 1),
    ],
    "average precision": average_precisions,
    "training": trained,
    "training with decay": lambda: trained(optimizer=Adam(weight_decay=0.1), loss="cross entropy"),
    "training by descent": lambda: trained(optimizer=SGD(), penalty=Penalty("l1", 0.1)),
    "training with a proximal step": lambda: trained(proximal=Proximal(0.1, "adam")),
    "training by autograd": lambda: trained(loss=lambda a, b: (a - b).abs().mean((1, 2))),
    "training with momentum": lambda: trained(optimizer=SGD(momentum=0.9)),
    "training by further losses": lambda: itertools.chain.from_iterable(
        trained(loss=loss)
        for loss in (*OBJECTIVES.values(), focal(2), through("softmax", LOSSES["squared error"]))
    ),
    "training of further activations": lambda: itertools.chain.from_iterable(
        of(train(Stack(STACK.weights, STACK.biases, curve), TASK, steps=4).final)
        for curve in CURVES.values()
    ),
    "training on all samples": lambda: of(
        train(STACK, Task(TASK.inputs, TASK.targets, None, TASK.of), steps=4).final
    ),
    "weights of classes": lambda: [weighted(TASK.targets, balanced(TASK.targets))],
    "initializers": lambda: itertools.chain.from_iterable(
        of(initialize(draw, (4, 5, 2), [0, 3]))
        for draw in (*INITIALIZERS, gaussian(0.3), constant(0.2))
    ),
    "selection": lambda: of(STACK.select([2, 0])),
    "mixtures": lambda: itertools.chain.from_iterable(map(mixture, VARIANTS)),
    "batches": lambda: [shuffled_batches([0, 3], samples=20, steps=6, size=8)],
    "grids": lambda: gridded(),
    "watched weights": lambda: itertools.chain(
        *random_places((4, 5, 2), 3, seed=1), *last_places((4, 5, 2), 3)
    ),
    "drawn boxes": lambda: [drawn.random_boxes(4, seeded())],
    "filled masks": lambda: [boxes_masks.filled(CORNERS.long(), 20, 32)],
    "pools": lambda: [
        *Deal((4, 2, 2), 2).places(3, 1, (5, 2, 2)),
        *taken(IMAGES.view(2, 4, 3, 8, 8), PLACES),
    ],
    "windows": lambda: [window(IMAGES[0], 5, seeded())],
    "starts": lambda: [*headed(3, 1).classifier.parameters(), *adapted(untrained(3, 1), 2, 1)],
    "fine-tuning": fine_tuned,
    "probes": lambda: itertools.chain.from_iterable(
        vars(kind(FEATURES, LABELS, 3, [1.0])).values()
        for kind in (ridge, support_vectors, logistic)
    ),
    "likeness": lambda: [linear_cka(FEATURES, FEATURES[:, :2].repeat(1, 5)[:, :5])],
}


def numbers(call: Callable[[], Iterable[object]]) -> list[np.ndarray]:
    return [x.detach().numpy() if isinstance(x, Tensor) else np.asarray(x) for x in call()]


def other_type():
    torch.set_default_dtype(torch.float64)


def other_device():
    torch.set_default_device("meta")


def other_seed():
    torch.manual_seed(99)


def other_threads():
    torch.set_num_threads(3)


@pytest.fixture
def process():
    """What is set is put back."""
    threads = torch.get_num_threads()
    with torch.random.fork_rng(devices=[]):
        yield
    torch.set_default_dtype(torch.float32)
    torch.set_default_device(None)
    torch.set_num_threads(threads)


ROUNDED_BY_THREADS = ("fine-tuning", other_threads)  # torch's own layers; its docstring says so


@pytest.mark.usefixtures("process")
@pytest.mark.parametrize(
    ("name", "change"),
    [
        pair
        for pair in itertools.product(CALLS, [other_type, other_device, other_seed, other_threads])
        if pair != ROUNDED_BY_THREADS
    ],
)
def test_what_else_is_set_changes_no_bit(name, change):
    expected = numbers(CALLS[name])
    change()
    found = numbers(CALLS[name])
    assert [each.dtype for each in found] == [each.dtype for each in expected]
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.usefixtures("process")
def test_what_draws_from_a_generator_leaves_the_global_one_alone():
    torch.manual_seed(0)
    expected = torch.rand(3)
    torch.manual_seed(0)
    EfficientNetLite0(2, generator=seeded())
    assert torch.equal(torch.rand(3), expected)


@pytest.mark.usefixtures("process")
def test_without_a_generator_first_weights_follow_the_global_seed_as_those_of_torchs_layers():
    torch.manual_seed(1)
    by_global_seed = EfficientNetLite0(2).state_dict()
    for name, values in EfficientNetLite0(2, generator=seeded()).state_dict().items():
        assert torch.equal(values, by_global_seed[name])
    torch.manual_seed(1)
    nn.init.kaiming_uniform_(torch.empty(32, 3, 3, 3))
    expected = nn.init.kaiming_normal_(torch.empty(32, 3, 3, 3), mode="fan_out")
    assert torch.equal(by_global_seed["stem.filter.weight"], expected)
