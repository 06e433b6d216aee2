"""Question 55: sweeps boxes, lets boxes learn their places, and scores detectors.

Boxes lie in rows (B, 4) of their corners. Axes: K starts, S seeds, L losses, T steps, W waypoints.
"""

from collections.abc import Callable, Sequence
from functools import partial

import torch
import xarray as xr
from torch import Generator, Tensor

from dlqa.lab.blocks import Labels, Measured, block, by_seed
from dlqa.lab.boxes import ciou, dice, diou, giou, iou, mask_iou, nms
from dlqa.lab.boxes.descent import descend
from dlqa.lab.boxes.drawn import beside, normal, ordered, random_boxes, uniform
from dlqa.lab.boxes.masks import filled
from dlqa.lab.boxes.precision import COCO_THRESHOLDS, Detections, Truths, precision_means
from dlqa.lab.parts import Part, Seeds
from dlqa.questions.iou.record import ERRORS, IDENTITIES, VARIABLES, VERDICTS, Params

MEASURES: dict[str, Callable[..., Tensor]] = {"iou": iou, "giou": giou, "diou": diou, "ciou": ciou}
CELL = 100  # pixels: each object of a scene lies in a cell of its own
CELLS = 6
IMAGE = 24  # pixels: small enough to count
Measure = Callable[[Params, Generator], Measured]  # of one seed


def parts(params: Params) -> dict[str, Part]:
    """Each sweep, the path without seeds."""

    def swept(measure: Measure, **labels: Sequence[object]) -> Part:
        return Part(partial(_sweep, params, measure, labels), params.seeds)

    thresholds = [round(float(threshold), 2) for threshold in COCO_THRESHOLDS]
    return {
        "scales": swept(_scales, error=ERRORS, side=params.sides, threshold=VERDICTS),
        "conventions": swept(_conventions, side=params.pixel_sides, threshold=VERDICTS),
        "identities": swept(_identities, identity=IDENTITIES),
        "path": Part(partial(_path, params)),
        "learning": Part(partial(_learning, params), params.seeds),
        "detectors": swept(_detectors, detector=params.detectors, threshold=thresholds),
    }


def _sweep(
    params: Params, measure: Measure, labels: Labels, seeds: Seeds, _threads: int
) -> xr.Dataset:
    """A block of what is measured with each seed's own generator."""
    return by_seed(
        seeds, lambda seed: measure(params, Generator().manual_seed(seed)), VARIABLES, labels
    )


def _scales(params: Params, generator: Generator) -> Measured:
    """What one pixel costs boxes of each side."""
    shape = random_boxes(params.boxes, generator)
    errors = normal((params.boxes, 4), generator)
    boxes = [side * shape for side in params.sides]  # each (B, 4)
    noisy = torch.stack([_overlaps(each, ordered(each + errors)) for each in boxes])

    def shifted(pixels: float, part: float) -> Tensor:
        places = zip(boxes, params.sides, strict=True)
        return torch.stack([_overlaps(b, b + (pixels + part * s)).mean() for b, s in places])

    return {
        "overlap": torch.stack([shifted(1, 0), noisy.mean(1), shifted(0, 0.05)]),  # as in ERRORS
        "passes": torch.stack([(noisy >= v).double().mean(1) for v in VERDICTS]),
    }


def _conventions(params: Params, generator: Generator) -> Measured:
    """Pixels counted against lengths measured, and the union against a rectangle around it."""
    changed = []
    for side in params.pixel_sides:
        truth = (side * random_boxes(params.boxes, generator)).round()
        errors = params.wobble * side * normal((params.boxes, 4), generator)
        boxes = ordered((truth + errors).round())
        lengths, counts = (_overlaps(truth, boxes, inclusive=i) for i in (False, True))
        changed.append([((lengths >= v) != (counts >= v)).double().mean() for v in VERDICTS])
    gap = lengths - giou(truth, boxes, paired=True)  # (C − U) / C of the last side's boxes
    return {
        "changed": torch.tensor(changed, dtype=torch.float64).T,
        "excess": (gap / (1 - gap)).mean(),  # (C − U) / U
        "understated": (lengths * gap).mean(),  # IoU − I / C, as I / C = IoU · U / C
    }


def _identities(params: Params, generator: Generator) -> Measured:
    """How far the library is from three closed forms, at worst."""
    corners = torch.randint(0, IMAGE, (60, 2, 2), generator=generator).sort(1).values
    whole = torch.cat((corners[:, 0], corners[:, 1] + 1), 1).double()  # pixels, [x1, x2)
    masks = filled(whole, IMAGE, IMAGE)
    boxes = 100 * random_boxes(params.boxes, generator)
    others = ordered(boxes + 10 * normal((params.boxes, 4), generator))
    overlap = _overlaps(boxes, others)
    twice = dice(boxes, others, paired=True)
    missed = {
        "pixels": iou(whole, whole) - mask_iou(masks, masks),
        "self": _overlaps(boxes, boxes) - 1,
        "dice": twice - 2 * overlap / (1 + overlap),
    }
    return {"missed": [missed[identity].abs().max() for identity in IDENTITIES]}


