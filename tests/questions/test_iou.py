"""Question 55's study, run small, and its quantities against what they must be."""

import gzip
import re
from pathlib import Path

import numpy as np
import pytest
import torch
import xarray as xr

from dlqa.drawing import labels
from dlqa.evidence.claims import judge
from dlqa.evidence.records import gathered
from dlqa.evidence.verdicts import Kind
from dlqa.lab.boxes import giou, iou
from dlqa.lab.boxes.descent import corners
from dlqa.lab.parts import blocks, run
from dlqa.questions.iou import claims, study
from dlqa.questions.iou.claims import CLAIMS, values
from dlqa.questions.iou.figures import FIGURES
from dlqa.questions.iou.pair import PREDICTED, TRUTH
from dlqa.questions.iou.picture import draw_overlap
from dlqa.questions.iou.quantities import arrival, lead, precision, sooner
from dlqa.questions.iou.record import VARIABLES, Params
from dlqa.questions.iou.study import parts

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "docs/theme/assets/iou.js"
LONGEST_SCRIPT = 4096  # bytes, gzipped
FOLDER = Path(claims.__file__).parent
SMALL = Params(seeds=5, boxes=200, images=1)
TINY = Params(seeds=2, boxes=20, at=(0, 20, 40), images=1)


@pytest.fixture(scope="module")
def record() -> xr.Dataset:
    return run(parts(SMALL))


@pytest.fixture(scope="module")
def tiny() -> xr.Dataset:
    return run(parts(TINY))


@pytest.mark.parametrize(("claim", "identity"), [("c2", "pixels"), ("c5", "self"), ("m7", "dice")])
def test_a_derived_claim_fails_where_its_closed_form_is_missed(record, claim, identity):
    [derived] = [each for each in CLAIMS if each.id == claim]
    further = record.missed.where(record.identity != identity, record.missed + 1e-6)
    assert not judge([derived], [record])[0].stops
    assert judge([derived], [record.assign(missed=further)])[0].stops


DERIVED = [claim for claim in CLAIMS if claim.kind is Kind.DERIVED]


def test_what_is_derived_holds_of_a_record_in_which_other_parts_have_more_seeds():
    planned = parts(TINY)
    more = blocks(planned, seeds={"learning": range(2, 4)})
    longer = gathered([*blocks(planned).values(), *more.values()])
    assert [stop for finding in judge(DERIVED, [longer]) for stop in finding.stops] == []


@pytest.mark.parametrize(
    ("claim", "changed"),
    [
        ("c3", lambda record: {"precision": 0 * record.precision}),
        ("c3", lambda record: {"mean_iou": record.mean_iou.where(record.detector != "even", 0.5)}),
        ("c4", lambda record: {"excess": 0 * record.excess}),
        ("m6", lambda record: {"precision": -record.precision}),
        ("m8", lambda record: {"overlap": record.overlap * record.side}),
    ],
)
def test_what_is_true_by_construction_stops_the_build_where_it_is_not(record, claim, changed):
    [derived] = [each for each in DERIVED if each.id == claim]
    assert judge([derived], [record.assign(changed(record))])[0].stops


def test_the_same_params_give_the_same_record_bit_by_bit(tiny):
    xr.testing.assert_identical(run(parts(TINY)), tiny)


def test_a_seeds_numbers_do_not_depend_on_the_others():
    planned = parts(TINY)
    together = blocks(planned)
    others = blocks(planned, seeds={name: [1, 7] for name, part in planned.items() if part.seeds})
    for name, block in others.items():
        xr.testing.assert_identical(block.sel(seed=1), together[name].sel(seed=1))


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


def test_a_curve_arrives_once_it_is_high_enough_and_counts_the_whole_run_if_it_never_is(record):
    learned = 0 * record.learned + (record.step >= 100)  # 0 up to step 80, then 1
    learned = learned.where(record.loss != "iou", 0).transpose(*VARIABLES["learned"])
    made = record.assign(learned=learned)
    np.testing.assert_allclose(arrival(made, "giou", "nested"), 90)
    np.testing.assert_allclose(arrival(made, "iou", "nested"), 400)
    np.testing.assert_allclose(sooner(made, loss="giou", beside="iou", start="nested"), 310)


def test_no_arrival_is_known_of_a_seed_that_was_not_run(record):
    missing = record.assign(learned=record.learned.where(record.seed > 0))
    assert np.isnan(arrival(missing, "giou", "nested").sel(seed=0))


def test_precision_is_read_at_its_threshold(record):
    even = record.precision.sel(detector="even")
    np.testing.assert_array_equal(precision(record, "even", 0.75), even.isel(threshold=5))
    np.testing.assert_allclose(precision(record, "even"), even.mean("threshold"))


def test_a_run_leaves_torchs_threads_as_they_were():
    before = torch.get_num_threads()
    run(parts(TINY))
    assert torch.get_num_threads() == before


def test_every_figure_draws_a_record_of_other_params_with_its_words(tiny):
    planned, words = parts(TINY), labels.read(FOLDER, "en")
    more = blocks(planned, seeds={"scales": range(2, 4)})  # a part that others do not keep up with
    record = gathered([tiny, *more.values()])
    for draw in FIGURES.values():
        drawing = draw(record, words)
        columns = [each for name, each in drawing.columns.items() if name != "box"]
        assert all(len(each) > 1 and np.isfinite(each).all() for each in columns)
        lines = [line for axes in drawing.figure.axes for line in axes.lines]
        assert all(np.isfinite(np.asarray(line.get_data(), float)).all() for line in lines)


def test_both_languages_have_the_same_words():
    assert labels.differences(FOLDER) == []


def test_the_still_picture_shows_what_the_library_computes(tiny):
    boxes = [torch.tensor([box]) for box in (TRUTH, PREDICTED)]
    drawing = draw_overlap(xr.Dataset(), labels.read(FOLDER, "en"))
    [axes] = drawing.figure.axes
    shown = [text.get_text() for text in axes.texts]
    cited = {value.text for value in values(tiny).values()}
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
