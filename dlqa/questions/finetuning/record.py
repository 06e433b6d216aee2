"""Question 54, fine-tuning: what is run and what is kept of it."""

from dataclasses import dataclass

TASKS = ("photos", "digits")  # similar to ImageNet, and not
SIZES = ("small", "large")  # of the training set
HEADS = ("random", "probed")  # what the classifier head starts from
SPLITS = ("validation", "test")
LOW, MIDDLE, HIGH = RATES = (0.01, 0.03, 0.1)


@dataclass(frozen=True)
class Params:
    """The experiment's settings. Numbers of images are for each of a task's ten classes.

    `seeds` serve all that trains the network, `probe_seeds` what is linear on features, both from
    `first_seed` on: seeds below it were pilots', from which margins, conditions, tests and the
    recipe from scratch were chosen, and serve no verdict. A seed draws the split and the images, the
    first head and the batches. `controls` are networks of random weights.
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
    most_seeds: int = (
        6  # that an arm may have in the end: more would cost what the whole study does
    )
    probe_seeds: int = 12
    most_probe_seeds: int = 48
    controls: int = 2
    rates: tuple[float, ...] = RATES
    scratch_rate: float = 0.05
    batch: int = 25
    steps: int = 12
    large_batch: int = 50
    large_steps: int = 16
    looks: tuple[int, ...] = (0, 14, 28, 42, 56)  # steps from scratch
    rank: int = 4  # of the adapters
    views: int = 64  # on which forgetting is measured

    def counts(self, size: str) -> tuple[int, int, int]:
        """Images of a class for training, validation and test."""
        return {"small": self.small, "large": self.large}[size], self.validation, self.tests


# The source explains and times nothing.
SOURCE_WORK = None

# Accuracies are in 0..1, on the test split where there is no dimension "split". `probe` and `control`
# are linear classifiers on features, pretrained or of random weights: ridge, and on the small set a
# linear SVM, and at the last depth multinomial logistic regression ("softmax"). `tuned`: all layers;
# on the large set head and rate alone that validation on the small set chose. `last_stage`: it, the
# head and the classifier. `updated`: as `tuned`, random head, middle rate, batch norm updated.
# `scratch`: random weights. `adapted`: LoRA at the highest rate; `parameters`: how many it trains, of
# how many. `kept` is the share of views of photos on which the network, its first classifier put
# back, decides as before it learned digits, `moved` how far its filters moved, relative to their norm;
# `recognized` the probability of a whole photo's right classes, `refused` whether another side than
# the first was (0 or 1), by what pools the maps before the classifier.
VARIABLES = {
    "probe": ("classifier", "task", "size", "depth", "seed", "split"),
    "control": ("task", "size", "depth", "seed", "split"),
    "probe_by_side": ("side", "depth", "seed"),
    "recognized": ("side", "photo"),
    "tuned": ("task", "size", "head", "rate", "seed", "split"),
    "last_stage": ("task", "size", "rate", "seed", "split"),
    "updated": ("task", "seed"),
    "scratch": ("task", "size", "seed", "step"),
    "kept": ("task", "head", "rate", "seed"),
    "moved": ("task", "head", "rate", "seed"),
    "adapted": ("task", "seed"),
    "parameters": ("trained",),
    "refused": ("pooling",),
}
