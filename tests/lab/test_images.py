"""The small tasks of images: who gets which image, and that nobody gets another's."""

import pytest
import torch
from skimage import data
from sklearn.datasets import load_digits

from dlqa.lab.images import (
    CLASSES,
    EACH,
    POOL,
    digits,
    original,
    photos,
    places,
    pool,
    prepared,
    split,
    squares,
    views,
)
from dlqa.lab.pools import taken

TASKS = ("photos", "digits")
MOST = (20, 10, 24)


@pytest.mark.parametrize("task", TASKS)
def test_a_pool_holds_grey_images_that_differ(task: str) -> None:
    images = pool(task, 32)
    assert images.shape == (CLASSES, POOL, 1, 32, 32)
    assert 0 <= images.min() < images.max() <= 1
    assert len(torch.unique(images.flatten(2), dim=1)[0]) > POOL // 2


@pytest.mark.parametrize("task", TASKS)
def test_no_image_serves_two_roles(task: str) -> None:
    for of_seed in zip(*places(task, range(5), MOST), strict=True):
        for one, two, three in zip(*of_seed, strict=True):
            together = torch.cat([one, two, three])
            assert len(together.unique()) == len(together) == sum(MOST)


def test_no_tile_of_a_photo_serves_two_roles() -> None:
    for roles in zip(*places("photos", range(5), MOST), strict=True):
        tiles = [set((role // EACH)[0].tolist()) for role in roles]
        assert len(set.union(*tiles)) == sum(map(len, tiles))


def test_a_seeds_places_are_the_same_whichever_others_are_asked_for() -> None:
    together, alone = places("photos", [3, 4, 5], MOST), places("photos", [4], MOST)
    for one, other in zip(together, alone, strict=True):
        torch.testing.assert_close(one[1:2], other, rtol=0, atol=0)


def test_seeds_differ_and_repeat() -> None:
    one, again, other = (split("digits", seed, (2, 2, 2), 32).training[0] for seed in (0, 0, 1))
    torch.testing.assert_close(one, again, rtol=0, atol=0)
    assert not torch.equal(one, other)


@pytest.mark.parametrize("task", TASKS)
def test_a_split_holds_what_lies_at_the_seeds_places(task: str) -> None:
    given = split(task, 7, MOST, 32)
    for (images, labels), role in zip(vars(given).values(), places(task, [7], MOST), strict=True):
        at_places, of_places = taken(pool(task, 32), role[0])
        torch.testing.assert_close(images, prepared(at_places), rtol=0, atol=0)
        torch.testing.assert_close(labels, of_places)


def test_labels_are_those_of_the_images() -> None:
    given = split("digits", 0, (3, 2, 4), 32)
    assert given.test[1].tolist() == [label for label in range(CLASSES) for _ in range(4)]
    assert given.training[0].shape == (30, 3, 32, 32)


def test_more_images_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 12 images a class, not 13"):
        places("photos", [0], (5, 13, 24))


def test_an_unknown_task_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown task 'faces'; expected one of photos, digits"):
        pool("faces", 32)


def test_views_are_always_the_same_and_in_colour() -> None:
    one, two = views(12), views(12)
    torch.testing.assert_close(one, two, rtol=0, atol=0)
    assert (one[:, 0] != one[:, 2]).any()


def test_squares_are_the_middles_of_whole_photos() -> None:
    assert len(photos()) == CLASSES
    assert squares(("chelsea", "coffee"), 64).shape == (2, 3, 64, 64)


def test_the_first_digits_are_those_of_scikit_learn() -> None:
    images, labels = digits(30)
    known = load_digits()
    assert images.shape == (30, 1, 8, 8)
    assert torch.equal(images[:, 0] * 16, torch.tensor(known.images[:30]).float())
    assert labels.tolist() == known.target[:30].tolist()
    with pytest.raises(ValueError, match="count is 1798: expected 1 to 1797"):
        digits(1798)


def test_a_photo_is_given_as_it_is_shipped() -> None:
    assert torch.equal(original("chelsea"), torch.from_numpy(data.chelsea()).permute(2, 0, 1))
    with pytest.raises(ValueError, match="unknown photo 'lena'; expected one of astronaut"):
        original("lena")
