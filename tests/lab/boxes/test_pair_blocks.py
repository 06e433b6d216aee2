"""The blocks cover the result once, in any shape, and write where they are told."""

import pytest
import torch

from dlqa.lab.boxes import blocks, ciou, dice, diou, giou, intersection, iou

MEASURES = [intersection, iou, dice, giou, diou, ciou]


def some_boxes(count: int, seed: int) -> torch.Tensor:
    start = torch.rand(count, 2, generator=torch.manual_seed(seed))
    return torch.cat((start, start + start.flip(0)), 1)


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_PAIRS", 12)
    monkeypatch.setattr(blocks, "FORMULA_BLOCK_PAIRS", 12)


@pytest.mark.parametrize("shape", [(1, 1), (7, 5), (5, 7), (1, 40), (40, 1), (3, 13), (12, 12)])
@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.usefixtures("small_blocks")
def test_blocks_of_any_shape_give_what_one_expression_gives(measure, shape):
    first, second = some_boxes(shape[0], 1), some_boxes(shape[1], 2)
    with_gradient = measure(first.clone().requires_grad_(), second)
    # To the bit but for arctan, whose vector and scalar routes round differently.
    tolerance = 1e-6 if measure is ciou else 0
    torch.testing.assert_close(
        measure(first, second), with_gradient.detach(), rtol=0, atol=tolerance
    )


@pytest.mark.parametrize(
    ("shape", "limit"), [((7, 5), 12), ((3, 40), 12), ((0, 4), 12), ((4, 0), 3)]
)
def test_tiles_cover_each_pair_once_and_keep_to_the_limit(shape, limit):
    seen = torch.zeros(shape)
    for rows, columns in blocks.tiles(seen, limit):
        seen[rows, columns] += 1
        assert seen[rows, columns].numel() <= limit
    assert (seen == 1).all()


@pytest.mark.parametrize("measure", MEASURES)
def test_the_callers_own_output_is_filled_and_given_back(measure):
    first, second = some_boxes(6, 1), some_boxes(4, 2)
    out = torch.full((6, 4), torch.nan)
    assert measure(first, second, out=out) is out
    assert torch.equal(out, measure(first, second))
    out = torch.full((6,), torch.nan)
    assert measure(first, first, paired=True, out=out) is out
    assert torch.equal(out, measure(first, first, paired=True))


def test_an_output_with_gaps_in_memory_is_filled_too():
    first, second = some_boxes(6, 1), some_boxes(4, 2)
    whole = torch.full((12, 8), -1.0)
    iou(first, second, out=whole[::2, ::2])
    assert torch.equal(whole[::2, ::2], iou(first, second))
    assert (whole[1::2] == -1).all()


@pytest.mark.parametrize(
    "out", [torch.zeros(4, 6), torch.zeros(24), torch.zeros(6, 4, dtype=torch.float64)]
)
def test_an_output_that_does_not_fit_is_refused(out):
    with pytest.raises(ValueError, match=r"expected \(shape, dtype, device\) to be \(\(6, 4\)"):
        iou(some_boxes(6, 1), some_boxes(4, 2), out=out)


def test_an_output_cannot_carry_a_gradient():
    boxes = some_boxes(6, 1).requires_grad_()
    with pytest.raises(ValueError, match="require a gradient"):
        iou(boxes, boxes, out=torch.zeros(6, 6))
    with torch.no_grad():
        assert iou(boxes, boxes, out=torch.zeros(6, 6)).isfinite().all()


def test_boxes_are_left_as_they_were():
    boxes = some_boxes(6, 1)
    before = boxes.clone()
    for measure in MEASURES:
        measure(boxes, boxes, inclusive=True)
    assert torch.equal(boxes, before)


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.usefixtures("small_blocks")
def test_the_number_of_threads_changes_nothing_and_is_left_as_it_was(threads):
    first, second = some_boxes(40, 1), some_boxes(30, 2)
    expected = [measure(first, second) for measure in MEASURES]
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        for measure, result in zip(MEASURES, expected, strict=True):
            assert torch.equal(measure(first, second), result)
        assert torch.get_num_threads() == threads
    finally:
        torch.set_num_threads(before)


@pytest.mark.usefixtures("small_blocks")
def test_an_error_in_a_thread_reaches_the_caller_and_threads_are_restored(monkeypatch):
    def fail(*_):
        raise RuntimeError("in a block")

    monkeypatch.setattr("dlqa.lab.boxes.overlap.write_iou", fail)
    before = torch.get_num_threads()
    with pytest.raises(RuntimeError, match="in a block"):
        iou(some_boxes(40, 1), some_boxes(30, 2))
    assert torch.get_num_threads() == before


@pytest.mark.usefixtures("small_blocks")
def test_inference_mode_reaches_the_threads():
    first, second = some_boxes(40, 1), some_boxes(30, 2)
    expected = iou(first, second)
    with torch.inference_mode():
        assert torch.equal(iou(first, second), expected)


@pytest.mark.parametrize("threads", [1, 2, 64])
def test_memory_beyond_the_result_stays_below_64_megabytes(threads):
    pairs = threads * min(blocks.BLOCK_PAIRS, blocks.BUFFERED_PAIRS // threads)
    assert 2 * 4 * pairs <= 64e6
