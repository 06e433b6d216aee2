"""How many conditions of each page are decided, by the rule of before and by that of now, and what
its study costs; from the records in the store."""

from collections.abc import Iterator

import numpy as np

from calibration import _before
from calibration._stored import Recorded, recorded
from calibration._tables import Row, Table
from dlqa.evidence.claims import judge
from dlqa.evidence.verdicts import Verdict


def tables(_repeats: int) -> Iterator[Table]:
    rows = [_row(each) for each in recorded()]
    if rows:
        yield Table("studies", "conditions decided, seeds and seconds of each question", rows)


def _row(record: Recorded) -> Row:
    first, last = (
        [o for f in judge(record.claims, looks) for o in f.outcomes]
        for looks in (record.looks[:1], record.looks)
    )
    tried = [
        (record.samples(claim, condition, 0), claim.margin)
        for claim, condition in record.conditions
    ]
    return Row(
        record.name,
        {
            "conditions": len(last),
            "decided before": _before.decided(tried),
            "decided at the first look": sum(o.verdict is not Verdict.UNDECIDED for o in first),
            "decided in the end": sum(o.verdict is not Verdict.UNDECIDED for o in last),
            "seeds, as multiples of the first look": float(
                np.mean([o.seeds / f.seeds for f, o in zip(first, last, strict=True)])
            ),
            "seconds": record.seconds,
        },
    )
