"""A pool's images are dealt to the roles by groups, anew with every seed, and taken with labels."""

import pytest
import torch

from dlqa.lab.pools import Deal, Split, taken

DEALS = (Deal((5, 2, 4)), Deal((3, 1, 2), group=4))


@pytest.mark.parametrize("deal", DEALS)
@pytest.mark.parametrize("seed", range(4))
def test_no_group_serves_two_roles(deal: Deal, seed: int) -> None:
    counts = [groups * deal.group for groups in deal.groups]
    roles = deal.places(3, seed, counts)
    for of_class in zip(*roles, strict=True):
        groups = [set((role // deal.group).tolist()) for role in of_class]
        assert list(map(len, groups)) == list(deal.groups)
        assert len(set.union(*groups)) == sum(deal.groups)
        assert len(torch.cat(list(of_class)).unique()) == sum(counts)


@pytest.mark.parametrize("deal", DEALS)
def test_a_larger_training_set_holds_the_smaller_and_leaves_the_rest(deal: Deal) -> None:
    small, large = (deal.places(3, 1, (count, 2, 3)) for count in (2, 5))
    torch.testing.assert_close(large[0][:, :2], small[0])
    torch.testing.assert_close(large[1:], small[1:])


def test_classes_and_seeds_are_dealt_differently() -> None:
    (one, *_), (other, *_) = (DEALS[0].places(4, seed, (5, 2, 4)) for seed in (0, 1))
    assert not torch.equal(one, other)
    assert len(one.unique(dim=0)) > 1


def test_more_than_a_role_has_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 4 images a class, not 5"):
        DEALS[1].places(3, 0, (12, 5, 8))


def test_what_is_taken_lies_at_the_places_and_has_its_class_as_label() -> None:
    pool = torch.arange(24.0).reshape(2, 6, 2)  # K, M, C
    images, labels = taken(pool, torch.tensor([[5, 0], [1, 2]]))
    assert images.tolist() == [[10, 11], [0, 1], [14, 15], [16, 17]]
    assert labels.tolist() == [0, 0, 1, 1]


def test_places_of_several_seeds_come_out_by_seed() -> None:
    pool, places = torch.rand(3, 6, 4), torch.randint(6, (5, 3, 2))
    images, labels = taken(pool, places)
    assert images.shape == (5, 6, 4)
    for seed in range(5):
        one, of_one = taken(pool, places[seed])
        assert torch.equal(images[seed], one)
        assert torch.equal(labels[seed], of_one)


def test_a_split_keeps_its_labels_under_a_change() -> None:
    given = Split(*((torch.ones(n, 2), torch.arange(n)) for n in (4, 2, 3)))
    changed = given.map(lambda images: images.sum(1))
    assert changed.test[0].tolist() == [2, 2, 2]
    assert torch.equal(changed.training[1], given.training[1])
