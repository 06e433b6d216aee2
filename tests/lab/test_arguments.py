"""Every public argument is checked at the entry: what was given, what is expected, by which name."""

import inspect
import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import nn
from trained_stacks import drawn_stack, drawn_task

from dlqa.lab import boxes, crops, images, pools, tuning, watched
from dlqa.lab.adapters import add_lora, merge_lora
from dlqa.lab.boxes import descent, drawn, masks
from dlqa.lab.class_weights import balanced, weighted
from dlqa.lab.convolutions import depthwise, pointwise
from dlqa.lab.efficientnet import EfficientNetLite0
from dlqa.lab.finetuning import Training, accuracy, fine_tune, freeze_batch_norm
from dlqa.lab.grids import grid
from dlqa.lab.guesses import compare
from dlqa.lab.histories import Snapshot
from dlqa.lab.initializers import constant, gaussian, initialize
from dlqa.lab.losses import LOSSES
from dlqa.lab.mixtures import Xor, distribution, one_hot, sample, shuffled_batches
from dlqa.lab.networks import Stack, concatenate
from dlqa.lab.objectives import focal, through
from dlqa.lab.pretrained import normalize, pretrained
from dlqa.lab.probes import accuracy as probe_accuracy
from dlqa.lab.probes import choose, logistic, ridge, support_vectors
from dlqa.lab.representations import linear_cka
from dlqa.lab.threads import own_threads
from dlqa.lab.training import SGD, Adam, Penalty, Proximal, Task, train

BOXES = torch.tensor([[0.0, 0, 10, 10], [1, 1, 9, 12]])
TURNED = torch.cat((BOXES, torch.tensor([[0.0], [30]])), 1)
SCORES, LABELS = torch.tensor([0.9, 0.8]), torch.tensor([0, 1])
MASKS = torch.ones(2, 3, 3, dtype=torch.bool)
PAIR = {"boxes1": BOXES, "boxes2": BOXES, "paired": False, "inclusive": False, "checked": True}
IMAGES = torch.zeros(4, 3, 8, 8)
FEATURES, KINDS = torch.linspace(0, 1, 12).view(4, 3).sin(), torch.tensor([0, 1, 0, 1])
PROBE = ridge(FEATURES, KINDS, 2, [1.0])
STACK, TASK = drawn_stack(), drawn_task()


def model() -> nn.Sequential:
    return nn.Sequential(nn.Flatten(), nn.Linear(192, 2))


def fine_tuning() -> dict[str, object]:
    tuned = model()
    return {
        "model": tuned,
        "images": IMAGES,
        "labels": KINDS,
        "groups": [{"params": tuned.parameters(), "lr": 0.1}],
        "training": Training(1, 2),
        "generator": torch.Generator(),
        "held_out": (IMAGES, KINDS),
        "look_at": [0],
    }


GRID = grid(["xor"], 1, 1, steps=2, samples=4, fresh=4, batch=2)
SNAPSHOT = Snapshot(0, GRID.start(["he"], (3,), "relu"), torch.tensor([0]))


def begun(count: int) -> None:
    with own_threads(count):
        pass


