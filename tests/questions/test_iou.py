"""Question 55's study, run small, and its claims when their effect is broken."""

import gzip
import re
from pathlib import Path

import numpy as np
import pytest
import torch
import xarray as xr

from dlqa.drawing import labels
from dlqa.evidence.claims import judge
from dlqa.evidence.records import check
from dlqa.evidence.verdicts import Kind, Verdict
from dlqa.lab.boxes import giou, iou
from dlqa.lab.boxes.descent import corners
from dlqa.lab.parts import run
from dlqa.questions.iou import claims, study
from dlqa.questions.iou.claims import CLAIMS, values
from dlqa.questions.iou.figures import FIGURES
from dlqa.questions.iou.pair import PREDICTED, TRUTH
from dlqa.questions.iou.picture import draw_overlap
from dlqa.questions.iou.quantities import lead, precision
from dlqa.questions.iou.record import VARIABLES, Params
from dlqa.questions.iou.study import parts

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "docs/theme/assets/iou.js"
LONGEST_SCRIPT = 4096  # bytes, gzipped
FOLDER = Path(claims.__file__).parent
SMALL = Params(boxes=200, images=1)
TINY = Params(seeds=2, boxes=20, at=(0, 20, 40), images=1)
HOLDS, FAILS, DEPENDS, UNDECIDED = Verdict


def outcomes(record: xr.Dataset) -> dict[tuple[str, str], Verdict]:
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
        return outcomes(run(parts(SMALL)))


@pytest.fixture(scope="module")
def record() -> xr.Dataset:
    return run(parts(SMALL))


@pytest.fixture(scope="module")
def sound(record: xr.Dataset) -> dict[tuple[str, str], Verdict]:
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

    def equal(one: torch.Tensor, _: torch.Tensor, **_options: bool) -> torch.Tensor:
        return torch.full_like(one[:, 0], 0.5)

    return with_changes(_overlaps=equal)


@pytest.fixture(scope="module")
def never_missed() -> dict[tuple[str, str], Verdict]:
    """Predicted boxes are the true ones, so the union is its enclosing rectangle."""
    return with_changes(normal=lambda shape, _: torch.zeros(shape, dtype=torch.float64))


