from dataclasses import replace

import pytest
import torch
from torch import nn

from dlqa.lab.finetuning import Training, accuracy, fine_tune, freeze_batch_norm

TRAINING = Training(steps=12, batch=8)


def drawn(count, seed=0):
    """Images [N, 3, 8, 8] whose label is the side, left or right, on which they are brighter."""
    generator = torch.Generator().manual_seed(seed)
    images = torch.randn(count, 3, 8, 8, generator=generator)
    labels = torch.arange(count) % 2
    images[..., 4:] += (2.0 * labels - 1)[:, None, None, None]
    return images, labels


def network():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1),
        nn.BatchNorm2d(8),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(2),
        nn.Flatten(),
        nn.Linear(32, 2),
    )


def flat(model):
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])


def tune(model, training=TRAINING, groups=None, seed=0, **changed):
    given = {
        "groups": groups or [{"params": list(model.parameters()), "lr": 0.1}],
        "training": training,
        "generator": torch.Generator().manual_seed(seed),
        "held_out": drawn(200, seed=1),
    }
    return fine_tune(model, *drawn(40), **(given | changed))


@pytest.mark.parametrize("optimizer", ["sgd", "adamw"])
def test_it_learns(optimizer):
    model = network()
    curve = tune(
        model,
        replace(TRAINING, steps=40, optimizer=optimizer),
        [{"params": model.parameters(), "lr": 0.05}],
        look_at=[0, 20],
    )
    assert curve.steps == (0, 20, 40)
    assert curve.accuracies[0] < 0.7 < 0.9 < curve.accuracies[2]
    assert curve.losses[2] < curve.losses[1]
    assert curve.accuracies[2] == accuracy(model, *drawn(200, seed=1))


def test_labels_that_say_nothing_teach_nothing():
    images, labels = drawn(40)
    shuffled = labels[torch.randperm(40, generator=torch.Generator().manual_seed(5))]
    model = network()
    curve = fine_tune(
        model,
        images,
        shuffled,
        groups=[{"params": model.parameters(), "lr": 0.05}],
        training=replace(TRAINING, steps=40),
        generator=torch.Generator().manual_seed(0),
        held_out=drawn(200, seed=1),
    )
    assert curve.accuracies[-1] < 0.75


