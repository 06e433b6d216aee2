"""Question 55's study, run small, and its claims when their effect is broken."""

import dataclasses
import gzip
import re
from pathlib import Path

import numpy as np
import pytest
import torch

from dlqa.evidence.claims import Kind, Verdict, judge
from dlqa.lab.boxes import giou, iou
from dlqa.questions.iou import study
from dlqa.questions.iou.page import CLAIMS, values
from dlqa.questions.iou.picture import PREDICTED, TRUTH
from dlqa.questions.iou.quantities import lead, precision
from dlqa.questions.iou.record import Params, Record
from dlqa.questions.iou.study import run

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "docs/theme/assets/iou.js"
LONGEST_SCRIPT = 4096  # bytes, gzipped
SMALL = Params(boxes=200, images=1)
TINY = Params(seeds=2, boxes=20, starts_a_seed=2, images=1)
HOLDS, FAILS, DEPENDS, UNDECIDED = Verdict


def outcomes(record: Record) -> dict[tuple[str, str], Verdict]:
    """Every condition's verdict, by claim and name; each claim judged alone, as seeds are few."""
    found = {}
    for claim in CLAIMS:
        finding = judge([claim], record)[0]
        found[claim.id, ""] = finding.verdict
        found |= {(claim.id, outcome.name): outcome.verdict for outcome in finding.outcomes}
    return found


def with_changes(**changes: object) -> dict[tuple[str, str], Verdict]:
    """Outcomes of a study whose names mean something else."""
    with pytest.MonkeyPatch.context() as patch:
        for name, changed in changes.items():
            patch.setattr(study, name, changed)
        return outcomes(run(SMALL))


@pytest.fixture(scope="module")
def record() -> Record:
    return run(SMALL)


@pytest.fixture(scope="module")
def sound(record: Record) -> dict[tuple[str, str], Verdict]:
    return outcomes(record)


@pytest.fixture(scope="module")
def one_measure() -> dict[tuple[str, str], Verdict]:
    """Every loss is plain IoU."""
    return with_changes(MEASURES=dict.fromkeys(study.MEASURES, iou))


@pytest.fixture(scope="module")
def pulled_in() -> dict[tuple[str, str], Verdict]:
    """Plain IoU is GIoU, so that it pulls, and no loss leads another."""
    return with_changes(MEASURES=dict.fromkeys(study.MEASURES, giou))


@pytest.fixture(scope="module")
def diou_late() -> dict[tuple[str, str], Verdict]:
    """DIoU pulls a hundredth as hard, and CIoU as DIoU should."""
    real = study.MEASURES

    def weak(*boxes: torch.Tensor, **options: bool) -> torch.Tensor:
        return real["diou"](*boxes, **options) / 100

    return with_changes(MEASURES={**real, "diou": weak})


@pytest.fixture(scope="module")
def alike() -> dict[tuple[str, str], Verdict]:
    """Detectors that do the same: every box is its object's, said once, all scores equal."""
    scene = study._scene

    def perfect(spread: float, generator: torch.Generator) -> tuple[torch.Tensor, dict]:
        truth, detected = scene(spread, generator)
        said = study.Detections(truth, torch.ones(len(truth), dtype=truth.dtype))
        return truth, dict.fromkeys(detected, said)

    return with_changes(_scene=perfect)


@pytest.fixture(scope="module")
def scale_free() -> dict[tuple[str, str], Verdict]:
    """Every box has one size, whatever its side is said to be; none counts a pixel more."""
    overlaps = study._overlaps

    def without_scale(one: torch.Tensor, other: torch.Tensor, **_: bool) -> torch.Tensor:
        return overlaps(one, other)

    def equal(one: torch.Tensor, _: torch.Tensor) -> float:
        return overlaps(one, one + 1).mean().item() * 0 + 0.5

    return with_changes(
        _overlaps=without_scale, _mean_iou=equal, _ordered=lambda boxes: torch.ones_like(boxes)
    )


@pytest.fixture(scope="module")
def never_missed() -> dict[tuple[str, str], Verdict]:
    """Predicted boxes are the true ones, so the union is its enclosing rectangle."""
    return with_changes(_normal=lambda shape, _: torch.zeros(shape, dtype=torch.float64))


BROKEN = [  # condition, its verdict when sound, what breaks it
    ("c3", "even_uneven_05", FAILS, "alike"),
    ("c3", "even_uneven_075", FAILS, "alike"),
    ("c3", "uneven_reversed_05", FAILS, "alike"),
    ("c3", "even_doubled_05", FAILS, "alike"),
    ("c4", "excess", FAILS, "never_missed"),
    ("c6", "suppression", FAILS, "alike"),
    ("m1", "moved", HOLDS, "scale_free"),
    ("m1", "noisy", HOLDS, "scale_free"),
    ("m2", "iou", HOLDS, "pulled_in"),
    ("m2", "giou", FAILS, "one_measure"),
    ("m2", "diou", FAILS, "one_measure"),
    ("m2", "ciou", FAILS, "one_measure"),
    ("m3", "overlapping", HOLDS, "diou_late"),
    ("m3", "nested", HOLDS, "diou_late"),
    ("m4", "overlapping", FAILS, "diou_late"),
    ("m4", "nested", FAILS, "diou_late"),
    ("m5", "8_at_05", FAILS, "scale_free"),
    ("m5", "8_at_075", FAILS, "scale_free"),
    ("m6", "at_05", HOLDS, "alike"),
]


