"""Question 54: its claims on the stored record and when their effect is broken; its study, run tiny."""

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor

from dlqa.evidence.claims import Kind, Outcome, judge
from dlqa.lab.efficientnet import DEPTHS, EfficientNetLite0
from dlqa.lab.finetuning import accuracy
from dlqa.publishing.publish import publish
from dlqa.publishing.store.catalog import find
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.worker import load_record
from dlqa.questions.finetuning import live, page, probing, starts, study, tuning
from dlqa.questions.finetuning.images import CLASSES, places, pool, prepared, split
from dlqa.questions.finetuning.names import DEPTH, PARAMS, SETTINGS, TASK
from dlqa.questions.finetuning.page import CLAIMS, values
from dlqa.questions.finetuning.quantities import MIDDLE, SIZES, at, probed, tuned
from dlqa.questions.finetuning.record import Params, Record
from tests.conftest import BuiltSite

TINY = Params(
    small=2, large=3, validation=2, tests=3, sides=(32,), seeds=1, probe_seeds=2, controls=1,
    batch=5, steps=1, large_batch=5, large_steps=1, looks=(0, 1), views=4,
)  # fmt: skip
Found = dict[tuple[str, str], Outcome]
Change = Callable[[Record], Record]


def outcomes(record: Record) -> Found:
    """Every condition's outcome by claim and name, corrected over the page as the site does."""
    return {
        (finding.id, outcome.name): outcome
        for finding in judge(CLAIMS, record)
        for outcome in finding.outcomes
    }


@pytest.fixture(scope="module")
def record(site: BuiltSite) -> Record:
    """The one that the built site shows; a study of this cost is not run a second time."""
    assert (site.folder / "finetuning/index.html").exists()
    question = find("finetuning")
    found = load_record(question, publish(question, Store.default()).record)
    assert isinstance(found, Record)
    return found


@pytest.fixture(scope="module")
def sound(record: Record) -> Found:
    return outcomes(record)


def with_probes(record: Record, held: list[Tensor]) -> Record:
    """Digits probed again, on other features."""
    found = probing.probes("digits", held, PARAMS)
    changed = {name: getattr(record, name).copy() for name in found}
    for name, array in found.items():
        changed[name][at("digits")] = array
    return dataclasses.replace(record, **changed)


def not_pretrained(record: Record) -> Record:
    """The pretrained network has random weights."""
    return with_probes(record, probing.features("digits", PARAMS.side, 0))


def one_depth(record: Record) -> Record:
    """Features of every depth are those of the last."""
    held = probing.features("digits", PARAMS.side, None)
    return with_probes(record, [held[-1]] * len(held))


def one_side(record: Record) -> Record:
    """Larger images show no more than small ones."""
    small = np.broadcast_to(record.probed_by_side[:1], record.probed_by_side.shape)
    return dataclasses.replace(record, probed_by_side=small)


def nothing_but_scratch(record: Record) -> Record:
    """Fine-tuning reaches what training from scratch does."""
    small = np.broadcast_to(record.scratch_small[:, None, None], record.tuned.shape)
    large = record.tuned_large.copy()
    large[..., 1] = record.scratch[..., -1]
    return dataclasses.replace(record, tuned=small, tuned_large=large)


def scratch_untrained(record: Record) -> Record:
    """Training from scratch stays where it starts, even on many images."""
    start = np.broadcast_to(record.scratch[..., :1], record.scratch.shape)
    return dataclasses.replace(record, scratch=start)


def last_as_all(record: Record) -> Record:
    """Training the last stage reaches what training all layers does."""
    last = record.last.copy()
    for task in TASK:
        for number, size in enumerate(SIZES):
            last[at(task), number, :, :, 1] = tuned(record, task, size)
    return dataclasses.replace(record, last=last)


def tuning_below_probe(record: Record) -> Record:
    """Fine-tuning photos is a little below the last-depth probe."""
    return with_tuning(record, -1, -0.05)


def tuning_above_best_probe(record: Record) -> Record:
    """Fine-tuning photos is a little above the probe at the chosen depth."""
    return with_tuning(record, None, 0.05)


