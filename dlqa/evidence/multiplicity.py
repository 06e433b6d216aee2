"""Many claims on one page, corrected together."""

from collections.abc import Sequence

import numpy as np


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values in the given order (Holm 1979, step-down).

    Reject where the adjusted value is below the level: the chance of any false rejection among all
    of them then stays below it. Raises ValueError for a value outside 0..1.
    """
    given = np.asarray(p_values, dtype=np.float64)
    if not np.all((given >= 0) & (given <= 1)):
        raise ValueError(f"expected p-values in 0..1, got {list(p_values)}")
    order = np.argsort(given, kind="stable")
    steps = given[order] * np.arange(len(given), 0, -1)
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(1, np.maximum.accumulate(steps))
    return [float(value) for value in adjusted]