def _path(params: Params, _seeds: Seeds, _threads: int) -> xr.Dataset:
    """Each measure and its gradient as a box of another shape comes from afar and turns equal."""
    start, truth = torch.tensor([[-130.0, -70, -110, -10], [0, 0, 40, 40]], dtype=torch.float64)
    part = torch.linspace(0, 1, params.waypoints, dtype=torch.float64)
    values, pulls = [], []
    for loss in params.losses:
        boxes = torch.lerp(start, truth, part[:, None]).requires_grad_()  # (W, 4)
        reached = MEASURES[loss](boxes, truth.expand_as(boxes), paired=True)
        (gradient,) = torch.autograd.grad(reached.sum(), boxes)
        values.append(reached.detach())
        pulls.append(40 * gradient.norm(dim=1))
    found = {"path_value": torch.stack(values), "path_pull": torch.stack(pulls)}
    return block(found, VARIABLES, {"loss": params.losses, "path": part.tolist()})


def _learning(params: Params, seeds: Seeds, _threads: int) -> xr.Dataset:
    """Boxes learn under every loss from the same starts, in units of the true box's mean side."""
    pairs = [
        _start(kind, params.starts_a_seed, Generator().manual_seed(seed))
        for kind in params.starts
        for seed in seeds
    ]
    truths, starts = (torch.cat(each) for each in zip(*pairs, strict=True))  # (K * S * B, 4)
    measures = [MEASURES[loss] for loss in params.losses]
    seen = descend(measures, starts, truths, rate=params.rate, at=params.at)
    shape = (-1, len(params.losses), len(params.starts), len(seeds), params.starts_a_seed)
    learned = seen.view(shape).mean(-1).permute(1, 2, 3, 0)  # (L, K, S, T)
    labels = {"loss": params.losses, "start": params.starts, "seed": seeds, "step": params.at}
    return block({"learned": learned}, VARIABLES, labels)


def _start(kind: str, count: int, generator: Generator) -> tuple[Tensor, Tensor]:
    """True boxes at the origin and starts of one kind beside, across or inside them."""
    truth = torch.exp(uniform(count, -0.5, 0.5, generator))  # (B, 2) sides
    size = torch.exp(uniform(count, -0.5, 0.5, generator))
    place = uniform(count, -1, 1, generator)
    reach = (truth + size) / 2  # centres this far apart on one axis only touch
    if kind == "disjoint":
        gap = reach + uniform(count, 0.1, 1.5, generator)
        along = torch.randint(0, 2, (count,), generator=generator)
        apart = torch.nn.functional.one_hot(along, 2).bool()
        centre = torch.where(apart, gap * place.sign(), place)
    elif kind == "overlapping":
        centre = 0.8 * reach * place
    elif kind == "nested":
        size = truth * uniform(count, 0.3, 0.7, generator)
        centre = (truth - size) / 2 * place
    else:
        raise ValueError(f"unknown kind of start {kind!r}; expected disjoint, overlapping, nested")
    origin = torch.zeros_like(centre)
    return torch.cat((origin, truth.log()), 1), torch.cat((centre, size.log()), 1)


def _detectors(params: Params, generator: Generator) -> Measured:
    """Five detectors with one mean IoU, scored on the same scenes."""
    scenes = [_scene(params.spread, generator) for _ in range(params.images)]
    truths = [Truths(truth) for truth, _ in scenes]
    detected = [[of[name] for _, of in scenes] for name in params.detectors]
    scores = [precision_means(each, truths, COCO_THRESHOLDS)[0] for each in detected]
    return {
        "mean_iou": [_to_objects(each, truths) for each in detected],
        "precision": torch.stack(scores),
    }


def _scene(spread: float, generator: Generator) -> tuple[Tensor, dict[str, Detections]]:
    """Objects of one image and what each detector says of them.

    "even" finds every object about equally well; "uneven" finds one of two better and the other
    worse by the same IoU, and scores the better higher; "reversed" says the same boxes with the
    scores the other way; "doubled" says every box of "even" twice, and "suppressed" is that after
    non-maximum suppression.
    """
    cells = CELL * torch.cartesian_prod(torch.arange(3), torch.arange(2)).double()  # (G, 2)
    sides = uniform(CELLS, 30, 60, generator)
    start = cells + (CELL - sides) * uniform(CELLS, 0.3, 0.7, generator)
    truth = torch.cat((start, start + sides), 1)
    wanted = 0.55 + 0.1 * torch.rand(CELLS // 2, generator=generator, dtype=torch.float64)
    even = wanted.repeat(2)
    uneven = torch.cat((wanted + spread, wanted - spread))
    scores = torch.rand(CELLS, generator=generator, dtype=torch.float64)
    boxes, others = beside(truth, even), beside(truth, uneven)
    doubled = Detections(boxes.repeat(2, 1), torch.cat((scores, 0.9 * scores)))
    kept = nms(doubled.boxes, doubled.scores, 0.5)
    return truth, {
        "even": Detections(boxes, scores),
        "uneven": Detections(others, uneven),
        "reversed": Detections(others, 1 - uneven),
        "doubled": doubled,
        "suppressed": Detections(doubled.boxes[kept], doubled.scores[kept]),
    }


def _to_objects(detected: list[Detections], truths: list[Truths]) -> float:
    """Mean over all detections of the IoU with the object that each was made from."""
    best = [iou(d.boxes, t.boxes).amax(1) for d, t in zip(detected, truths, strict=True)]
    return torch.cat(best).mean().item()


def _overlaps(one: Tensor, other: Tensor, *, inclusive: bool = False) -> Tensor:
    return iou(one, other, paired=True, inclusive=inclusive)
