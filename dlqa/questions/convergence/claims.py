"""Question 52: what the page may say of a record: its claims, and the values that it cites.

Metrics, margins and horizons were chosen after a try-out and fixed before the first full run; how
many seeds there are was changed since. The expected verdicts are what the prose relies on, and
follow it. The margin of an order is 0.2, the smallest rank correlation other than 0 that four
layers can have.
"""

import numpy as np
import xarray as xr

from dlqa.evidence.claims import derived, fails, holds, measured, undecided
from dlqa.evidence.values import Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.convergence import quantities
from dlqa.questions.convergence.record import DATA, HORIZONS, LAYERS, Params

SOURCE = "Abid 2018"
REPORTED_SECONDS = 3.924  # of the source's notebook, cell of experiment 11
ORDER = 0.2
SHORT, LONG = HORIZONS
OTHERS = ("tanh", "relu")  # than the source's activation
OPTIMIZERS = ("adam", "descent")

CLAIMS = (
    derived("c2", SOURCE, Verdict.HOLDS, lambda record: record.sizes["layer"] == 4),
    measured(
        "c3", SOURCE, quantities.sampling_error,
        fails(sample="source", data=DATA),
        undecided(sample="random", data=DATA),
        below=0.1,
    ),
    measured(
        "c4", "Glorot & Bengio 2010", quantities.amplification,
        fails(activation=("sigmoid", *OTHERS), data=DATA), above=0.0,
    ),
    measured(
        "c6", SOURCE, quantities.settling,
        holds(metric="step", data=DATA, stop=HORIZONS),
        undecided(metric="distance", data=DATA, stop=HORIZONS),
        fails(metric="alignment", data=DATA, stop=HORIZONS),
        below=-ORDER,
    ),
    measured("c7", SOURCE, quantities.monotone, fails(data=DATA), above=0.5, layer=3),
    measured("c8", SOURCE, quantities.monotone_order, fails(data=DATA), above=ORDER),
    measured("m1", "Zhang et al. 2022", quantities.travel_order, holds(data=DATA, stop=HORIZONS), below=-ORDER),
    measured("m2", "Kornblith et al. 2019", quantities.start_order, holds(data=DATA, stop=HORIZONS), below=-ORDER),
    measured(
        "m3", "Raghu et al. 2017", quantities.closing_order,
        fails(data="correlated", stop=HORIZONS),
        undecided(data="independent", stop=HORIZONS),
        above=ORDER,
    ),
    measured(
        "m4", SOURCE, quantities.settling,
        holds(metric="step", activation=OTHERS, optimizer="adam", data="correlated"),
        undecided(metric="step", activation=OTHERS, optimizer="adam", data="independent"),
        fails(metric="step", activation="sigmoid", optimizer="descent", data=DATA),
        undecided(metric="step", activation=OTHERS, optimizer="descent", data="correlated"),
        fails(metric="step", activation=OTHERS, optimizer="descent", data="independent"),
        below=-ORDER, stop=LONG,
    ),
    measured(
        "m5", "Chen et al. 2023", quantities.settling,
        fails(metric="distance", activation="tanh", optimizer=OPTIMIZERS, data="correlated"),
        holds(metric="distance", activation="tanh", optimizer=OPTIMIZERS, data="independent"),
        fails(metric="distance", activation="relu", optimizer="adam", data=DATA),
        undecided(metric="distance", activation="relu", optimizer="descent", data=DATA),
        holds(metric="distance", activation="sigmoid", optimizer="descent", data=DATA),
        below=-ORDER, stop=LONG,
    ),
    measured(
        "m6", "Raghu et al. 2017", quantities.settling,
        holds(metric="alignment", activation=OTHERS, optimizer=OPTIMIZERS, data=DATA),
        holds(metric="alignment", activation="sigmoid", optimizer="descent", data=DATA),
        above=ORDER, stop=LONG,
    ),
    measured(
        "m7", "Zhang et al. 2022", quantities.lost_order,
        undecided(data="correlated", stop=HORIZONS),
        holds(data="independent", stop=HORIZONS),
        below=-ORDER,
    ),
)  # fmt: skip


def values(record: xr.Dataset) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    params = Params()
    found = {
        "reported_seconds": value(REPORTED_SECONDS),
    }
    for name in ("seeds", "most_seeds", "fresh", "probes"):
        found[name] = value(getattr(params, name), ".0f")
    for data in DATA:
        found[f"bayes_{data}"] = percent(record.bayes.sel(data=data).mean(), 1)
        reached = record.accuracy.sel(data=data, activation="sigmoid")
        for stop in HORIZONS:
            mean = reached.sel(optimizer="adam", stop=stop).mean()
            found[f"accuracy_{data}_{stop}"] = percent(mean, 1)
        descended = reached.sel(optimizer="descent", stop=LONG)
        found[f"accuracy_sigmoid_descent_{data}"] = percent(descended.mean(), 1)
        found |= _by_layer(record, data, params.rate)
    for sample in ("random", "source"):
        error = quantities.sampling_error.mean(record, sample=sample, data="correlated")
        found[f"off_{sample}_correlated"] = percent(np.exp(error) - 1)
    for activation in ("sigmoid", "tanh"):
        grown = quantities.amplification.mean(record, activation=activation, data="correlated")
        found[f"attenuation_{activation}_correlated"] = value(10**-grown, ".0f")
    return found


def _by_layer(record: xr.Dataset, data: str, rate: float) -> Values:
    """Means of the source's network up to its own horizon; shares as percentages, losses as points."""
    at, network = (data, SHORT), record.sel({"data": data, **quantities.NETWORK})
    measured = {
        "step": (quantities.slowness(record, "step", *at) / rate, ".2f"),
        "distance": (quantities.slowness(record, "distance", *at), ".2f"),
        "unlike": (quantities.slowness(record, "alignment", *at), ".3f"),
        "start": (quantities.start_alignment(record, *at), ".2f"),
        "travel": (network.travel.sel(stop=SHORT), ".2f"),
        "monotone": (100 * network.monotone, ".0f"),
        "lost": (100 * network.lost.sel(stop=SHORT), ".0f"),
    }
    return {
        f"{name}_layer{layer}_{data}": value(of.sel(layer=layer).mean(), form)
        for name, (of, form) in measured.items()
        for layer in LAYERS
    }
