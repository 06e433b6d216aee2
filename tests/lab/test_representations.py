import pytest
import torch

from dlqa.lab.representations import likeness, linear_cka, normalized


def drawn(*shape, seed=0):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def rotation(size):
    return torch.linalg.qr(drawn(size, size, seed=9)).Q


def test_it_equals_the_quotient_of_independence_criteria():
    """CKA = HSIC(K, L) / √(HSIC(K, K) HSIC(L, L)) on Gram matrices of samples."""
    one, two, samples = drawn(5, 40), drawn(3, 40, seed=1), 40
    centring = torch.eye(samples, dtype=torch.float64) - 1 / samples
    grams = [centring @ x.T @ x @ centring for x in (one, two)]
    shared = torch.trace(grams[0] @ grams[1])
    own, other = (torch.trace(gram @ gram) for gram in grams)
    torch.testing.assert_close(linear_cka(one, two), shared / torch.sqrt(own * other))


def test_what_is_normalized_once_is_compared_as_before():
    one, two = drawn(2, 6, 50), drawn(2, 4, 50, seed=1)
    assert torch.equal(likeness(normalized(one), normalized(two)), linear_cka(one, two))
    gram = normalized(one) @ normalized(one).mT
    torch.testing.assert_close(gram.square().sum((1, 2)), torch.ones(2, dtype=torch.float64))


def test_a_rotation_a_shift_and_a_scale_change_nothing():
    one, two = drawn(6, 50), drawn(6, 50, seed=1)
    moved = 3 * rotation(6) @ two + 7
    torch.testing.assert_close(linear_cka(one, moved), linear_cka(one, two))
    torch.testing.assert_close(linear_cka(two, moved), torch.tensor(1.0, dtype=torch.float64))


def test_an_invertible_map_that_is_no_rotation_changes_it():
    one = drawn(6, 50)
    stretch = torch.diag(torch.tensor([9.0, 1, 1, 1, 1, 1], dtype=torch.float64))
    assert linear_cka(one, stretch @ one) < 0.9


def test_it_is_symmetric_and_between_0_and_1():
    one, two = drawn(4, 30), drawn(9, 30, seed=1)
    torch.testing.assert_close(linear_cka(one, two), linear_cka(two, one))
    assert 0 < linear_cka(one, two) < 1


def test_representations_without_a_common_direction_have_none():
    waves = torch.linspace(0, 2 * torch.pi, 101, dtype=torch.float64)[:-1]
    assert linear_cka(waves.sin()[None], waves.cos()[None]).item() == pytest.approx(0, abs=1e-15)


def test_networks_in_a_batch_are_compared_one_by_one():
    one, two = drawn(3, 5, 20), drawn(3, 4, 20, seed=1)
    alone = torch.stack([linear_cka(*pair) for pair in zip(one, two, strict=True)])
    torch.testing.assert_close(linear_cka(one, two), alone)


def test_small_differences_survive_single_precision():
    one = drawn(5, 60).float()
    apart = 1 - linear_cka(one, one + 1e-4 * drawn(5, 60, seed=1).float())
    assert 1e-9 < apart < 1e-7


def test_a_representation_in_which_nothing_varies_is_like_nothing():
    assert linear_cka(torch.ones(3, 10), drawn(3, 10)).isnan()


def test_unequal_samples_are_refused():
    with pytest.raises(ValueError, match=r"\[3, 10\] and \[3, 11\]"):
        linear_cka(drawn(3, 10), drawn(3, 11))
