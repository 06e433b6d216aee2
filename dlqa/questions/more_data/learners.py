"""The models that are no networks: scikit-learn's, and the two that are formulas.

Axes: N points, I inputs. A model is given inputs [N, I] and labels [N], and fresh inputs [M, I].
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from dlqa.lab.extras import MissingExtra

Array = NDArray[np.float64]
Learner = Callable[[Array, Array, Array, int], Array]  # and a seed; to guesses [M]
SHRUNK = 0.1  # share of a round covariance in each class's own (Friedman 1989)


def linear(inputs: Array, labels: Array, fresh: Array, _seed: int) -> Array:
    """Linear discriminant analysis: the means, and one covariance for both classes."""
    zero, one = (inputs[labels == label] for label in (0, 1))
    pooled = (np.cov(zero.T) + np.cov(one.T)) / 2
    normal = np.linalg.pinv(pooled) @ (one.mean(0) - zero.mean(0))
    return (fresh - (one.mean(0) + zero.mean(0)) / 2) @ normal > 0


def quadratic(inputs: Array, labels: Array, fresh: Array, _seed: int) -> Array:
    """Quadratic discriminant analysis: a covariance for each class, shrunk towards a round one."""
    scores = []
    for label in (0, 1):
        own = inputs[labels == label]
        covariance = np.cov(own.T)
        rounded = np.trace(covariance) / len(covariance) * np.eye(len(covariance))
        covariance = (1 - SHRUNK) * covariance + SHRUNK * rounded
        apart = fresh - own.mean(0)
        distance = (apart @ np.linalg.inv(covariance) * apart).sum(1)
        scores.append(-distance - np.linalg.slogdet(covariance)[1])
    return scores[1] > scores[0]


def learners(trees: int) -> Mapping[str, Learner]:
    """All of them, with scikit-learn's defaults but for the number of trees in a forest."""
    try:
        from sklearn.ensemble import RandomForestClassifier
        from sklearn.svm import SVC
        from sklearn.tree import DecisionTreeClassifier
    except ModuleNotFoundError as error:
        raise MissingExtra("support vectors, trees and forests", "weights") from error

    def svm(inputs: Array, labels: Array, fresh: Array, _seed: int) -> Array:
        return SVC().fit(inputs, labels).predict(fresh)

    def tree(inputs: Array, labels: Array, fresh: Array, seed: int) -> Array:
        return DecisionTreeClassifier(random_state=seed).fit(inputs, labels).predict(fresh)

    def forest(inputs: Array, labels: Array, fresh: Array, seed: int) -> Array:
        model = RandomForestClassifier(trees, random_state=seed)
        return model.fit(inputs, labels).predict(fresh)

    return {"linear": linear, "quadratic": quadratic, "svm": svm, "tree": tree, "forest": forest}
