"""Question 53's study, run small, its measures, and its quantities where an effect is put in."""

from dataclasses import replace
from math import erf, sqrt

import numpy as np
import pytest
import torch
import xarray as xr

from dlqa.evidence.records import gathered
from dlqa.lab.networks import Stack
from dlqa.lab.parts import run
from dlqa.questions.regularization import live, study
from dlqa.questions.regularization.claims import values
from dlqa.questions.regularization.figures import FIGURES
from dlqa.questions.regularization.measures import THRESHOLDS, below
from dlqa.questions.regularization.quantities import (
    excess_deviation,
    gain,
    harder_hit,
    shown,
    shrunk,
    unpaired_gain,
    zeros,
)
from dlqa.questions.regularization.record import SOURCE_WORK, Params
from dlqa.questions.regularization.shapes import BEST, TOUCHED

TINY = Params(seeds=5, width=8, fresh=100, at=(0, 10, 30))
ONE_STRENGTH = replace(TINY, strengths=(1.0,), activation_strengths=(1.0,))  # of every way
RUN = {"arm": "l1_strong", "data": "correlated"}


@pytest.fixture(scope="module")
def tiny():
    return run(study.parts(TINY))


def with_accuracy(record, values, **place):
    """The record with other accuracies at a place."""
    changed = record.copy(deep=True)
    changed.accuracy.loc[place] = values
    return changed


def test_a_loss_that_grows_with_the_normals_length_is_found(record):
    ranks = record.demand.sel(data="correlated").argsort().argsort()
    plain = record.accuracy.sel(arm="none", data="correlated")
    hit = with_accuracy(record, (plain - 0.01 * ranks).values, **RUN)
    assert (harder_hit(hit, **RUN) < -0.02).all()


def test_an_unpaired_comparison_on_the_very_same_data_sets_deviates_no_more(record):
    same = record.assign(unpaired_accuracy=record.accuracy.sel(arm="none", drop=True))
    assert excess_deviation.mean(record, **RUN) > 0.01
    assert (excess_deviation(same, **RUN).dropna("seed") == 0).all()


def test_the_same_params_give_the_same_record_bit_by_bit(tiny):
    xr.testing.assert_identical(tiny, run(study.parts(TINY)))


@pytest.mark.parametrize("name", study.parts(ONE_STRENGTH))
def test_a_seed_is_the_same_whatever_seeds_are_beside_it(name):
    part = study.parts(ONE_STRENGTH)[name]
    many = part.run((0, 1, 2, 5), 2)
    for some in ((0, 1), (2,), (1, 5)):
        few = part.run(some, 1)
        expected = many.sel(seed=list(some))
        if 0 not in some:  # the network whose weights are followed
            expected = expected.drop_vars(("paths", "weight"), errors="ignore")
        xr.testing.assert_identical(few, expected.drop_dims(set(expected.dims) - set(few.dims)))


def test_a_record_is_as_large_as_its_params_ask_for(tiny):
    assert tiny.sizes == {
        "data": 2, "arm": 20, "seed": 5, "step": 3, "layer": 3, "threshold": 28, "weight": 17,
    }  # fmt: skip


def test_the_sources_own_work_is_6_networks_for_750_steps():
    said = []
    record = run(study.parts(SOURCE_WORK), lambda *part: said.append(part[-2:]))
    assert sum(networks for networks, _ in said) == 6
    assert {steps for _, steps in said} == {750}
    assert record.accuracy.sizes == {"data": 1, "arm": 5, "seed": 1}
    assert record.paths.notnull().any(("step", "weight")).sum() == 4


def test_an_arm_has_nan_where_it_was_not_run_and_numbers_elsewhere(tiny):
    ran = tiny.accuracy.notnull()
    assert ran.sel(arm=["none", "l1_mild", "l2_extreme"]).all()
    assert ran.sel(arm=["proximal_mild", "decay_matched"]).all()
    assert not ran.sel(arm="tanh_none", data="correlated").any()
    assert ran.sel(arm="relu_strong", data="independent").all()


def test_every_arm_starts_with_the_same_seeds_and_may_have_as_many_in_the_end():
    planned = study.parts(Params()).values()
    assert {part.block() for part in planned} == {range(24)}
    assert {part.limit for part in planned} == {96}


def test_tables_and_figures_are_of_the_seeds_that_every_arm_has(tiny):
    more = run({"more": replace(study.parts(TINY)["l1_strong, correlated"], first=24, seeds=2)})
    longer = gathered([tiny, more])
    xr.testing.assert_identical(shown(longer), tiny)
    assert values(longer) == values(tiny)


def test_arms_of_one_seed_start_from_the_same_weights(tiny):
    of_sigmoid = [arm for arm in tiny.arm.values if not arm.startswith(("tanh", "relu"))]
    start = tiny["size"].sel(arm=of_sigmoid, step=0)
    assert (start == start.sel(arm="none")).where(start.notnull(), True).all()


