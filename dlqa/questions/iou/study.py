"""Question 55: sweeps boxes, lets boxes learn their places, and scores detectors.

Axes as in the record; boxes lie in rows (B, 4) of their corners, in float64.
"""

import math
from collections.abc import Callable

import numpy as np
import torch
from torch import Generator, Tensor

from dlqa.lab.boxes import ciou, dice, diou, giou, iou, mask_iou, nms
from dlqa.lab.boxes.precision import COCO_THRESHOLDS, Detections, Truths, precision_means
from dlqa.lab.reporting import Report, silent
from dlqa.lab.threads import one_thread_an_operation
from dlqa.questions.iou.record import Array, Params, Record

MEASURES: dict[str, Callable[..., Tensor]] = {"iou": iou, "giou": giou, "diou": diou, "ciou": ciou}
VERDICTS = (0.5, 0.75)  # Pascal VOC's threshold and COCO's strict one
CELL = 100  # pixels: each object of a scene lies in a cell of its own
CELLS = 6
IMAGE = 24  # pixels: small enough to count


def run(params: Params, report: Report = silent) -> Record:
    """Runs every part of `params` and returns its record."""
    parts: list[Callable[[Params], dict[str, Array]]] = [
        _scales, _conventions, _identities, _path, _learning, _detectors,
    ]  # fmt: skip
    found: dict[str, Array] = {}
    with one_thread_an_operation():  # tensors are so small that a second thread only waits
        for number, part in enumerate(parts, start=1):
            found |= part(params)
            report(part.__name__.strip("_"), number, len(parts), 0, 0)
    return Record(**found)


def _scales(params: Params) -> dict[str, Array]:
    """What one pixel costs boxes of each side."""
    moved, in_proportion, noisy, passes = [], [], [], []
    for seed in range(params.seeds):
        generator = torch.Generator().manual_seed(seed)
        shape = _boxes(params.boxes, 1.0, generator)
        errors = _normal((params.boxes, 4), generator)
        boxes = [side * shape for side in params.sides]  # each (B, 4)
        moved.append([_mean_iou(each, each + 1) for each in boxes])
        in_proportion.append(
            [_mean_iou(b, b + 0.05 * s) for b, s in zip(boxes, params.sides, strict=True)]
        )
        overlaps = torch.stack([_overlaps(each, _ordered(each + errors)) for each in boxes])
        noisy.append(overlaps.mean(1).tolist())
        passes.append([[(row >= v).double().mean() for v in VERDICTS] for row in overlaps])
    return {
        "sides": np.array(params.sides, dtype=np.float64),
        "moved": np.array(moved).T,
        "moved_in_proportion": np.array(in_proportion).T,
        "noisy": np.array(noisy).T,
        "noisy_passes": np.moveaxis(np.array(passes, dtype=np.float64), 0, -1),
    }


def _conventions(params: Params) -> dict[str, Array]:
    """Pixels counted against lengths measured, and the union against a rectangle around it."""
    changed, excess, understated = [], [], []
    for seed in range(params.seeds):
        generator = torch.Generator().manual_seed(seed)
        of_seed = []
        for side in params.pixel_sides:
            truth = (side * _boxes(params.boxes, 1.0, generator)).round()
            errors = params.wobble * side * _normal((params.boxes, 4), generator)
            boxes = _ordered((truth + errors).round())
            lengths, counts = (_overlaps(truth, boxes, inclusive=i) for i in (False, True))
            differ = [((lengths >= v) != (counts >= v)).double().mean().item() for v in VERDICTS]
            of_seed.append(differ)
        changed.append(of_seed)
        gap = lengths - giou(truth, boxes, paired=True)  # (C − U) / C of the last side's boxes
        excess.append((gap / (1 - gap)).mean().item())  # (C − U) / U
        understated.append((lengths * gap).mean().item())  # IoU − I / C, as I / C = IoU · U / C
    return {
        "changed": np.moveaxis(np.array(changed), 0, -1),
        "excess": np.array(excess),
        "understated": np.array(understated),
    }


def _identities(params: Params) -> dict[str, Array]:
    """How far the library is from three closed forms, at worst."""
    errors: dict[str, list[float]] = {"pixel_error": [], "self_error": [], "dice_error": []}
    for seed in range(params.seeds):
        generator = torch.Generator().manual_seed(seed)
        corners = torch.randint(0, IMAGE, (60, 2, 2), generator=generator).sort(1).values
        whole = torch.cat((corners[:, 0], corners[:, 1] + 1), 1).double()  # pixels, [x1, x2)
        masks = _filled(whole)
        boxes = 100 * _boxes(params.boxes, 1.0, generator)
        others = _ordered(boxes + 10 * _normal((params.boxes, 4), generator))
        overlap = _overlaps(boxes, others)
        twice = dice(boxes, others, paired=True)
        errors["pixel_error"].append(_largest(iou(whole, whole) - mask_iou(masks, masks)))
        errors["self_error"].append(_largest(_overlaps(boxes, boxes) - 1))
        errors["dice_error"].append(_largest(twice - 2 * overlap / (1 + overlap)))
    return {name: np.array(values) for name, values in errors.items()}


