"""Question 53: what the page may say of a record: its claims, and the values that it cites.

Tests, margins and sample sizes were fixed before the first full run; the expected verdicts are what
the prose relies on, and follow it. A change of accuracy counts from half a percentage point on, in
either direction and in every claim.
"""

import xarray as xr

from dlqa.evidence.claims import cited, fails, holds, measured, undecided
from dlqa.evidence.values import Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.regularization import quantities
from dlqa.questions.regularization.quantities import accuracy, gain, overfit, zeros
from dlqa.questions.regularization.record import DATA, STRENGTHS, Params

SOURCE = "Abid 2018"
REPORTED_SECONDS = 17.761  # of the source's notebook, cell of experiment 12
COUNTS = 0.005  # the smallest change of accuracy that matters to a reader, fixed for all claims
WAYS = ("l1", "proximal", "l2", "decay")

CLAIMS = (
    measured(
        "c1", SOURCE, quantities.worse_sample,
        fails(arm=("none", "l1_mild"), data="correlated"),
        undecided(arm=("none", "l1_mild"), data="independent"),
        below=0.05,
    ),
    measured(
        "c2", "Krogh & Hertz 1991", quantities.shrunk,
        holds(arm=("l1_mild", "l1_strong", "l2_mild", "l2_strong"), data=DATA),
        below=1.0,
    ),
    measured(
        "c3", "Tibshirani 1996", zeros,
        holds(zero="near", arm="l1_strong", data=DATA),
        fails(zero="exact", arm="l1_strong", data=DATA),
        holds(zero="exact", arm="proximal_strong", data=DATA),
        above=0.5,
    ),
    measured(
        "c4", SOURCE, gain,
        holds(arm="l1_strong", data="correlated"),
        fails(arm="l1_strong", data="independent"),
        holds(arm="l1_extreme", data=DATA),
        below=-COUNTS,
    ),
    measured(
        "c5", "Krogh & Hertz 1991", gain,
        fails(arm=("l1_mild", "l2_mild"), data=DATA),
        fails(arm="tanh_mild", data="independent"),
        holds(arm=("tanh_strong", "relu_mild", "relu_strong"), data="independent"),
        above=COUNTS,
    ),
    measured(
        "c6", "Tibshirani 1996", zeros,
        holds(zero="near", arm="l2_strong", data=DATA),
        fails(zero="near", arm="l2_extreme", data="correlated"),
        holds(zero="near", arm="l2_extreme", data="independent"),
        below=0.1,
    ),
    measured(
        "c7", SOURCE, gain,
        holds(arm="l2_mild", data=DATA),
        fails(arm=("l2_strong", "l2_extreme"), data="correlated"),
        holds(arm=("l2_strong", "l2_extreme"), data="independent"),
        above=-COUNTS,
    ),
    cited("c8", SOURCE, Verdict.DEPENDS),
    measured(
        "c9", SOURCE, quantities.excess_deviation,
        holds(arm=("l1_mild", "l2_strong"), data="correlated"),
        fails(arm=("l1_mild", "l2_strong"), data="independent"),
        above=0.01,
    ),
    measured("m1", "Loshchilov & Hutter 2019", quantities.decay_left, holds(data=DATA), above=0.1),
    measured(
        "m2", "Yun, Lozano & Yang 2021", quantities.beside_subgradient,
        holds(arm="proximal_mild", data=DATA),
        undecided(arm="proximal_strong", data="correlated"),
        holds(arm="proximal_strong", data="independent"),
        above=-COUNTS,
    ),
    measured(
        "m3", "Hastie et al. 2009", quantities.harder_hit,
        undecided(arm=("l1_strong", "l2_strong"), data="correlated"),
        below=-COUNTS,
    ),
    measured(
        "m4", "Goodfellow et al. 2016", quantities.more_overfit,
        holds(arm=("tanh_none", "relu_none"), data="independent"),
        above=0.01,
    ),
)  # fmt: skip


def values(record: xr.Dataset) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    params = Params()
    found = {
        "reported_seconds": value(REPORTED_SECONDS),
        "all_weights": value(record.weights.sum(), ",.0f"),
        "coefficient_matched": value(2 * params.matched / params.width**2, ".4f"),
    }
    for name in ("seeds", "side_seeds", "activation_seeds", "fresh"):
        found[name] = value(getattr(params, name), ".0f")
    for arm in ("l2_strong", "decay_matched"):
        middle = quantities.shrunk_middle.mean(record, arm=arm, data="correlated")
        found[f"middle_{arm}"] = percent(middle)
    for data in DATA:
        found[f"bayes_{data}"] = percent(record.bayes.sel(data=data).median(), 1)
        found[f"demand_{data}"] = value(record.demand.sel(data=data).median(), ".1f")
        found[f"accuracy_none_{data}"] = percent(accuracy(record, "none", data).mean(), 1)
    for arm in ("none", "tanh_none", "relu_none"):
        found[f"overfit_{arm}_independent"] = percent(
            overfit.mean(record, arm=arm, data="independent"), 1
        )
    for arm in (f"{way}_{strength}" for way in WAYS for strength in STRENGTHS):
        for data in DATA:
            found[f"change_{arm}_{data}"] = value(gain.mean(record, arm=arm, data=data), "+.3f")
        for zero in ("exact", "near"):
            mean = zeros.mean(record, zero=zero, arm=arm, data="correlated")
            found[f"{zero}_{arm}_correlated"] = percent(mean, 1)
    for name, measure in {"paired": gain, "unpaired": quantities.unpaired_gain}.items():
        spread = measure.samples(record, {"arm": "l1_mild", "data": "correlated"}).std(ddof=1)
        found[f"{name}_deviation_l1_mild_correlated"] = value(spread, ".3f")
    return found
