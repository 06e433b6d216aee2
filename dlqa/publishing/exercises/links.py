"""One language's exercises on the site: their pages, and the ways between them and the answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from dlqa.publishing.exercises.kept import publish_exercise_page
from dlqa.publishing.fragments import fragment
from dlqa.publishing.places import Fill
from dlqa.publishing.sources.library import Library
from dlqa.publishing.sources.source import Source
from dlqa.publishing.store.results import Exercise
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Say
from dlqa.publishing.words import word


def run_name(slug: str, language: str) -> str:
    """The name under which a notebook with what it shows is downloaded."""
    return f"{slug}.run.{language}.ipynb"


@dataclass(frozen=True)
class Exercises:
    """The exercises of a language's questions, in the order of their numbers."""

    library: Library

    @property
    def language(self) -> str:
        return self.library.language

    @property
    def sources(self) -> Mapping[str, Source]:
        return self.library.sources

    def __getitem__(self, slug: str) -> Exercise:
        exercise = self.library.published[slug].exercise
        assert exercise, "a site has its exercises"
        return exercise

    def at(self, path: str) -> str | None:
        """The question whose exercise's page has that path."""
        return next((slug for slug in self.sources if self[slug].page == path), None)

    def navigation(self) -> dict[str, list[str | dict[str, str]]]:
        return {
            word("labs", self.language): [
                {self.entry(slug): self[slug].page} for slug in self.sources
            ]
        }

    def entry(self, slug: str) -> str:
        """An exercise in the navigation, which Material puts into HTML as it is."""
        number = self.sources[slug].heading.question
        return f"{number} · {escape(self[slug].title(self.language))}"

    def page(self, slug: str, store: Store, say: Say) -> str:
        """An exercise's HTML, converted where the store has none of it."""
        notebook, outline = self[slug].shown(self.language), self[slug].outline(self.language)

        def make() -> str:
            # load Jupyter and an HTML parser, which no build needs in which nothing changed
            from dlqa.publishing.exercises.page import converted, exercise_page

            return exercise_page(converted(notebook), slug, outline, self.language)

        results = self.library.published[slug]
        return publish_exercise_page(results, self.language, store, make, say)

    def front_matter(self, slug: str) -> dict[str, object]:
        """What another page would say of itself on top."""
        heading = self.sources[slug].heading
        told = word("of a lab", self.language, number=heading.question, title=heading.title)
        title = self[slug].title(self.language)
        return {"title": title, "description": told, "assets": ["labs.css", "labs.js"]}

    def contents(self, slug: str) -> list[dict[str, Any]]:
        """An exercise's headings as the tokens of a table of contents: each with those below it."""
        found: list[dict[str, Any]] = []
        above: list[dict[str, Any]] = []
        for entry in self[slug].outline(self.language):
            token = {**entry, "name": escape(entry["words"]), "children": []}
            while above and above[-1]["level"] >= entry["level"]:
                above.pop()
            (above[-1]["children"] if above else found).append(token)
            above.append(token)
        return found

    def fills(self, root: str) -> dict[str, Fill]:
        """What fills the places of ways to an exercise and of an exercise's head."""
        pages = root + self.library.folder
        return {
            "exercise": lambda slug: self._to_exercise(slug, pages),
            "notebook": lambda slug: self._head(slug, pages, root),
        }

    def _to_exercise(self, slug: str, pages: str) -> str:
        page = self[slug].page.removesuffix(".md")
        return fragment("to_exercise.html", self.language, href=f"{pages}{page}/")

    def _head(self, slug: str, pages: str, root: str) -> str:
        return fragment(
            "exercise_head.html",
            self.language,
            heading=self.sources[slug].heading,
            answer=f"{pages}{slug}/",
            install=self.library.install and root + self.library.install,
            notebook=f"{root}notebooks/{self[slug].download(self.language).name}",
            run=f"{root}notebooks/{run_name(slug, self.language)}",
        )
