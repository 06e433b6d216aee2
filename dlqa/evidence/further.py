"""Which parts of a study get more seeds: those that conditions read which no look has decided.

An open condition asks for twice the seeds it has, of every part that it reads; which these are is
found by leaving each part out. A condition asks no more when a part may not have so many, or when
it would take far more than the study can spend: seeds must not go where they cannot decide.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from dlqa.evidence.claims import Claim, Condition, judge
from dlqa.evidence.records import SEED, gathered
from dlqa.evidence.verdicts import Verdict

Blocks = Mapping[str, xr.Dataset]  # a part's name -> what it gave
HOPELESS = 4  # times the most seeds that a condition may have


def further_seeds(
    claims: Sequence[Claim], looks: Sequence[Blocks], most: Mapping[str, int]
) -> dict[str, tuple[int, int]]:
    """The seeds that each part should run next, from the first to before the last, counted from 0.

    looks: every part's block as it was at each look, with all seeds it had then. most: the most
    seeds that each part may have. None are wanted where every condition is decided or can have no
    more.
    """
    now = looks[-1]
    have = {name: block.sizes.get(SEED, 0) for name, block in now.items()}
    wanted: dict[str, int] = {}
    findings = judge(claims, [gathered(look.values()) for look in looks])
    for claim, finding in zip(claims, findings, strict=True):
        for condition, outcome in zip(claim.conditions, finding.outcomes, strict=True):
            if outcome.verdict is not Verdict.UNDECIDED:
                continue
            need, read = 2 * outcome.seeds, _read(claim, condition, now)
            limit = min((most[name] for name in read), default=0)
            hopeless = outcome.needed is not None and outcome.needed > HOPELESS * limit
            if need <= limit and not hopeless:
                wanted |= {name: max(need, wanted.get(name, 0)) for name in read}
    return {name: (have[name], need) for name, need in wanted.items() if need > have[name]}


def joined(blocks: Sequence[Blocks]) -> dict[str, xr.Dataset]:
    """Every part's blocks as one."""
    names = dict.fromkeys(name for block in blocks for name in block)
    return {name: gathered(block[name] for block in blocks if name in block) for name in names}


def _read(claim: Claim, condition: Condition, parts: Blocks) -> list[str]:
    """The parts with seeds without which the condition's samples are others, or none."""
    whole = claim.samples(condition, gathered(parts.values()))
    found = []
    for name, block in parts.items():
        if SEED not in block.sizes:
            continue
        try:
            without = gathered(other for key, other in parts.items() if key != name)
            samples = claim.samples(condition, without)
        except (ValueError, KeyError, AttributeError):  # what it asks for is not there
            found.append(name)
            continue
        if not np.array_equal(samples, whole):
            found.append(name)
    return found
