"""Which cards a page gives, and that they say what the page says."""

from pathlib import Path

import msgspec
import pytest

from dlqa.evidence.verdicts import Kind, Verdict
from dlqa.publishing.formulas.mathml import render
from dlqa.publishing.selftest.cards import Card, cards
from dlqa.publishing.selftest.page import frame, listing
from dlqa.publishing.selftest.shown import ShownCard, shown_cards
from dlqa.publishing.sources.source import PageErrors, Source
from dlqa.publishing.store.findings import FoundClaim
from dlqa.publishing.store.results import Published

PAGE = """---
question: 7
title: Is a coin fair?
description: Tosses.
tags: [chance]
difficulty: 1
before: [means]
theme: foundations
---
# Is a coin fair?

## 30-second answer {#answer}

It is: {{ coin.mean }}.

## Follow-ups {#follow-ups}

??? question "How many tosses?"

    Twelve, `n` of them.

    - a list
??? question "And dice?"

    Not here.

## Rubric {#rubric}

??? question "A probe?"

    It is asked here alone.

## Claims {#claims}

??? claim "c1 more heads than tails"

    By {{ coin.mean }}.

??? claim "c2 it was undecided"

    So it was.

???+ claim "c3 it is cited"

    By Bernoulli.

??? claim "m1 coins remember"

    They do not.

## References {#references}
"""
VERDICTS = {
    "c1": ("measured", "depends"),
    "c2": ("measured", "undecided"),
    "c3": ("cited", "holds"),
    "m1": ("measured", "does not hold"),
}


@pytest.fixture
def published(tmp_path: Path) -> Published:
    rows = [FoundClaim(i, Kind(kind), Verdict(v), "Bernoulli") for i, (kind, v) in VERDICTS.items()]
    (tmp_path / "claims.json").write_bytes(msgspec.json.encode(rows))
    return Published("coin", tmp_path, tmp_path)


def made(published: Published, text: str = PAGE, language: str = "en") -> list[Card]:
    source = Source(Path("coin.md"), text)

    def resolve(part: str, start: int) -> str:
        assert source.body.startswith(part, start), "a part stands where it says"
        return part.replace("{{ coin.mean }}", "1/2")

    return cards(source, published, resolve, language)


def test_a_question_its_follow_ups_and_decided_claims_make_cards(published: Published) -> None:
    places = ["coin.q", "coin.f1", "coin.f2", "coin.c1", "coin.m1"]
    assert [card.id for card in made(published)] == places


def test_undecided_and_cited_claims_make_none(published: Published) -> None:
    fronts = " ".join(card.front for card in made(published))
    assert "undecided" not in fronts
    assert "cited" not in fronts


def test_both_languages_share_their_cards_ids(published: Published) -> None:
    both = [[card.id for card in made(published, language=each)] for each in ("zh", "en")]
    assert both[0] == both[1]


def test_a_new_follow_up_makes_a_card_by_itself(published: Published) -> None:
    more = PAGE.replace("## Rubric", '??? question "New?"\n\n    Yes.\n\n## Rubric')
    card = made(published, more)[3]
    assert (card.id, card.front, card.back.strip()) == ("coin.f3", "New?", "Yes.")


def test_numbers_are_resolved_as_on_the_page(published: Published) -> None:
    backs = {card.place: card.back for card in made(published)}
    assert backs["q"] == "It is: 1/2."
    assert "By 1/2." in backs["c1"]


def test_a_folded_block_ends_where_its_indent_does(published: Published) -> None:
    first, second = made(published)[1:3]
    assert first.back.strip() == "Twelve, `n` of them.\n\n- a list"
    assert second.back.strip() == "Not here."


def test_a_claims_back_opens_with_its_verdict_in_words(published: Published) -> None:
    first, last = made(published)[-2:]
    assert "depends</span>" in first.back.splitlines()[0]
    assert "does not hold</span>" in last.back.splitlines()[0]
    assert made(published, language="zh")[-1].front == "成立吗？coins remember"


def test_a_page_without_an_answer_stops(published: Published) -> None:
    with pytest.raises(PageErrors, match=r"coin\.md:10: no section \{#answer\}"):
        made(published, PAGE.replace(" {#answer}", ""))


def test_the_list_leads_back_to_each_cards_place(published: Published) -> None:
    source = Source(Path("coin.md"), PAGE)
    text = listing([(source, made(published))], "en")
    for anchor in ("answer", "follow-ups", "c1", "m1"):
        assert f"(coin.md#{anchor})" in text
    assert text.startswith("### 7 · Is a coin fair? {#cards-coin ")


def test_the_frame_offers_every_question_and_kind_and_escapes_titles() -> None:
    page = PAGE.replace("title: Is a coin fair?", "title: Is a < b?")
    html = frame({"coin": Source(Path("coin.md"), page)}, "en")
    for value in ("coin", "question", "follow-up", "claim"):
        assert f'type="checkbox" value="{value}"' in html
    assert "7 · Is a &lt; b?" in html


SHOWN = """<h3>x</h3>
<details class="flashcard" data-kind="claim" id="coin.c1">
<summary>Does <code>a &lt; b</code> hold?</summary>
<p>Yes, see <a href="../coin/#result">the <b>result</b></a>.</p>
<details><summary>More</summary><p>inside</p></details>
<p><a class="card-more" href="../coin/#c1">Read</a></p>
</details>
<details class="other" id="no"><summary>no</summary>card</details>
"""


def test_a_shown_card_has_the_html_of_both_sides() -> None:
    (card,) = shown_cards(SHOWN, "https://example.org/en/self-test/")
    assert card.front == "Does <code>a &lt; b</code> hold?"
    assert "<details><summary>More</summary><p>inside</p></details>" in card.back
    assert '<a href="https://example.org/en/coin/#result">the <b>result</b></a>' in card.back
    assert '<a href="https://example.org/en/coin/#c1">Read</a>' in card.back


def test_without_an_address_a_shown_card_has_no_link() -> None:
    (card,) = shown_cards(SHOWN, "")
    assert "<a" not in card.back
    assert "see the <b>result</b>." in card.back
    assert "Read" not in card.back


def test_a_shown_cards_formulas_are_tex_for_anki() -> None:
    html = SHOWN.replace("Yes,", render("a<b", False)).replace("inside", render(r"\sum x", True))
    (card,) = shown_cards(html, "")
    assert r"\(a&lt;b\)" in card.back
    assert r"\[\sum x\]" in card.back
    assert "<math" not in card.back


def test_a_shown_card_knows_its_question() -> None:
    assert ShownCard("coin.c1", "claim", "", "").slug == "coin"
