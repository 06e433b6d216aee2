"""What fills the places that expansion leaves: figures, code, tables, the log, downloads."""

from pathlib import Path

from dlqa.publishing.fragments import fragment
from dlqa.publishing.pages.benchmarks import Benchmarks
from dlqa.publishing.pages.calibrations import Calibrations
from dlqa.publishing.pages.claim_code import code_html
from dlqa.publishing.pages.figure import figure_html
from dlqa.publishing.pages.trainer import trainer_html
from dlqa.publishing.pages.trial import trial_html
from dlqa.publishing.pages.verdict_log import log_html
from dlqa.publishing.places import Fill
from dlqa.publishing.sources.library import Library
from dlqa.publishing.sources.snippets import snippets_of
from dlqa.publishing.store.results import Published
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.verdict_log import kept


def fills(
    library: Library,
    snippets: Path,
    benchmarks: Benchmarks,
    calibrations: Calibrations,
    store: Store,
    page: str,
    root: str,
) -> dict[str, Fill]:
    """What fills a page's places of each kind; `root` leads from the page to the site's root."""

    install = library.install and root + library.install

    def drawn(name: str) -> str:
        slug, figure = name.split(".")
        return figure_html(library, slug, figure, page, root)

    def trained(name: str) -> str:
        slug, claim = name.split(".")
        return trainer_html(library.published[slug], claim, library.language, root)

    def code(name: str) -> str:
        slug, module = name.split(".")
        return code_html(slug, module, store)

    def downloads(slug: str) -> str:
        names = [path.name for path in snippets_of(slug, snippets)]
        return _downloads(library.published[slug], names, library.language, root, install)

    return {
        "figure": drawn,
        "trainer": trained,
        "code": code,
        "benchmark": lambda name: benchmarks.html(name, library.language, root),
        "calibrations": lambda _: calibrations.html(library.language),
        "trial": lambda _: trial_html(library.language),
        "log": lambda _: log_html(kept(store), library, root),
        "downloads": downloads,
        "install": lambda _: fragment("to_install.html", library.language, href=install),
    }


def _downloads(
    results: Published, snippets: list[str], language: str, root: str, install: str
) -> str:
    slug, exercise = results.slug, results.exercise
    return fragment(
        "downloads.html",
        language,
        slug=slug,
        snippets=snippets,
        notebook=exercise.download(language).name if exercise else None,
        figures=results.figures,
        root=root,
        install=install,
    )
