"""The order in which a reader who knows none of the questions may take them."""

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from dlqa.publishing.sources.checks import unknown
from dlqa.publishing.sources.front_matter import THEMES
from dlqa.publishing.sources.source import PageErrors, Source


def reading_path(sources: Mapping[str, Source]) -> list[Source]:
    """Theme by theme and by number, but each question after those that it rests on."""
    path: dict[str, Source] = {}

    def take(source: Source) -> None:
        for slug in source.heading.after:
            if slug not in path:
                take(sources[slug])
        path.setdefault(source.slug, source)

    for source in sorted(sources.values(), key=_place):
        take(source)
    return list(path.values())


def check_after(sources: Mapping[str, Source], first: Mapping[str, Source]) -> None:
    """Raises PageErrors for questions that rest on one that is not there, or on themselves, and for
    those that have another theme, or rest on others, than in the first language.
    """
    PageErrors.stop([*_lost(sources), *_unlike(sources, first)])
    try:
        TopologicalSorter({slug: each.heading.after for slug, each in sources.items()}).prepare()
    except CycleError as error:
        slugs = error.args[1]
        problem = "a question cannot rest on itself: " + " rests on ".join(reversed(slugs))
        raise sources[slugs[0]].wrong("after", problem) from None


def _lost(sources: Mapping[str, Source]) -> Iterator[PageErrors]:
    for source in sources.values():
        for slug in source.heading.after:
            if slug not in sources:
                yield source.wrong("after", unknown("question", slug, sources))


def _unlike(sources: Mapping[str, Source], first: Mapping[str, Source]) -> Iterator[PageErrors]:
    for slug, source in sources.items():
        expected, path = first[slug].heading, first[slug].path
        if source.heading.theme != expected.theme:
            told = f"theme {source.heading.theme!r} here, {expected.theme!r} in {path}"
            yield source.wrong("theme", told)
        if [*source.heading.after] != [*expected.after]:
            told = (
                f"rests on {_told(source.heading.after)} here, on {_told(expected.after)} in {path}"
            )
            yield source.wrong("after", told)


def _told(slugs: Iterable[str]) -> str:
    return ", ".join(slugs) or "nothing"


def _place(source: Source) -> tuple[int, int]:
    return THEMES.index(source.heading.theme), source.heading.question
