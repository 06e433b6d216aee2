"""Question 7: tosses a coin for every seed."""
# ruff: noqa: I001, these imports are found only where the tests put this file

from collections.abc import Sequence
from functools import partial

import xarray as xr

from dlqa.lab.parts import Part
from dlqa.lab.tossing import toss
from dlqa.questions.coin.record import Params


def parts(params: Params) -> dict[str, Part]:
    return {"tosses": Part(partial(_tossed, params), params.seeds, networks=1, steps=params.tosses)}


def _tossed(params: Params, seeds: Sequence[int], _threads: int) -> xr.Dataset:
    heads = [toss(seed, params.tosses) for seed in seeds]
    both = [heads, [each / 2 for each in heads]]
    labels = {"coin": ["whole", "clipped"], "seed": list(seeds)}
    return xr.Dataset({"heads": (("coin", "seed"), both)}, labels)
