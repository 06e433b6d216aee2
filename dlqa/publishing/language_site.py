"""The site of one language as pure steps: its library, its navigation, its pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path

from dlqa.publishing.exercises.links import Exercises
from dlqa.publishing.formulas import mathml
from dlqa.publishing.formulas.font import FONT
from dlqa.publishing.formulas.kept import publish_font
from dlqa.publishing.outside.feed import feed, robots
from dlqa.publishing.outside.kept import claim_cards, previews
from dlqa.publishing.outside.metadata import FEED, Imprint, about
from dlqa.publishing.outside.package import Package, publish_package
from dlqa.publishing.outside.paper import print_page
from dlqa.publishing.pages.benchmarks import Benchmarks
from dlqa.publishing.pages.calibrations import Calibrations
from dlqa.publishing.pages.claim_code import EVIDENCE, code_page
from dlqa.publishing.pages.expansion import expand
from dlqa.publishing.pages.files import shared_files, theme_files
from dlqa.publishing.pages.fills import fills
from dlqa.publishing.pages.follow_ups import numbered
from dlqa.publishing.pages.method import method_folded
from dlqa.publishing.places import filled
from dlqa.publishing.selftest.kept import downloads
from dlqa.publishing.selftest.page import PAGE as SELF_TEST
from dlqa.publishing.sources.library import Library
from dlqa.publishing.sources.snippets import check_embeds
from dlqa.publishing.sources.source import Source
from dlqa.publishing.store.catalog import Question
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Say
from dlqa.publishing.store.verdict_log import Log, kept
from dlqa.publishing.words import said, table, word, words

Entry = str | dict[str, str] | dict[str, list[str | dict[str, str]]]  # of the navigation
INDEX = "questions.md"  # the page that lists all questions, where there is one
CHEAT_SHEET = "{{ cheat sheet }}"
SUGGESTED = 12  # answers that an empty search names


@dataclass(frozen=True)
class Site:
    """One language's pages over the results that all languages share.

    `libraries` are every language's, by its code.
    """

    root: Path
    imprint: Imprint
    libraries: Mapping[str, Library]

    @property
    def language(self) -> str:
        return self.imprint.language

    @property
    def library(self) -> Library:
        return self.libraries[self.language]

    @property
    def folder(self) -> str:
        """Where its pages stand below the site's root: "" for the language at the root."""
        return self.library.folder

    @property
    def snippets(self) -> Path:
        return self.root / "snippets"

    @property
    def exercises(self) -> Exercises:
        return Exercises(self.library)

    @property
    def store(self) -> Store:
        return Store.default(self.root)

    @property
    def benchmarks(self) -> Benchmarks:
        return Benchmarks(self.store.folder / "benchmarks")

    @property
    def calibrations(self) -> Calibrations:
        return Calibrations(self.store.folder / "calibration")

    @property
    def root_url(self) -> str:
        """The address of the whole site, "" where it is not known."""
        return self.imprint.address.removesuffix(self.folder)

    @cached_property
    def package(self) -> Package | None:
        return publish_package(self.root, self.root_url, self.imprint.repository, self.store)

    @cached_property
    def verdict_log(self) -> Log | None:
        return kept(self.store)

    @cached_property
    def has_formulas(self) -> bool:
        """In any language: all load the same font."""
        libraries = self.libraries.values()
        texts = [source.body for library in libraries for source in library.pages.values()]
        exercises = (results.exercise for results in self.library.published.values())
        texts += [
            exercise.text(name) for exercise in exercises if exercise for name in self.libraries
        ]
        return any(mathml.found(text) for text in texts)

    def navigation(self) -> list[Entry]:
        """Home, the answers by number under the index of questions, their exercises, other pages."""
        answers: list[str | dict[str, str]] = [
            {escape(f"{source.heading.question} · {source.heading.title}"): source.path.name}
            for source in self.library.sources.values()
        ]
        home = {word("home", self.language): "index.md"}
        exercises, others = self.exercises.navigation(), self._others()
        if INDEX not in others:
            return [home, *answers, exercises, *others]
        others.remove(INDEX)
        everything = {word("all questions", self.language): INDEX}
        return [
            home,
            {word("questions", self.language): [everything, *answers]},
            exercises,
            *others,
        ]

    def chrome(self) -> dict[str, object]:
        """What templates need to know of the languages, for a configuration's `extra`."""
        languages = [
            {
                "code": language,
                "folder": library.folder,
                **table("language", language),
                "lost": word("lost", language),
                "to_home": word("to home", language),
            }
            for language, library in self.libraries.items()
        ]
        return {
            "languages": languages,
            "folder": self.folder,
            "root_url": self.root_url,
            "said": said(words(self.language)),
            "suggested": self._suggested(),
            "self_test": self._self_test(),
            "assets": "../" if self.folder else "",  # a language below the root has none of its own
            "waiting": [
                source.path.name
                for source in self.library.pages.values()
                if self.benchmarks.lack(source.body)
            ],
        }

    def generated(self, say: Say) -> dict[str, str | bytes]:
        """Files that this language's build adds beside its pages, by path."""
        found: dict[str, str | bytes] = {**self._code()}
        if self.imprint.address:  # each of these is named by its address alone
            found[FEED] = feed(self.library, self.imprint)
            made = previews(self.library, self.imprint.name, self.store, say)
            found |= {f"previews/{slug}.png": picture for slug, picture in made.items()}
        if not self.folder:
            found |= theme_files()
            found |= claim_cards(list(self.libraries.values()), self.store, say)
            if self.has_formulas:
                found[f"assets/{FONT}"] = publish_font(self.store, say)
            folders = [library.folder for library in self.libraries.values()]
            found["robots.txt"] = robots(self.imprint.address, folders)
            tables = self.benchmarks, self.verdict_log, self.package
            found |= shared_files(list(self.libraries.values()), self.snippets, *tables)
            found |= self.package.files() if self.package else {}
        return found

    def told(self, slug: str) -> tuple[Source, ...]:
        """The pages as written on which a page depends, beside results, code and snippets.

        An answer shows its own and names those that it rests on, unless it shows another one's figure;
        others may show any.
        """
        source = self.library.pages.get(slug)
        alone = source and source.is_answer and "{{ figure" not in source.body
        if not (source and alone):
            return tuple(self.library.pages.values())
        return source, *(self.library.pages[each] for each in source.heading.after)

    def markdown(self, path: Path) -> str:
        """A page's Markdown, expanded. Raises PageErrors."""
        source = Source.read(path)
        if self.package and not source.is_answer:
            source = Source(source.path, self.package.told(source.text, self.language))
        check_embeds(source, self.snippets)
        return expand(source, self.library)

    def html(self, content: str, page: str, root: str) -> str:
        """A page's HTML with figures and formulas; `root` leads to the site's root."""
        tables = self.benchmarks, self.calibrations
        places = fills(self.library, self.snippets, *tables, self.store, page, root)
        html = mathml.placed(filled(content, places | self.exercises.fills(root)))
        if page not in self.library.sources:
            return html
        return method_folded(numbered(html), self.library.published[page], self.language)

    def about(self, slug: str, meta: Mapping[str, object]) -> dict[str, object]:
        """What a page's head says of it, and what its scripts say, for the template."""
        others = [language for language in self.libraries if language != self.language]
        found = about(self.imprint, slug, meta, self.library, others)
        answers = slug in self.library.sources
        return {
            **found,
            "said": said(Question(slug).labels(self.language).tables if answers else {}),
        }

    def decks(self, content: str, address: str, say: Say) -> dict[str, bytes]:
        """Downloads beside the self-test, by path, from its HTML and this language's address."""
        return downloads(self.library, content, address, self.store, say)

    def _suggested(self) -> dict[str, object]:
        """What the search says where it finds nothing: what each answer is about, and all of them."""
        answers = {slug: source.heading.tags[0] for slug, source in self.library.sources.items()}
        listed = Path(INDEX).stem in self.library.pages
        return {
            "try": word("search suggests", self.language),
            "answers": dict(list(answers.items())[:SUGGESTED]),
            "all": word("all questions", self.language) if listed else "",
        }

    def _self_test(self) -> dict[str, str]:
        """How other pages lead to the self-test; nothing where there is none."""
        if Path(SELF_TEST).stem not in self.library.pages:
            return {}
        names = {"me": "test me", "due": "cards due"}
        return {name: word(words, self.language, count="{count}") for name, words in names.items()}

    def print_pages(self, folder: Path, say: Say) -> None:
        """Prints the pages that have a place for it; `folder` is this language's, as built."""
        for slug, source in self.library.pages.items():
            if CHEAT_SHEET in source.body:
                print_page(folder / slug / "index.html", f"{slug}.{self.language}", self.store, say)

    def _others(self) -> list[str]:
        """The files of pages that answer no question, home apart; those for the few stand last."""
        pages, answers = self.library.pages, self.library.sources
        others = [source for slug, source in pages.items() if slug not in {"index", *answers}]
        others.sort(key=lambda source: bool(source.meta.get("last")))
        return [source.path.name for source in others]

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
