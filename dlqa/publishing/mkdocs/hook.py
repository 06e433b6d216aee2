"""MkDocs events, each a call into `dlqa.publishing`: one `mkdocs build` makes every language.

The configuration named on the command line is that of the language at the site's root; when it is
built, the same events build each `mkdocs.<language>.yml` beside it into a folder of its language.
"""

import importlib
import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from pathlib import Path
from types import ModuleType
from typing import Any

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
from dlqa.publishing.mkdocs.configuration import is_first, language_of, others, root_of, way_to_root
from dlqa.publishing.mkdocs.earlier_sites import EarlierSites, nothing_to_make
from dlqa.publishing.mkdocs.memory import Memory, State, state
from dlqa.publishing.mkdocs.templates import share_assets, templates
from dlqa.publishing.store.receipts import dated

log = logging.getLogger("mkdocs.plugins.dlqa")


class _Build:
    """What one build has published; a server makes several, one after another."""

    def __init__(self) -> None:
        self.serving = False
        self.code: State = {}  # of dlqa's files when it was loaded
        self.memory = Memory()
        self.earlier = EarlierSites(self.memory)
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
        # as loaded by this build: a server's edits make new classes of errors
        told_of = _publishing("telling").told
        raise PluginError(told_of(error)) from error


@_stops()
def on_startup(command: str, dirty: bool) -> None:
    dated()  # raises where what the environment says of it is no time
    _build.serving = command == "serve"
    if dirty:
        raise PluginError("--dirty would keep pages whose evidence changed; build without it")
    if _build.serving:
        sys.dont_write_bytecode = True  # new files in a watched folder would build again


@_stops()
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    language, root = language_of(config), root_of(config)
    if is_first(config):
        _check_writable(Path(config.site_dir))
        _check_package(root)
        _forget_edited(root)
        shared, languages = _publishing("all_languages"), [language, *others(config)]
        shared.check_beforehand(root, languages)
        store = shared.Store.default(root).folder
        made = [store / name for name in ("benchmarks", "calibration", "verdict-log")]
        places = [root / "dlqa", root / "snippets", root / "docs/theme", *root.glob("*.yml")]
        places += [root / name for name in ("pyproject.toml", "README.md")]
        _build.memory.begin(state([*places, *made]))
        published = _build.memory.recall(
            "published", None, lambda: shared.publish_all(root, log.info)
        )
        _build.libraries = shared.libraries(root, languages, published)
    own = _publishing("language_site")
    imprint = own.Imprint(
        language,
        config.site_name,
        config.site_description or "",
        config.site_url or "",
        (config.extra.get("repository") or "").rstrip("/"),
    )
    site = _build.sites[language] = own.Site(root, imprint, _build.libraries)
    config.nav = site.navigation()
    config.extra |= site.chrome()
    config.theme.get_env = partial(templates, config.theme.get_env, site.store, _build.memory)  # type: ignore[method-assign]
    return config


@_stops()
def on_files(files: Files, config: MkDocsConfig) -> Files:
    site = _build.sites[language_of(config)]
    generated = site.generated(log.info)
    docs = state([Path(config.docs_dir)])
    if _build.serving and _build.earlier.has(language_of(config), docs, generated):
        nothing_to_make(config)
        return Files([])
    search: Any = config.plugins["material/search"]
    kept_pages.keep_entries(search.search_index, config, site.store)
    for path, content in generated.items():
        file = File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
        if _build.serving:
            _build.earlier.take_over(file, language_of(config))
        files.append(file)
    for slug in site.exercises.sources:
        files.append(File.generated(config, site.exercises[slug].page, content=""))
    return files


