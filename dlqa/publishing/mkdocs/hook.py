"""MkDocs events, each a call into `dlqa.publishing`: one `mkdocs build` makes every language.

The configuration named on the command line is that of the language at the site's root; when it is
built, the same events build each `mkdocs.<language>.yml` beside it into a folder of its language.
"""

import importlib
import logging
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from pathlib import Path
from types import ModuleType
from typing import Any

import jieba
from jinja2 import Environment
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from dlqa.publishing.mkdocs import kept_frames, kept_pages
from dlqa.publishing.mkdocs.memory import Memory, State, state
from dlqa.publishing.pages.highlighting import reachable
from dlqa.publishing.pages.typesetting import cornered, joined
from dlqa.publishing.store.receipts import dated

OTHER = re.compile(r"mkdocs\.(?P<language>[a-z-]+)\.yml")

log = logging.getLogger("mkdocs.plugins.dlqa")


class _Build:
    """What one build has published; a server makes several, one after another."""

    def __init__(self) -> None:
        self.serving = False
        self.module: Any = None  # dlqa.publishing.language_site, loaded anew when `dlqa` changed
        self.code: State = {}  # of its files when it was loaded
        self.memory = Memory()
        self.libraries: Any = None  # by language, the root's first
        self.sites: dict[str, Any] = {}


_build = _Build()


@contextmanager
def _stops() -> Iterator[None]:
    """Whatever goes wrong in an event ends the build as a sentence; see `dlqa.publishing.telling`."""
    try:
        yield
    except MkDocsException:
        raise
    except Exception as error:
        _build.memory.forget()
        # as loaded by this build: a server's edits make new classes of errors
        told_of = importlib.import_module("dlqa.publishing.telling").told
        raise PluginError(told_of(error)) from error


@_stops()
def on_startup(command: str, dirty: bool) -> None:
    dated()  # raises where what the environment says of it is no time
    _build.serving = command == "serve"
    if dirty:
        raise PluginError("--dirty would keep pages whose evidence changed; build without it")
    if _build.serving:
        sys.dont_write_bytecode = True  # new files in a watched folder would build again
    jieba.setLogLevel(logging.WARNING)  # by default it tells how its dictionary loads


@_stops()
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    language, root = _language(config), _root(config)
    if _is_first(config):
        _check_writable(Path(config.site_dir))
        _check_package(root)
        _build.module = _publishing(root)
        languages = [language, *_others(config)]
        _build.module.check_beforehand(root, languages)
        store = _build.module.Store.default(root).folder
        made = [store / name for name in ("benchmarks", "calibration")]
        places = [root / "dlqa", root / "snippets", root / "docs/theme", *root.glob("*.yml")]
        _build.memory.begin(state([*places, *made]))
        published = _build.memory.recall(
            "published", None, lambda: _build.module.publish_all(root, log.info)
        )
        _build.libraries = _build.module.libraries(root, languages, published)
        # whatever lies there is unmarshalled: not where everybody may write
        jieba.dt.tmp_dir = str(store)
    imprint = _build.module.Imprint(
        language, config.site_name, config.site_description or "", config.site_url or ""
    )
    site = _build.sites[language] = _build.module.Site(root, imprint, _build.libraries)
    config.nav = site.navigation()
    config.extra |= site.chrome()
    return config


@_stops()
def on_files(files: Files, config: MkDocsConfig) -> Files:
    site = _build.sites[_language(config)]
    search: Any = config.plugins["material/search"]
    kept_pages.keep_entries(search.search_index, config, site.store)
    for path, content in site.generated(log.info).items():
        file = File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
        files.append(file)
    for slug in site.exercises.sources:
        files.append(File.generated(config, site.exercises[slug].page, content=""))
    return files


def on_pre_page(page: Page, *, config: MkDocsConfig, **_: object) -> Page:
    """Pages are rendered by way of the store, which has them whole and as new as what made them."""
    site = _build.sites[_language(config)]
    slug = site.exercises.at(page.file.src_uri)

    @_stops()
    def render_exercise(_config: MkDocsConfig, _files: Files) -> None:
        page.content = site.exercises.page(slug, site.store, log.info)
        page.toc = get_toc(site.exercises.contents(slug))
        page.title = site.exercises.entry(slug)

    render_page = partial(kept_pages.render, page, store=site.store, snippets=site.snippets)
    page.render = render_exercise if slug else render_page  # type: ignore[assignment,method-assign]
    return page