# For each function, arguments that fit.
CALLS: list[tuple[Callable[..., object], dict[str, object]]] = [
    *((getattr(boxes, name), PAIR) for name in ("intersection", "iou", "dice")),
    *((getattr(boxes, name), PAIR) for name in ("giou", "diou", "ciou")),
    (boxes.iou, {"boxes1": BOXES, "boxes2": BOXES, "out": torch.zeros(2, 2)}),
    (boxes.box_area, {"boxes": BOXES, "inclusive": False, "checked": True}),
    (
        boxes.box_convert,
        {"boxes": BOXES, "in_fmt": "xyxy", "out_fmt": "xywh", "checked": True},
    ),
    (boxes.rotated_iou, {"boxes1": TURNED, "boxes2": TURNED, "paired": True, "checked": True}),
    (boxes.rotated_corners, {"boxes": TURNED}),
    (boxes.mask_iou, {"masks1": MASKS, "masks2": MASKS}),
    (boxes.mask_dice, {"masks1": MASKS, "masks2": MASKS}),
    (boxes.nms, {"boxes": BOXES, "scores": SCORES, "iou_threshold": 0.5, "checked": True}),
    (
        boxes.batched_nms,
        {"boxes": BOXES, "scores": SCORES, "idxs": LABELS, "iou_threshold": 0.5, "checked": True},
    ),
    (
        boxes.match,
        {"boxes": BOXES, "scores": SCORES, "truths": BOXES, "iou_threshold": 0, "checked": True},
    ),
    (boxes.Detections, {"boxes": BOXES, "scores": SCORES, "labels": LABELS}),
    (boxes.Truths, {"boxes": BOXES, "labels": LABELS}),
    (
        boxes.average_precision,
        {
            "detections": [boxes.Detections(BOXES, SCORES)],
            "truths": [boxes.Truths(BOXES)],
            "iou_threshold": 1,
        },
    ),
    (
        boxes.coco_average_precision,
        {"detections": [boxes.Detections(BOXES, SCORES)], "truths": [boxes.Truths(BOXES)]},
    ),
    (boxes.precision_recall, {"hits": torch.tensor([True, False]), "truth_count": 1}),
    (Stack, {"weights": STACK.weights, "biases": STACK.biases, "activation": "relu"}),
    (STACK.select, {"members": [0, 2]}),
    (STACK.outputs, {"inputs": torch.zeros(5, 4, 2)}),
    (STACK.hidden, {"inputs": torch.zeros(5, 4, 2)}),
    (concatenate, {"stacks": [STACK, STACK]}),
    (constant, {"value": 0.5}),
    (gaussian, {"deviation": 0.5}),
    (initialize, {"draw": "he", "sizes": (4, 3), "seeds": [0], "activation": "relu"}),
    (Xor, {"offset": 1.0}),
    (distribution, {"variant": "xor", "generator": torch.Generator()}),
    (sample, {"variant": "xor", "seeds": [0], "samples": 4, "fresh": 4}),
    (one_hot, {"labels": torch.tensor([[0, 1]])}),
    (shuffled_batches, {"seeds": [0], "samples": 4, "steps": 2, "size": 2}),
    (
        Task,
        {
            "inputs": TASK.inputs,
            "targets": TASK.targets,
            "batches": TASK.batches,
            "of": TASK.of,
        },
    ),
    (Adam, {"rate": 0.1, "decays": (0.9, 0.99), "epsilon": 1e-8, "weight_decay": 0.1}),
    (SGD, {"rate": 0.1, "momentum": 0.9}),
    (focal, {"gamma": 2.0}),
    (through, {"passage": "softmax", "loss": LOSSES["squared error"]}),
    (weighted, {"targets": TASK.targets, "weights": torch.ones(3)}),
    (balanced, {"targets": TASK.targets}),
    (Penalty, {"kind": "l1", "strength": 0.1}),
    (Proximal, {"strength": 0.1, "metric": "adam"}),
    (
        train,
        {
            "stack": STACK,
            "task": TASK,
            "steps": 1,
            "optimizer": SGD(),
            "loss": "squared error",
            "penalty": None,
            "proximal": None,
            "observe": None,
            "at": (),
            "tied": (),
            "threads": 1,
        },
    ),
    (linear_cka, {"first": FEATURES, "second": FEATURES}),
    *(
        (kind, {"features": FEATURES, "labels": KINDS, "classes": 2, "strengths": [1.0]})
        for kind in (ridge, support_vectors, logistic)
    ),
    *(
        (judge, {"probe": PROBE, "features": FEATURES, "labels": KINDS})
        for judge in (probe_accuracy, choose)
    ),
    (PROBE.scores, {"features": FEATURES}),
    (compare, {"guess": {"a": 0.5}, "measured": {"a": 0.4}}),
    (pointwise, {"images": IMAGES, "weight": torch.zeros(2, 3, 1, 1), "bias": torch.zeros(2)}),
    (
        depthwise,
        {
            "images": IMAGES,
            "weight": torch.zeros(3, 1, 3, 3),
            "stride": 1,
            "padding": 1,
            "bias": torch.zeros(3),
        },
    ),
    (EfficientNetLite0, {"classes": 2, "generator": torch.Generator()}),
    (pretrained, {"classes": 2, "generator": torch.Generator()}),
    (normalize, {"images": IMAGES}),
    (Training, vars(Training(1))),
    (fine_tune, fine_tuning()),
    (accuracy, {"model": model(), "images": IMAGES, "labels": KINDS, "batch": 2}),
    (freeze_batch_norm, {"model": model()}),
    (
        add_lora,
        {"model": nn.Linear(4, 4), "rank": 1, "scale": 1.0, "generator": torch.Generator()},
    ),
    (merge_lora, {"model": nn.Linear(4, 4)}),
    (begun, {"count": 1}),
    (
        grid,
        {
            "variants": ["xor"],
            "arms": 1,
            "seeds": [0],
            "steps": 2,
            "samples": 4,
            "fresh": 4,
            "batch": 2,
        },
    ),
    (GRID.start, {"draws": ["he"], "hidden": (3,), "activation": "relu"}),
    (GRID.by_arm, {"values": [0.1]}),
    (GRID.accuracy, {"snapshot": SNAPSHOT}),
    (GRID.loss, {"snapshot": SNAPSHOT}),
    (masks.filled, {"boxes": BOXES, "height": 12, "width": 12}),
    (drawn.uniform, {"count": 2, "low": 0, "high": 1, "generator": torch.Generator()}),
    (drawn.normal, {"shape": (2,), "generator": torch.Generator()}),
    (drawn.random_boxes, {"count": 2, "generator": torch.Generator()}),
    (drawn.ordered, {"boxes": BOXES}),
    (drawn.beside, {"truth": BOXES, "wanted": torch.tensor([0.5, 1.0])}),
    (descent.corners, {"boxes": torch.zeros(2, 4)}),
    (
        descent.descend,
        {
            "measures": [boxes.iou],
            "starts": torch.zeros(2, 4),
            "truths": torch.zeros(2, 4),
            "rate": 0.1,
            "at": [0, 1],
        },
    ),
    (watched.random_places, {"sizes": (4, 3), "count": 2, "seed": 0}),
    (watched.last_places, {"sizes": (4, 3), "count": 2}),
    (watched.pick, {"stack": STACK, "places": watched.last_places((4, 7), 2)}),
    (crops.photo, {"array": np.zeros((9, 8), np.uint8), "short_side": 4}),
    (crops.window, {"image": IMAGES[0], "length": 3, "generator": torch.Generator()}),
    (crops.middle, {"image": IMAGES[0]}),
    (crops.resized, {"squares": IMAGES, "side": 4}),
    (pools.Deal, {"groups": (2, 1, 1), "group": 1}),
    (pools.Deal((2, 1, 1)).places, {"classes": 2, "seed": 0, "counts": (1, 1, 1)}),
    (pools.taken, {"pool": IMAGES.view(2, 2, -1), "places": torch.tensor([[0], [1]])}),
    (images.pool, {"task": "digits", "side": 8}),
    (images.places, {"task": "digits", "seeds": [0], "counts": (1, 1, 1)}),
    (images.split, {"task": "digits", "seed": 0, "counts": (1, 1, 1), "side": 8}),
    (images.prepared, {"grey": IMAGES[:, :1]}),
    (images.digits, {"count": 3}),
    (images.original, {"name": "chelsea"}),
    (tuning.set_momentum, {"model": model(), "momentum": 0.1}),
    (tuning.moved, {"model": nn.Conv2d(1, 1, 1), "before": nn.Conv2d(1, 1, 1)}),
    (
        tuning.fit_head,
        {
            "classifier": nn.Linear(3, 2),
            "features": FEATURES,
            "labels": KINDS,
        },
    ),
]