def on_pre_page(page: Page, *, config: MkDocsConfig, **_: object) -> Page:
    """Pages are rendered by way of the store, which has them whole and as new as what made them."""
    site = _build.sites[language_of(config)]
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
    site = _build.sites[language_of(config)]
    if slug := site.exercises.at(page.file.src_uri):
        page.meta = site.exercises.front_matter(slug)
        return markdown
    source = page.file.abs_src_path
    if source is None:
        return markdown  # a page of ours, which cites nothing
    name = f"{language_of(config)}/{page.file.src_uri}"
    depends_on = site.told(Path(source).stem)
    expanded: str = _build.memory.recall(
        f"Markdown of {name}", depends_on, lambda: site.markdown(Path(source))
    )
    return expanded


@_stops()
def on_page_content(html: str, *, page: Page, config: MkDocsConfig, **_: object) -> str:
    site, name = _build.sites[language_of(config)], page.file.src_uri.rsplit(".", 1)[0]
    root = way_to_root(page, config)

    def made() -> str:
        code = _publishing("pages.highlighting")
        words = _publishing("pages.typesetting")
        typeset: str = words.cornered(words.joined(code.reachable(site.html(html, name, root))))
        return typeset

    return _build.memory.recall(
        f"HTML of {language_of(config)}/{name}", (html, root, site.told(name)), made
    )


@_stops()
def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """Once all pages are HTML: the downloads that are made of one."""
    if not is_first(config):
        share_assets(env, files)
    kept_frames.keep_frames(env, config, _build.sites[language_of(config)].store)
    file = files.get_file_from_path("self-test.md")
    if file is not None and file.page is not None:
        site = _build.sites[language_of(config)]
        made = site.decks(file.page.content, config.site_url or "", log.info)
        for path, content in made.items():
            files.append(File.generated(config, path, content=content))
    return env


def on_template_context(
    context: dict[str, Any], *, template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """Without an address, MkDocs takes every site's lost pages to be below `/`."""
    if template_name == "404.html" and not config.site_url and not is_first(config):
        context["base_url"] = f"/{language_of(config)}"
    return context


@_stops()
def on_page_context(
    context: dict[str, Any], *, page: Page, config: MkDocsConfig, **_: object
) -> dict[str, Any]:
    slug = page.file.src_uri.rsplit(".", 1)[0]
    about = _build.sites[language_of(config)].about(slug, page.meta)
    raw = {name: about[name] for name in ("title", "description") if name in page.meta}
    # which Material puts into the head as they are
    page.meta = {**page.meta, **{name: escape(text) for name, text in raw.items()}}
    return {**context, "about": about}


@_stops()
def on_post_build(config: MkDocsConfig) -> None:
    language = language_of(config)
    if _build.serving:
        _build.earlier.leave(config, language)
    else:
        _build.sites[language].print_pages(Path(config.site_dir), log.info)
    if not is_first(config):
        return
    for other, path in others(config).items():
        build(
            load_config(
                str(path),
                site_dir=str(Path(config.site_dir) / other),
                site_url=config.site_url and f"{config.site_url.rstrip('/')}/{other}/",
                strict=config.strict,
            )
        )


def on_build_error(**_: object) -> None:
    """What MkDocs warned of ends a strict build, and it will again."""
    _build.memory.forget()


def on_shutdown() -> None:
    _build.earlier.close()


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, **_: object) -> LiveReloadServer:
    root, watched = root_of(config), Path(config.docs_dir)
    docs = [folder for folder in (root / "docs").iterdir() if folder != watched]
    for path in (*docs, root / "snippets", root / "dlqa", *others(config).values()):
        server.watch(str(path))  # each once: what is seen twice builds twice
    return server


def _forget_edited(root: Path) -> None:
    """Lets `dlqa` be loaded anew where a server's reader has edited it."""
    code = state([root / "dlqa"])
    if _build.code and code != _build.code:
        for name in [name for name in sys.modules if name.split(".")[0] == "dlqa"]:
            del sys.modules[name]
        importlib.invalidate_caches()
    _build.code = code


def _publishing(module: str) -> ModuleType:
    """A module of `dlqa.publishing` as it now is."""
    return importlib.import_module(f"dlqa.publishing.{module}")


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
