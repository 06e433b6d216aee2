"""What the sites of all languages rest on: one set of results, and each language's library of pages.

Whatever is wrong with words and pages is told before any study runs, all of it at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path

from dlqa.publishing.exercises.kept import current_exercise, publish_exercise
from dlqa.publishing.publish import current, publish
from dlqa.publishing.sources.beforehand import check_pages
from dlqa.publishing.sources.checks import unknown
from dlqa.publishing.sources.library import Library, marked
from dlqa.publishing.sources.reading_path import check_after
from dlqa.publishing.sources.snippets import exercise_of
from dlqa.publishing.sources.source import PageError, PageErrors, Source
from dlqa.publishing.store.catalog import Question, questions
from dlqa.publishing.store.cores import count
from dlqa.publishing.store.known_code import know_code
from dlqa.publishing.store.processes import ended_together
from dlqa.publishing.store.results import Published
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Say
from dlqa.publishing.words import file_of, spoken


def publish_all(root: Path, say: Say) -> dict[str, Published]:
    """The results of every question and its exercise, made where they are missing or stale.

    What is there is looked up one after the other, in half the time that two threads would take.
    The other questions are made side by side, as many as there are cores; studies share these
    (`Cores`).
    """
    store, every = Store.default(root), questions()
    know_code(store)

    def look_up(question: Question) -> Published | None:
        exercise = current_exercise(question.slug, script_of(question), store)
        found = current(question, store) if exercise else None
        return found and replace(found, exercise=exercise)

    def make(question: Question) -> Published:
        exercise = publish_exercise(question.slug, script_of(question), store, say)
        return replace(publish(question, store, say), exercise=exercise)

    def script_of(question: Question) -> Path:
        return exercise_of(question.slug, root / "snippets")

    found = {question: look_up(question) for question in every}
    with ThreadPoolExecutor(count()) as pool, ended_together():
        running = {pool.submit(make, each): each for each in every if found[each] is None}
        try:
            for done in as_completed(running):
                found[running[done]] = done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return {question.slug: results for question, results in found.items() if results}


def check_beforehand(root: Path, languages: Sequence[str]) -> None:
    """Raises PageErrors with what can be told of words and pages before any study runs."""
    check_words(languages)
    check_pages(root, languages)


def check_words(languages: Sequence[str]) -> None:
    """Raises PageErrors where the machinery or a question has no words in one of the languages."""
    errors: list[PageErrors] = []
    for language in languages:
        if language not in spoken():
            problem = "the machinery has no words in this language"
            errors.append(PageError(file_of(language), 1, problem))
        for question in questions():
            if language not in question.languages:
                path = question.folder / f"words.{language}.toml"
                problem = f"question {question.slug!r} has no words in this language"
                errors.append(PageError(path, 1, problem))
    PageErrors.stop(errors)


def libraries(
    root: Path, languages: Sequence[str], published: Mapping[str, Published]
) -> dict[str, Library]:
    """What the pages of each language may cite, by its code; the first stands at the site's root.

    Raises PageErrors with what is wrong in any of them: questions and pages that do not match, a
    formula that is none, captions that do not belong to the figures, claims that are not as judged.
    """
    found: dict[str, Library] = {}
    errors: list[PageErrors] = []
    for language in languages:
        folder = "" if language == languages[0] else f"{language}/"
        try:
            found[language] = _library(root, language, folder, published)
        except PageErrors as error:
            errors.append(error)
    PageErrors.stop(errors or [*_misnumbered(found)])
    for library in found.values():
        check_after(library.sources, found[languages[0]].sources)
    return found


def _misnumbered(libraries: Mapping[str, Library]) -> Iterator[PageErrors]:
    """Questions with another's number, or with another one in another language."""
    first = next(iter(libraries.values()))
    for library in libraries.values():
        owners: dict[int, str] = {}
        for slug, source in library.sources.items():
            number, expected = source.heading.question, first.sources[slug].heading.question
            if (owner := owners.setdefault(number, slug)) != slug:
                yield source.wrong("question", f"question {number} is {owner!r} already")
            if number != expected:
                path = first.sources[slug].path
                yield source.wrong("question", f"question {number} here, {expected} in {path}")


def _library(root: Path, language: str, folder: str, published: Mapping[str, Published]) -> Library:
    docs = root / "docs" / language
    pages = {path.stem: Source.read(path) for path in sorted(docs.glob("*.md"))}
    PageErrors.stop([*_unmatched(docs, pages, published), *_untold(root, language, published)])
    answers = sorted(published, key=lambda slug: pages[slug].heading.question)
    sources = {slug: marked(pages[slug]) for slug in answers}
    library = Library(language, folder, published, sources, pages)
    library.check()
    return library


def _untold(root: Path, language: str, published: Mapping[str, Published]) -> Iterator[PageErrors]:
    """Exercises that have no words in a language."""
    for slug, results in published.items():
        if results.exercise and language not in results.exercise.languages:
            path = exercise_of(slug, root / "snippets")
            yield PageError(path, 1, f'the exercise has no cells with lang="{language}"')


def _unmatched(
    docs: Path, pages: Mapping[str, Source], published: Mapping[str, Published]
) -> list[PageErrors]:
    """Questions without a page, and pages that answer a question which is not there."""
    found: list[PageErrors] = [
        PageError(docs / f"{slug}.md", 1, f"question {slug!r} has no page here")
        for slug in published
        if slug not in pages
    ]
    for slug, source in pages.items():
        if source.is_answer and slug not in published:
            problem = (
                unknown("question", slug, published) + "; no dlqa/questions folder of that name"
            )
            found.append(PageError(source.path, 1, problem))
    return found
