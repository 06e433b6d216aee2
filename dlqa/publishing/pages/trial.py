"""An interval to drag against a margin: how a verdict comes about, to be tried.

Its rule is that of `dlqa.evidence`, again in `trial.js`, which a test holds against it.
"""

import json

from dlqa.evidence.verdicts import Verdict
from dlqa.publishing.fragments import fragment

SEEDS = (6, 12, 24, 48, 96)
# Half of the plain interval and of the one that decides, at each number of seeds, of even numbers
# spread by 1 on a page of 30 conditions: what `dlqa.evidence` gives, which a test recalculates, for
# it would load scipy at every build.
REACH = ((1.049, 2.918), (0.635, 1.313), (0.422, 0.784), (0.29, 0.515), (0.203, 0.352))
LOW, HIGH = -3.0, 5.0  # ends of the axis
MEAN, MARGIN, NEAR, OTHER = 2.0, 1.0, 0.6, 3.5  # at first: of the interval, and of a second one
FIRST = SEEDS.index(24)
LEFT, RIGHT = 14, 346  # pixels of the axis, of 360
ORDER = (Verdict.HOLDS, Verdict.FAILS, Verdict.EQUAL, Verdict.DEPENDS, Verdict.UNDECIDED)


def trial_html(language: str) -> str:
    """The drawing at first with its controls and what each verdict means, of which one is shown."""
    facts = {
        "seeds": SEEDS, "reach": REACH, "near": NEAR, "other": OTHER, "ends": [LOW, HIGH],
        "pixels": [LEFT, RIGHT],
    }  # fmt: skip
    plain, deciding = REACH[FIRST]
    places = {
        "margin": MARGIN, "band_start": MARGIN - NEAR, "band_end": MARGIN + NEAR, "effect": MEAN,
        "low": MEAN - plain, "high": MEAN + plain, "least": MEAN - deciding, "most": MEAN + deciding,
    }  # fmt: skip
    return fragment(
        "trial.html",
        language,
        facts=json.dumps(facts, separators=(",", ":")),
        at={name: round(_pixel(value), 1) for name, value in places.items()},
        start={"mean": MEAN, "margin": MARGIN, "seeds": FIRST, "count": SEEDS[FIRST]},
        ends=(LOW, HIGH),
        last=len(SEEDS) - 1,
        verdicts=ORDER,
    )


def _pixel(value: float) -> float:
    return LEFT + (value - LOW) / (HIGH - LOW) * (RIGHT - LEFT)
