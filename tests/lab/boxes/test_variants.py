"""GIoU, DIoU and CIoU against closed forms, the formulas as published, and finite differences."""

import math

import pytest
import torch
from drawn_boxes import ADVERSARIAL, every_pair, exact, exact_ciou, pairs_of_boxes
from hypothesis import given, settings
from hypothesis import strategies as st

from dlqa.lab.boxes import ciou, diou, giou, iou
from dlqa.lab.boxes.corners import two_tables
from dlqa.lab.boxes.variants import Corners, aspect_difference, aspect_weight

VARIANTS = [giou, diou, ciou]


def of(*coordinates: float) -> torch.Tensor:
    return torch.tensor([coordinates], dtype=torch.float64)


def published(box1: list[float], box2: list[float]) -> tuple[float, float, float]:
    """The three formulas with scalars, for boxes with area."""
    a, b = box1, box2
    shared = max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))
    sides = [(c[2] - c[0], c[3] - c[1]) for c in (a, b)]
    union = sides[0][0] * sides[0][1] + sides[1][0] * sides[1][1] - shared
    width = max(a[2], b[2]) - min(a[0], b[0])
    height = max(a[3], b[3]) - min(a[1], b[1])
    overlap = shared / union
    centres = [((c[0] + c[2]) / 2, (c[1] + c[3]) / 2) for c in (a, b)]
    distance = math.dist(*centres) ** 2 / math.hypot(width, height) ** 2
    v = (
        4
        / math.pi**2
        * (math.atan(sides[0][0] / sides[0][1]) - math.atan(sides[1][0] / sides[1][1])) ** 2
    )
    weight = v / (1 - overlap + v) if v else 0
    generalized = overlap - (width * height - union) / (width * height)
    return generalized, overlap - distance, overlap - distance - weight * v


@given(pairs_of_boxes())
@settings(max_examples=60, deadline=None)
def test_values_are_those_of_the_papers_formulas(boxes):
    first, second = (b.double()[iou(b, b, paired=True) > 0] for b in boxes)
    results = [variant(first, second) for variant in VARIANTS]
    for i, box1 in enumerate(first.tolist()):
        for j, box2 in enumerate(second.tolist()):
            expected = published(box1, box2)
            assert [float(r[i, j]) for r in results] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("dtype", "scale"),
    [
        (torch.float32, 1.0),
        (torch.float32, 1.1e-16),
        (torch.float32, 4.6e18),
        (torch.float64, 1.0),
        (torch.float64, 1.5e-151),
        (torch.float64, 3.3e153),
    ],
)
@given(pairs_of_boxes(st.integers(-999, 999).map(lambda x: x / 1000)))
@settings(max_examples=30, deadline=None)
def test_the_error_is_at_most_eight_epsilons_of_one_at_any_scale(dtype, scale, boxes):
    first, second = (each.to(dtype) * scale for each in boxes)
    results = [variant(first, second) for variant in VARIANTS]
    for i, box1 in enumerate(first.tolist()):
        for j, box2 in enumerate(second.tolist()):
            known = exact(box1, box2)
            for result, expected in zip(
                results, (known["giou"], known["diou"], exact_ciou(box1, box2)), strict=True
            ):
                assert abs(result[i, j].item() - expected) <= 8 * torch.finfo(dtype).eps


def test_far_apart_tends_to_minus_one():
    box, far = of(0, 0, 1, 1), of(1e6, 1e6, 1e6 + 1, 1e6 + 1)
    for variant in VARIANTS:
        assert variant(box, far).item() == pytest.approx(-1, abs=1e-5)


def test_equal_boxes_have_one_and_equal_points_zero():
    box, point = of(0, 0, 3, 4), of(2, 2, 2, 2)
    for variant in VARIANTS:
        assert variant(box, box).item() == 1
        assert variant(point, point).item() == 0


