"""Question 50's study, run small, and its quantities against what they must be."""

import dataclasses

import numpy as np
import pytest

from dlqa.lab.parts import run
from dlqa.questions.batch_size import quantities
from dlqa.questions.batch_size.claims import falls_as_one_over
from dlqa.questions.batch_size.figures import FIGURES
from dlqa.questions.batch_size.live import LIVE
from dlqa.questions.batch_size.record import BATCHES, SOURCE_WORK, Params
from dlqa.questions.batch_size.study import parts

POWERS = {
    "sgd": {1: (-6, -6), 4: (-7, -3), 16: (-3, -3), 64: (-7, 1), 256: (-5, -5)},
    "adam": {1: (-8, -8), 4: (-10, -10), 16: (-8, -8), 64: (-10, -6), 256: (-8, -8)},
}
TINY = Params(
    source=(64, 400), source_hidden=(4,), source_seeds=2, powers=POWERS, hidden=(4,), held_out=50,
    fresh=100, draws=40, seeds=2,
)  # fmt: skip


@pytest.fixture(scope="module")
def tiny():
    return run(parts(TINY))


def test_more_seeds_leave_the_first_ones_as_they_were_bit_by_bit(tiny):
    powers = {"sgd": {64: (-3, 1)}}
    few = dataclasses.replace(TINY, source=(400,), powers=powers, seeds=3, source_seeds=3)
    more = run(parts(few))
    for name in ("plain", "accuracy", "noise"):
        first = more[name].sel(seed=[0, 1])
        same = tiny[name].sel({dim: first[dim] for dim in first.dims})
        np.testing.assert_array_equal(same.where(first.notnull()), first)


def test_the_sources_own_work_is_one_data_set_at_six_batch_sizes_for_150_epochs():
    batches = {1: 60000, 4: 15000, 16: 3750, 64: 937, 256: 234, 400: 150}
    work = parts(SOURCE_WORK)
    assert {name: (part.seeds, part.steps) for name, part in work.items()} == {
        f"source, {batch}": (1, steps) for batch, steps in batches.items()
    }


def test_budgets_are_equal_epochs_equal_steps_and_equal_time_of_64_samples_at_once():
    params = Params()
    assert [params.budgets(batch)["epochs"] for batch in BATCHES] == [4096, 1024, 256, 64, 16]
    assert [params.budgets(batch)["time"] for batch in BATCHES] == [256, 256, 256, 256, 64]
    assert [params.budgets(batch)["end"] for batch in BATCHES] == [4096, 1024, 512, 512, 512]


def test_rates_are_chosen_on_held_out_points_and_not_on_those_that_they_are_judged_by(tiny):
    found = tiny.accuracy.copy()
    found.loc[{"of": "validation", "power": -5}] += 1
    found.loc[{"of": "fresh", "power": -5}] = 0.25
    found.loc[{"of": "fresh", "power": -3}] = 1.0
    chosen = quantities.tuned(tiny.assign(accuracy=found), "sgd", 64, "epochs")
    np.testing.assert_array_equal(chosen, 0.25)
    assert set(chosen.power.values) == {-5}


def test_rules_take_the_base_rate_to_the_larger_batch(tiny):
    powers = tiny.assign(accuracy=0 * tiny.accuracy + tiny.power)
    for rule, power in (("fixed", -7), ("root", -5), ("linear", -3)):
        np.testing.assert_array_equal(quantities.scaled(powers, "sgd", rule, 64, -7), power)
        lost = quantities.lost(powers, optimizer="sgd", rule=rule, power=-7)
        np.testing.assert_array_equal(lost, -7 - power)


def test_a_batch_that_is_there_at_a_quarter_of_the_steps_has_halved_them_twice(tiny):
    found = 0 * tiny.accuracy
    there = found.step >= 16 - 12 * (found.batch == 64)
    seen = tiny.assign(accuracy=found + there)
    np.testing.assert_array_equal(quantities.halvings(seen, batch=64, beside=16), 2)
    late = quantities.steps_to_target(tiny.assign(accuracy=found), "sgd", 256)
    np.testing.assert_array_equal(late, 10)  # after 512, the last step


def test_differences_are_what_they_say(tiny):
    marked = tiny.assign(plain=0 * tiny.plain + tiny.batch / 400 + (tiny.of == "training"))
    assert quantities.plain_gap(marked, of="fresh", batch=400, beside=64)[0] == 1 - 64 / 400
    np.testing.assert_allclose(quantities.overstated(marked, batch=64), 1)
    marked = tiny.assign(accuracy=0 * tiny.accuracy + tiny.batch / 400)
    led = quantities.gap(marked, optimizer="sgd", budget="steps", batch=16, beside=256)
    np.testing.assert_allclose(led, -240 / 400)
    led = quantities.same_rate(
        marked, optimizer="sgd", budget="steps", power=-5, batch=4, beside=256
    )
    np.testing.assert_allclose(led, -252 / 400)


def test_the_noise_is_that_of_the_formula_and_the_check_sees_where_it_is_not():
    many = run(parts(dataclasses.replace(TINY, source=(), powers={}, seeds=6, draws=200)))
    assert falls_as_one_over(many)
    assert not falls_as_one_over(many.assign(noise=many.noise**0.5))
    assert not falls_as_one_over(many.assign(noise=many.noise + 0.01))


@pytest.mark.parametrize("name", [*FIGURES, *LIVE])
def test_every_figure_draws_its_record_with_columns(name, labels, tiny):
    record = tiny.assign(plain=tiny.plain.fillna(0.9), accuracy=tiny.accuracy.clip(0.45))
    draw = FIGURES[name] if name in FIGURES else LIVE[name].still
    drawing = draw(record, labels)
    assert all(np.isfinite(column).any() for column in drawing.columns.values())


def test_a_control_moves_over_what_was_run_alone(tiny, labels):
    live = LIVE["rates"]
    assert len(list(live.settings())) == 6
    for setting in live.settings():
        assert all(np.isfinite(each.number) for each in live.numbers(tiny, setting).values())
    with pytest.raises(KeyError):
        live.draw(tiny, labels, {"optimizer": "adagrad", "budget": "steps"})
