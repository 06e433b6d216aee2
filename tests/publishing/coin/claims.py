"""Question 7: what its page may say of a record."""
# ruff: noqa: I001, these imports are found only where the tests put this file

import xarray as xr

from dlqa.evidence.claims import cited, derived, fails, holds, measured
from dlqa.evidence.values import Values, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.coin.quantities import heads

SOURCE = "Bernoulli 1713"
CLAIMS = (
    measured("c1", SOURCE, heads, holds(coin="whole"), fails(coin="clipped"), above=0.4),
    derived("c2", SOURCE, Verdict.HOLDS, lambda record: bool((record.heads <= 1).all())),
    cited("c3", SOURCE, Verdict.UNDECIDED),
)


def values(record: xr.Dataset) -> Values:
    return {"mean": value(record.heads.sel(coin="whole").mean())}
