"""Photos become tensors of one size, and squares are cut out where they are said to be."""

import numpy as np
import torch

from dlqa.lab.crops import middle, photo, resized, window

RAMP = torch.arange(40.0).reshape(1, 5, 8) / 40


def test_a_photo_has_three_channels_and_its_short_side() -> None:
    grey = np.arange(60 * 40, dtype=np.uint8).reshape(60, 40)
    assert photo(grey, 20).shape == (3, 30, 20)
    with_alpha = np.stack([grey, grey, grey, np.zeros_like(grey)], -1)
    torch.testing.assert_close(photo(with_alpha, 20), photo(grey, 20))


def test_bytes_become_floats_from_0_to_1() -> None:
    white = photo(np.full((8, 8), 255, np.uint8), 4)
    assert white.min() == white.max() == 1


def test_a_window_is_a_piece_of_the_image_at_a_drawn_place() -> None:
    places = set()
    for seed in range(20):
        square = window(RAMP, 3, torch.Generator().manual_seed(seed))
        top, left = divmod(round(square[0, 0, 0].item() * 40), 8)
        assert torch.equal(square, RAMP[:, top : top + 3, left : left + 3])
        places.add((top, left))
    assert len(places) > 5


def test_the_middle_is_as_far_from_either_end() -> None:
    assert torch.equal(middle(RAMP), RAMP[:, :, 1:6])
    assert torch.equal(middle(RAMP.mT), RAMP.mT[:, 1:6])


def test_squares_of_the_wanted_side_stay_as_they_are() -> None:
    squares = RAMP[None, :, :5, :5]
    assert torch.equal(resized(squares, 5), squares)
    larger = resized(squares, 20)
    assert larger.shape == (1, 1, 20, 20)
    assert squares.min() <= larger.min() <= larger.max() <= squares.max()
