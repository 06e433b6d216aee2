"""Question 45's study, run small, and its parts against what they must be."""

import dataclasses
from itertools import pairwise

import numpy as np
import pytest
import torch

from dlqa.lab.networks import Stack
from dlqa.lab.parts import run
from dlqa.questions.depth.claims import fits
from dlqa.questions.depth.figures import FIGURES
from dlqa.questions.depth.live import LIVE
from dlqa.questions.depth.quantities import from_scaling, lead, less_left, lost, missed, tuned
from dlqa.questions.depth.record import ARMS, SOURCE_WORK, TARGETS, Params
from dlqa.questions.depth.study import parts, pieces
from dlqa.questions.depth.tents import by_hand, folded, nested

TINY = Params(
    at=(0, 30), shift_steps=20, target_steps=20, samples=100, fresh=50, seeds=2, target_seeds=2
)


@pytest.fixture(scope="module")
def tiny():
    return run(parts(TINY))


def test_more_seeds_leave_the_first_ones_as_they_were_bit_by_bit(tiny):
    few = dataclasses.replace(TINY, arms=("shared3",), targets=("nested",), rates=(0.01,), folds=0)
    more = run(parts(dataclasses.replace(few, seeds=3, target_seeds=3)))
    for name in ("accuracy", "built", "left"):
        first = more[name].sel(seed=[0, 1])
        own = {dim: first[dim] for dim in first.dims}
        np.testing.assert_array_equal(tiny[name].sel(own), first)


def test_the_sources_own_work_is_3_networks_for_15000_steps():
    work = parts(SOURCE_WORK).values()
    assert [(part.seeds * part.networks, part.steps) for part in work] == [(1, 15000)] * 3


def test_all_arms_have_about_as_many_parameters():
    for arm, hidden in ARMS.items():
        layers = hidden[:2] if arm.startswith("shared") else hidden
        assert 140 <= weights(1, *layers, 2) <= 155
    for target, least, most in (("nested", 550, 600), ("added", 550, 600), ("folded", 290, 305)):
        inputs = 1 if target == "folded" else 8
        for hidden in TARGETS[target].values():
            assert least <= weights(inputs, *hidden, 1) <= most


def weights(*sizes: int) -> int:
    return sum((below + 1) * above for below, above in pairwise(sizes))


def test_a_network_set_by_hand_is_the_folded_tent():
    places = torch.linspace(0, 1, 129)
    for folds in (1, 2, 4):
        low, high = by_hand(folds).outputs(places[None, None])[0]
        torch.testing.assert_close((high - low) / 8 + 0.5, folded(places, folds))


def test_pieces_are_counted_as_they_are_drawn():
    ends = torch.tensor([[[0.0, 1.0]]])
    # The unit max(0, a − ½) bends once a fold; max(0, a) only where a is 0, at the ends of a tent.
    assert pieces(by_hand(1), ends).item() == 3  # one of them the place 0 itself
    bent = Stack(
        (torch.ones(1, 1, 1), torch.ones(1, 1, 1)), (-torch.full((1, 1, 1), 0.3),) * 2, "relu"
    )
    assert pieces(bent, ends).item() == 2


def test_nested_tents_are_tents_of_means_upwards():
    values = torch.tensor([0.2, 0.4, 0.5, 0.7])[:, None]
    pairs = [1 - abs(1 - 2 * mean) for mean in (0.3, 0.6)]
    whole = 1 - abs(1 - (pairs[0] + pairs[1]))
    torch.testing.assert_close(nested(values), torch.tensor([[whole]]))


def test_quantities_are_the_differences_that_they_say(tiny):
    ends = 0 * tiny.accuracy + 0.5 + 0.25 * (tiny.arm == "four") + 0.125 * (tiny.inputs == "scaled")
    made = tiny.assign(accuracy=ends, built=0 * tiny.built + 0.75)
    np.testing.assert_allclose(lead(made, arm="four", beside="wide", inputs="raw"), 0.25)
    np.testing.assert_allclose(from_scaling(made, arm="four"), 0.125)
    np.testing.assert_allclose(missed(made, arm="wide"), 0.375)
    np.testing.assert_allclose(lost(made, shift=0.3), 0.25)


def test_the_rate_is_chosen_on_validation_and_judged_on_the_test(tiny):
    left = 0 * tiny.left + 0.5
    left.loc[{"split": "validation", "rate": 0.01, "depth": 2}] = 0.1
    left.loc[{"split": "test", "rate": 0.01, "depth": 2}] = 0.2
    left.loc[{"split": "test", "rate": 0.03}] = 0.0
    made = tiny.assign(left=left)
    np.testing.assert_allclose(tuned(made, "nested", 2), 0.2)
    np.testing.assert_allclose(less_left(made, target="nested", depth=2), 0.3)


def test_the_derived_claim_fails_where_the_record_says_otherwise(tiny):
    assert fits(tiny)
    assert not fits(tiny.assign(fitted=tiny.fitted * 0.9))
    assert not fits(tiny.assign(fitted=tiny.fitted * 0 + 1))


@pytest.mark.parametrize("name", [*FIGURES, *LIVE])
def test_every_figure_draws_its_record_with_columns(name, labels, tiny):
    draw = FIGURES[name] if name in FIGURES else LIVE[name].still
    drawing = draw(tiny, labels)
    assert all(np.isfinite(column).any() for column in drawing.columns.values())