def with_tuning(record: Record, depth: int | None, beyond: float) -> Record:
    """Fine-tuning photos is as accurate as a probe, but for a difference."""
    tuned_small, tuned_large = record.tuned.copy(), record.tuned_large.copy()
    tuned_small[0, ..., 1] = probed(record, "photos", "small", depth)[: PARAMS.seeds] + beyond
    tuned_large[0, :, 1] = probed(record, "photos", "large", depth)[: PARAMS.seeds] + beyond
    return dataclasses.replace(record, tuned=tuned_small, tuned_large=tuned_large)


def one_rate(record: Record) -> Record:
    """Every rate does what the middle one does."""
    places = [MIDDLE] * len(PARAMS.rates)
    return dataclasses.replace(
        record,
        tuned=record.tuned[:, :, places],
        kept=record.kept[:, places],
        moved=record.moved[:, places],
    )


def one_head(record: Record) -> Record:
    """A probed head does what a random one does."""
    return dataclasses.replace(
        record,
        tuned=record.tuned[:, [0, 0]],
        kept=record.kept[[0, 0]],
        moved=record.moved[[0, 0]],
    )


def statistics_alike(record: Record) -> Record:
    """Batch norm updated does what batch norm frozen does."""
    return dataclasses.replace(record, updated=record.tuned[:, 0, MIDDLE])


def adapters_guess(record: Record) -> Record:
    """Adapters learn nothing."""
    return dataclasses.replace(record, adapted=np.full_like(record.adapted, 1 / CLASSES))


BROKEN: list[tuple[str, str, Change]] = [  # a condition and what breaks its effect
    ("c1", "photos_small", nothing_but_scratch),
    ("c1", "digits_small", nothing_but_scratch),
    ("c1", "digits_fewer", scratch_untrained),
    ("c5", "svm_digits", not_pretrained),
    ("c5", "softmax_digits", not_pretrained),
    ("c8", "photos_small", last_as_all),
    ("c8", "digits_small", last_as_all),
    ("c12", "last_photos_small", tuning_below_probe),
    ("c12", "best_photos_small", tuning_above_best_probe),
    ("c13", "last_photos_large", tuning_below_probe),
    ("c13", "best_photos_large", tuning_above_best_probe),
    ("c14", "digits", one_depth),
    ("c15", "photos_large", nothing_but_scratch),
    ("c15", "digits_large", scratch_untrained),
    ("c19", "random", one_rate),
    ("c21", "moved", one_head),
    ("c21", "kept", one_head),
    ("m1", "sides", one_side),
    ("m2", "photos", statistics_alike),
    ("m2", "digits", statistics_alike),
    ("m3", "random", one_rate),
    ("m3", "probed", one_rate),
    ("m4", "digits", adapters_guess),
    ("m5", "digits_small", not_pretrained),
    ("m6", "digits_small", one_depth),
    ("m6", "digits_large", one_depth),
    ("m7", "photos_small", one_head),
    ("m7", "digits_small", one_head),
]


@pytest.fixture(scope="module")
def broken(record: Record) -> dict[Change, Found]:
    return {change: outcomes(change(record)) for *_, change in BROKEN}


@pytest.mark.parametrize(("identity", "condition", "change"), BROKEN)
def test_breaking_the_effect_stops_the_build(
    identity: str, condition: str, change: Change, sound: Found, broken: dict[Change, Found]
) -> None:
    assert not sound[identity, condition].surprising
    assert broken[change][identity, condition].surprising


def test_every_measured_claim_has_a_falsifier() -> None:
    falsified = {identity for identity, *_ in BROKEN}
    assert falsified == {each.id for each in CLAIMS if each.kind is Kind.MEASURED}


def test_a_tiny_study_fills_every_field_and_its_pieces_repeat_bit_by_bit() -> None:
    said: list[str] = []
    record = study.run(TINY, lambda part, *_: said.append(part))
    for field in dataclasses.fields(record):
        assert np.isfinite(getattr(record, field.name)).all(), field.name
    assert record.probed.shape == (2, 2, 9, 2, 2)
    assert record.tuned.shape == (2, 2, 3, 1, 2)
    assert record.refused.tolist() == [1, 0]
    assert sum("images a second" in part for part in said) == 3  # both tasks, and the limit
    again = tuning.tune("digits", TINY.first_seed, TINY)  # here, not in a process of its own
    for name in ("tuned", "last", "scratch", "kept", "moved"):
        stored = getattr(record, name)
        of_digits = stored if name in ("kept", "moved") else stored[at("digits")]
        np.testing.assert_array_equal(np.squeeze(of_digits), np.squeeze(again[name]), err_msg=name)


