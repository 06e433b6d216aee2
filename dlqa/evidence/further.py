"""Which parts of a study get more seeds: those that conditions read which no look has decided.

An open condition asks for twice the seeds it has, of every part that it reads. It asks no more when
a part may not have so many, or when it would take far more than the study can spend: seeds must not
go where they cannot decide. One that would stop the build asks for all that it may have: few seeds
are no reason to stop.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from dlqa.evidence.claims import Claim, Condition, judge
from dlqa.evidence.records import SEED, gathered
from dlqa.evidence.verdicts import Verdict

Blocks = Mapping[str, xr.Dataset]  # a part's name -> what it gave
HOPELESS = 2  # times the most seeds that a condition may have


def further_seeds(
    claims: Sequence[Claim], looks: Sequence[Blocks], most: Mapping[str, int]
) -> dict[str, tuple[int, int]]:
    """The seeds that each part should run next, from the first to before the last, counted from 0.

    looks: every part's block as it was at each look, with all seeds it had then. most: the most
    seeds that each part may have. None are wanted where every condition is decided or can have no
    more.
    """
    now, records = looks[-1], [gathered(look.values()) for look in looks]
    have = {name: block.sizes.get(SEED, 0) for name, block in now.items()}
    readers = _Readers(now, records[-1])
    wanted: dict[str, int] = {}
    for claim, finding in zip(claims, judge(claims, records), strict=True):
        for condition, outcome in zip(claim.conditions, finding.outcomes, strict=True):
            if outcome.verdict is not Verdict.UNDECIDED:
                continue
            need, read = 2 * outcome.seeds, readers.parts(claim, condition)
            limit = min((most[name] for name in read), default=0)
            hopeless = outcome.needed is not None and outcome.needed > HOPELESS * limit
            if need <= limit and (outcome.contradicts or not hopeless):
                wanted |= {name: max(need, wanted.get(name, 0)) for name in read}
    return {name: (have[name], need) for name, need in wanted.items() if need > have[name]}


def most_seeds(
    claims: Sequence[Claim], blocks: Blocks, most: Mapping[str, int]
) -> dict[tuple[str, str], int]:
    """The most seeds that each condition may have, by the names of its claim and itself."""
    readers = _Readers(blocks, gathered(blocks.values()))
    return {
        (claim.id, condition.name): min(
            (most[name] for name in readers.parts(claim, condition)), default=0
        )
        for claim in claims
        for condition in claim.conditions
    }


def joined(blocks: Sequence[Blocks]) -> dict[str, xr.Dataset]:
    """Every part's blocks as one."""
    names = dict.fromkeys(name for block in blocks for name in block)
    return {name: gathered(block[name] for block in blocks if name in block) for name in names}


class _Readers:
    """Finds the parts that a condition reads: without what one alone gave, it has fewer samples."""

    def __init__(self, blocks: Blocks, record: xr.Dataset) -> None:
        self.record = record
        self.lacking = {name: record.copy() for name in blocks}
        givers = {name: np.zeros(values.shape) for name, values in record.data_vars.items()}
        given = [
            (part, name, _place(record[name], values), values.notnull().values)
            for part, block in blocks.items()
            for name, values in block.data_vars.items()
        ]
        for _, name, place, there in given:
            givers[name][place] += there
        for part, name, place, there in given:
            numbers = record[name].values.copy()
            numbers[place] = np.where(there & (givers[name][place] == 1), np.nan, numbers[place])
            self.lacking[part][name] = record[name].copy(data=numbers)

    def parts(self, claim: Claim, condition: Condition) -> list[str]:
        seeds = len(claim.samples(condition, self.record))
        return [
            part
            for part, record in self.lacking.items()
            if _seeds_left(claim, condition, record) < seeds
        ]


def _seeds_left(claim: Claim, condition: Condition, record: xr.Dataset) -> int:
    try:
        return len(claim.samples(condition, record))
    except ValueError:  # of a quantity that cannot do without
        return 0


def _place(whole: xr.DataArray, block: xr.DataArray) -> tuple[NDArray[np.int64], ...]:
    """Where a block's numbers lie in the whole."""
    return np.ix_(*(whole.get_index(d).get_indexer(block.get_index(d)) for d in whole.dims))
