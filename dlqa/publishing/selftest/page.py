"""The page of the self-test: the frame that a script brings to life, and every card to read.

Without a script the frame is hidden and the cards, answers folded, are the page.
"""

from collections.abc import Mapping, Sequence
from html import escape

from dlqa.publishing.selftest.cards import KINDS, Card
from dlqa.publishing.sources.source import Source
from dlqa.publishing.words import word

PAGE = "self-test.md"  # in each language's folder
GRADES = ("again", "hard", "good", "easy")  # FSRS's ratings 1 to 4


def frame(sources: Mapping[str, Source], language: str) -> str:
    """Progress, card, buttons, choice and keeping, empty until the script fills them."""

    def say(name: str) -> str:
        return word(name, language)

    grades = "".join(
        f'<button type="button" data-rating="{rating}" aria-keyshortcuts="{rating}">'
        f'<span><kbd aria-hidden="true">{rating}</kbd> {say(grade)}</span><small></small></button>'
        for rating, grade in enumerate(GRADES, start=1)
    )
    by_question = {slug: numbered(source) for slug, source in sources.items()}
    by_kind = {kind: say(f"cards {kind}") for kind in KINDS}
    decks = " ".join(
        f'<a href="{deck_file(language, end)}" download>{name}</a>'
        for end, name in (("apkg", "Anki (.apkg)"), ("csv", "CSV"))
    )
    return (
        f'<section class="self-test" aria-label="{say("self-test")}" data-search-exclude>'
        '<div class="self-test__progress"><div aria-hidden="true"><i></i><i></i></div>'
        "<p>&nbsp;</p></div>"
        '<div class="self-test__card" role="group" tabindex="-1"'
        ' aria-labelledby="self-test-of self-test-front">'
        '<p id="self-test-of"></p><div id="self-test-front"></div>'
        '<div id="self-test-back" role="group" tabindex="-1" aria-labelledby="self-test-back" hidden>'
        "</div></div>"
        '<div class="self-test__buttons"><button type="button" class="self-test__show"'
        f' aria-keyshortcuts="Space Enter">{say("show answer")}</button>{grades}</div>'
        '<p class="self-test__said" role="status"></p>'
        f'<p class="self-test__tools"><button type="button" data-do="undo" hidden>{say("undo")}'
        f'</button><button type="button" data-do="export">{say("export progress")}</button>'
        f'<button type="button" data-do="import">{say("import progress")}</button>'
        f'<button type="button" data-do="reset">{say("reset progress")}</button>'
        '<input type="file" accept=".json,application/json" hidden></p>'
        f"<details><summary>{say('choose cards')}</summary>"
        f"{_boxes(say('questions'), by_question)}{_boxes(say('kinds'), by_kind)}</details></section>"
        f'\n<p class="self-test__decks">{say("decks")}{say("colon")}{decks}</p>\n'
    )


def listing(decks: Sequence[tuple[Source, Sequence[Card]]], language: str) -> str:
    """All cards as Markdown, by question, each folded under its front."""
    blocks = []
    for source, cards in decks:
        blocks.append(f"### {numbered(source)} {{#cards-{source.slug} data-search-exclude}}\n")
        blocks += [_folded(card, source, language) for card in cards]
    return "\n".join(blocks)


def numbered(source: Source) -> str:
    """A question's number and title."""
    return f"{source.heading.question} · {source.heading.title}"


def deck_file(language: str, end: str) -> str:
    """A deck's file beside the page."""
    return f"dlqa.{language}.{end}"


def _folded(card: Card, source: Source, language: str) -> str:
    more = f"[{word('read', language)}]({source.path.name}#{card.anchor}){{.card-more}}"
    inside = f"<summary markdown='span'>{card.front}</summary>\n\n{card.back.strip()}\n\n{more}\n"
    attributes = f'id="{card.id}" data-kind="{card.kind}" markdown="1"'
    return f'<details class="question flashcard" {attributes}>\n{inside}\n</details>\n'


def _boxes(legend: str, names: Mapping[str, str]) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" value="{value}" checked> {escape(name)}</label>'
        for value, name in names.items()
    )
    return f"<fieldset><legend>{legend}</legend>{boxes}</fieldset>"