def test_degenerate_boxes_have_the_values_that_are_documented():
    point, level, upright = of(0, 0, 0, 0), of(4, 0, 4, 0), of(3, 4, 3, 4)
    assert giou(point, level).item() == 0  # the enclosing box has no area
    assert giou(point, upright).item() == -1
    assert diou(point, upright).item() == ciou(point, upright).item() == -1
    line, box = of(0, 0, 0, 2), of(0, 0, 2, 2)
    v = 4 / math.pi**2 * (math.pi / 4) ** 2  # arctan 0 against arctan 1
    assert ciou(line, box).item() == pytest.approx(-1 / 8 - v**2 / (1 + v))


@given(pairs_of_boxes())
@settings(max_examples=40, deadline=None)
def test_order_and_range(boxes):
    overlap, g, d, c = (f(*boxes) for f in (iou, giou, diou, ciou))
    assert (g <= overlap + 1e-5).all()
    assert ((g >= -1 - 1e-5) & (g <= 1)).all()
    assert ((d >= -1 - 1e-5) & (d <= overlap)).all()
    assert ((c > -2) & (c <= d)).all()


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("inclusive", [False, True])
def test_pair_by_pair_is_the_same_as_pairwise(variant, inclusive):
    paired = variant(*every_pair(ADVERSARIAL), paired=True, inclusive=inclusive)
    pairwise = variant(ADVERSARIAL, ADVERSARIAL, inclusive=inclusive)
    # To the bit but for arctan, whose vector and scalar routes round differently.
    torch.testing.assert_close(paired, pairwise.flatten(), rtol=0, atol=1e-15 * (variant is ciou))
    assert paired.isfinite().all()


@pytest.mark.parametrize("variant", VARIANTS)
def test_inclusive_is_one_pixel_more_to_the_right_and_below(variant):
    grown = ADVERSARIAL + torch.tensor([0, 0, 1, 1])
    assert torch.equal(variant(ADVERSARIAL, ADVERSARIAL, inclusive=True), variant(grown, grown))


def generic_boxes() -> tuple[torch.Tensor, ...]:
    start = torch.rand(2, 5, 2, generator=torch.manual_seed(3), dtype=torch.float64) * 2
    return tuple(torch.cat((start, start + 0.5 + start.flip(1)), 2).requires_grad_())


@pytest.mark.parametrize("variant", [giou, diou])
@pytest.mark.parametrize("paired", [False, True])
def test_gradients_agree_with_finite_differences(variant, paired):
    assert torch.autograd.gradcheck(lambda a, b: variant(a, b, paired=paired), generic_boxes())


def aspect_part(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    tables = two_tables(a, b, paired=True, inclusive=False, checked=True)
    return aspect_difference(*(Corners(*table) for table in tables))


def test_the_aspect_part_passes_its_gradient_but_its_weight_does_not():
    boxes = generic_boxes()
    assert torch.autograd.gradcheck(aspect_part, boxes)
    weight = aspect_weight(iou(*boxes, paired=True), aspect_part(*boxes)).detach()
    expected = torch.autograd.grad(
        (diou(*boxes, paired=True) - weight * aspect_part(*boxes)).sum(), boxes
    )
    for given_, wanted in zip(
        torch.autograd.grad(ciou(*boxes, paired=True).sum(), boxes), expected, strict=True
    ):
        torch.testing.assert_close(given_, wanted)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("scale", [1.0, 1e-17, 1e15])
def test_gradients_are_finite_at_every_awkward_pair(variant, dtype, scale):
    first, second = ((scale * b.to(dtype)).requires_grad_() for b in every_pair(ADVERSARIAL))
    result = variant(first, second, paired=True)
    assert result.isfinite().all()
    result.sum().backward()
    assert first.grad.isfinite().all()
    assert second.grad.isfinite().all()


def test_only_iou_has_no_pull_between_boxes_that_do_not_meet():
    def pull(measure):
        box = of(0, 0, 1, 1).requires_grad_()
        measure(box, of(5, 3, 6, 5)).sum().backward()
        return box.grad.abs().sum().item()

    assert pull(iou) == 0
    assert all(pull(variant) > 0 for variant in VARIANTS)


def test_a_box_without_area_that_is_unchecked_inverted_is_the_callers_concern():
    inverted = of(3, 3, 1, 1)
    with pytest.raises(ValueError, match="x1 <= x2"):
        giou(inverted, of(0, 0, 4, 4))  # torchvision answers 1.0 for an inverted box and itself
