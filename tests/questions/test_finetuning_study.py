"""Question 54: its quantities and figures on the stored record, and its study, run tiny."""

from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest
import torch
import xarray as xr

from dlqa.drawing.labels import Labels
from dlqa.evidence.choices import best
from dlqa.evidence.records import check, gathered
from dlqa.lab.efficientnet import DEPTHS
from dlqa.lab.images import places, pool, prepared, split
from dlqa.lab.parts import Parts, blocks
from dlqa.lab.pools import taken
from dlqa.lab.starts import as_it_came
from dlqa.publishing.store.catalog import find
from dlqa.questions.finetuning import live, probing, tuning
from dlqa.questions.finetuning import quantities as q
from dlqa.questions.finetuning.claims import values
from dlqa.questions.finetuning.figures import FIGURES
from dlqa.questions.finetuning.record import HEADS, SIZES, TASKS, VARIABLES, Params
from dlqa.questions.finetuning.study import parts
from tests.conftest import BuiltSite
from tests.questions.falsify_finetuning import stored

TINY = Params(
    small=2, large=3, validation=2, tests=3, sides=(32, 48), seeds=1, probe_seeds=2, controls=2,
    batch=5, steps=1, large_batch=5, large_steps=1, looks=(0, 2), views=4,
)  # fmt: skip


@pytest.fixture(scope="module")
def record(site: BuiltSite) -> xr.Dataset:
    """The one that the built site shows; a study of this cost is not run a second time."""
    assert (site.folder / "finetuning/index.html").exists()
    return stored()


@pytest.fixture(params=["zh", "en"])
def labels(request: pytest.FixtureRequest) -> Labels:
    return find("finetuning").labels(request.param)


@pytest.fixture(scope="module")
def planned() -> Parts:
    return parts(TINY)


@pytest.fixture(scope="module")
def said() -> list[str]:
    return []


@pytest.fixture(scope="module")
def tiny(planned: Parts, said: list[str]) -> Mapping[str, xr.Dataset]:
    return blocks(planned, lambda part, *_: said.append(part))


def test_a_tiny_study_fills_every_variable(tiny: Mapping[str, xr.Dataset], said: list[str]) -> None:
    found = gathered(tiny.values())
    check(found, VARIABLES)
    assert found.refused.sel(pooling=["flattened", "averaged"]).values.tolist() == [1, 0]
    assert tuple(found.depth.values) == DEPTHS
    assert found.tuned.sel(size="small", seed=300).notnull().all()
    assert found.tuned.sel(size="large", split="test", seed=300).count() == len(TASKS)
    assert sum("images a second" in part for part in said) == 3  # both tasks, and the limit


@pytest.mark.parametrize("arm", [*tuning.ARMS])
def test_what_trains_repeats_bit_by_bit_outside_a_process_of_its_own(
    arm: str, planned: Parts, tiny: Mapping[str, xr.Dataset]
) -> None:
    name = f"{arm}, digits"
    xr.testing.assert_identical(planned[name].run([300], 1), tiny[name])


@pytest.mark.parametrize(
    "name", ["probes of digits", "random weights on photos", "photos of 48 pixels"]
)
def test_a_seeds_probes_do_not_depend_on_the_others(
    name: str, planned: Parts, tiny: Mapping[str, xr.Dataset]
) -> None:
    alone = planned[name].run([301], 1)
    xr.testing.assert_identical(alone, tiny[name].sel(seed=[301]))


def test_a_tiny_record_is_judged_drawn_and_cited_by_its_own_labels(
    tiny: Mapping[str, xr.Dataset], labels: Labels
) -> None:
    found = gathered(tiny.values())
    for way, task in product(q.WAYS, TASKS):
        if (way, task) != ("adapted", "photos"):  # not run
            assert q.accuracy(found, way=way, task=task).sel(seed=300).notnull(), way
    for draw in FIGURES.values():
        assert all(np.isfinite(column).all() for column in draw(found, labels).columns.values())


def test_a_higher_rate_moves_the_weights_further_and_keeps_fewer_decisions() -> None:
    params = Params(rates=(0.0, 0.01, 0.1), steps=6, large_steps=1)
    found = tuning.all_layers("digits", 0, params)
    for moved, kept in zip(found["moved"], found["kept"], strict=True):
        assert moved[0] == 0
        assert kept[0] == 1
        assert 0 < moved[1] < moved[2]
        assert kept[1] > kept[2]


def test_the_last_stage_alone_leaves_what_lies_below_as_it_was() -> None:
    before = as_it_came().state_dict()["stem.filter.weight"].clone()
    tuning.last_stage("digits", 0, TINY)
    torch.testing.assert_close(as_it_came().state_dict()["stem.filter.weight"], before)


def test_a_linear_layer_on_flattened_maps_refuses_another_side_and_on_means_does_not() -> None:
    network = as_it_came()
    maps = torch.nn.Sequential(*network.parts(), torch.nn.Flatten(), torch.nn.Linear(1280, 10))
    assert probing.refuses(maps)
    assert not probing.refuses(network)


def test_what_is_chosen_is_chosen_on_validation_and_told_of_the_test_set(
    record: xr.Dataset,
) -> None:
    flattering = record.probe.copy(deep=True)
    flattering.loc[{"split": "test"}] = 0.5
    flattering.loc[{"depth": "stage3", "split": "validation"}] = 2  # above any accuracy
    flattering.loc[{"depth": "stage3", "split": "test"}] = 0.25
    changed = record.assign(probe=flattering)
    for task, size in product(TASKS, SIZES):
        chosen = q.accuracy(changed, way="probe_best", task=task, size=size)
        assert (chosen.dropna("seed") == 0.25).all()


def test_the_large_set_is_tuned_as_the_small_sets_validation_chose(record: xr.Dataset) -> None:
    for task in TASKS:
        large = record.tuned.sel(task=task, size="large", split="test")
        small = record.tuned.sel(task=task, size="small", split="validation")
        for seed in q.accuracy(record, way="tuned", task=task).dropna("seed").seed:
            ran = large.sel(seed=seed).notnull()
            assert ran.sum() == 1
            assert small.sel(seed=seed).where(ran).max() == small.sel(seed=seed).max()


def test_random_and_probed_heads_are_told_apart(record: xr.Dataset) -> None:
    for head, way in zip(HEADS, ("random_head", "probed_head"), strict=True):
        own = best(record.tuned.sel(task="digits", size="small", head=[head]))
        xr.testing.assert_equal(own, q.accuracy(record, way=way, task="digits"))


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


def test_every_value_that_the_page_may_cite_is_finite(record: xr.Dataset) -> None:
    assert all(np.isfinite(value.number) for value in values(record).values())


def test_a_control_moves_over_what_was_run_alone(record: xr.Dataset) -> None:
    cut = live.LIVE["cut"]
    for setting in cut.settings():
        assert all(np.isfinite(value.number) for value in cut.numbers(record, setting).values())
    with pytest.raises(KeyError):
        cut.numbers(record, {**cut.default, "rate": "0.3"})
    gone = record.assign(last_stage=record.last_stage.where(record.rate != 0.01))
    for setting in cut.settings():
        if setting["rate"] == "0.01":
            with pytest.raises(KeyError, match="nothing was run"):
                cut.numbers(gone, setting)
        else:
            assert cut.numbers(gone, setting) == cut.numbers(record, setting)