@_stops()
def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, **_: object) -> str:
    site = _build.sites[_language(config)]
    if slug := site.exercises.at(page.file.src_uri):
        page.meta = site.exercises.front_matter(slug)
        return markdown
    source = page.file.abs_src_path
    if source is None:
        return markdown  # a page of ours, which cites nothing
    name = f"{_language(config)}/{page.file.src_uri}"
    depends_on = site.told(Path(source).stem)
    expanded: str = _build.memory.recall(
        f"Markdown of {name}", depends_on, lambda: site.markdown(Path(source))
    )
    return expanded


@_stops()
def on_page_content(html: str, *, page: Page, config: MkDocsConfig, **_: object) -> str:
    site, name = _build.sites[_language(config)], page.file.src_uri.rsplit(".", 1)[0]
    root = _way_to_root(page, config)

    def made() -> str:
        return cornered(joined(reachable(site.html(html, name, root))))

    return _build.memory.recall(
        f"HTML of {_language(config)}/{name}", (html, root, site.told(name)), made
    )


@_stops()
def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """Once all pages are HTML: the downloads that are made of one."""
    kept_frames.keep_frames(env, config, _build.sites[_language(config)].store)
    file = files.get_file_from_path("self-test.md")
    if file is not None and file.page is not None:
        site = _build.sites[_language(config)]
        made = site.decks(file.page.content, config.site_url or "", log.info)
        for path, content in made.items():
            files.append(File.generated(config, path, content=content))
    return env


def on_template_context(
    context: dict[str, Any], *, template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """Without an address, MkDocs takes every site's lost pages to be below `/`."""
    if template_name == "404.html" and not config.site_url and not _is_first(config):
        context["base_url"] = f"/{_language(config)}"
    return context


@_stops()
def on_page_context(
    context: dict[str, Any], *, page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    slug = page.file.src_uri.rsplit(".", 1)[0]
    about = _build.sites[_language(config)].about(slug, page.meta)
    raw = {name: about[name] for name in ("title", "description") if name in page.meta}
    # which Material puts into the head as they are
    page.meta = {**page.meta, **{name: escape(text) for name, text in raw.items()}}
    return {**context, "about": about}


def on_post_build(config: MkDocsConfig) -> None:
    if not _is_first(config):
        return
    for language, path in _others(config).items():
        build(
            load_config(
                str(path),
                site_dir=str(Path(config.site_dir) / language),
                site_url=config.site_url and f"{config.site_url.rstrip('/')}/{language}/",
                strict=config.strict,
            )
        )


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, **_: object) -> LiveReloadServer:
    for name in ("docs", "snippets", "dlqa"):
        server.watch(str(_root(config) / name))
    for path in _others(config).values():
        server.watch(str(path))
    return server


def _publishing(root: Path) -> ModuleType:
    """`dlqa.publishing.language_site`, loaded anew where a server's reader has edited `dlqa`."""
    code = state([root / "dlqa"])
    if _build.code and code != _build.code:
        for name in [name for name in sys.modules if name.split(".")[0] == "dlqa"]:
            del sys.modules[name]
        importlib.invalidate_caches()
    _build.code = code
    return importlib.import_module("dlqa.publishing.language_site")


def _check_writable(folder: Path) -> None:
    """Raises OSError where the site cannot be written, before minutes are spent on studies."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass


def _check_package(root: Path) -> None:
    """Raises PluginError where the project has a package of its own and another is loaded."""
    loaded = Path(sys.modules["dlqa"].__file__ or "").parent
    if (root / "dlqa/__init__.py").is_file() and not loaded.samefile(root / "dlqa"):
        remedy = f"run this project's own environment, or set PYTHONPATH={root}"
        raise PluginError(f"{loaded} would build the pages of {root / 'dlqa'}: {remedy}")


def _language(config: MkDocsConfig) -> str:
    return str(config.extra["language"])


def _is_first(config: MkDocsConfig) -> bool:
    """Whether its language stands at the site's root."""
    return not OTHER.fullmatch(Path(config.config_file_path).name)


def _others(config: MkDocsConfig) -> dict[str, Path]:
    """The configurations of the other languages."""
    names = {path: OTHER.fullmatch(path.name) for path in sorted(_root(config).glob("*.yml"))}
    return {found["language"]: path for path, found in names.items() if found}


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _way_to_root(page: Page, config: MkDocsConfig) -> str:
    depth = page.url.strip("./").count("/") + bool(page.url.strip("./"))
    return "../" * (depth + (not _is_first(config))) or "./"
