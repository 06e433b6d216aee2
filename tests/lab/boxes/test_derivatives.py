"""Every derivative of every function is right, whichever way it is asked for, or refused by name."""

import functools

import pytest
import torch
from torch import Tensor
from torch.autograd import forward_ad
from torch.func import grad, hessian, jacfwd, jacrev, jvp, vmap

from dlqa.lab.boxes import (
    Detections,
    Truths,
    average_precision,
    batched_nms,
    blocks,
    box_area,
    box_convert,
    ciou,
    dice,
    diou,
    giou,
    intersection,
    iou,
    mask_iou,
    match,
    nms,
    rotated_corners,
    rotated_iou,
)
from dlqa.lab.boxes.corners import Corners, two_tables
from dlqa.lab.boxes.variants import aspect_difference, aspect_weight

# torch's own, on the way to forward derivatives
pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated")
MEASURES = [intersection, iou, dice, giou, diou, ciou]


def drawn(count: int, seed: int) -> Tensor:
    start = torch.rand(count, 2, generator=torch.manual_seed(seed), dtype=torch.float64) * 2
    return torch.cat((start, start + 0.5 + start.flip(1)), 1)


def turned(boxes: Tensor) -> Tensor:
    angles = torch.rand(len(boxes), 1, generator=torch.manual_seed(7), dtype=torch.float64) * 90
    return torch.cat((box_convert(boxes, "xyxy", "cxcywh"), angles), 1)


BOXES, OTHERS, PARTNERS = drawn(4, 1), drawn(5, 2), drawn(4, 3)
FUNCTIONS = {
    "box_area": box_area,
    "box_convert": functools.partial(box_convert, in_fmt="xyxy", out_fmt="cxcywh"),
    "rotated_iou": functools.partial(rotated_iou, boxes2=turned(OTHERS)),
    "rotated_iou, paired": functools.partial(rotated_iou, boxes2=turned(PARTNERS), paired=True),
    "rotated_corners": rotated_corners,
}
for measure in MEASURES:
    FUNCTIONS |= {
        measure.__name__: functools.partial(measure, boxes2=OTHERS),
        f"{measure.__name__}, paired": functools.partial(measure, boxes2=PARTNERS, paired=True),
        f"{measure.__name__} of the second": lambda b, m=measure, **k: m(OTHERS, b, **k),
    }


def point(name: str) -> Tensor:
    return turned(BOXES) if "rotated" in name else BOXES


def direction(boxes: Tensor) -> Tensor:
    return torch.sin(torch.arange(boxes.numel(), dtype=boxes.dtype)).view_as(boxes)


def by_reverse(function, boxes: Tensor) -> Tensor:
    return torch.autograd.functional.jacobian(function, boxes)


def unchecked(function):
    return function if function is rotated_corners else functools.partial(function, checked=False)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_tangent_is_the_jacobian_times_the_direction(name):
    function, boxes = FUNCTIONS[name], point(name)
    along = direction(boxes)
    expected = torch.tensordot(by_reverse(function, boxes), along, 2)
    value, tangent = jvp(function, (boxes,), (along,))
    torch.testing.assert_close(tangent, expected)
    torch.testing.assert_close(value, function(boxes))
    with forward_ad.dual_level(), torch.no_grad():
        dual = function(forward_ad.make_dual(boxes, along))
        torch.testing.assert_close(forward_ad.unpack_dual(dual).tangent, expected)


@pytest.mark.parametrize("measure", MEASURES)
def test_no_tangent_is_lost_in_blocks_and_threads(measure, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_PAIRS", 3)
    monkeypatch.setattr(blocks, "FORMULA_BLOCK_PAIRS", 3)
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        one, other = (functools.partial(measure, boxes2=OTHERS, paired=p) for p in (False, True))
        along = direction(OTHERS)
        whole = jvp(one, (OTHERS,), (along,))[1]
        torch.testing.assert_close(whole.diagonal(), jvp(other, (OTHERS,), (along,))[1])
        assert whole.abs().max() > 0
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("jacobian", [jacfwd, jacrev])
def test_torchs_jacobians_are_those_of_backward(name, jacobian):
    function, boxes = FUNCTIONS[name], point(name)
    torch.testing.assert_close(jacobian(function)(boxes), by_reverse(function, boxes))


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if "ciou" not in name])
def test_second_derivatives_agree_with_finite_differences(name):
    function, boxes = FUNCTIONS[name], point(name).clone().requires_grad_()
    assert torch.autograd.gradgradcheck(function, boxes)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_forward_over_reverse_is_reverse_over_reverse(name):
    function, boxes = FUNCTIONS[name], point(name)

    def total(boxes: Tensor) -> Tensor:
        return function(boxes).sum()

    expected = torch.autograd.functional.hessian(total, boxes)
    torch.testing.assert_close(hessian(total)(boxes), expected)


