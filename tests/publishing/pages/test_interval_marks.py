from xml.etree import ElementTree

import pytest

from dlqa.evidence.verdicts import Verdict
from dlqa.publishing.pages.interval_marks import EDGE, WIDTH, ends, interval, span
from dlqa.publishing.store.findings import FoundCondition

OTHERS = [0.2, 0.4, -0.1, 0.3]


def condition(effect: float, low: float | None, high: float | None) -> FoundCondition:
    return FoundCondition("one", {}, None, Verdict.HOLDS, effect, low, high, low, high, 12)


def places(effect: float, low: float, high: float, margin: float) -> dict[str, float]:
    """Where on the drawing the margin, the ends and the effect stand."""
    root = ElementTree.fromstring(
        interval(condition(effect, low, high), margin, span([*OTHERS, low, high], margin))
    )
    at, bar, _ = root.findall("path")
    drawn = bar.get("d", "").removeprefix("M").split("M")[0]
    left, right = drawn.replace(" 5H", " ").split()
    return {
        "margin": float(at.get("d", "").removeprefix("M").split()[0]),
        "low": float(left),
        "high": float(right),
        "effect": float(root.find("circle").get("cx")),
    }


@pytest.mark.parametrize("margin", [-0.5, 0.0, 0.25, 2.0])
def test_places_keep_the_order_of_the_numbers(margin: float) -> None:
    numbers = {"effect": 0.3, "low": 0.2, "high": 0.4, "margin": margin}
    found = places(**numbers)
    assert sorted(found, key=found.__getitem__) == sorted(numbers, key=numbers.__getitem__)
    assert all(EDGE <= place <= WIDTH - EDGE for place in found.values())


def test_places_are_in_proportion() -> None:
    found = places(0.3, -0.1, 0.4, 0.0)
    assert (found["effect"] - found["low"]) / (found["high"] - found["low"]) == pytest.approx(
        0.4 / 0.5, abs=0.01
    )


def test_an_interval_of_no_width_on_its_margin_is_drawn_in_the_middle() -> None:
    root = ElementTree.fromstring(interval(condition(1.0, 1.0, 1.0), 1.0, span([1.0], 1.0)))
    assert float(root.find("circle").get("cx")) == WIDTH / 2


def test_an_end_that_is_not_there_runs_to_the_edge() -> None:
    open_ended = condition(0.5, None, 0.75)
    assert ends(open_ended) == [0.5, 0.75, 0.75]
    root = ElementTree.fromstring(interval(open_ended, 0.0, span(ends(open_ended), 0.0)))
    assert root.findall("path")[1].get("d").startswith("M0 5H96")
