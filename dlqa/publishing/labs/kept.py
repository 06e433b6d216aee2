"""Labs in the store: their notebooks, and the HTML of their pages."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from dlqa.publishing.store.closure import closure, closure_of_script
from dlqa.publishing.store.fingerprint import Fingerprint, digest, ingredients, of_reached, versions
from dlqa.publishing.store.results import OUTLINE, PAGE, Lab, Published
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Say, Stage, work
from dlqa.publishing.words import word

# What makes HTML of a notebook, as packages are named: none is imported before there is need.
CONVERTERS = {"mkdocs-jupyter", "nbconvert", "mistune", "pygments", "beautifulsoup4", "math-core"}
WORDS = ("reveal", "link")  # that stand on a lab's page


def publish_lab(slug: str, script: Path, store: Store, say: Say = print) -> Lab:
    """The notebooks of a question's lab, run anew where the stored ones are missing or stale.

    Raises StageFailed when a cell fails or the script is not what it should be.
    """
    stage = Stage(store, slug, "lab", of_lab(script))
    return Lab(slug, stage.up_to_date(partial(work, "lab", slug, script), say))


def publish_lab_page(
    results: Published, language: str, store: Store, convert: Callable[[], str], say: Say = print
) -> str:
    """The HTML of a lab's executed notebook, made by `convert` where there is none of it."""
    assert results.lab, "a site has its labs"

    def make(folder: Path) -> None:
        (folder / PAGE).write_text(convert(), "utf-8")

    kind, fingerprint = f"lab-page-{language}", of_lab_page(results.lab, language)
    stage = Stage(store, results.slug, kind, fingerprint)
    return (stage.up_to_date(make, say) / PAGE).read_text("utf-8")


def of_lab(script: Path) -> Fingerprint:
    """What a lab's notebooks depend on: its text, all that it imports, and how it is run."""
    text = {f"text of {script.name}": digest(script.read_bytes())}
    runner = ingredients("dlqa.publishing.labs.notebooks")
    return Fingerprint(text | runner | of_reached(closure_of_script(script)))


def of_lab_page(lab: Lab, language: str) -> Fingerprint:
    """What a lab's page depends on: notebook, headings, words, and what makes HTML of them."""
    made = {
        "notebook": digest(lab.shown(language).read_bytes()),
        "notebook's ids": digest((lab.folder / OUTLINE).read_bytes()),
        **{f"text of {name!r}": word(name, language) for name in WORDS},
    }
    reached = closure("dlqa.publishing.labs.page").code
    code = {f"code of {name}": hashed for name, hashed in reached.items()}
    return Fingerprint(made | code | versions(CONVERTERS))
