"""The page of the self-test: the frame that a script brings to life, and every card to read.

Without a script the frame is hidden and the cards, answers folded, are the page.
"""

from collections.abc import Mapping, Sequence

from dlqa.publishing.fragments import fragment
from dlqa.publishing.selftest.cards import KINDS, Card
from dlqa.publishing.sources.source import Source
from dlqa.publishing.words import word

PAGE = "self-test.md"  # in each language's folder
DECKS = {"apkg": "Anki (.apkg)", "csv": "CSV"}
GRADES = ("again", "hard", "good", "easy")  # FSRS's ratings 1 to 4


def frame(sources: Mapping[str, Source], language: str) -> str:
    """Progress, card, buttons, choice and keeping, empty until the script fills them."""
    return fragment(
        "self_test.html",
        language,
        grades=GRADES,
        questions={slug: numbered(source) for slug, source in sources.items()},
        kinds={kind: word(f"cards {kind}", language) for kind in KINDS},
        decks={deck_file(language, end): name for end, name in DECKS.items()},
    )


def listing(decks: Sequence[tuple[Source, Sequence[Card]]], language: str) -> str:
    """All cards as Markdown, by question, each folded under its front."""
    shown = [(numbered(source), source.slug, source.path.name, cards) for source, cards in decks]
    return fragment("cards.md", language, decks=shown)


def numbered(source: Source) -> str:
    """A question's number and title."""
    return f"{source.heading.question} · {source.heading.title}"


def deck_file(language: str, end: str) -> str:
    """A deck's file beside the page."""
    return f"dlqa.{language}.{end}"