def test_equal_seeds_give_equal_models_and_others_do_not():
    models = [network() for _ in range(3)]
    curves = [
        tune(model, replace(TRAINING, flip=True), seed=i // 2) for i, model in enumerate(models)
    ]
    assert torch.equal(models[0][0].weight, models[1][0].weight)
    assert curves[0].accuracies == curves[1].accuracies
    assert not torch.equal(models[0][0].weight, models[2][0].weight)


def test_a_step_is_that_of_plain_gradient_descent():
    """One step by hand: full batch, no momentum, two rates."""
    model, by_hand = network(), network()
    images, labels = drawn(40)
    rates = {"0": 0.3, "5": 0.01}
    groups = [{"params": model[int(i)].parameters(), "lr": rate} for i, rate in rates.items()]
    tune(model, Training(steps=1, batch=40, momentum=0, cosine=False), groups)
    nn.functional.cross_entropy(by_hand.train()(images), labels).backward()
    for layer, rate in rates.items():
        for ours, theirs in zip(
            model[int(layer)].parameters(), by_hand[int(layer)].parameters(), strict=True
        ):
            torch.testing.assert_close(ours.data, theirs.data - rate * theirs.grad)


def test_a_gradient_longer_than_the_clip_is_shortened_to_it():
    one_step = replace(TRAINING, steps=1, momentum=0.0, cosine=False)
    moved = {}
    for clip in (float("inf"), 1e-3):
        model = network()
        before = flat(model)
        tune(model, replace(one_step, clip=clip))
        moved[clip] = flat(model) - before
    assert moved[1e-3].norm().item() == pytest.approx(0.1 * 1e-3, rel=1e-3)
    ratio = moved[1e-3].norm() / moved[float("inf")].norm()
    torch.testing.assert_close(moved[1e-3], ratio * moved[float("inf")], rtol=1e-3, atol=1e-7)


def test_what_is_in_no_group_stays_and_gets_no_gradient():
    model, before = network(), network()
    tune(model, groups=[{"params": model[5].parameters(), "lr": 0.1}])
    assert torch.equal(model[0].weight, before[0].weight)
    assert model[0].weight.grad is None
    assert not torch.equal(model[5].weight, before[5].weight)


def test_a_frozen_layer_can_be_trained_in_a_second_round():
    model, before = network(), network()
    tune(model, groups=[{"params": model[5].parameters(), "lr": 0.1}])
    tune(model)
    assert not torch.equal(model[0].weight, before[0].weight)


def test_the_rate_declines_to_nothing_as_a_cosine():
    """Two steps, the second at half the rate: with the gradient kept constant, 1.5 steps' length."""
    model = nn.Sequential(nn.Flatten(), Constant(2))
    before = model[1].slope.clone()
    images = torch.zeros(4, 3, 2, 2)
    fine_tune(
        model,
        images,
        torch.zeros(4, dtype=torch.int64),
        groups=[{"params": model.parameters(), "lr": 1e-3}],
        training=Training(steps=2, batch=4, momentum=0),
        generator=torch.Generator(),
        held_out=(images, torch.zeros(4, dtype=torch.int64)),
    )
    moved = model[1].slope - before
    torch.testing.assert_close(moved, 1.5e-3 * torch.tensor([0.5, -0.5]), rtol=2e-3, atol=0)


class Constant(nn.Module):
    """The same logits for every image."""

    def __init__(self, classes):
        super().__init__()
        self.slope = nn.Parameter(torch.zeros(classes))

    def forward(self, images):
        return self.slope.expand(len(images), -1)


def statistics(model):
    return [values.clone() for values in (model[1].running_mean, model[1].running_var)]


def test_frozen_statistics_do_not_move_while_scale_and_shift_train():
    model = network()
    before, scale = statistics(model), model[1].weight.clone()
    tune(model, replace(TRAINING, batch_norm="frozen"), look_at=[4])
    assert all(map(torch.equal, statistics(model), before))
    assert not torch.equal(model[1].weight, scale)


def test_updated_statistics_move_even_where_nothing_but_the_head_is_trained():
    model = network()
    before = statistics(model)
    tune(model, groups=[{"params": model[5].parameters(), "lr": 0.1}], look_at=[4])
    assert not any(map(torch.equal, statistics(model), before))


def test_freezing_uses_the_running_statistics_and_training_mode_undoes_it():
    model, (images, _) = network(), drawn(8)
    model.train()
    by_batch = model(images)
    freeze_batch_norm(model)
    assert model.training
    assert not torch.allclose(model(images), by_batch)
    before = statistics(model)
    model(images)
    assert all(map(torch.equal, statistics(model), before))
    model.train()
    model(images)
    assert not torch.equal(statistics(model)[0], before[0])


def test_mirrors_are_drawn_image_by_image():
    seen = []
    model = network()
    model[0].register_forward_pre_hook(lambda _, given: seen.append(given[0]))
    tune(model, Training(steps=1, batch=40, flip=True))
    shown, (images, _) = seen[0], drawn(40)
    as_they_are = sum(any(torch.equal(one, other) for other in images) for one in shown)
    mirrored = sum(any(torch.equal(one.flip(2), other) for other in images) for one in shown)
    assert as_they_are + mirrored == 40
    assert 8 < mirrored < 32


def test_every_image_is_seen_once_before_any_is_seen_again():
    seen = []
    model = network()
    model[0].register_forward_pre_hook(lambda _, given: seen.append(given[0]))
    tune(model, Training(steps=5, batch=16))
    shown = torch.cat(seen[:5])
    assert len(shown[:40].unique(dim=0)) == len(shown[40:].unique(dim=0)) == 40


def test_a_rate_that_is_far_too_high_shows_in_the_loss():
    model = network()
    curve = tune(model, groups=[{"params": model.parameters(), "lr": 1e20}])
    assert not torch.tensor(curve.losses[-1]).isfinite()


@pytest.mark.parametrize(
    ("training", "look_at", "complaint"),
    [
        (replace(TRAINING, batch=41), [], "not 41 of 40 images"),
        (TRAINING, [0, 13], r"look_at\[1\] is 13: expected 0 to 12"),
        (TRAINING, [-1], r"look_at\[0\] is -1: expected 0 to 12"),
    ],
)
def test_what_does_not_fit_is_refused(training, look_at, complaint):
    with pytest.raises(ValueError, match=complaint):
        tune(network(), training, look_at=look_at)


def test_a_backbone_of_timm_can_take_the_networks_place():
    timm = pytest.importorskip(
        "timm", reason="needs torchvision, of which the package index has only a CUDA build"
    )
    model = timm.create_model("resnet18", pretrained=False, num_classes=2)
    curve = tune(model, groups=[{"params": model.get_classifier().parameters(), "lr": 0.1}])
    assert 0 <= curve.accuracies[-1] <= 1
    assert model.forward_features(drawn(2)[0]).shape[1] == model.num_features
