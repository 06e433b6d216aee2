"""Question 7, a fair coin. The question of the tests: cheap to run, with all that a page may have."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Params:
    seeds: int = 12
    tosses: int = 100


SOURCE_WORK = Params(seeds=5)


@dataclass(frozen=True)
class Record:
    heads: NDArray[np.float64]  # [S] fraction of heads
