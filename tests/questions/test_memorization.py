"""Question 101's study, run small, and its quantities against what they must be."""

import dataclasses

import numpy as np
import pytest
import torch

from dlqa.lab.parts import run
from dlqa.questions.memorization.claims import fits_all, guesses, holds_all
from dlqa.questions.memorization.figures import FIGURES
from dlqa.questions.memorization.live import LIVE
from dlqa.questions.memorization.quantities import END, kept, missing, peak, slower, steadier
from dlqa.questions.memorization.record import SOURCE_WORK, Params
from dlqa.questions.memorization.study import Lesson, gaussians, parts, shuffled

# As many looks as the study takes, at steps soon after one another.
TINY = Params(
    seeds=2, source_seeds=2, source_hidden=(4,), hidden=(6,), fresh=60,
    at=tuple(range(16)), source_at=tuple(range(12)), longer=tuple(range(12, 22)),
)  # fmt: skip


@pytest.fixture(scope="module")
def tiny():
    """A record whose steps are labelled as if they were the study's."""
    source = [*Params().source_at, *Params().longer]
    return run(parts(TINY)).assign_coords(step=list(Params().at), source_step=source)


def test_more_seeds_leave_the_first_ones_as_they_were_bit_by_bit(tiny):
    few = dataclasses.replace(TINY, source=(), arms=((1.0, 50, 0.0), (1.0, 50, 1.0)), seeds=3)
    more = run(parts(few)).assign_coords(step=tiny.step)
    for name in ("trained", "fresh", "memorized", "flipped", "distance"):
        first = more[name].sel(seed=[0, 1])
        np.testing.assert_array_equal(tiny[name].sel(first.coords), first)


def test_the_sources_work_is_timed_on_two_of_its_networks_for_2500_steps():
    work = [(part.networks * part.seeds, part.steps) for part in parts(SOURCE_WORK).values()]
    assert work == [(1, 2500)] * 2


def test_shuffled_labels_are_as_many_of_each_class_and_only_a_share_may_differ():
    classes = torch.arange(200) % 2
    for share in (0.0, 0.25, 1.0):
        given = shuffled(classes, share, 7)
        assert given.sum() == classes.sum()
        assert (given != classes).sum() <= share * 200
    assert (shuffled(classes, 1.0, 7) != classes).sum() > 60


def test_smaller_sets_are_the_beginning_of_larger_ones_and_fresh_points_are_others():
    small, large = (Lesson.of(TINY, 1.0, size, 0.0, [3]) for size in (50, 300))
    assert torch.equal(small.inputs, large.inputs[..., :50])
    assert torch.equal(small.fresh_inputs, large.fresh_inputs)
    assert not torch.isin(large.fresh_inputs, large.inputs).any()


def test_means_are_as_far_apart_as_said():
    points, classes = gaussians(2.0, 40_000, 5)
    apart = points[:, classes == 1].mean(1) - points[:, classes == 0].mean(1)
    torch.testing.assert_close(apart, torch.full((6,), 2.0), atol=0.05, rtol=0)


def test_quantities_are_what_they_say(tiny):
    shares = tiny.share
    led = tiny.assign(
        trained=0 * tiny.trained + 0.75,
        memorized=0 * tiny.memorized + 100 * 2**shares,
        flipped=0 * tiny.flipped + 0.5 * shares,
        kept=0 * tiny.kept + 0.25,
        fresh=0 * tiny.fresh + tiny.step / END,
    )
    np.testing.assert_allclose(missing(led, size=50, step=50), 0.25)
    np.testing.assert_allclose(slower(led, apart=2.0, size=150), 1)
    np.testing.assert_allclose(steadier(led, size=300), 0.5)
    np.testing.assert_allclose(kept(led, share=0.5, step=10), 0.25)
    np.testing.assert_allclose(peak(led, share=0.0), 25 / END - 1)


def test_the_derived_claims_fail_where_the_record_says_otherwise(tiny):
    full = tiny.assign(
        trained=0 * tiny.trained + 1, source_trained=0 * tiny.source_trained + 1,
        fresh=0 * tiny.fresh + 0.5,
    )  # fmt: skip
    assert holds_all(full)
    assert fits_all(full)
    assert guesses(full)
    short = full.assign({n: 0.99 * full[n] for n in ("trained", "source_trained")})
    assert not holds_all(short)
    assert not fits_all(short)
    assert not guesses(full.assign(fresh=full.fresh + 0.05))


@pytest.mark.parametrize("name", [*FIGURES, *LIVE])
def test_every_figure_draws_its_record_with_columns(name, labels, tiny):
    draw = FIGURES[name] if name in FIGURES else LIVE[name].still
    drawing = draw(tiny, labels)
    assert all(np.isfinite(column).any() for column in drawing.columns.values())


def test_every_setting_is_drawn_and_has_its_numbers(tiny, labels):
    live = LIVE["shares"]
    for setting in live.settings():
        assert live.draw(tiny, labels, setting).columns
        assert all(np.isfinite(each.number) for each in live.numbers(tiny, setting).values())
