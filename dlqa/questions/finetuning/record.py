"""Question 54, fine-tuning: what is run and what is kept of it."""

from dataclasses import dataclass

TASKS = ("photos", "digits")  # similar to ImageNet, and not
SIZES = ("small", "large")  # of the training set
SPLITS = ("training", "validation", "test")
TOLD = SPLITS[1:]  # of probes
# Arms: what stays as it came is the stem and two stages ("upper", the default), the same from a head
# that was fitted first ("warmed"), nothing ("all"), all but the last stage and the head ("last"), all
# but low-rank adapters ("adapters"); from random weights ("scratch"). The statistics of batch norm
# stay, but from scratch and in these, at two momenta, or taken anew at the end:
UPDATED = ("slow", "quick", "recomputed")
MIDDLE = 0.05  # the rate at which all train, but these, which pilots' validation sets prefer higher
OWN_RATES = {"scratch": 0.45, "adapters": 0.2}
RATES = (0.006, 0.017, MIDDLE, 0.15, 0.45, 1.35)  # a grid for two arms, about threefold a step
LOWEST, HIGH = RATES[0], 0.15


@dataclass(frozen=True)
class Params:
    """The experiment's settings. Numbers of images are for each of a task's ten classes.

    Seeds begin at `first_seed`: those below were pilots', on whose validation sets rates and steps
    were searched, and from which margins and conditions were fixed; they serve no verdict. A seed
    draws the split and the images, the first head and the batches. What trains has no more seeds
    than these: more would cost what the whole study does. `controls` are networks of random weights.
    """

    small: int = 5
    large: int = 20
    validation: int = 10
    tests: int = 24
    side: int = 32  # pixels
    sides: tuple[int, ...] = (32, 64)
    whole_sides: tuple[int, ...] = (32, 48, 64, 96, 128, 160, 224)
    first_seed: int = 300
    seeds: int = 8
    few_seeds: int = 5  # many images, the grid of rates, updated batch norm, adapters
    single_seeds: int = 1  # all layers, photos from scratch; they serve no verdict
    probe_seeds: int = 12
    most_probe_seeds: int = 48
    controls: int = 2
    batch: int = 25
    steps: int = 60
    last_steps: int = 120
    updated_steps: int = 160
    scratch_steps: int = 80
    every: int = 500  # images seen from one look to the next
    rank: int = 4  # of the adapters
    views: int = 64  # on which forgetting is measured

    def counts(self, size: str) -> tuple[int, int, int]:
        """Images of a class for training, validation and test."""
        return {"small": self.small, "large": self.large}[size], self.validation, self.tests

    def steps_of(self, arm: str) -> int:
        """After which an arm has stopped gaining."""
        own = {
            "scratch": self.scratch_steps,
            "last": self.last_steps,
            "updated": self.updated_steps,
        }
        return own.get(arm, self.steps)


def rate_of(arm: str) -> float:
    """At which an arm trains where no grid is searched."""
    return OWN_RATES.get(arm, MIDDLE)


# The source explains and times nothing.
SOURCE_WORK = None

# Accuracies are in 0..1, of the test split where there is no dimension "split". `probe`, `control`:
# linear classifiers on features, pretrained or of random weights. `ended`, `curve`: what is trained,
# after its last step, and by the number of images seen. `kept`: the share of views of photos on
# which it decides as before, its first classifier put back; `moved`: how far its trained filters
# moved, relative to their norm. `parameters`: how many adapters train, of how many. `recognized`: the
# probability of a whole photo's right classes; `refused`: whether another side was (0 or 1).
VARIABLES = {
    "probe": ("classifier", "task", "size", "depth", "seed", "split"),
    "control": ("task", "size", "depth", "seed", "split"),
    "probe_by_side": ("side", "depth", "seed"),
    "recognized": ("side", "photo"),
    "ended": ("arm", "task", "size", "rate", "seed", "split"),
    "curve": ("arm", "task", "size", "rate", "seed", "seen"),
    "kept": ("arm", "task", "size", "rate", "seed"),
    "moved": ("arm", "task", "size", "rate", "seed"),
    "parameters": ("trained",),
    "refused": ("pooling",),
}
