"""Which parts of a study get more seeds: those that conditions read which no look has decided.

An open condition asks for twice the seeds it has, of every part that it reads: one is read if the
condition has fewer samples once that part lacks its last seed. A condition asks no more when a part may not have so many, or when
it would take far more than the study can spend: seeds must not go where they cannot decide.
"""

from collections.abc import Hashable, Mapping, Sequence

import xarray as xr

from dlqa.evidence.claims import Claim, judge
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
    lacking = _Lacking(now, records[-1])
    wanted: dict[str, int] = {}
    for claim, finding in zip(claims, judge(claims, records), strict=True):
        for condition, outcome in zip(claim.conditions, finding.outcomes, strict=True):
            if outcome.verdict is not Verdict.UNDECIDED:
                continue
            seeds, need = outcome.seeds, 2 * outcome.seeds
            read = [
                name
                for name in now
                if have[name] >= seeds
                and len(claim.samples(condition, lacking(name, seeds - 1))) < seeds
            ]
            limit = min((most[name] for name in read), default=0)
            hopeless = outcome.needed is not None and outcome.needed > HOPELESS * limit
            if need <= limit and not hopeless:
                wanted |= {name: max(need, wanted.get(name, 0)) for name in read}
    return {name: (have[name], need) for name, need in wanted.items() if need > have[name]}


def joined(blocks: Sequence[Blocks]) -> dict[str, xr.Dataset]:
    """Every part's blocks as one."""
    names = dict.fromkeys(name for block in blocks for name in block)
    return {name: gathered(block[name] for block in blocks if name in block) for name in names}


class _Lacking:
    """The record without what one part alone gave from one of its seeds on."""

    def __init__(self, blocks: Blocks, record: xr.Dataset) -> None:
        self.blocks, self.record = blocks, record
        self.givers = xr.zeros_like(record)  # of each number
        for block in blocks.values():
            for name, values in block.notnull().items():
                self.givers[name].loc[_place(values)] += values
        self.made: dict[tuple[str, int], xr.Dataset] = {}

    def __call__(self, part: str, seed: int) -> xr.Dataset:
        if (part, seed) not in self.made:
            changed = {}
            for name, values in self.blocks[part].isel({SEED: slice(seed, None)}).items():
                place, kept = _place(values), self.record[name].copy()
                alone = (self.givers[name].loc[place] == 1) & values.notnull()
                kept.loc[place] = kept.loc[place].where(~alone)
                changed[name] = kept
            self.made[part, seed] = self.record.assign(changed)
        return self.made[part, seed]


def _place(values: xr.DataArray) -> dict[Hashable, xr.DataArray]:
    return {dim: values[dim] for dim in values.dims}