class Nonsense:
    def __repr__(self) -> str:
        return "<nonsense>"


def identifier(function: Callable[..., object]) -> str:
    return f"{function.__module__.removeprefix('dlqa.lab.')}.{function.__qualname__}"


ARGUMENTS = [
    pytest.param(function, given, name, id=f"{identifier(function)}-{name}")
    for function, given in CALLS
    for name in given
]


# What a message calls an argument by, where that is not its name.
CALLED = {"draw": "initializer", "kind": "penalty", "name": "photo"}


@pytest.mark.parametrize(("function", "given", "name"), ARGUMENTS)
def test_nonsense_is_refused_by_the_arguments_name(function, given, name):
    call = {**(fine_tuning() if function is fine_tune else given), name: Nonsense()}
    expected = rf"(?i)\b{CALLED.get(name, name)}\b.*nonsense.*expected"
    with pytest.raises((TypeError, ValueError), match=expected):
        function(**call)


@pytest.mark.parametrize(
    ("function", "given"), [pytest.param(f, g, id=identifier(f)) for f, g in CALLS]
)
def test_the_table_holds_every_argument_and_values_that_fit(function, given):
    if function is not pretrained:  # it reads a file
        function(**(fine_tuning() if function is fine_tune else given))
    tried = {name for other, values in CALLS if other is function for name in values}
    assert set(inspect.signature(function).parameters) - {"out"} <= tried


