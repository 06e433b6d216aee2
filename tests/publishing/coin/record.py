"""Question 7, a fair coin. The question of the tests: cheap to run, with all that a page may have."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Params:
    seeds: int = 12
    tosses: int = 100


SOURCE_WORK = Params(seeds=5)
VARIABLES = {"heads": ("coin", "seed")}  # fraction of heads