def test_the_weight_of_ciou_is_a_constant_in_second_derivatives_too():
    def aspects(boxes: Tensor) -> Tensor:
        tables = two_tables(boxes, PARTNERS, paired=True, inclusive=False, checked=True)
        return aspect_difference(*(Corners(*table) for table in tables))

    weight = aspect_weight(iou(BOXES, PARTNERS, paired=True), aspects(BOXES))

    def frozen(boxes: Tensor) -> Tensor:
        return (diou(boxes, PARTNERS, paired=True) - weight * aspects(boxes)).sum()

    expected = torch.autograd.functional.hessian(frozen, BOXES)
    whole = functools.partial(ciou, boxes2=PARTNERS, paired=True)
    torch.testing.assert_close(
        torch.autograd.functional.hessian(lambda boxes: whole(boxes).sum(), BOXES), expected
    )


@pytest.mark.parametrize("name", FUNCTIONS)
def test_vmap_maps_where_values_need_not_be_read(name):
    function, boxes = unchecked(FUNCTIONS[name]), torch.stack((point(name), point(name) + 0.1))
    expected = torch.stack([function(each) for each in boxes])
    torch.testing.assert_close(vmap(function)(boxes), expected)

    def total(boxes: Tensor) -> Tensor:
        return function(boxes).sum()

    expected = torch.stack([grad(total)(each) for each in boxes])
    torch.testing.assert_close(vmap(grad(total))(boxes), expected)


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "rotated_corners"])
def test_vmap_is_refused_where_values_are_to_be_read(name):
    boxes = torch.stack((point(name), point(name)))
    with pytest.raises(ValueError, match=r"boxes\d? cannot be read here.*or checked=False"):
        vmap(FUNCTIONS[name])(boxes)


SCORES = torch.tensor([0.9, 0.8, 0.7, 0.6])
CHOOSING = {
    "nms": lambda boxes, scores: nms(boxes, scores, 0.3),
    "batched_nms": lambda boxes, scores: batched_nms(boxes, scores, torch.arange(4), 0.3),
    "match": lambda boxes, scores: match(boxes, scores, OTHERS),
    "average_precision": lambda boxes, scores: average_precision(
        [Detections(boxes, scores)], [Truths(OTHERS)]
    ),
}


@pytest.mark.parametrize("name", CHOOSING)
def test_what_chooses_boxes_is_refused_under_vmap_by_name(name):
    twice = torch.stack((BOXES, BOXES)), torch.stack((SCORES, SCORES))
    with pytest.raises(ValueError, match="boxes is mapped over by vmap"):
        vmap(lambda boxes: CHOOSING[name](boxes, SCORES))(twice[0])
    with pytest.raises(ValueError, match="scores is mapped over by vmap"):
        vmap(lambda scores: CHOOSING[name](BOXES, scores))(twice[1])


@pytest.mark.parametrize("name", CHOOSING)
def test_what_chooses_boxes_is_the_same_in_the_midst_of_a_derivative(name):
    expected = torch.as_tensor(CHOOSING[name](BOXES, SCORES)).sum()

    def scaled(boxes: Tensor) -> Tensor:
        return boxes.sum() * torch.as_tensor(CHOOSING[name](boxes, SCORES)).sum()

    torch.testing.assert_close(grad(scaled)(BOXES), torch.full_like(BOXES, expected))
    _, tangent = jvp(scaled, (BOXES,), (torch.ones_like(BOXES),))
    torch.testing.assert_close(tangent, BOXES.numel() * expected, check_dtype=False)


def test_masks_are_mapped_one_by_one():
    masks = torch.rand(2, 3, 5, 5, generator=torch.manual_seed(0)) > 0.5
    expected = torch.stack([mask_iou(each, masks[0]) for each in masks])
    assert torch.equal(vmap(lambda each: mask_iou(each, masks[0]))(masks), expected)


@pytest.mark.parametrize("measure", MEASURES)
def test_an_output_takes_no_tangent_and_no_batch(measure):
    def into(boxes: Tensor) -> Tensor:
        return measure(boxes, OTHERS, checked=False, out=boxes.new_empty(4, 5))

    with pytest.raises(ValueError, match="out= was given with boxes that require a gradient, or"):
        jvp(into, (BOXES,), (BOXES,))
    with pytest.raises(ValueError, match="or have a tangent or a batch: expected one of them"):
        vmap(into)(torch.stack((BOXES, BOXES)))