def test_a_higher_rate_moves_the_weights_further_and_keeps_fewer_decisions() -> None:
    params = dataclasses.replace(PARAMS, rates=(0.0, 0.01, 0.1), steps=6)
    given = split("digits", 0, params.small, params.validation, params.tests, params.side)
    found = tuning._all_layers("digits", 0, given, params)
    for moved, kept in zip(found["moved"], found["kept"], strict=True):
        assert moved[0] == 0
        assert kept[0] == 1
        assert 0 < moved[1] < moved[2]
        assert kept[1] > kept[2]


def test_a_probed_head_starts_where_a_random_one_does_not() -> None:
    given = split("digits", 0, 5, 2, 8, 32)
    before = {
        head: accuracy(starts.started(head, 0, given), *given.training)
        for head in ("random", "probed")
    }
    assert before["random"] < 0.4 < 0.9 < before["probed"]


def test_the_last_stage_alone_leaves_what_lies_below_as_it_was() -> None:
    before = starts.as_it_came().state_dict()["stem.filter.weight"].clone()
    given = split("digits", 0, 2, 2, 2, 32)
    tuning._last_stage(0, given, TINY)
    torch.testing.assert_close(starts.as_it_came().state_dict()["stem.filter.weight"], before)


def test_the_photos_are_recognized_at_the_size_that_the_network_learned() -> None:
    cat, coffee, rocket, camera = probing.recognized(224)
    assert min(cat, coffee, camera) > 0.8
    assert rocket < 0.5  # the weak one
    assert probing.recognized(32).max() < 0.1


def test_random_weights_get_statistics_that_tell_images_apart() -> None:
    network = probing._random(0, "digits", 32)
    assert isinstance(network, EfficientNetLite0)
    with torch.no_grad():
        held = network.features(prepared(pool("digits", 32)[:, 0]), "head")
    assert float(held.std(0).mean()) > 0.05


def test_what_is_chosen_is_chosen_on_validation_and_reported_on_the_test_set(
    record: Record,
) -> None:
    flattering = record.probed.copy()
    flattering[..., 1] = 0.5
    flattering[:, :, 3, :, 0] = 2  # above any accuracy: this depth is chosen
    flattering[:, :, 3, :, 1] = 0.25
    changed = dataclasses.replace(record, probed=flattering)
    for task, size in SETTINGS:
        np.testing.assert_array_equal(probed(changed, task, size), 0.25)


def test_the_pages_depths_are_the_networks() -> None:
    assert tuple(DEPTH) == DEPTHS


@pytest.mark.parametrize("task", list(TASK))
def test_what_trains_and_what_is_probed_share_a_seeds_images(task: str) -> None:
    seed, sizes = PARAMS.first_seed, (PARAMS.large, PARAMS.validation, PARAMS.tests)
    given = split(task, seed, *sizes, PARAMS.side)
    rows = torch.arange(CLASSES).unsqueeze(1)
    of_probes = [pool(task, PARAMS.side)[rows, each] for each in places(task, seed, *sizes)]
    for (images, _), chosen in zip(vars(given).values(), of_probes, strict=True):
        torch.testing.assert_close(images, prepared(chosen.flatten(0, 1)), rtol=0, atol=0)


def test_every_value_that_the_page_may_cite_is_finite(record: Record) -> None:
    assert all(np.isfinite(value.number) for value in values(record).values())


def test_every_figure_says_something_in_both_languages(record: Record) -> None:
    for draw in page.FIGURES.values():
        titles = {draw(record, language).title for language in ("zh", "en")}
        assert len(titles) == 2


def test_a_control_moves_over_what_was_run_alone(record: Record) -> None:
    cut = live.LIVE["cut"]
    assert all(cut.ran(record, setting) for setting in cut.settings())
    missing = record.last.copy()
    missing[0, 0, 0] = np.nan
    gone = dataclasses.replace(record, last=missing)
    left_out = {setting["rate"] for setting in cut.settings() if not cut.ran(gone, setting)}
    assert left_out == {"0.01"}
