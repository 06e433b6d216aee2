"""Mask IoU and Dice against counting and pycocotools."""

import numpy as np
import pytest
import torch

from dlqa.lab.boxes import iou, mask_dice, mask_iou, masks


def random_masks(count: int, seed: int) -> torch.Tensor:
    return torch.rand(count, 9, 11, generator=torch.manual_seed(seed)) > 0.6


def test_pixels_are_counted():
    first, second = random_masks(4, 1), random_masks(3, 2)
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            shared, either = (a & b).sum().item(), (a | b).sum().item()
            assert mask_iou(first, second)[i, j].item() == shared / either
            assert mask_dice(first, second)[i, j].item() == 2 * shared / (shared + either)


def test_blocks_of_pixels_change_nothing(monkeypatch):
    first, second = random_masks(4, 1), random_masks(3, 2)
    whole = mask_iou(first, second)
    monkeypatch.setattr(masks, "BLOCK_NUMBERS", 28)
    assert torch.equal(mask_iou(first, second), whole)


def test_counts_are_exact_under_autocast():
    half = torch.ones(1, 40, 41, dtype=torch.bool)  # 1640 is not a bfloat16
    third = half.clone()
    third[:, :, :27] = False
    expected = mask_iou(half, third)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert torch.equal(mask_iou(half, third), expected)


def test_a_mask_of_a_box_has_the_boxes_inclusive_iou():
    canvas = torch.zeros(2, 12, 12, dtype=torch.bool)
    canvas[0, 2:8, 1:6] = True
    canvas[1, 4:12, 3:9] = True
    boxes = torch.tensor([[1, 2, 5, 7], [3, 4, 8, 11]])
    assert torch.equal(mask_iou(canvas, canvas), iou(boxes, boxes, inclusive=True))


def test_empty_masks_have_zero():
    empty = torch.zeros(2, 3, 3, dtype=torch.bool)
    assert mask_iou(empty, empty).tolist() == mask_dice(empty, empty).tolist() == [[0, 0], [0, 0]]
    assert mask_iou(empty[:0], empty).shape == (0, 2)


def test_what_is_no_mask_is_refused():
    mask = torch.zeros(2, 3, 3, dtype=torch.bool)
    with pytest.raises(
        TypeError, match=r"masks2 is torch\.float32: expected a tensor of torch\.bool"
    ):
        mask_iou(mask, mask.float())
    with pytest.raises(ValueError, match=r"masks1 has shape \(3, 3\)"):
        mask_iou(mask[0], mask)
    with pytest.raises(ValueError, match=r"masks1 measure \(3, 3\) and masks2 \(3, 2\)"):
        mask_iou(mask, mask[:, :, :2])


def test_the_result_is_pycocotools():
    coco = pytest.importorskip("pycocotools.mask")
    first, second = random_masks(4, 1), random_masks(3, 2)
    encoded = [
        [coco.encode(np.asfortranarray(mask.numpy().astype(np.uint8))) for mask in group]
        for group in (first, second)
    ]
    expected = coco.iou(*encoded, [0] * len(second))
    np.testing.assert_allclose(mask_iou(first, second).numpy(), expected, rtol=1e-15)


def test_filled_masks_count_what_the_boxes_measure():
    boxes = torch.tensor([[0, 0, 3, 2], [2, 1, 5, 4], [5, 3, 9, 5]])
    filled = masks.filled(boxes, 5, 9)
    assert filled.sum((1, 2)).tolist() == [6, 9, 8]
    assert torch.equal(mask_iou(filled, filled), iou(boxes, boxes))