def test_the_table_holds_every_function_on_boxes():
    tried = {function for function, _ in CALLS}
    assert {getattr(boxes, name) for name in boxes.__all__} <= tried


NAN, INF, META = math.nan, math.inf, {"device": "meta"}
WRONG = [
    (boxes.iou, {"boxes2": torch.zeros(2, 4, **META)}, "boxes1 on cpu and boxes2 on meta"),
    (boxes.iou, {"paired": 1}, "paired is 1: expected True or False"),
    (boxes.iou, {"out": torch.zeros(2, 2, requires_grad=True)}, "out requires a gradient"),
    *(
        (function, {"iou_threshold": value}, rf"iou_threshold is {value}: .* in \[0, 1\]")
        for function in (boxes.nms, boxes.batched_nms, boxes.match, boxes.average_precision)
        for value in (50, -1, NAN)
    ),
    (boxes.batched_nms, {"idxs": LABELS / 2}, r"idxs holds torch\.float32: expected whole"),
    (boxes.Truths, {"labels": LABELS.float()}, r"labels holds torch\.float32: expected whole"),
    (boxes.Detections, {"labels": LABELS > 0}, r"labels holds torch\.bool: expected whole"),
    (boxes.Detections, {"scores": torch.zeros(2, **META)}, "boxes on cpu and scores on meta"),
    (boxes.average_precision, {"truths": [BOXES]}, r"truths\[0\] is .*: expected a Truths"),
    (boxes.precision_recall, {"hits": torch.tensor([1, 0])}, r"hits is torch\.int64"),
    (boxes.precision_recall, {"hits": torch.ones(3).bool()}, "hits holds 3 true: .* most 1"),
    (boxes.precision_recall, {"truth_count": 1.5}, "truth_count is 1.5: expected a whole number"),
    (Stack, {"biases": drawn_stack(dtype=torch.float64).biases}, "expected one type and device"),
    (Stack, {"weights": [each.int() for each in STACK.weights]}, r"holds torch\.int32"),
    (STACK.select, {"members": torch.tensor([True, False])}, r"members holds torch\.bool"),
    (STACK.select, {"members": [0, 5]}, r"members\[1\] is 5: expected -5 to 4"),
    (STACK.select, {"members": [0.0]}, r"members\[0\] is 0.0: expected"),
    (STACK.outputs, {"inputs": torch.zeros(1, 4, 2)}, r"\[1, 4, 2\]: expected \[5, 4, B\]"),
    (concatenate, {"stacks": [STACK, drawn_stack(dtype=torch.float64)]}, "float64.*|float32.*"),
    (constant, {"value": INF}, "value is inf: expected a number that is finite"),
    (gaussian, {"deviation": -1}, "deviation is -1: expected a number of at least 0"),
    (initialize, {"sizes": (4,)}, "sizes is .*: expected at least 2 sizes"),
    (initialize, {"sizes": (4, 0)}, r"sizes\[1\] is 0: expected a whole number of at least 1"),
    (initialize, {"seeds": []}, "seeds is .*: expected at least 1"),
    (initialize, {"seeds": [0.5]}, r"seeds\[0\] is 0.5: expected"),
    (sample, {"samples": 0}, "samples is 0: expected a whole number of at least 2"),
    (sample, {"variant": "moons"}, "unknown variant 'moons'"),
    (one_hot, {"labels": torch.tensor([[0, 2]])}, "labels is 0 to 2: expected 0 or 1"),
    (shuffled_batches, {"size": 0}, "size is 0: expected a whole number of at least 1"),
    (Task, {"batches": TASK.batches[:, :, :0]}, "batches must hold samples"),
    *((kind, {"rate": value}, f"rate is {value}") for kind in (Adam, SGD) for value in (-1, NAN)),
    *(
        (SGD, {"momentum": value}, f"momentum is {value}: .* from 0 to below 1")
        for value in (-1, 1, NAN)
    ),
    *((focal, {"gamma": value}, f"gamma is {value}: .* of at least 0") for value in (-1, INF)),
    (through, {"passage": "tanh"}, "unknown passage 'tanh'; expected one of sigmoid, softmax"),
    (through, {"loss": LOSSES["squared error"].value}, "expected a Loss of dlqa.lab.losses"),
    (weighted, {"weights": torch.ones(2)}, r"weights has shape \[2\]: expected \[3\] or \[2, 3\]"),
    *(
        (weighted, {"weights": torch.tensor([1, value, 1])}, "finite numbers of at least 0")
        for value in (-1, INF)
    ),
    (balanced, {"targets": torch.eye(3)[None, :, :2]}, "expected some of each"),
    (Adam, {"decays": (0.9, 1.0)}, r"decays\[1\] is 1.0: expected a number from 0 to below 1"),
    (Adam, {"decays": [0.9]}, r"decays is \[0.9\]: expected two numbers"),
    (Adam, {"epsilon": -1e-8}, "epsilon is -1e-08: expected a number of at least 0"),
    (Adam, {"weight_decay": -1}, "weight_decay is -1: expected a number finite and at least 0"),
    (Adam, {"weight_decay": torch.tensor([0.1, NAN])}, "weight_decay is .*finite"),
    (Penalty, {"strength": -0.1}, "strength is -0.1: expected a number finite and at least 0"),
    (Proximal, {"strength": torch.tensor([-1.0])}, "strength is .* at least 0"),
    (train, {"optimizer": "Adam"}, "optimizer is 'Adam': expected an Adam or SGD"),
    (train, {"optimizer": Adam}, "optimizer is <class .*: expected an Adam or SGD"),
    (train, {"steps": 1.0}, "steps is 1.0: expected 0 to 50"),
    (train, {"at": (0.5,)}, r"at\[0\] is 0.5: expected 0 to 1"),
    (train, {"loss": "hinge"}, "unknown loss 'hinge'"),
    (train, {"tied": (0.5,)}, r"tied\[0\] is 0.5: expected 0 to 2"),
    (train, {"penalty": "l1"}, "penalty is 'l1': expected a Penalty, a function or None"),
    (
        train,
        {"stack": Stack(*[[t.to("meta") for t in p] for p in (STACK.weights, STACK.biases)])},
        "stack lies on meta: expected it on the CPU",
    ),
    (linear_cka, {"first": FEATURES.to(torch.complex64)}, "first holds torch.complex64"),
    (ridge, {"labels": KINDS.double()}, r"labels holds torch\.float64: expected whole numbers"),
    (ridge, {"classes": 0}, "classes is 0"),
    *((ridge, {"strengths": [value]}, rf"strengths\[0\] is {value}") for value in (NAN, INF, 0)),
    (probe_accuracy, {"labels": KINDS[:1]}, r"not \[4, 3\] and \[1\]"),
    (PROBE.scores, {"features": FEATURES[:, :2]}, r"\[4, 2\]: expected \[..., N, 3\]"),
    (compare, {"guess": {"a": "0.5"}}, "guess of a is '0.5': expected a number or None"),
    (pointwise, {"weight": torch.zeros(2, 3, 3, 3)}, r"expected \[2, 3, 1, 1\]"),
    (depthwise, {"weight": torch.zeros(3, 2, 3, 3)}, r"expected \[3, 1, 3, 3\]"),
    (depthwise, {"stride": 0}, "stride is 0: expected a whole number of at least 1"),
    (pretrained, {"classes": 0}, "classes is 0: expected a whole number of at least 1"),
    (Training, {"optimizer": "Adam"}, "unknown optimizer 'Adam'; expected one of sgd, adamw"),
    (Training, {"batch_norm": "freeze"}, "unknown batch_norm 'freeze'; expected one of frozen"),
    *((Training, {"clip": value}, f"clip is {value}: .* above 0") for value in (-1, 0, NAN)),
    (Training, {"momentum": 1.0}, r"momentum is 1.0: expected a number in \[0, 1\)"),
    (Training, {"decay": -0.1}, "decay is -0.1"),
    (Training, {"steps": -1}, "steps is -1"),
    (Training, {"batch": 1}, "batch is 1: expected a whole number of at least 2"),
    (Training, {"flip": "no"}, "flip is 'no': expected True or False"),
    (accuracy, {"labels": KINDS[:1]}, "images holds 4 images and 1 labels"),
    (accuracy, {"images": IMAGES[:0], "labels": KINDS[:0]}, "and at least one"),
    (accuracy, {"labels": KINDS.float()}, r"labels holds torch\.float32"),
    (add_lora, {"scale": INF}, "scale is inf: expected a number that is finite"),
]


