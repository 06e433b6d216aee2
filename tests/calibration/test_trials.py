import numpy as np
import pytest
import xarray as xr

from calibration._trials import Trial, trials
from dlqa.evidence.claims import Condition, finding, measured
from dlqa.evidence.quantities import quantity
from dlqa.evidence.sides import Border, Side
from dlqa.evidence.verdicts import Verdict
from tests.calibration.toys import toy

BORDERS = [
    Border(0.0),
    Border(0.3, resolution=0.25),
    Border(0.4, 0.05, low=-1, high=1),
    Border(0.1, 0.2, low=0, high=1),
]
RELIED = {Side.ABOVE: Verdict.HOLDS, Side.BELOW: Verdict.FAILS, Side.EQUAL: Verdict.EQUAL}


def trial(border, relies=Side.ABOVE, pool=(0.1, 0.6)):
    return Trial("c1", np.array(pool), border, relies, first=12, most=48, conditions=5)


def samples(border, builds=60):
    generator = np.random.default_rng(0)
    means = border.margin + generator.normal(0, 0.5, (builds, 1))
    return generator.normal(means, 0.4, (builds, 48)).clip(border.low, border.high)


def judged(tried, drawn):
    """Stop and warning as `finding` has them, of looks at 12, 24 and 48 seeds."""
    border = tried.border

    @quantity(low=border.low, high=border.high, resolution=border.resolution)
    def number(record):
        return record.number

    condition = Condition({}, RELIED[tried.relies])
    claim = measured("c1", "", number, (condition,), above=border.margin)
    looks = [
        xr.Dataset({"number": ("seed", drawn[:seeds])}, {"seed": range(seeds)})
        for seeds in (12, 24, 48)
    ]
    found = finding(claim, looks, tried.conditions)
    return bool(found.stops), bool(found.warnings)


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("relies", RELIED)
def test_many_builds_are_judged_as_each_would_be(border, relies, monkeypatch):
    monkeypatch.setattr("calibration._trials.HOPELESS", np.inf)  # `finding` sees every look
    tried, drawn = trial(border, relies), samples(border)
    stops, warns = tried.outcomes(drawn)
    assert 0 < stops.sum() < len(stops)
    assert [*zip(stops, warns, strict=True)] == [judged(tried, each) for each in drawn]
    assert (tried.stops(drawn) == stops).all()


def test_a_condition_that_cannot_be_decided_gets_no_more_seeds():
    tried = trial(Border(0.0))
    drawn = samples(tried.border)
    drawn[:, :12] = np.tile([-1.0, 1.001], 6)  # undecided, and would be for ever
    drawn[:, 12:] = -9.0
    assert not tried.outcomes(drawn)[0].any()


def test_a_mirrored_effect_lies_as_far_on_the_other_side():
    border = Border(0.2, low=-1, high=1)
    mirrored = trial(border).mirrored()
    assert mirrored.pool == pytest.approx([0.3, -0.2])
    assert (mirrored.border.low, mirrored.border.high) == pytest.approx((-0.6, 1.4))


@pytest.mark.parametrize(
    ("border", "relies", "mean"),
    [
        (Border(0.2, low=-1, high=1), Side.ABOVE, 0.2),
        (Border(0.9, low=0, high=1), Side.BELOW, 0.9),
        (Border(2.0), Side.BELOW, 2.0),
        (Border(0.4, 0.1, low=0, high=1), Side.EQUAL, 0.6),
    ],
)
def test_an_effect_that_is_gone_leaves_its_numbers_in_their_range(border, relies, mean):
    gone = trial(border, relies).vanished()
    assert gone.pool.mean() == pytest.approx(mean)
    assert border.low <= gone.pool.min() < gone.pool.max() <= border.high


def test_trials_are_the_conditions_that_the_text_relies_on():
    found = list(trials(toy(sizes=(24, 48))))
    assert [(each.name, each.relies, each.first, each.most) for each in found] == [
        ("c1_hill", Side.ABOVE, 24, 96),
        ("c1_vale", Side.BELOW, 24, 96),
        ("c2_hill_vale", Side.ABOVE, 24, 96),
    ]
    assert {len(each.pool) for each in found} == {48}
    assert {each.conditions for each in found} == {4}
