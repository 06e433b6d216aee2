import pytest
import torch
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.svm import LinearSVC

from dlqa.lab import newton
from dlqa.lab.newton import NotConverged
from dlqa.lab.probes import Probe, accuracy, choose, logistic, ridge, support_vectors

KINDS = [ridge, logistic, support_vectors]
SHAPES = [(60, 90), (90, 20)]  # more features than samples, and fewer
CLASSES = 3


def drawn(*shape, seed=0, separation=0.5):
    """Features [*shape] around a mean for each class, and labels [*shape[:-1]]."""
    generator = torch.Generator().manual_seed(seed)
    labels = (torch.arange(shape[-2]) % CLASSES).expand(shape[:-1])
    means = torch.randn(CLASSES, shape[-1], generator=generator) * separation
    scales = torch.linspace(0.1, 10, shape[-1])
    return (torch.randn(shape, generator=generator) + means[labels] + 1) * scales, labels


def standardized(features):
    features = features.double()
    return (features - features.mean(0)) / features.std(0, correction=0)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("strength", [0.01, 1.0])
def test_ridge_is_that_of_scikit_learn(shape, strength):
    features, labels = drawn(*shape)
    known = standardized(features)
    targets = torch.nn.functional.one_hot(labels, CLASSES).double()
    theirs = Ridge(alpha=strength * len(known), solver="svd").fit(known, targets)
    ours = ridge(features, labels, CLASSES, [strength]).scores(features)[0]
    torch.testing.assert_close(ours, torch.from_numpy(theirs.predict(known)), rtol=0, atol=1e-9)


@pytest.mark.parametrize("shape", SHAPES)
def test_logistic_regression_is_that_of_scikit_learn(shape):
    features, labels = drawn(*shape)
    known = standardized(features)
    theirs = LogisticRegression(C=1 / (0.1 * len(known)), tol=1e-9, max_iter=9999)
    theirs = torch.from_numpy(theirs.fit(known, labels).predict_log_proba(known))
    ours = logistic(features, labels, CLASSES, [0.1]).scores(features)[0].log_softmax(1)
    torch.testing.assert_close(ours, theirs, rtol=0, atol=1e-4)


@pytest.mark.parametrize("shape", SHAPES)
def test_support_vectors_are_those_of_scikit_learn(shape):
    features, labels = drawn(*shape)
    known = standardized(features)
    theirs = LinearSVC(  # the scaling lets its bias go almost free
        C=1 / (0.1 * len(known)), dual=False, tol=1e-9, intercept_scaling=300, max_iter=9999
    )
    theirs = torch.from_numpy(theirs.fit(known, labels).decision_function(known))
    ours = support_vectors(features, labels, CLASSES, [0.1]).scores(features)[0]
    torch.testing.assert_close(ours, theirs, rtol=0, atol=1e-3)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("strength", [1e-4, 1e-2, 10.0])
def test_no_weight_or_bias_could_be_better(shape, strength):
    """The gradient by autograd, in the space of all standardized features, has vanished."""
    features, labels = drawn(*shape)
    known, targets = standardized(features), torch.nn.functional.one_hot(labels, CLASSES)
    losses = {
        ridge: lambda scores: (scores - targets).square().sum(1) / 2,
        logistic: lambda scores: torch.nn.functional.cross_entropy(
            scores, labels, reduction="none"
        ),
        support_vectors: lambda scores: (
            (1 - (2 * targets - 1) * scores).clamp_min(0).square().sum(1)
        ),
    }
    for kind, loss in losses.items():
        probe = kind(features, labels, CLASSES, [strength])
        scale = features.double().std(0, correction=0)[:, None]
        weights = (probe.weights[0] * scale).requires_grad_()
        bias = (probe.scores(features)[0] - known @ weights)[:1].detach().requires_grad_()
        value = loss(known @ weights + bias).mean() + strength / 2 * weights.square().sum()
        for gradient in torch.autograd.grad(value, [weights, bias]):
            assert gradient.norm() < 1e-5, kind.__name__


@pytest.mark.parametrize("kind", KINDS)
def test_probes_of_a_batch_are_those_fitted_alone(kind):
    features, labels = drawn(2, 40, 50)
    together = kind(features, labels, CLASSES, [1.0, 0.1])
    assert together.weights.shape == (2, 2, 50, CLASSES)
    for place in range(2):
        for which, strength in enumerate([1.0, 0.1]):
            alone = kind(features[place], labels[place], CLASSES, [strength])
            torch.testing.assert_close(
                together.scores(features)[which, place],
                alone.scores(features[place])[0],
                rtol=0,
                atol=1e-4,
            )