def test_shares_below_count_zeros_and_grow_to_all():
    weights = torch.tensor([0.0, 0.0, 1e-3, -0.5, 2e-3, 4.0]).view(1, 2, 3)
    bias, last = torch.zeros(1, 2, 1), torch.zeros(1, 1, 2)
    stack = Stack((weights, last), (bias, bias[:, :1]))
    shares = below(stack)[0].numpy()
    assert shares[0] == pytest.approx(4 / 8)
    assert shares[np.argmin(abs(THRESHOLDS - 1e-3))] in (pytest.approx(4 / 8), pytest.approx(5 / 8))
    assert shares[-1] == pytest.approx(7 / 8)
    assert (np.diff(shares) >= 0).all()


def test_demand_and_limit_agree_with_the_closed_form_of_independent_data(tiny):
    independent = tiny.sel(data="independent")
    np.testing.assert_allclose(independent.demand, sqrt(12))  # Σ = identity, μ = ones
    np.testing.assert_allclose(independent.bayes, 0.5 * (1 + erf(sqrt(12) / 2 / sqrt(2))))


def test_without_a_rate_or_strength_weights_stay():
    still = replace(TINY, activations=(), penalties=(), rate=0.0, strengths=(0.0,) * 3)
    sizes = run(study.parts(still))["size"]
    np.testing.assert_array_equal(sizes.isel(step=0), sizes.isel(step=-1))


def test_gain_is_the_paired_difference_and_the_unpaired_one_has_the_same_first_term(tiny):
    accuracy = tiny.accuracy.sel(data="correlated")
    place = {"arm": "l2_mild", "data": "correlated"}
    paired = accuracy.sel(arm="l2_mild") - accuracy.sel(arm="none")
    np.testing.assert_array_equal(gain(tiny, **place), paired)
    unpaired = accuracy.sel(arm="l2_mild") - tiny.unpaired_accuracy.sel(data="correlated")
    np.testing.assert_array_equal(unpaired_gain(tiny, **place), unpaired)


def test_an_unpaired_data_set_is_another(tiny):
    assert (tiny.unpaired_accuracy != tiny.accuracy.sel(arm="none")).any("seed").all()


def test_no_data_set_is_both_an_arms_and_anothers_unpaired_one():
    assert max(part.limit for part in study.parts(Params()).values()) <= study.OTHER_DATA


def test_shrunk_is_one_without_regularization_and_weighs_layers_by_their_size(tiny):
    np.testing.assert_array_equal(shrunk(tiny, arm="none", data="correlated"), 1)
    place = {"arm": "l1_mild", "data": "correlated"}
    middle = xr.ones_like(tiny["size"])
    middle.loc[{**place, "step": 30, "layer": [1, 3]}] = 0
    left = shrunk(tiny.assign(size=middle), **place)
    np.testing.assert_allclose(left, 64 / (12 * 8 + 64 + 16))


def test_near_zeros_include_exact_ones():
    strong = replace(TINY, penalties=(), activations=(), strengths=(1.0, 10.0, 100.0))
    record, place = run(study.parts(strong)), {"arm": "proximal_extreme", "data": "correlated"}
    exact, near = (zeros.samples(record, {"zero": each, **place}) for each in ("exact", "near"))
    assert (near >= exact).all()
    assert exact.min() > 0


def test_harder_hit_sets_the_upper_half_against_the_lower(tiny):
    demand = tiny.demand.sel(data="correlated")
    lost = 0.1 * (demand > demand.median())
    plain = tiny.accuracy.sel(arm="none", data="correlated")
    record = with_accuracy(tiny, (plain - lost).values, **RUN)
    np.testing.assert_allclose(harder_hit(record, **RUN), [-0.1, -0.1])


def test_the_whiteboards_points_are_the_lowest_losses_of_their_regions():
    angles = np.linspace(0, 2 * np.pi, 10_001)
    ring = np.stack((np.cos(angles), np.sin(angles)), 1)
    edges = {"l1": ring / abs(ring).sum(1, keepdims=True), "l2": ring}
    for penalty, edge in edges.items():
        distances = np.linalg.norm(edge - BEST, axis=1)
        np.testing.assert_allclose(edge[distances.argmin()], TOUCHED[penalty], atol=1e-3)


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_draws_its_record(name, labels, tiny):
    drawing = FIGURES[name](tiny, labels)
    assert all(np.isfinite(np.asarray(column)).any() for column in drawing.columns.values())


def test_a_control_moves_over_what_was_run_alone(tiny):
    strength = live.LIVE["strength"]
    for setting in strength.settings():
        numbers = strength.numbers(tiny, setting)
        assert all(np.isfinite(value.number) for value in numbers.values())
    missing = with_accuracy(tiny, np.nan, arm="l2_strong", data="independent")
    with pytest.raises(KeyError):
        strength.numbers(missing, {"penalty": "l2", "lambda": "1"})


def test_the_row_without_a_penalty_is_the_same_beside_every_penalty(labels, tiny):
    strength = live.LIVE["strength"]
    plain = tiny.accuracy.sel(arm="none")
    for penalty in ("l1", "decay"):
        columns = strength.draw(tiny, labels, {"penalty": penalty, "lambda": "1"}).columns
        for data in ("correlated", "independent"):
            row = columns[f"{data}.accuracy.without"]
            np.testing.assert_array_equal(row, plain.sel(data=data))
