"""What MkDocs makes of a page, kept in the store by all that it was made from.

Markdown, its highlighting and the words of the search index would cost most of a build in which
nothing changed.
"""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from dlqa.publishing.mkdocs.keeping import kept_unless_warned, without_addresses
from dlqa.publishing.outside.search import INDEX, Entries, entries, synonyms_of
from dlqa.publishing.outside.search import index as index_of
from dlqa.publishing.pages.highlighting import only_colours
from dlqa.publishing.sources.snippets import EMBED
from dlqa.publishing.store.fingerprint import Fingerprint, digest, ingredients, versions
from dlqa.publishing.store.shelves import Store

MAKERS = {"mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "pygments"}


class Heading(msgspec.Struct):
    """An entry of a page's table of contents, as the toc extension tells it."""

    level: int
    id: str
    name: str
    children: list["Heading"]


class Rendered(msgspec.Struct):
    """A page's HTML, and what MkDocs reads off it; links lead from a file's path and an anchor."""

    content: str
    toc: list[Heading]
    title: str | None
    anchors: list[str]
    links: list[tuple[str, str, str]]


def render(page: Page, config: MkDocsConfig, files: Files, store: Store, snippets: Path) -> None:
    """What `page.render(config, files)` does, by the store where nothing changed."""
    found = kept_unless_warned(
        store,
        f"{_language(config)}.{page.file.src_uri}",
        _of_page(page, config, files, snippets),
        lambda: _rendered(page, config, files),
        Rendered,
    )
    page.content = found.content
    page.toc = get_toc(msgspec.to_builtins(found.toc))
    page._title_from_render = found.title
    page.present_anchor_ids = set(found.anchors)
    page.links_to_anchors = {}
    for path, anchor, written in found.links:
        if file := files.get_file_from_path(path):
            page.links_to_anchors.setdefault(file, {})[anchor] = written


def keep_entries(index: Any, config: MkDocsConfig, store: Store) -> None:
    """Has our search index written in place of Material's (`SearchIndex`), page by page from the store."""
    found: list[Entries] = []

    def add(page: Page) -> None:
        name = f"search.{_language(config)}.{page.file.src_uri}"
        title = str(page.meta.get("title") or page.title)
        told = kept_unless_warned(
            store, name, _of_entries(page),
            lambda: entries(page.url, title, page.meta, page.content or ""), Entries,
        )  # fmt: skip
        found.extend([told] if told.entries else [])

    def write(_: object) -> str:
        language, place = _language(config), str(config.extra["folder"])
        synonyms = synonyms_of(language)
        made = kept_unless_warned(
            store, f"search.{language}", _of_index(found, synonyms, place),
            lambda: index_of(found, synonyms, place), dict[str, str],
        )  # fmt: skip
        folder = Path(config.site_dir) / "search"
        for path, text in made.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        return made[INDEX]

    index.add_entry_from_context, index.generate_search_index = add, write


def _of_page(page: Page, config: MkDocsConfig, files: Files, snippets: Path) -> Fingerprint:
    """What a page's HTML depends on: its text, what it embeds, where links can lead, settings."""
    text = page.markdown or ""
    paths = {snippets / found["file"] for found in EMBED.finditer(text)}
    embedded = [path.read_bytes() for path in sorted(paths) if path.is_file()]
    settings = without_addresses(repr([config.markdown_extensions, config.mdx_configs]))
    found = {
        "text": digest(text.encode()),
        "snippets": digest(b"\0".join(embedded)),
        "pages": digest("\n".join(sorted(files.src_uris)).encode()),
        "settings": digest(settings.encode()),
        "address": f"{page.url} of {config.site_url}",
    }
    return Fingerprint(found | _code("dlqa.publishing.pages.highlighting") | versions(MAKERS))


def _of_entries(page: Page) -> Fingerprint:
    told = repr([page.content, str(page.title), page.url, page.meta])
    code = _code("dlqa.publishing.outside.search")
    return Fingerprint({"page": digest(told.encode())} | code)


def _of_index(found: list[Entries], synonyms: dict[str, str], place: str) -> Fingerprint:
    told = {"pages": digest(msgspec.json.encode(found)), "synonyms": repr(synonyms), "place": place}
    return Fingerprint(told | _code("dlqa.publishing.outside.search"))


_code = cache(ingredients)  # of modules that are loaded once, even by a server


def _rendered(page: Page, config: MkDocsConfig, files: Files) -> Rendered:
    type(page).render(page, config, files)
    links = page.links_to_anchors or {}
    return Rendered(
        content=only_colours(page.content or ""),
        toc=_headings(page),
        title=page._title_from_render,
        anchors=sorted(page.present_anchor_ids or ()),
        links=[
            (file.src_uri, anchor, link) for file in links for anchor, link in links[file].items()
        ],
    )


def _headings(page: Page) -> list[Heading]:
    def heading(link: AnchorLink) -> Heading:
        return Heading(link.level, link.id, link.title, [heading(each) for each in link.children])

    return [heading(link) for link in page.toc]


def _language(config: MkDocsConfig) -> str:
    return str(config.extra["language"])
