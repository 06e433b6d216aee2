"""The picture of a page: its intervals about the margin, and a file that is always the same."""

import re
from pathlib import Path

import pytest
from PIL import Image

from dlqa.evidence.verdicts import Kind, Verdict
from dlqa.publishing.outside.kept import MOST, intervals_of
from dlqa.publishing.outside.preview import HEIGHT, WIDTH, Interval, Preview, write_preview
from dlqa.publishing.store.catalog import questions
from dlqa.publishing.store.findings import FoundClaim, FoundCondition
from tests.conftest import BuiltSite

HOLDS = Verdict.HOLDS

PREVIEW = Preview("7", "Is the coin fair?", (("holds", 2),), (Interval(0.2, 0.5, 1.0, "holds"),))


def claim(test: str, margin: float, *bounds: tuple[float, float, float]) -> FoundClaim:
    conditions = [
        FoundCondition(f"c{place}", {}, None, HOLDS, effect, low, high, low, high, 12)
        for place, (low, effect, high) in enumerate(bounds)
    ]
    below = "below" in test
    return FoundClaim(
        "c1", Kind.MEASURED, HOLDS, "", margin=margin, below=below, conditions=conditions
    )


def test_right_of_the_margin_a_claim_holds_whichever_side_it_is_on() -> None:
    (above,) = intervals_of([claim("mean above 0.5", 0.5, (0.6, 0.7, 0.9))])
    (below,) = intervals_of([claim("mean below 0.5", 0.5, (0.1, 0.3, 0.4))])
    assert (above.low, above.effect, above.high) == pytest.approx((0.25, 0.5, 1))
    assert (below.low, below.effect, below.high) == pytest.approx((0.25, 0.5, 1))


def test_conditions_of_a_claim_share_a_scale() -> None:
    wide, narrow = intervals_of([claim("mean above 0", 0, (-4, 0, 4), (1, 1, 2))])
    assert (wide.low, wide.high) == (-1, 1)
    assert (narrow.low, narrow.high) == (0.25, 0.5)


def test_a_claim_without_measurement_or_extent_draws_nothing() -> None:
    cited = FoundClaim("c2", Kind.CITED, HOLDS, "")
    assert list(intervals_of([cited, claim("mean above 1", 1, (1, 1, 1))])) == []


def test_of_too_many_conditions_the_first_stand_for_their_claims() -> None:
    crowd = [claim("mean above 0", 0, *[(1, 2, 3)] * MOST), claim("mean above 0", 0, (1, 2, 4))]
    assert len(list(intervals_of(crowd))) == 2


def test_the_same_preview_gives_the_same_bytes_and_another_others(tmp_path: Path) -> None:
    once, again, other = (tmp_path / f"{name}.png" for name in ("once", "again", "other"))
    write_preview(PREVIEW, once)
    write_preview(PREVIEW, again)
    write_preview(Preview("8", *list(vars(PREVIEW).values())[1:]), other)
    assert once.read_bytes() == again.read_bytes() != other.read_bytes()
    with Image.open(once) as picture:
        assert picture.size == (WIDTH, HEIGHT)


def test_a_preview_without_intervals_is_drawn(tmp_path: Path) -> None:
    write_preview(Preview("9", "", (), ()), tmp_path / "empty.png")
    assert (tmp_path / "empty.png").stat().st_size > 1000


def test_every_verdict_can_be_drawn(tmp_path: Path) -> None:
    counts = tuple((verdict, 1) for verdict in Verdict)
    intervals = tuple(Interval(0.2, 0.5, 1.0, verdict) for verdict in Verdict)
    write_preview(Preview("7", "", counts, intervals), tmp_path / "all.png")
    assert (tmp_path / "all.png").stat().st_size > 1000


def test_a_claims_own_picture_has_its_sentence_whole_and_no_number(tmp_path: Path) -> None:
    long = "Boxes that start without overlap do not learn their place, whatever the number of steps"
    pictures = []
    for place, (title, count) in enumerate([("Short", None), ("Short", 1), (long, None)]):
        path = tmp_path / f"{place}.png"
        write_preview(Preview("55 m2", title, ((HOLDS, count),), PREVIEW.intervals), path)
        pictures.append(path.read_bytes())
    assert len({*pictures}) == 3


def test_every_claim_leads_to_its_picture(site: BuiltSite) -> None:
    for folder in ("", "en/"):
        for question in questions():
            html = site.text(f"{folder}{question.slug}/index.html")
            claims = re.findall(r"<b id='(\w+)'>", html)
            ways = re.findall(r'href="([./]+cards/[^"]+\.png)"', html)
            assert [way.rsplit("/", 1)[1] for way in ways] == [f"{each}.png" for each in claims]
            for way in ways:
                with Image.open(site.folder / folder / question.slug / way) as picture:
                    assert picture.size == (WIDTH, HEIGHT)