BROKEN = [  # condition, its verdict when sound, what breaks it
    ("c3", "even_uneven_0_5", FAILS, "alike"),
    ("c3", "even_uneven_0_75", FAILS, "alike"),
    ("c3", "uneven_reversed_0_5", FAILS, "alike"),
    ("c3", "even_doubled_0_5", FAILS, "alike"),
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
    ("m5", "8_0_5", FAILS, "scale_free"),
    ("m5", "8_0_75", FAILS, "scale_free"),
    ("m6", "0_5", HOLDS, "alike"),
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


@pytest.mark.parametrize(("claim", "identity"), [("c2", "pixels"), ("c5", "self"), ("m7", "dice")])
def test_a_derived_claim_fails_where_its_closed_form_is_missed(record, claim, identity):
    [derived] = [each for each in CLAIMS if each.id == claim]
    further = record.missed.where(record.identity != identity, record.missed + 1e-6)
    assert judge([derived], record)[0].verdict is HOLDS
    assert judge([derived], record.assign(missed=further))[0].surprises


def test_the_record_holds_what_is_declared_and_the_same_params_give_it_bit_by_bit():
    one, two = run(parts(TINY)), run(parts(TINY))
    check(one, VARIABLES)
    xr.testing.assert_identical(one, two)


def test_a_seeds_numbers_do_not_depend_on_the_others():
    planned = parts(TINY)
    together = run(planned)
    others = run(planned, seeds={name: [1, 7] for name, part in planned.items() if part.seeds})
    for name in others:
        one, other = (each[name].sel(seed=1) for each in (together, others))
        xr.testing.assert_identical(one, other)


def test_all_detectors_have_one_mean_iou(record):
    spread = record.mean_iou.max("detector") - record.mean_iou.min("detector")
    assert spread.max() <= 1e-12


@pytest.mark.parametrize(
    ("kind", "meets"), [("disjoint", False), ("overlapping", True), ("nested", True)]
)
def test_starts_are_of_their_kind(kind, meets):
    truth, start = (corners(b) for b in study._start(kind, 200, torch.Generator().manual_seed(0)))
    overlap = iou(truth, start, paired=True)
    assert ((overlap > 0) == meets).all()
    if kind == "nested":
        torch.testing.assert_close(overlap, giou(truth, start, paired=True))
        assert (start[:, :2] >= truth[:, :2]).all()


def test_an_unknown_kind_of_start_is_refused():
    with pytest.raises(ValueError, match="sideways"):
        study._start("sideways", 1, torch.Generator())


def test_the_path_ends_with_equal_boxes_and_iou_first_feels_nothing(record):
    np.testing.assert_allclose(record.path_value.sel(path=1), 1)
    others = record.path_pull.sel(loss=["giou", "diou", "ciou"])
    assert record.path_pull.sel(loss="iou", path=0) == 0
    assert (others.isel(path=slice(0, -1)) > 0).all()


def test_the_closed_form_of_one_pixel_bounds_the_random_boxes(record):
    """A box that is wider than high has less area to lose in, at the same perimeter."""
    moved = record.overlap.sel(error="moved", side=list(SMALL.sides))
    square = (moved.side - 1) ** 2 / (2 * moved.side**2 - (moved.side - 1) ** 2)
    assert (moved <= square).all()
    assert abs(moved - square).max() < 0.01


def test_a_constant_lead_is_the_lead(record):
    learned = xr.where(record.loss == "diou", 0.25, 0.0) + 0 * record.learned
    ahead = record.assign(learned=learned.transpose(*VARIABLES["learned"]))
    np.testing.assert_allclose(lead(ahead, loss="diou", beside="giou", start="nested"), 0.25)


def test_precision_is_read_at_its_threshold(record):
    even = record.precision.sel(detector="even")
    np.testing.assert_array_equal(precision(record, "even", 0.75), even.isel(threshold=5))
    np.testing.assert_allclose(precision(record, "even"), even.mean("threshold"))


def test_a_run_leaves_torchs_threads_as_they_were():
    before = torch.get_num_threads()
    run(parts(TINY))
    assert torch.get_num_threads() == before


def test_every_value_that_the_page_may_cite_is_finite():
    assert all(np.isfinite(value.number) for value in values(run(parts(TINY))).values())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_draws_a_record_of_other_params_with_its_words(language):
    record, words = run(parts(TINY)), labels.read(FOLDER, language)
    for draw in FIGURES.values():
        drawing = draw(record, words)
        assert all(len(column) > 1 for column in drawing.columns.values())


def test_both_languages_have_the_same_words():
    assert labels.differences(FOLDER) == []


def test_the_still_picture_shows_what_the_library_computes():
    boxes = [torch.tensor([box]) for box in (TRUTH, PREDICTED)]
    drawing = draw_overlap(xr.Dataset(), labels.read(FOLDER, "en"))
    [axes] = drawing.figure.axes
    shown = [text.get_text() for text in axes.texts]
    cited = {value.text for value in values(run(parts(TINY))).values()}
    for measure in (iou, giou):
        number = f"{measure(*boxes).item():.3f}"
        assert any(number in text for text in shown)
        assert number in cited


def test_the_script_starts_with_the_still_pictures_boxes():
    coordinates = ", ".join(str(edge) for box in (TRUTH, PREDICTED) for edge in box)
    assert f"[{coordinates}, 360, 0]" in SCRIPT.read_text("utf-8")


def test_the_script_is_small_and_asks_nobody():
    text = SCRIPT.read_text("utf-8")
    assert len(gzip.compress(text.encode(), 9)) <= LONGEST_SCRIPT
    assert not re.search(r"https?:|fetch\(|import\b", text)
