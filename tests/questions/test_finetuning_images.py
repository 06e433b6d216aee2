"""The two tasks of question 54: who gets which image, and that nobody gets another's."""

import pytest
import torch

from dlqa.questions.finetuning.images import (
    CLASSES,
    POOL,
    TILES,
    photos,
    places,
    pool,
    split,
    squares,
    views,
)

TASKS = ("photos", "digits")


@pytest.mark.parametrize("task", TASKS)
def test_a_pool_holds_grey_images_that_differ(task: str) -> None:
    images = pool(task, 32)
    assert images.shape == (CLASSES, POOL, 1, 32, 32)
    assert 0 <= images.min() < images.max() <= 1
    assert len(torch.unique(images.flatten(2), dim=1)[0]) > POOL // 2


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("seed", range(5))
def test_no_image_serves_two_roles(task: str, seed: int) -> None:
    training, validation, test = places(task, seed, 20, 10, 24)
    for one, two, three in zip(training, validation, test, strict=True):
        together = torch.cat([one, two, three])
        assert len(together.unique()) == len(together) == 54


@pytest.mark.parametrize("seed", range(5))
def test_no_tile_of_a_photo_serves_two_roles(seed: int) -> None:
    roles = places("photos", seed, 20, 10, 24)
    tiles = [set((role // (POOL // TILES**2))[0].tolist()) for role in roles]
    assert len(set.union(*tiles)) == sum(map(len, tiles))


@pytest.mark.parametrize("task", TASKS)
def test_a_larger_training_set_holds_the_smaller_and_leaves_the_rest(task: str) -> None:
    small, large = (places(task, 3, size, 10, 24) for size in (5, 20))
    torch.testing.assert_close(large[0][:, :5], small[0])
    torch.testing.assert_close(large[1:], small[1:])


def test_seeds_differ_and_repeat() -> None:
    one, again, other = (split("digits", seed, 2, 2, 2, 32).training[0] for seed in (0, 0, 1))
    torch.testing.assert_close(one, again, rtol=0, atol=0)
    assert not torch.equal(one, other)


def test_labels_are_those_of_the_images() -> None:
    given = split("digits", 0, 3, 2, 4, 32)
    assert given.test[1].tolist() == [label for label in range(CLASSES) for _ in range(4)]
    assert given.training[0].shape == (30, 3, 32, 32)


def test_more_images_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 12 images a class, not 13"):
        places("photos", 0, 5, 13, 24)


def test_an_unknown_task_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown task 'faces'; expected photos or digits"):
        pool("faces", 32)


def test_views_are_always_the_same_and_in_colour() -> None:
    one, two = views(12), views(12)
    torch.testing.assert_close(one, two, rtol=0, atol=0)
    assert (one[:, 0] != one[:, 2]).any()


def test_squares_are_the_middles_of_whole_photos() -> None:
    assert len(photos()) == CLASSES
    assert squares(("chelsea", "coffee"), 64).shape == (2, 3, 64, 64)
