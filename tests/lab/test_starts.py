"""What networks start from is what its name says, draws only from its seed, and is no one else's."""

import torch

from dlqa.lab.adapters import count
from dlqa.lab.finetuning import accuracy
from dlqa.lab.images import CLASSES, pool, prepared, split
from dlqa.lab.recognition import NAMED, recognized
from dlqa.lab.starts import adapted, as_it_came, blind, headed, probed, untrained


def test_a_random_head_sits_on_the_pretrained_network_and_leaves_it_alone() -> None:
    one, again, other = headed(7, 1), headed(7, 1), headed(7, 2)
    assert torch.equal(one.classifier.weight, again.classifier.weight)
    assert not torch.equal(one.classifier.weight, other.classifier.weight)
    assert torch.equal(one.stem.filter.weight, as_it_came().stem.filter.weight)
    assert one.stem.filter.weight is not as_it_came().stem.filter.weight
    assert as_it_came().classifier.out_features == 1000


def test_a_probed_head_starts_where_a_random_one_does_not() -> None:
    given = split("digits", 0, (5, 2, 8), 32)
    random, fitted = headed(CLASSES, 0), probed(CLASSES, *given.training)
    before, after = (accuracy(model, *given.training) for model in (random, fitted))
    assert before < 0.4 < 0.9 < after


def test_random_weights_are_their_seeds_and_torchs_stream_goes_on() -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    one, again, other = untrained(10, 0), untrained(10, 0), untrained(10, 1)
    assert torch.equal(torch.rand(3), expected)
    assert torch.equal(one.head.filter.weight, again.head.filter.weight)
    assert not torch.equal(one.head.filter.weight, other.head.filter.weight)


def test_random_weights_get_statistics_that_tell_images_apart() -> None:
    images = prepared(pool("digits", 32)[:, 0])
    with torch.no_grad():
        seen, plain = (
            net.features(images, "head") for net in (blind(images, 0), untrained(1, 0).eval())
        )
    assert float(seen.std(0).mean()) > 0.05 > float(plain.std(0).mean())


def test_what_trains_with_adapters_is_they_and_the_classifier() -> None:
    model = untrained(10, 0)
    everything = count(list(model.parameters()))
    trained = adapted(model, 2, 0)
    assert {id(each) for each in model.classifier.parameters()} < {id(each) for each in trained}
    assert count(trained) < everything / 10


def test_the_photos_are_recognized_at_the_size_that_the_network_learned() -> None:
    cat, coffee, rocket, camera = recognized(224)
    assert list(NAMED) == ["cat", "coffee", "rocket", "camera"]
    assert min(cat, coffee, camera) > 0.8
    assert rocket < 0.5  # the weak one
    assert max(recognized(32)) < 0.1
