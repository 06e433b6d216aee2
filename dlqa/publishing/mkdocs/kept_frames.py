"""What templates draw around a page's content, kept in the store by all that they read.

Material's templates take most of a build in which nothing changed: the same header, navigation and
head are drawn for every page. Of a page's content a frame depends on much (its headings, whether it
has formulas), so it is kept by all of it, but stored without it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from dlqa.publishing.mkdocs.keeping import kept_unless_warned, without_addresses
from dlqa.publishing.store.fingerprint import Fingerprint, digest, versions
from dlqa.publishing.store.shelves import Store

MAKERS = {"mkdocs", "mkdocs-material", "jinja2"}
# Places and parts of the build itself; what else a configuration says, a template may show.
UNSEEN = {"config_file_path", "docs_dir", "site_dir", "hooks", "plugins", "theme", "watch"}


def keep_frames(env: jinja2.Environment, config: MkDocsConfig, store: Store) -> None:
    """Lets the environment's templates that draw HTML do so by way of the store."""
    load, frames = env.get_template, _Frames(config, store)

    def get_template(name: Any, *given: Any, **options: Any) -> Any:
        if isinstance(name, str) and name.endswith(".html") and not given and not options:
            return _Kept(name, load, frames)
        return load(name, *given, **options)

    env.get_template = get_template  # type: ignore[method-assign]


class _Frames:
    """What all frames of one build have in common."""

    def __init__(self, config: MkDocsConfig, store: Store) -> None:
        self.config, self.store = config, store

        self._navigation: str | None = None

    @cached_property
    def common(self) -> dict[str, str]:
        config = self.config
        settings = {name: config[name] for name in sorted(config.keys() - UNSEEN)}
        settings |= {f"theme.{name}": config.theme[name] for name in sorted(config.theme)}
        own = Path(config.theme.dirs[0])
        paths = sorted(path for path in own.rglob("*.html"))
        theme = [path.relative_to(own).as_posix().encode() + path.read_bytes() for path in paths]
        return {
            "settings": digest(without_addresses(repr(settings)).encode()),
            "theme": digest(b"\0".join(theme)),
            **versions(MAKERS),
        }

    def navigation(self, nav: Navigation) -> str:
        if self._navigation is None:
            self._navigation = digest(repr([*map(_told, nav.items)]).encode())
        return self._navigation


@dataclass(frozen=True)
class _Kept:
    """A template, loaded only where a frame is not there."""

    name: str
    load: Callable[[str], jinja2.Template]
    frames: _Frames

    def render(self, context: Mapping[str, Any]) -> str:
        page, frames = context["page"], self.frames
        content = (page.content or "") if page else ""

        def make() -> list[str]:
            drawn: str = self.load(self.name).render(context)
            before, found, after = drawn.partition(content) if content else (drawn, "", "")
            return [before, after] if found == content and content not in after else [drawn]

        name = f"frame.{frames.config.extra['language']}.{page.file.src_uri if page else ''}{self.name}"
        parts = kept_unless_warned(frames.store, name, self._depends_on(context), make, list[str])
        return content.join(parts)

    def _depends_on(self, context: Mapping[str, Any]) -> Fingerprint:
        page: Page | None = context["page"]
        told = [context.get("about"), context["base_url"], context["extra_css"]]
        told += [context["extra_javascript"], self.name]
        if page:
            told += [page.content, str(page.toc), page.title, page.url, page.meta]
        return Fingerprint(
            {
                "page": digest(repr(told).encode()),
                "navigation": self.frames.navigation(context["nav"]),
                **self.frames.common,
            }
        )


def _told(item: StructureItem) -> object:
    """What templates may read of a part of the navigation."""
    if isinstance(item, Section):
        return item.title, [_told(each) for each in item.children]
    return item.title, getattr(item, "url", None), getattr(item, "meta", None)