def _path(params: Params) -> dict[str, Array]:
    """Each measure and its gradient as a box of another shape comes from afar and turns equal."""
    start, truth = torch.tensor([[-130.0, -70, -110, -10], [0, 0, 40, 40]], dtype=torch.float64)
    part = torch.linspace(0, 1, params.waypoints, dtype=torch.float64)
    values, pulls = [], []
    for loss in params.losses:
        boxes = torch.lerp(start, truth, part[:, None]).requires_grad_()  # (W, 4)
        reached = MEASURES[loss](boxes, truth.expand_as(boxes), paired=True)
        (gradient,) = torch.autograd.grad(reached.sum(), boxes)
        values.append(reached.detach().numpy())
        pulls.append(40 * gradient.norm(dim=1).numpy())
    return {"path": part.numpy(), "path_values": np.array(values), "path_pulls": np.array(pulls)}


def _learning(params: Params) -> dict[str, Array]:
    """Gradient descent on 1 − measure from the same starts, boxes as (centre, log sides).

    The rate falls linearly to 0; lengths are in units of the true box's mean side.
    """
    truths, starts = _starts(params)  # (K * S * B, 4), centre and log sides
    corners = _corners(truths)
    count = len(params.losses)
    boxes = starts.repeat(count, 1, 1).requires_grad_()  # (L, K * S * B, 4)
    seen = []
    for step in range(params.at[-1] + 1):
        placed = _corners(boxes)
        if step in params.at:
            seen.append(torch.stack([_overlaps(each, corners) for each in placed.detach()]))
        values = [
            MEASURES[loss](each, corners, paired=True, checked=False).sum()
            for loss, each in zip(params.losses, placed, strict=True)
        ]
        (gradient,) = torch.autograd.grad(torch.stack(values).sum(), boxes)
        with torch.no_grad():
            boxes += params.rate * (1 - step / params.at[-1]) * gradient
    shape = (-1, count, len(params.starts), params.seeds, params.starts_a_seed)
    curves = torch.stack(seen).view(shape).mean(-1)  # (T, L, K, S)
    return {
        "steps": np.array(params.at, dtype=np.float64),
        "learned": curves.permute(1, 2, 3, 0).numpy(),
    }


def _starts(params: Params) -> tuple[Tensor, Tensor]:
    """True boxes and where the learning ones start, both (K * S * B, 4)."""
    pairs = [
        _start(kind, params.starts_a_seed, torch.Generator().manual_seed(seed))
        for kind in params.starts
        for seed in range(params.seeds)
    ]
    truths, starts = zip(*pairs, strict=True)
    return torch.cat(truths), torch.cat(starts)


def _start(kind: str, count: int, generator: Generator) -> tuple[Tensor, Tensor]:
    """True boxes at the origin and starts of one kind beside, across or inside them."""
    truth = torch.exp(_uniform(count, -0.5, 0.5, generator))  # (B, 2) sides
    size = torch.exp(_uniform(count, -0.5, 0.5, generator))
    place = _uniform(count, -1, 1, generator)
    reach = (truth + size) / 2  # centres this far apart on one axis only touch
    if kind == "disjoint":
        gap = reach + _uniform(count, 0.1, 1.5, generator)
        along = torch.randint(0, 2, (count,), generator=generator)
        apart = torch.nn.functional.one_hot(along, 2).bool()
        centre = torch.where(apart, gap * place.sign(), place)
    elif kind == "overlapping":
        centre = 0.8 * reach * place
    elif kind == "nested":
        size = truth * _uniform(count, 0.3, 0.7, generator)
        centre = (truth - size) / 2 * place
    else:
        raise ValueError(f"unknown kind of start {kind!r}; expected disjoint, overlapping, nested")
    origin = torch.zeros_like(centre)
    return torch.cat((origin, truth.log()), 1), torch.cat((centre, size.log()), 1)


def _detectors(params: Params) -> dict[str, Array]:
    """Five detectors with one mean IoU, scored on the same scenes."""
    mean_iou, precision = [], []
    for seed in range(params.seeds):
        generator = torch.Generator().manual_seed(seed)
        scenes = [_scene(params.spread, generator) for _ in range(params.images)]
        truths = [Truths(truth) for truth, _ in scenes]
        detected = [[of[name] for _, of in scenes] for name in params.detectors]
        mean_iou.append([_to_objects(each, truths) for each in detected])
        scores = [precision_means(each, truths, COCO_THRESHOLDS)[0] for each in detected]
        precision.append(torch.stack(scores).numpy())
    return {"mean_iou": np.array(mean_iou).T, "precision": np.moveaxis(np.array(precision), 0, 1)}


