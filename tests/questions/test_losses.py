"""Question 102's study, run small, and its losses and quantities against what they must be."""

import dataclasses

import numpy as np
import pytest
import torch

from dlqa.lab.parts import run
from dlqa.questions.losses.claims import fades, stays, symmetric
from dlqa.questions.losses.figures import FIGURES
from dlqa.questions.losses.live import LIVE
from dlqa.questions.losses.quantities import gap, overconfidence
from dlqa.questions.losses.record import LONG, SETTINGS, SOURCE_WORK, Params
from dlqa.questions.losses.study import _turned, parts
from dlqa.questions.losses.teaching import TEACHES, generalized

# As many looks as the study takes, but for the longest runs' at steps soon after one another.
STEPS = sorted({step for each in SETTINGS for step in each.at})
SOON = [dataclasses.replace(each, at=tuple(map(STEPS.index, each.at))) for each in SETTINGS]
TINY = Params(
    settings=tuple(SOON), seeds=2, width=6, relu_width=6, samples=80, fresh=100, held_out=40
)


@pytest.fixture(scope="module")
def tiny():
    """A record whose steps are labelled as if they were the study's."""
    return run(parts(TINY)).assign_coords(step=[*STEPS, *LONG])


def test_more_seeds_leave_the_first_ones_as_they_were_bit_by_bit(tiny):
    few = tuple(each for each in TINY.settings if each.name in ("noise_0.2", "neutral"))
    more = run(parts(dataclasses.replace(TINY, settings=few, seeds=3)))
    more = more.assign_coords(step=[STEPS[step] for step in more.step.values])
    for name in ("accuracy", "validation", "confidence", "moved"):
        first = more[name].sel(seed=[0, 1])
        own = {dim: first[dim] for dim in first.dims}
        np.testing.assert_array_equal(tiny[name].sel(own), first)


def test_the_sources_own_work_is_30_networks_for_500_steps():
    work = [(part.networks * part.seeds, part.steps) for part in parts(SOURCE_WORK).values()]
    assert work == [(5, 500)] * 6 + [(0, 0)]


@pytest.mark.parametrize("name", TEACHES)
def test_a_losss_gradient_is_the_one_that_autograd_finds(name):
    generator = torch.Generator().manual_seed(0)
    outputs = torch.randn(3, 2, 5, generator=generator, dtype=torch.float64)
    targets = torch.eye(2, dtype=torch.float64)[torch.arange(15).view(3, 5) % 2].mT.contiguous()
    variable = outputs.clone().requires_grad_()
    value = TEACHES[name].value(variable, targets).sum()
    found = outputs.clone()
    TEACHES[name].differentiate(found, targets, outputs.shape[-1])
    if value.requires_grad:
        value.backward()
        torch.testing.assert_close(found, variable.grad)
    else:
        assert not found.any()


def test_generalized_cross_entropy_of_power_one_is_half_the_absolute_error():
    outputs, targets = torch.randn(1, 2, 4), torch.eye(2)[[0, 1, 1, 0]].T[None]
    whole = TEACHES["softmax_absolute"].value(outputs, targets)
    ratio = whole / generalized(1.0).value(outputs, targets)
    torch.testing.assert_close(ratio, torch.full_like(ratio, ratio[0].item()))


def test_about_that_share_of_labels_is_turned():
    clean = torch.zeros(2, 4000, dtype=torch.long)
    assert not _turned(clean, 0.0, (1, 2)).any()
    assert abs(_turned(clean, 0.2, (1, 2)).double().mean() - 0.2) < 0.02


def test_quantities_are_the_differences_that_they_say(tiny):
    led = tiny.assign(accuracy=0 * tiny.accuracy + 0.25 * (tiny.loss == "cross_entropy"))
    np.testing.assert_allclose(gap(led, beside="squared"), 0.25)
    sure = led.assign(confidence=0 * led.confidence + 0.75)
    at = {"loss": "cross_entropy", "setting": "noise_0", "step": 300}
    np.testing.assert_allclose(overconfidence(sure, **at), 0.5)


def test_the_derived_claims_fail_where_the_record_says_otherwise(tiny):
    assert fades(tiny)
    assert not fades(tiny.assign(push=-tiny.push))
    assert symmetric(tiny)
    assert not symmetric(tiny.assign(value=tiny.value + tiny.lead**2))
    assert stays(tiny)
    assert not stays(tiny.assign(moved=tiny.moved + 1e-9))
    assert not stays(tiny.assign(moved=tiny.moved * 0))


@pytest.mark.parametrize("name", [*FIGURES, *LIVE])
def test_every_figure_draws_its_record_with_columns(name, labels, tiny):
    draw = FIGURES[name] if name in FIGURES else LIVE[name].still
    drawing = draw(tiny, labels)
    assert all(np.isfinite(column).any() for column in drawing.columns.values())
