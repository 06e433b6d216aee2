"""The questions of the site as lists: all of each with every claim's verdict, or a line each."""

from collections import Counter
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from dlqa.publishing.sources.checks import claim_words
from dlqa.publishing.sources.source import Source
from dlqa.publishing.store.results import Published
from dlqa.publishing.verdicts import SYMBOLS, badge, verdict_class
from dlqa.publishing.words import word

Entry = tuple[Source, Published]


def question_index(entries: Sequence[Entry], language: str) -> str:
    """Every question with tags, difficulty and claims, as Markdown, a script's filter before it."""
    blocks = [_filter([source for source, _ in entries], language)]
    return "\n".join(blocks + [_entry(source, results, language) for source, results in entries])


def question_lines(entries: Sequence[Entry], language: str) -> str:
    """Number, title and the state of the claims of every question, as Markdown."""
    items = "\n".join(
        f'- <span class="number">{source.heading.question}</span> '
        f"[{source.heading.title}]({source.path.name}) {_counts(results, language)}"
        for source, results in entries
    )
    return f'<div class="question-lines" markdown>\n\n{items}\n\n</div>\n'


def _entry(source: Source, results: Published, language: str) -> str:
    heading, page = source.heading, source.path.name
    words = claim_words(source)
    claims = "\n".join(
        f"- {badge(claim.verdict, language)} "
        f"[<b>{claim.id}</b> {words[claim.id]}]({page}#{claim.id})"
        for claim in results.claims
    )
    tags = "".join(
        f'<li><a href="?tag={quote(tag)}">{escape(tag)}</a></li>' for tag in heading.tags
    )
    level = word("difficulties", language).split()[heading.difficulty - 1]
    count = word("claims of", language, count=len(results.claims))
    return f"""
<section class="entry" markdown data-tags="{escape("|".join(heading.tags))}" data-difficulty="{heading.difficulty}">

## <span class="number">{heading.question}</span> [{heading.title}]({page}) {{#question-{source.slug}}}

{heading.description}

<div class="entry__facts"><span>{word("difficulty", language)}{word("colon", language)}{level}</span><ul class="tags">{tags}</ul></div>

<details class="entry__claims" markdown><summary>{count} {_counts(results, language)}</summary>

{claims}

</details>

</section>
"""


def _filter(sources: Sequence[Source], language: str) -> str:
    """The form that `questions.js` brings to life; without the script it stays out of sight."""
    tags = sorted({tag for source in sources for tag in source.heading.tags})
    levels = enumerate(word("difficulties", language).split(), start=1)
    choices = {
        "tag": [(tag, tag) for tag in tags],
        "difficulty": [(str(number), level) for number, level in levels],
        "verdict": [
            (verdict_class(verdict), f"{SYMBOLS[verdict]} {word(verdict, language)}")
            for verdict in SYMBOLS
        ],
    }
    selects = "".join(
        f'<label>{word(name, language)}<select name="{name}"><option value="">{word("any", language)}</option>'
        + "".join(
            f'<option value="{escape(value)}">{escape(text)}</option>' for value, text in options
        )
        + "</select></label>"
        for name, options in choices.items()
    )
    return (
        f'<form class="question-filter" hidden><label>{word("text", language)}'
        f'<input type="search" name="text" autocomplete="off"></label>{selects}'
        f'<button type="reset">{word("reset", language)}</button>'
        f'<output data-found="{escape(word("found", language, questions="%q", claims="%c"))}"></output></form>\n'
    )


def _counts(results: Published, language: str) -> str:
    """How many claims have which verdict: signs with their words for who does not see them."""
    counts = Counter(claim.verdict for claim in results.claims)
    parts = "".join(
        f"<span>{badge(verdict, language)} {counts[verdict]}</span>"
        for verdict in SYMBOLS
        if counts[verdict]
    )
    return f'<span class="counts">{parts}</span>'