def _scene(spread: float, generator: Generator) -> tuple[Tensor, dict[str, Detections]]:
    """Objects of one image and what each detector says of them.

    "even" finds every object about equally well; "uneven" finds one of two better and the other
    worse by the same IoU, and scores the better higher; "reversed" says the same boxes with the
    scores the other way; "doubled" says every box of "even" twice, and "suppressed" is that after
    non-maximum suppression.
    """
    cells = CELL * torch.cartesian_prod(torch.arange(3), torch.arange(2)).double()  # (G, 2)
    sides = _uniform(CELLS, 30, 60, generator)
    start = cells + (CELL - sides) * _uniform(CELLS, 0.3, 0.7, generator)
    truth = torch.cat((start, start + sides), 1)
    wanted = 0.55 + 0.1 * torch.rand(CELLS // 2, generator=generator, dtype=torch.float64)
    even = wanted.repeat(2)
    uneven = torch.cat((wanted + spread, wanted - spread))
    scores = torch.rand(CELLS, generator=generator, dtype=torch.float64)
    boxes, others = _beside(truth, even), _beside(truth, uneven)
    ranked = Detections(others, uneven)
    doubled = Detections(boxes.repeat(2, 1), torch.cat((scores, 0.9 * scores)))
    kept = nms(doubled.boxes, doubled.scores, 0.5)
    return truth, {
        "even": Detections(boxes, scores),
        "uneven": ranked,
        "reversed": Detections(others, 1 - uneven),
        "doubled": doubled,
        "suppressed": Detections(doubled.boxes[kept], doubled.scores[kept]),
    }


def _beside(truth: Tensor, wanted: Tensor) -> Tensor:
    """Each box of `truth` (G, 4) moved to the right until its IoU is the `wanted` (G,) one.

    Moved by d, a box of width w keeps (w − d) / (w + d).
    """
    distance = (truth[:, 2] - truth[:, 0]) * (1 - wanted) / (1 + wanted)
    return truth + distance[:, None] * truth.new_tensor([1, 0, 1, 0])


def _to_objects(detected: list[Detections], truths: list[Truths]) -> float:
    """Mean over all detections of the IoU with the object that each was made from."""
    best = [iou(d.boxes, t.boxes).amax(1) for d, t in zip(detected, truths, strict=True)]
    return torch.cat(best).mean().item()


def _boxes(count: int, side: float, generator: Generator) -> Tensor:
    """Boxes (B, 4) of area side², one to two times as wide as high or the other way, near 0."""
    stretch = torch.exp(_uniform(count, -1, 1, generator)[:, :1] * math.log(2) / 2)
    sides = side * torch.cat((stretch, 1 / stretch), 1)
    start = _uniform(count, -0.5, 0.5, generator)
    return torch.cat((start, start + sides), 1)


def _corners(boxes: Tensor) -> Tensor:
    """Corners (..., 4) of boxes (..., 4) given as centre and logarithms of the sides."""
    half = boxes[..., 2:].exp() / 2
    return torch.cat((boxes[..., :2] - half, boxes[..., :2] + half), -1)


def _ordered(boxes: Tensor) -> Tensor:
    """Boxes (B, 4) whose edges erred past each other have no extent between them."""
    return torch.cat((boxes[:, :2], torch.maximum(boxes[:, :2], boxes[:, 2:])), 1)


def _filled(boxes: Tensor) -> Tensor:
    """Masks (B, IMAGE, IMAGE) of whole-numbered boxes (B, 4): pixels [x1, x2) by [y1, y2)."""
    at = torch.arange(IMAGE)
    x1, y1, x2, y2 = boxes.T[..., None]  # each (B, 1)
    across, down = (at >= x1) & (at < x2), (at >= y1) & (at < y2)
    filled: Tensor = down[:, :, None] & across[:, None, :]
    return filled


def _overlaps(one: Tensor, other: Tensor, *, inclusive: bool = False) -> Tensor:
    return iou(one, other, paired=True, inclusive=inclusive)


def _mean_iou(one: Tensor, other: Tensor) -> float:
    return _overlaps(one, other).mean().item()


def _largest(differences: Tensor) -> float:
    return differences.abs().max().item()


def _uniform(count: int, low: float, high: float, generator: Generator) -> Tensor:
    drawn = torch.rand((count, 2), generator=generator, dtype=torch.float64)
    return low + (high - low) * drawn


def _normal(shape: tuple[int, ...], generator: Generator) -> Tensor:
    return torch.randn(shape, generator=generator, dtype=torch.float64)
