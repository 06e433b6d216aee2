"""Question 7: tosses a coin for every seed."""
# ruff: noqa: I001, these imports are found only where the tests put this file

import numpy as np

from dlqa.lab.reporting import Report, silent
from dlqa.lab.tossing import toss
from dlqa.questions.coin.record import Params, Record


def run(params: Params, report: Report = silent) -> Record:
    heads = np.array([toss(seed, params.tosses) for seed in range(params.seeds)])
    report("tosses", 1, 1, params.seeds, params.tosses)
    return Record(heads=heads)