@pytest.mark.parametrize(
    ("function", "change", "message"),
    [
        pytest.param(*each, id=f"{identifier(each[0])}-{next(iter(each[1]))}-{i}")
        for i, each in enumerate(WRONG)
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_what_was_expected(function, change, message):
    given = next(values for other, values in CALLS if other == function)
    with pytest.raises((TypeError, ValueError), match=message):
        function(**{**given, **change})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lr": -1.0}, r"lr of groups\[0\] is -1.0: expected a number of at least 0"),
        ({"weigth_decay": 0.1}, r"unknown setting of groups\[0\] 'weigth_decay'; expected one of"),
        ({"params": []}, r"params of groups\[0\] is \[\]: expected at least 1"),
    ],
)
def test_a_group_that_does_not_fit_leaves_the_model_as_it_was(change, message):
    given = fine_tuning()
    model = given["model"].requires_grad_(True)
    before = [each.clone() for each in model.parameters()]
    with pytest.raises(ValueError, match=message):
        fine_tune(**{**given, "groups": [{"params": model.parameters(), "lr": 0.1} | change]})
    with pytest.raises(ValueError, match=r"groups\[0\] lacks 'lr'"):
        fine_tune(**{**given, "groups": [{"params": model.parameters()}]})
    assert all(each.requires_grad for each in model.parameters())
    assert all(map(torch.equal, model.parameters(), before))


@pytest.mark.parametrize(
    ("seen", "message"),
    [
        (torch.zeros(5), "what the observer gave is .*: expected a dict of tensors"),
        ({"loss": 0.5}, "observer's 'loss' is 0.5: expected a tensor"),
        ({"loss": torch.zeros(3)}, r"observer's 'loss' has shape \[3\]: expected \[5, ...\]"),
    ],
)
def test_what_an_observer_gives_is_checked(seen, message):
    with pytest.raises((TypeError, ValueError), match=message):
        train(STACK, TASK, steps=0, observe=lambda _: seen, at=(0,), threads=1)