@pytest.mark.parametrize("kind", KINDS)
def test_shift_and_scale_of_a_feature_change_no_score(kind):
    features, labels = drawn(40, 30)
    moved = features * torch.linspace(0.5, 2, 30) - 7
    one, other = (kind(x, labels, CLASSES, [0.1]).scores(x) for x in (features, moved))
    torch.testing.assert_close(one, other, rtol=0, atol=2e-3)


@pytest.mark.parametrize("kind", KINDS)
def test_a_feature_that_never_varied_has_no_say(kind):
    features, labels = drawn(40, 30)
    features[:, 3] = 5.0
    probe = kind(features, labels, CLASSES, [0.1])
    unseen = features.clone()
    unseen[:, 3] = 60.0
    torch.testing.assert_close(probe.scores(unseen), probe.scores(features), rtol=0, atol=1e-3)


@pytest.mark.parametrize("kind", KINDS)
def test_features_that_tell_the_classes_apart_are_used(kind):
    features, labels = drawn(300, 30, separation=2)
    fitted, unseen = slice(0, 150), slice(150, 300)
    probe = kind(features[fitted], labels[fitted], CLASSES, [0.1])
    assert accuracy(probe, features[unseen], labels[unseen]).item() > 0.95
    shuffled = labels[torch.randperm(300, generator=torch.Generator().manual_seed(2))]
    probe = kind(features[fitted], shuffled[fitted], CLASSES, [0.1])
    assert accuracy(probe, features[unseen], shuffled[unseen]).item() < 0.5


def test_the_strength_is_chosen_for_each_problem_on_what_it_is_given():
    features, labels = drawn(2, 30, 200, separation=0.3)
    probes = ridge(features, labels, CLASSES, [10.0, 1e-6])
    unseen = drawn(2, 900, 200, seed=0, separation=0.3)
    every = accuracy(probes, *unseen)
    chosen, place = choose(probes, *unseen)
    assert chosen.weights.shape == (2, 200, CLASSES)
    torch.testing.assert_close(accuracy(chosen, *unseen), every.max(0).values)
    torch.testing.assert_close(every.gather(0, place[None])[0], every.max(0).values)


def test_of_equal_strengths_the_first_is_chosen():
    probe = Probe(torch.zeros(3, 4, CLASSES, dtype=torch.float64), torch.zeros(3, 1, CLASSES))
    assert choose(probe, torch.ones(6, 4), torch.zeros(6, dtype=torch.int64))[1] == 0


@pytest.mark.parametrize("fit", [logistic, support_vectors])
def test_a_problem_has_the_same_minimum_whichever_others_are_solved_beside_it(fit):
    easy, labels = drawn(40, 30, separation=0.5)
    hard = 30 * easy + drawn(40, 30, seed=1, separation=0.1)[0]
    beside_hard = fit(torch.stack([easy, hard]), torch.stack([labels, labels]), CLASSES, [1e-3])
    beside_itself = fit(torch.stack([easy, easy]), torch.stack([labels, labels]), CLASSES, [1e-3])
    assert torch.equal(beside_hard.weights[:, 0], beside_itself.weights[:, 0])


def test_a_minimum_that_was_not_reached_is_an_error(monkeypatch):
    monkeypatch.setattr(newton, "STEPS", 1)
    with pytest.raises(NotConverged, match="after 1 steps"):
        logistic(*drawn(40, 30), CLASSES, [1e-3])


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"labels": torch.zeros(5, dtype=torch.int64)}, r"\[6, 4\] and \[5\]"),
        ({"labels": torch.full((6,), 3)}, "labels from 0 to 2, not 3 to 3"),
        ({"strengths": []}, "strengths above 0"),
        ({"strengths": [1.0, 0.0]}, r"strengths\[1\] is 0.0: expected a number above 0"),
        ({"features": torch.full((6, 4), torch.inf)}, "finite features"),
    ],
)
def test_what_does_not_fit_is_refused(change, complaint):
    features, labels = drawn(6, 4)
    given = {"features": features, "labels": labels, "classes": CLASSES, "strengths": [1.0]}
    with pytest.raises(ValueError, match=complaint):
        ridge(**(given | change))
