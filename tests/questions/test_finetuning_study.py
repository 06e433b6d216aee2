"""Question 54: its quantities and figures on the stored record, and its study, run tiny."""

import os
import pickle
from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import torch
import xarray as xr

from dlqa.drawing.labels import Labels
from dlqa.lab.efficientnet import DEPTHS
from dlqa.lab.images import places, pool, prepared, split
from dlqa.lab.parts import Parts
from dlqa.lab.pools import taken
from dlqa.lab.starts import as_it_came
from dlqa.questions.finetuning import live, tuning
from dlqa.questions.finetuning import quantities as q
from dlqa.questions.finetuning.figures import FIGURES
from dlqa.questions.finetuning.record import MIDDLE, RATES, SIZES, TASKS, Params, rate_of
from dlqa.questions.finetuning.study import parts
from tests import forks

TINY = Params(
    small=2, large=3, validation=2, tests=3, seeds=1, few_seeds=1, probe_seeds=2,
    batch=5, steps=1, last_steps=2, every=5, updated_steps=1, scratch_steps=2, views=4,
    whole_sides=(32,),
)  # fmt: skip
ON_DIGITS = {  # a part of each arm
    name.split(",")[0]: name for name in parts(TINY) if ", digits" in name and "rates" not in name
}
ALONE = """
import pickle
from pathlib import Path

runs = pickle.loads(Path("runs").read_bytes())
found = {name: run([300], 1) for name, run in runs.items()}
Path("blocks").write_bytes(pickle.dumps(found))
"""


@pytest.fixture(scope="module")
def planned() -> Parts:
    return parts(TINY)


@pytest.fixture(scope="module")
def trained(planned: Parts, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, xr.Dataset]:
    """As the study has it: in a process of its own."""
    folder = tmp_path_factory.mktemp("trained")
    (folder / "runs").write_bytes(
        pickle.dumps({name: planned[name].run for name in ON_DIGITS.values()})
    )
    assert forks.python(ALONE, forks.SNIPPET, folder, os.environ) == (0, "")
    return pickle.loads((folder / "blocks").read_bytes())


def test_what_is_compared_was_run(record: xr.Dataset) -> None:
    assert record.refused.sel(pooling=["flattened", "averaged"]).values.tolist() == [1, 0]
    assert tuple(record.depth.values) == DEPTHS
    assert {*record.arm.values} == {*tuning.ARMS, "slow", "quick", "recomputed"}
    assert record.ended.sel(arm="upper", rate=MIDDLE, seed=300).notnull().all()
    for arm in ("upper", "scratch"):
        assert q.tried(record, arm, "digits", "large").sel(seed=300).notnull().all()


@pytest.mark.parametrize("arm", ON_DIGITS)
def test_what_trains_repeats_bit_by_bit_outside_a_process_of_its_own(
    arm: str, planned: Parts, trained: Mapping[str, xr.Dataset]
) -> None:
    name = ON_DIGITS[arm]
    xr.testing.assert_identical(planned[name].run([300], 1), trained[name])


@pytest.mark.parametrize(
    "name", ["probes of digits", "random weights on photos", "photos of 32 pixels"]
)
def test_a_seeds_probes_do_not_depend_on_the_others(name: str, planned: Parts) -> None:
    alone, both = (planned[name].run(seeds, 1) for seeds in ([301], [300, 301]))
    xr.testing.assert_identical(alone, both.sel(seed=[301]))


def test_a_higher_rate_moves_the_weights_further_and_keeps_fewer_decisions() -> None:
    params = replace(TINY, batch=10, steps=6, every=60, views=32)
    found = tuning.trained("upper", "digits", "small", (0.0, 0.01, 0.2), params, [0], 1)
    moved, kept = (found[name].squeeze().values for name in ("moved", "kept"))
    assert moved[0] == 0
    assert kept[0] == 1
    assert 0 < moved[1] < moved[2]
    assert kept[1] > kept[2]


def test_what_lies_below_the_cut_stays_as_it_came() -> None:
    before = as_it_came().state_dict()["stem.filter.weight"].clone()
    tuning.trained("last", "digits", "small", (0.05,), TINY, [0], 1)
    torch.testing.assert_close(as_it_came().state_dict()["stem.filter.weight"], before)


def test_a_depth_is_chosen_on_validation_and_told_of_the_test_set(record: xr.Dataset) -> None:
    flattering = record.probe.copy(deep=True)
    flattering.loc[{"split": "test"}] = 0.5
    flattering.loc[{"depth": "stage3", "split": "validation"}] = 2  # above any accuracy
    flattering.loc[{"depth": "stage3", "split": "test"}] = 0.25
    changed = record.assign(probe=flattering)
    for task, size in product(TASKS, SIZES):
        chosen = q.accuracy(changed, way="probe_best", task=task, size=size)
        assert (chosen.dropna("seed") == 0.25).all()


def test_rates_are_compared_where_validation_is_best(record: xr.Dataset) -> None:
    changed = record.ended.where(record.ended.split == "test", 0)
    changed.loc[{"arm": "upper", "rate": RATES[0], "split": "validation"}] = 1
    changed.loc[{"arm": "scratch", "rate": RATES[4], "split": "validation"}] = 1
    changed = changed.where(record.ended.notnull())
    steps = q.higher(record.assign(ended=changed), task="digits").dropna("seed")
    assert steps.values.tolist() == [-4] * Params().few_seeds


def test_a_grids_rates_are_as_good_as_threefold_and_hold_those_that_all_train_at() -> None:
    np.testing.assert_allclose(np.diff(np.log(RATES)), np.log(3), atol=0.06)
    assert {rate_of("upper"), rate_of("scratch")} < {*RATES}


def test_what_a_grid_trains_is_what_is_trained_alone() -> None:
    alone, both = (
        tuning.trained("last", "digits", "small", rates, TINY, [0], 1).ended.sel(rate=0.05)
        for rates in ((0.05,), (0.15, 0.05))
    )
    xr.testing.assert_identical(alone, both)


def test_the_pages_depths_are_the_networks(labels: Labels) -> None:
    assert tuple(labels.of("depth")) == DEPTHS


@pytest.mark.parametrize("task", TASKS)
def test_what_trains_and_what_is_probed_share_a_seeds_images(task: str) -> None:
    params = Params()
    counts, seed = params.counts("large"), params.first_seed
    given = split(task, seed, counts, params.side)
    for (images, _), role in zip(vars(given).values(), places(task, [seed], counts), strict=True):
        probed, _ = taken(pool(task, params.side), role[0])
        torch.testing.assert_close(images, prepared(probed), rtol=0, atol=0)


def test_every_figure_draws_numbers(record: xr.Dataset, labels: Labels) -> None:
    for draw in FIGURES.values():
        assert all(np.isfinite(column).all() for column in draw(record, labels).columns.values())


def test_a_control_moves_over_what_was_run_alone(record: xr.Dataset) -> None:
    cut = live.LIVE["cut"]
    for setting in cut.settings():
        assert all(np.isfinite(value.number) for value in cut.numbers(record, setting).values())
    with pytest.raises(KeyError):
        cut.numbers(record, {**cut.default, "seen": "250"})
