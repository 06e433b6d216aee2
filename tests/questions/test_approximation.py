"""Question 44's study, run small, and its quantities against what they must be."""

import dataclasses

import numpy as np
import pytest
import torch

from dlqa.lab.parts import run
from dlqa.questions.approximation.claims import interpolates, short
from dlqa.questions.approximation.figures import FIGURES
from dlqa.questions.approximation.live import LIVE
from dlqa.questions.approximation.quantities import beyond, fall, found, later, missed, recruited
from dlqa.questions.approximation.record import SOURCE_WORK, Params
from dlqa.questions.approximation.study import parts
from dlqa.questions.approximation.targets import FUNCTIONS, by_hand, closed, places

# As many looks as the study takes, at steps soon after one another.
TINY = Params(seeds=2, at=tuple(range(8)), later=tuple(range(8, 12)))


@pytest.fixture(scope="module")
def tiny():
    """A record whose steps are labelled as if they were the study's."""
    record = run(parts(TINY))
    return record.assign_coords(step=[*Params().at, *Params().later])


def test_more_seeds_leave_the_first_ones_as_they_were_bit_by_bit(tiny):
    few = dataclasses.replace(TINY, widths=(2, 16), wide=0, few=0, seeds=3)
    more = run(parts(few)).sel(seed=[0, 1]).assign_coords(step=tiny.step)
    for name in ("error", "closed", "pieces", "fit"):
        np.testing.assert_array_equal(tiny[name].sel(width=[2, 16]), more[name])


def test_functions_learned_side_by_side_are_learned_as_alone(tiny):
    alone = run(parts(dataclasses.replace(TINY, widths=(2,), targets=("abs",), wide=0, few=0)))
    first = tiny["error"].sel(target=["abs"], width=[2], step=slice(0, 10_000))
    np.testing.assert_array_equal(first, alone["error"].assign_coords(step=first.step))


def test_the_sources_own_work_is_9_networks_for_10000_steps():
    said = [(part.networks * part.seeds, part.steps) for part in parts(SOURCE_WORK).values()]
    assert said == [(3, 10_000)] * 3 + [(0, 0)]


def test_two_relus_set_by_hand_are_abs_x_and_more_of_them_interpolate(tiny):
    points = places(100)["points"]
    assert closed(by_hand(2, points), FUNCTIONS["abs"](points), 1e-13) < 1e-28
    assert float(tiny.hand.sel(target="abs", width=2)) < 1e-28
    assert interpolates(tiny)
    assert not interpolates(tiny.assign(hand=tiny.hand + 2))


def test_least_squares_finds_weights_that_are_there_and_drops_what_it_must_not_see():
    features = torch.linspace(0, 1, 50, dtype=torch.float64)[:, None] ** torch.tensor([1, 2])
    wanted = 3 * features[:, 0] - 2 * features[:, 1] + 1
    assert closed(features, wanted, 1e-13) < 1e-28
    scaled = features * torch.tensor([1.0, 1e-9], dtype=torch.float64)
    assert closed(scaled, wanted, 1e-13) < 1e-14
    assert closed(scaled, wanted, 1e-6) > 1e-4


def test_points_lie_inside_and_places_outside():
    asked = places(12)
    assert asked["between"].abs().max() < asked["points"].abs().max() == 1
    assert asked["outside"].abs().min() > 1
    assert asked["outside"].abs().max() == 1.5


def test_quantities_are_the_ratios_that_they_say(tiny):
    falling = tiny["error"] * 0 + 1 / tiny.width / (1 + 9 * (tiny.step == 40_000))
    made = tiny.assign(error=falling * (1 + 99 * (tiny.place == "outside")))
    np.testing.assert_allclose(fall(made, target="sin", width=16), np.log10(4))
    np.testing.assert_allclose(later(made, activation="relu", width=16), 1)
    np.testing.assert_allclose(beyond(made, activation="relu", target="abs"), 2)
    by_hand_too = made.assign(hand=made.hand * 0 + 1 / 1600)
    np.testing.assert_allclose(missed(by_hand_too, width=16, step=10_000), 2)
    np.testing.assert_allclose(found(made, width=2), 0)
    np.testing.assert_allclose(found(made.assign(error=1e-5 * falling), width=2), 1)
    kinks = tiny.pieces * 0 + 1 + 8 * (tiny.moment == "end")
    np.testing.assert_allclose(recruited(tiny.assign(pieces=kinks), width=16), 0.5)


def test_kinks_between_the_ends_are_counted(tiny):
    assert float((tiny.pieces - 1 - tiny.width).max()) <= 0
    assert float(tiny.pieces.min()) >= 1


def test_small_numbers_are_printed_with_two_digits_of_their_own():
    assert [short(number).text for number in (0.5, 0.0059, 3.6e-5)] == [
        "0.50",
        "0.0059",
        "0.000036",
    ]


@pytest.mark.parametrize("name", [*FIGURES, *LIVE])
def test_every_figure_draws_its_record_with_columns(name, labels, tiny):
    draw = FIGURES[name] if name in FIGURES else LIVE[name].still
    drawing = draw(tiny, labels)
    assert all(np.isfinite(column).any() for column in drawing.columns.values())


def test_controls_move_over_what_was_run_alone(tiny, labels):
    live = LIVE["fit"]
    assert len(list(live.settings())) == 18
    with pytest.raises(KeyError):
        live.draw(tiny, labels, {**live.default, "width": "64"})
