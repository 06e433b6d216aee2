"""Links from sentences to claims and from claims to figures, as they stand on a page."""

from pathlib import Path

from dlqa.publishing.sources.source import Source
from dlqa.publishing.sources.ways import citing, first_ways, ways

PAGE = Source(
    Path("page.md"),
    """---
question: 1
---
# Title

## Short {#answer}

It has [a gradient of 0 [0.1, 0.2]](#m2), see [there](#code) and [elsewhere](https://example.org).

## Next {#follow-ups}

??? question "Is it [so](#c1)?"

    [So it is](#m2).

??? figure "bars Bars"

    Three.

## Claims {#claims}

??? claim "c1 words"

    As [m2](#m2) says, see [the bars](#figure-bars).

??? claim "m2 words"

    See [bars](#figure-bars) and [the same](#figure-bars).
""",
)


def test_a_sentence_leads_to_its_claim() -> None:
    found = [(way.section, way.words, way.claim) for way in ways(PAGE) if way.claim]
    assert found == [
        ("answer", "a gradient of 0 [0.1, 0.2]", "m2"),
        ("follow-ups", "so", "c1"),
        ("follow-ups", "So it is", "m2"),
        ("claims", "m2", "m2"),
    ]


def test_the_way_back_is_to_the_first_sentence() -> None:
    first = {claim: PAGE.body[offset:].split("]")[0] for claim, offset in first_ways(PAGE).items()}
    assert first == {"m2": "[a gradient of 0 [0.1, 0.2", "c1": "[so"}


def test_a_claim_is_no_way_back_to_itself() -> None:
    alone = Source(
        PAGE.path, PAGE.text.replace("[so](#c1)", "so").replace("[m2](#m2)", "[c1](#c1)")
    )
    assert "c1" not in first_ways(alone)


def test_a_figure_knows_the_claims_that_lead_to_it() -> None:
    assert citing(PAGE) == {"bars": ["c1", "m2"]}
