"""Question 53: what the page may say of a record: its claims, and the values that it cites.

Tests, margins and sample sizes were fixed before the first full run; the expected verdicts are what
the prose relies on, and follow it. A change of accuracy counts from half a percentage point on, in
either direction and in every claim.
"""

from itertools import product

import xarray as xr

from dlqa.evidence.claims import fails, holds, measured, undecided
from dlqa.evidence.values import Values, percent, value
from dlqa.questions.regularization import quantities
from dlqa.questions.regularization.quantities import accuracy, gain, overfit, shown, without, zeros
from dlqa.questions.regularization.record import DATA, LAYERS, STRENGTHS, Params

SOURCE = "Abid 2018"
REPORTED_SECONDS = 17.761  # of the source's notebook, cell of experiment 12
COUNTS = 0.005  # the smallest change of accuracy that matters to a reader, fixed for all claims
WAYS = ("l1", "proximal", "l2", "decay")

CLAIMS = (
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
        undecided(arm="l2_strong", data="correlated"),
        fails(arm="l2_extreme", data="correlated"),
        holds(arm=("l2_strong", "l2_extreme"), data="independent"),
        above=-COUNTS,
    ),
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
    params, record = Params(), shown(record)
    found = {
        "reported_seconds": value(REPORTED_SECONDS),
        "all_weights": value(record.weights.sum(), ",.0f"),
    }
    for name in ("seeds", "most_seeds", "fresh"):
        found[name] = value(getattr(params, name), ".0f")
    for layer, count in zip(LAYERS, record.weights.values, strict=True):
        found[f"weights_{layer}"] = value(count, ",.0f")
        found[f"l1_of_{layer}"] = value(params.matched / count, ".4f")
        found[f"decay_of_{layer}"] = value(2 * params.matched / count, ".4f")
    for arm in ("l2_strong", "decay_matched"):
        middle = quantities.shrunk_middle.mean(record, arm=arm, data="correlated")
        found[f"middle_{arm}"] = percent(middle)
    for data in DATA:
        found[f"bayes_{data}"] = percent(record.bayes.sel(data=data).median(), 1)
        found[f"demand_{data}"] = value(record.demand.sel(data=data).median(), ".1f")
    for arm, data in product(record.arm.values, DATA):
        right = accuracy(record, arm, data).mean()
        if right.isnull():
            continue
        found[f"accuracy_{arm}_{data}"] = percent(right, 1)
        change = right - accuracy(record, without(arm), data).mean()
        found[f"change_{arm}_{data}"] = value(100 * change, "+.1f")
        found[f"overfit_{arm}_{data}"] = value(
            100 * overfit.mean(record, arm=arm, data=data), ".1f"
        )
    for arm in (f"{way}_{strength}" for way in WAYS for strength in STRENGTHS):
        for zero in ("exact", "near"):
            mean = zeros.mean(record, zero=zero, arm=arm, data="correlated")
            found[f"{zero}_{arm}_correlated"] = percent(mean, 1)
    for name, measure in {"paired": gain, "unpaired": quantities.unpaired_gain}.items():
        spread = measure.samples(record, {"arm": "l1_mild", "data": "correlated"}).std(ddof=1)
        found[f"{name}_deviation"] = value(100 * spread, ".1f")
    return found
