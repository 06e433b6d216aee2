"""Question 54, fine-tuning: what is run and what is kept of it.

Axes: T tasks, N training sets (small, large), D depths, P probe seeds, S seeds, H first heads,
R rates, L looks at a curve, Z sides of images, F photos; a last axis of 2 is validation, test.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

TASKS = ("photos", "digits")  # similar to ImageNet, and not
HEADS = ("random", "probed")  # what the classifier head starts from


@dataclass(frozen=True)
class Params:
    """The experiment's settings. Numbers of images are for each of a task's ten classes.

    `seeds` serve all that trains the network, `probe_seeds` what is linear on features, both from
    `first_seed` on: seeds below it were pilots', from which margins, conditions, tests and the
    recipe from scratch were chosen, and serve no verdict. A seed draws the split and the images, the first head and the batches.
    `controls` are networks of random weights.
    """

    small: int = 5
    large: int = 20
    validation: int = 10
    tests: int = 24
    side: int = 32  # pixels
    sides: tuple[int, ...] = (32, 48, 64)
    whole_sides: tuple[int, ...] = (32, 48, 64, 96, 128, 160, 224)
    first_seed: int = 300
    seeds: int = 6
    probe_seeds: int = 12
    controls: int = 2
    rates: tuple[float, ...] = (0.01, 0.03, 0.1)
    scratch_rate: float = 0.05
    batch: int = 25
    steps: int = 12
    large_batch: int = 50
    large_steps: int = 16
    looks: tuple[int, ...] = (0, 14, 28, 42, 56)  # steps from scratch
    rank: int = 4  # of the adapters
    views: int = 64  # on which forgetting is measured


# The source explains and times nothing.
SOURCE_WORK = None


@dataclass(frozen=True)
class Record:
    """What the runs left: accuracies in 0..1 unless said otherwise.

    `kept` is the share of views of photos on which the network, its first classifier put back,
    decides as before it learned digits; `moved` how far its filters moved, relative to their norm.
    """

    probed: Array  # [T, N, D, P, 2], ridge on pretrained features
    control: Array  # [T, N, D, P, 2], ridge on features of random weights
    vectors: Array  # [T, D, P, 2], linear SVM on pretrained features, small
    softmax: Array  # [T, P, 2], multinomial logistic regression at the last depth, small
    probed_by_side: Array  # [Z, D, P, 2], ridge, photos, large
    recognized: Array  # [Y, F], probability of a whole photo's right classes at Params.whole_sides
    tuned: Array  # [T, H, R, S, 2], all layers, small
    tuned_large: Array  # [T, S, 2], head and rate as the small set's validation chose
    last: Array  # [T, N, R, S, 2], the last stage, the head and the classifier alone
    updated: Array  # [T, S, 2], small, random head, middle rate, batch norm updated
    scratch_small: Array  # [T, S, 2], as many steps as `tuned`
    scratch: Array  # [T, S, L], test accuracy, large
    kept: Array  # [H, R, S], digits, small
    moved: Array  # [H, R, S], digits, small
    adapted: Array  # [S, 2], LoRA, digits, small
    parameters: Array  # [2], trained with adapters, trained in all layers
    refused: Array  # [2], whether a flattening classifier, and one on means, refused another side
