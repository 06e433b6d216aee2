"""Question 50: what the page may say of a record: its claims, and the values that it cites.

Quantities, margins and seeds were fixed after pilots on seeds from 5000 and from 6000 on, before the
first full run; the expected verdicts follow it.
"""

import xarray as xr

from dlqa.evidence.claims import cited, derived, equal, fails, holds, measured, undecided
from dlqa.evidence.values import Values, percent, value
from dlqa.evidence.verdicts import Verdict
from dlqa.questions.batch_size import quantities
from dlqa.questions.batch_size.quantities import RULES, TARGET, scaled, steps_to_target, tuned
from dlqa.questions.batch_size.record import BATCHES, POWERS, SOURCE, Params

ABID = "Abid 2018"
REPORTED_SECONDS = 293.1  # of the source's notebook, experiment 8
OPTIMIZERS = tuple(POWERS)
WHOLE = BATCHES[-1]
SAMPLING = 0.1  # by how much two hundred batches may miss their expected mean square

CLAIMS = (
    measured(
        "m3", "Hoffer et al. 2017", quantities.same_rate,
        holds(optimizer="sgd", power=-5, budget="epochs"),
        holds(optimizer="adam", power=-8, budget="epochs"),
        fails(optimizer="sgd", power=-5, budget="steps"),
        fails(optimizer="adam", power=-8, budget="steps"),
        above=0.02, batch=4, beside=WHOLE,
    ),
    measured(
        "m2", "Keskar et al. 2017; Shallue et al. 2019", quantities.gap,
        fails(optimizer=OPTIMIZERS, budget=("steps", "end"), batch=(1, 16)),
        above=0.02, beside=WHOLE,
    ),
    measured(
        "m1", "Keskar et al. 2017", quantities.gap,
        undecided(optimizer="sgd", batch=(1, 16)),
        fails(optimizer="adam", batch=(1, 16)),
        above=0.02, budget="epochs", beside=WHOLE,
    ),
    measured(
        "c1", ABID, quantities.plain_gap,
        undecided(batch=4, beside=64), holds(batch=64, beside=400),
        above=0.0, of="training",
    ),
    measured(
        "c2", ABID, quantities.plain_gap,
        undecided(batch=4, beside=64), undecided(batch=64, beside=400),
        above=0.0, of="fresh",
    ),
    measured("c3", ABID, quantities.overstated, undecided(batch=4), above=0.05),
    derived("m8", "Smith et al. 2018", Verdict.HOLDS, lambda record: falls_as_one_over(record)),
    measured(
        "m4", "Goyal et al. 2017", quantities.lost,
        holds(optimizer="sgd", power=-7),
        fails(optimizer="sgd", power=-3),
        holds(optimizer="adam", power=-10),
        below=0.02, rule="linear",
    ),
    measured(
        "m5", "Hoffer et al. 2017; Malladi et al. 2022", quantities.lost,
        fails(optimizer="sgd", power=-7),
        holds(optimizer="sgd", power=-3),
        holds(optimizer="adam", power=-10),
        below=0.02, rule="root",
    ),
    measured(
        "m7", "McCandlish et al. 2018; Shallue et al. 2019", quantities.halvings,
        holds(batch=4, beside=1), undecided(batch=16, beside=4),
        undecided(batch=64, beside=16), fails(batch=256, beside=64),
        above=1.0,
    ),
    measured(
        "m6", "Shallue et al. 2019", quantities.gap,
        holds(optimizer=OPTIMIZERS, beside=1),
        equal(optimizer=OPTIMIZERS, beside=WHOLE),
        above=0.0, budget="time", batch=64,
    ),
    cited("m9", "Dinh et al. 2017", Verdict.HOLDS),
)  # fmt: skip


def falls_as_one_over(record: xr.Dataset) -> bool:
    """Whether the noise of a batch's gradient is (N − B) / B(N − 1) of a single sample's."""
    samples = Params().samples
    noise = record.noise.mean("seed").dropna("batch")
    expected = (samples - noise.batch) / (noise.batch * (samples - 1))
    return bool((abs(noise - expected) <= SAMPLING * expected + 1e-9).all())


def values(record: xr.Dataset) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    params, plain = Params(), record.plain.mean("seed")
    found = {
        "reported_seconds": value(REPORTED_SECONDS, ".1f"),
        "limit": percent(record.limit.mean(), 1),
        **{f"noise_{batch}": percent(record.noise.sel(batch=batch).mean(), 1) for batch in (4, 64)},
        "target": percent(TARGET),
        **{
            of: value(getattr(params, of), ".0f")
            for of in (
                "seeds",
                "most_seeds",
                "source_seeds",
                "most_source_seeds",
                "lone_seeds",
                "held_out",
                "fresh",
            )
        },
    }
    for batch in SOURCE:
        for of in ("training", "fresh"):
            reached = plain.sel(of=of, batch=batch)
            found[f"plain_{of}_{batch}"] = percent(reached.sel(epoch=150), 1)
            found[f"early_{of}_{batch}"] = percent(reached.sel(epoch=15), 1)
    for optimizer in OPTIMIZERS:
        for batch in BATCHES:
            for budget in params.budgets(batch):
                mean = tuned(record, optimizer, batch, budget).mean()
                found[f"{budget}_{optimizer}_{batch}"] = percent(mean, 1)
            steps = 2 ** steps_to_target(record, optimizer, batch).mean()
            found[f"steps_to_{optimizer}_{batch}"] = value(steps, ".0f")
            found[f"samples_to_{optimizer}_{batch}"] = value(steps * batch, ".0f")
    for optimizer, power in (("sgd", -7), ("sgd", -3), ("adam", -10)):
        for rule in RULES:
            mean = scaled(record, optimizer, rule, 64, power).mean()
            found[f"{rule}_{optimizer}_{-power}"] = percent(mean, 1)
        base = scaled(record, optimizer, "fixed", quantities.BASE, power).mean()
        found[f"base_{optimizer}_{-power}"] = percent(base, 1)
    for budget in ("epochs", "steps"):
        for batch in (4, WHOLE):
            reached = quantities.at_budget(record, "sgd", batch, budget).sel(of="fresh", power=-5)
            found[f"same_{budget}_{batch}"] = percent(reached.mean(), 1)
    return found
