"""The site of one language as pure steps: its library, its navigation, its pages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dlqa.publishing.exercises.kept import publish_exercise
from dlqa.publishing.exercises.links import Exercises
from dlqa.publishing.formulas import mathml
from dlqa.publishing.formulas.font import FONT
from dlqa.publishing.formulas.kept import publish_font
from dlqa.publishing.outside.feed import feed, robots
from dlqa.publishing.outside.kept import previews
from dlqa.publishing.outside.metadata import FEED, Imprint, about
from dlqa.publishing.pages.benchmarks import Benchmarks
from dlqa.publishing.pages.claim_code import EVIDENCE, code_page
from dlqa.publishing.pages.expansion import expand
from dlqa.publishing.pages.files import shared_files, theme_files
from dlqa.publishing.pages.places import place
from dlqa.publishing.publish import publish
from dlqa.publishing.selftest.kept import downloads
from dlqa.publishing.sources.checks import check_formulas, unknown
from dlqa.publishing.sources.library import Library, marked
from dlqa.publishing.sources.snippets import check_embeds, exercise_of
from dlqa.publishing.sources.source import PageError, PageErrors, Source
from dlqa.publishing.store.catalog import questions
from dlqa.publishing.store.closure import UntraceableImport
from dlqa.publishing.store.results import Published
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Say, StageFailed
from dlqa.publishing.words import word

Entry = str | dict[str, str] | dict[str, list[str | dict[str, str]]]  # of the navigation
INDEX = "questions.md"  # the page that lists all questions, where there is one
STOPS = (PageErrors, StageFailed, UntraceableImport)  # end a build with one line, no traceback


@dataclass(frozen=True)
class Site:
    """One language's pages over the results that both languages share."""

    root: Path
    language: str
    library: Library
    others: tuple[str, ...]  # pages that answer no question, home apart
    has_formulas: bool
    imprint: Imprint

    @property
    def snippets(self) -> Path:
        return self.root / "snippets"

    @property
    def exercises(self) -> Exercises:
        return Exercises(self.language, self.library.published, self.library.sources)

    @property
    def store(self) -> Store:
        return Store.default(self.root)

    @property
    def benchmarks(self) -> Benchmarks:
        return Benchmarks(self.store.folder / "benchmarks")

    def navigation(self) -> list[Entry]:
        """Home, the answers by number under the index of questions, their exercises, other pages."""
        answers: list[str | dict[str, str]] = [
            {f"{source.heading.question} · {source.heading.title}": source.path.name}
            for source in self.library.sources.values()
        ]
        home = {word("home", self.language): "index.md"}
        exercises = self.exercises.navigation()
        if INDEX not in self.others:
            return [home, *answers, exercises, *self.others]
        others = (name for name in self.others if name != INDEX)
        everything = {word("all questions", self.language): INDEX}
        return [
            home,
            {word("questions", self.language): [everything, *answers]},
            exercises,
            *others,
        ]

    def generated(self, say: Say) -> dict[str, str | bytes]:
        """Files that this language's build adds beside its pages, by path."""
        found: dict[str, str | bytes] = {**theme_files(), **self._code()}
        if self.has_formulas:
            found[f"assets/{FONT}"] = publish_font(self.store, say)
        if self.imprint.address:  # each of these is named by its address alone
            found[FEED] = feed(self.library, self.imprint)
            made = previews(self.library, self.imprint.name, self.store, say)
            found |= {f"previews/{slug}.png": picture for slug, picture in made.items()}
        if self.language == "zh":
            found["robots.txt"] = robots(self.imprint.address)
            found |= shared_files(self.library.published, self.snippets, self.benchmarks)
        return found

    def markdown(self, path: Path) -> str:
        """A page's Markdown, expanded. Raises PageErrors."""
        source = Source.read(path)
        check_embeds(source, self.snippets)
        return expand(source, self.library)

    def html(self, content: str, root: str) -> str:
        """A page's HTML with figures and formulas; `root` leads to the site's root."""
        figured = place(
            content, self.library.published, self.snippets, self.benchmarks, self.language, root
        )
        return mathml.placed(self.exercises.place(figured, root))

    def about(self, slug: str, meta: Mapping[str, object]) -> dict[str, object]:
        """What a page's head says of it, for the template."""
        return about(self.imprint, slug, meta, self.library)

    def decks(self, content: str, address: str, say: Say) -> dict[str, bytes]:
        """Downloads beside the self-test, by path, from its HTML and this language's address."""
        return downloads(self.library, content, address, self.store, say)

    def _code(self) -> dict[str, str]:
        """The pages of the code that decides claims, one a question and one for all."""
        titles = {
            slug: word("code of", self.language, number=source.heading.question)
            for slug, source in self.library.sources.items()
        }
        titles[EVIDENCE] = word("code of evidence", self.language)
        return {
            f"code/{slug}.md": code_page(slug, title, f"{slug}.md", self.language)
            for slug, title in titles.items()
        }


def publish_all(root: Path, say: Say) -> dict[str, Published]:
    """The results of every question and its exercise, made where they are missing or stale."""
    store, found = Store.default(root), {}
    for question in questions():
        slug, results = question.slug, publish(question, store, say)
        exercise = publish_exercise(slug, exercise_of(slug, root / "snippets"), store, say)
        found[slug] = replace(results, exercise=exercise)
    return found


def site(root: Path, imprint: Imprint, published: Mapping[str, Published]) -> Site:
    """Raises PageErrors where questions and pages do not match, or a formula is none."""
    language = imprint.language
    docs = root / "docs" / language
    pages = {path.stem: Source.read(path) for path in sorted(docs.glob("*.md"))}
    PageErrors.stop([*_unmatched(docs, pages, published)])
    for source in pages.values():  # before any page is made: home shows parts of the others
        check_formulas(source)
    answers = sorted(published, key=lambda slug: pages[slug].heading.question)
    others = [source for slug, source in pages.items() if slug not in {"index", *published}]
    others.sort(key=lambda source: bool(source.meta.get("last")))  # pages for the few stand last
    library = Library(language, published, {slug: marked(pages[slug]) for slug in answers})
    texts = [source.body for source in pages.values()]
    texts += [each.exercise.text(language) for each in published.values() if each.exercise]
    has_formulas = any(mathml.found(text) for text in texts)
    names = tuple(source.path.name for source in others)
    return Site(root, language, library, names, has_formulas, imprint)


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
