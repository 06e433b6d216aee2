"""The interval to drag is as wide as the code that decides makes it."""

import numpy as np
import pytest
from scipy.special import ndtri

from dlqa.evidence.looks import error_at
from dlqa.evidence.means import interval
from dlqa.publishing.pages.trial import REACH, SEEDS, trial_html

CONDITIONS = 30


@pytest.mark.parametrize(("seeds", "reach"), [*zip(SEEDS, REACH, strict=True)])
def test_the_widths_are_those_of_the_code_that_decides(
    seeds: int, reach: tuple[float, float]
) -> None:
    even = ndtri((np.arange(seeds) + 0.5) / seeds)
    samples = even / even.std(ddof=1)
    expected = [interval(samples, error=e)[1] for e in (0.05, error_at(0, CONDITIONS))]
    assert reach == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_a_script_the_first_verdict_stands_beside_its_interval(language: str) -> None:
    html = trial_html(language)
    assert html.count("data-verdict=") == 5
    assert html.count(" hidden>") == 5  # four verdicts, and the second condition's interval
    assert "<fieldset disabled>" in html
