"""A record of a question that is not there: places whose heights are normal around a mean."""

from types import SimpleNamespace
from zlib import crc32

import numpy as np
import xarray as xr

from calibration._stored import Recorded
from dlqa.evidence.claims import fails, holds, measured, undecided
from dlqa.evidence.quantities import quantity


@quantity(low=-20, high=20, resolution=0.1)
def height(record, *, place):
    return record.height.sel(place=place)


@quantity(low=-40, high=40, resolution=0.1)
def above(record, *, place, beside):
    return height(record, place=place) - height(record, place=beside)


CLAIMS = (
    measured("c1", "Toy 2026", height, holds(place="hill"), fails(place="vale"), above=1.0),
    measured("c2", "Toy 2026", above, holds(place="hill", beside="vale"), above=0.5),
    measured("c3", "Toy 2026", height, undecided(place="plain"), above=0.0),
)


def block(seeds, **means):
    """Each place's samples, the same seed by seed."""
    drawn = [
        [mean + np.random.default_rng((crc32(name.encode()), seed)).normal() for seed in seeds]
        for name, mean in means.items()
    ]
    labels = {"place": list(means), "seed": list(seeds)}
    return xr.Dataset({"height": (("place", "seed"), drawn)}, labels)


def toy(sizes=(24,), claims=CLAIMS, **means):
    """Its record at looks of those sizes; a part a place, each of which may have 96 seeds."""
    means = means or {"hill": 4.0, "vale": -2.0, "plain": -0.25}
    looks = [{name: block(range(n), **{name: mean}) for name, mean in means.items()} for n in sizes]
    parts = {name: SimpleNamespace(limit=96) for name in means}
    modules = {
        "claims": SimpleNamespace(CLAIMS=claims),
        "record": SimpleNamespace(Params=lambda: None),
        "study": SimpleNamespace(parts=lambda _: parts),
    }
    question = SimpleNamespace(slug="toy", load=modules.__getitem__)
    return Recorded(question, 0, looks, 1.5)