@pytest.mark.parametrize(("claim", "condition", "verdict", "broken"), BROKEN)
def test_breaking_the_effect_changes_the_verdict(claim, condition, verdict, broken, sound, request):
    assert sound[claim, condition] is verdict
    assert request.getfixturevalue(broken)[claim, condition] is not verdict


def test_an_error_in_proportion_costs_every_size_alike(sound):
    assert sound["m1", "moved_in_proportion"] is FAILS


def test_every_measured_claim_has_a_falsifier():
    falsified = {claim for claim, *_ in BROKEN}
    assert falsified == {claim.id for claim in CLAIMS if claim.kind is Kind.MEASURED}


@pytest.mark.parametrize(
    ("claim", "field"), [("c2", "pixel_error"), ("c5", "self_error"), ("m7", "dice_error")]
)
def test_a_derived_claim_fails_where_its_closed_form_is_missed(record, claim, field):
    [derived] = [each for each in CLAIMS if each.id == claim]
    broken = dataclasses.replace(record, **{field: getattr(record, field) + 1e-6})
    assert judge([derived], record)[0].verdict is HOLDS
    assert judge([derived], broken)[0].surprises


def test_the_same_params_give_the_same_record_bit_by_bit():
    one, two = run(TINY), run(TINY)
    for field in dataclasses.fields(one):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(two, field.name))


def test_more_seeds_leave_the_first_ones_as_they_were():
    few, more = run(TINY), run(dataclasses.replace(TINY, seeds=3))
    np.testing.assert_array_equal(few.changed, more.changed[..., :2])
    np.testing.assert_array_equal(few.precision, more.precision[:, :2])
    # hopping across a kink makes rounding grow, so later steps agree only roughly
    np.testing.assert_allclose(few.learned, more.learned[:, :, :2], atol=0.02)


def test_all_detectors_have_one_mean_iou(record):
    np.testing.assert_allclose(record.mean_iou, record.mean_iou[:1].repeat(5, 0), atol=1e-12)


def test_a_box_moved_to_the_right_has_the_wanted_iou():
    truth = torch.tensor([[0.0, 0, 30, 50], [10, 20, 60, 50]], dtype=torch.float64)
    wanted = torch.tensor([0.6, 0.25], dtype=torch.float64)
    moved = study._beside(truth, wanted)
    torch.testing.assert_close(iou(truth, moved, paired=True), wanted)


@pytest.mark.parametrize(
    ("kind", "meets"), [("disjoint", False), ("overlapping", True), ("nested", True)]
)
def test_starts_are_of_their_kind(kind, meets):
    truth, start = (
        study._corners(b) for b in study._start(kind, 200, torch.Generator().manual_seed(0))
    )
    overlap = iou(truth, start, paired=True)
    assert ((overlap > 0) == meets).all()
    if kind == "nested":
        torch.testing.assert_close(overlap, giou(truth, start, paired=True))
        assert (start[:, :2] >= truth[:, :2]).all()


def test_an_unknown_kind_of_start_is_refused():
    with pytest.raises(ValueError, match="sideways"):
        study._start("sideways", 1, torch.Generator())


def test_the_path_ends_with_equal_boxes_and_iou_first_feels_nothing(record):
    np.testing.assert_allclose(record.path_values[:, -1], 1)
    assert record.path_pulls[0, 0] == 0
    assert (record.path_pulls[1:, :-1] > 0).all()


def test_the_closed_form_of_one_pixel_bounds_the_random_boxes(record):
    """A box that is wider than high has less area to lose in, at the same perimeter."""
    sides = record.sides[:, None]
    square = (sides - 1) ** 2 / (2 * sides**2 - (sides - 1) ** 2)
    assert (record.moved <= square).all()
    np.testing.assert_allclose(record.moved, np.broadcast_to(square, record.moved.shape), atol=0.01)


def test_a_constant_lead_is_the_lead(record):
    learned = np.zeros_like(record.learned)
    learned[2] = 0.25
    ahead = dataclasses.replace(record, learned=learned)
    np.testing.assert_allclose(lead(ahead, "diou", "giou", "nested"), 0.25)


def test_precision_is_read_at_its_threshold(record):
    np.testing.assert_array_equal(precision(record, "even", 0.75), record.precision[0, :, 5])
    np.testing.assert_allclose(precision(record, "even"), record.precision[0].mean(-1))


def test_a_run_leaves_torchs_threads_as_they_were():
    before = torch.get_num_threads()
    run(TINY)
    assert torch.get_num_threads() == before


def test_every_value_that_the_page_may_cite_is_finite():
    assert all(np.isfinite(value.number) for value in values(run(TINY)).values())


def test_the_still_picture_shows_what_the_library_computes():
    from dlqa.questions.iou.picture import draw_overlap

    boxes = [torch.tensor([box]) for box in (TRUTH, PREDICTED)]
    shown = draw_overlap(None, "en").description
    for measure in (iou, giou):
        assert f"{measure(*boxes).item():.3f}" in shown


def test_the_script_starts_with_the_still_pictures_boxes():
    coordinates = ", ".join(str(edge) for box in (TRUTH, PREDICTED) for edge in box)
    assert f"[{coordinates}, 360, 0]" in SCRIPT.read_text("utf-8")


def test_the_script_is_small_and_asks_nobody():
    text = SCRIPT.read_text("utf-8")
    assert len(gzip.compress(text.encode(), 9)) <= LONGEST_SCRIPT
    assert not re.search(r"https?:|fetch\(|import\b", text)
