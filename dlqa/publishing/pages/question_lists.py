"""The questions of the site as lists: all of each with every claim's verdict, or a line each."""

from collections.abc import Mapping, Sequence

from dlqa.evidence.verdicts import Verdict
from dlqa.publishing.fragments import fragment
from dlqa.publishing.sources.checks import claim_words
from dlqa.publishing.sources.front_matter import THEMES
from dlqa.publishing.sources.reading_path import reading_path
from dlqa.publishing.sources.source import Source
from dlqa.publishing.store.results import Published
from dlqa.publishing.verdicts import SYMBOLS, counted, verdict_class
from dlqa.publishing.words import table, word

Entry = tuple[Source, Published]


def question_index(entries: Sequence[Entry], language: str) -> str:
    """Every question with tags, difficulty and claims, as Markdown, a script's filter before it."""
    blocks = [_filter([source for source, _ in entries], language)]
    return "\n".join(blocks + [_entry(source, results, language) for source, results in entries])


def question_lines(entries: Sequence[Entry], language: str) -> str:
    """Number, title and the state of the claims of every question by theme, as Markdown."""
    names = table("themes", language)
    themes: dict[str, list[tuple[Source, list[tuple[Verdict, int]]]]] = {}
    for theme in THEMES:
        of = [
            (source, _counts(found)) for source, found in entries if source.heading.theme == theme
        ]
        if of:
            themes[names[theme]] = of
    return fragment("question_lines.md", language, themes=themes)


def path_lines(sources: Mapping[str, Source], language: str) -> str:
    """The questions in the order in which they may be read, as Markdown, each with its grounds."""
    path = reading_path(sources)
    return fragment("path_lines.md", language, path=path, sources=sources)


def _entry(source: Source, results: Published, language: str) -> str:
    return fragment(
        "question_entry.md",
        language,
        slug=source.slug,
        page=source.path.name,
        heading=source.heading,
        claims=results.claims,
        words=claim_words(source),
        counts=_counts(results),
    )


def _filter(sources: Sequence[Source], language: str) -> str:
    """The form that `questions.js` brings to life; without the script it stays out of sight."""
    tags = sorted({tag for source in sources for tag in source.heading.tags})
    levels = enumerate(word("difficulties", language).split(), start=1)
    choices = {
        "tag": [(tag, tag) for tag in tags],
        "difficulty": [(str(number), level) for number, level in levels],
        "verdict": [
            (verdict_class(verdict), f"{sign} {word(verdict, language)}")
            for verdict, sign in SYMBOLS.items()
        ],
    }
    return fragment("question_filter.html", language, choices=choices) + "\n"


def _counts(results: Published) -> list[tuple[Verdict, int]]:
    return counted(claim.verdict for claim in results.claims)
