"""The site of one language as pure steps: its library, its navigation, its pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dlqa.publishing import assets
from dlqa.publishing.catalog import questions
from dlqa.publishing.expansion import Library, expand
from dlqa.publishing.publish import Published, Say, publish
from dlqa.publishing.snippets import check_embeds
from dlqa.publishing.sources import PageError, Source, answers
from dlqa.publishing.store import Store
from dlqa.publishing.words import word


@dataclass(frozen=True)
class Site:
    """One language's pages over the results that both languages share."""

    root: Path
    language: str
    library: Library

    @property
    def snippets(self) -> Path:
        return self.root / "snippets"

    def navigation(self) -> list[dict[str, str]]:
        """Home, then the answers by their question's number."""
        entries = [{word("home", self.language): "index.md"}]
        for source in self.library.sources.values():
            title = f"{source.meta['question']} · {source.meta['title']}"
            entries.append({title: source.path.name})
        return entries

    def generated(self) -> dict[str, str]:
        """Files that this language's build adds beside its pages, by path."""
        shared = assets.shared_files(self.library.published, self.snippets)
        return assets.theme_files() | (shared if self.language == "zh" else {})

    def markdown(self, path: Path) -> str:
        """A page's Markdown, expanded. Raises PageError."""
        source = Source.read(path)
        check_embeds(source, self.snippets)
        return expand(source, self.library)

    def html(self, content: str, root: str) -> str:
        """A page's HTML with its figures; `root` is the way from the page to the site's root."""
        published = self.library.published
        return assets.place(content, published, self.snippets, self.language, root)


def publish_all(root: Path, say: Say) -> dict[str, Published]:
    """The results of every question, made where they are missing or stale."""
    store = Store.default(root)
    return {question.slug: publish(question, store, say) for question in questions()}


def site(root: Path, language: str, published: Mapping[str, Published]) -> Site:
    """Raises PageError where a question has no page in this language."""
    docs = root / "docs" / language
    sources = {source.slug: source for source in answers(docs)}
    for slug in published:
        if slug not in sources:
            raise PageError(docs / f"{slug}.md", 1, f"question {slug!r} has no page here")
    return Site(root, language, Library(language, published, sources))
