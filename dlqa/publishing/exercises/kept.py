"""Exercises in the store: their notebooks, and the HTML of their pages."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from dlqa.publishing.fragments import TEMPLATES
from dlqa.publishing.store import promises
from dlqa.publishing.store.closure import closure, closure_of_script
from dlqa.publishing.store.fingerprint import (
    Fingerprint,
    digest,
    ingredients,
    of_files,
    of_reached,
    versions,
)
from dlqa.publishing.store.results import OUTLINE, PAGE, Exercise, Published
from dlqa.publishing.store.shelves import Damaged, Store
from dlqa.publishing.store.stages import Say, Stage, work
from dlqa.publishing.words import word

# What makes HTML of a notebook, as packages are named: none is imported before there is need.
CONVERTERS = {
    "beautifulsoup4",
    "jinja2",
    "math-core",
    "mistune",
    "mkdocs-jupyter",
    "nbconvert",
    "pygments",
}
WORDS = ("reveal", "link", "your guess")  # that stand on an exercise's page


def publish_exercise(slug: str, script: Path, store: Store, say: Say = print) -> Exercise:
    """The notebooks of a question's exercise, run anew where the stored ones are missing or stale.

    Raises StageFailed when a cell fails or the script is not what it should be.
    """
    making = partial(work, "exercise", slug, script)
    return Exercise(slug, _exercise(slug, script, store).up_to_date(making, say))


def current_exercise(slug: str, script: Path, store: Store) -> Exercise | None:
    """The notebooks where they are there and still true; none is run."""
    try:
        folder = _exercise(slug, script, store).found()
    except Damaged:
        return None
    return Exercise(slug, folder) if folder else None


def _exercise(slug: str, script: Path, store: Store) -> Stage:
    return Stage(store, slug, "exercise", of_exercise(script), promises.exercise(slug))


def publish_exercise_page(
    results: Published, language: str, store: Store, convert: Callable[[], str], say: Say = print
) -> str:
    """The HTML of an exercise's executed notebook, made by `convert` where there is none of it."""
    assert results.exercise, "a site has its exercises"

    def make(folder: Path) -> None:
        (folder / PAGE).write_text(convert(), "utf-8")

    kind, fingerprint = f"exercise-page-{language}", of_exercise_page(results.exercise, language)
    stage = Stage(store, results.slug, kind, fingerprint, promises.exercise_page)
    return (stage.up_to_date(make, say) / PAGE).read_text("utf-8")


def of_exercise(script: Path) -> Fingerprint:
    """What an exercise's notebooks depend on: its text, all that it imports, and how it is run."""
    text = {f"text of {script.name}": digest(script.read_bytes())}
    runner = ingredients("dlqa.publishing.exercises.notebooks")
    return Fingerprint(text | runner | of_reached(closure_of_script(script)))


def of_exercise_page(exercise: Exercise, language: str) -> Fingerprint:
    """What an exercise's page depends on: notebook, headings, words, what makes HTML of them."""
    made = {
        "notebook": digest(exercise.shown(language).read_bytes()),
        "notebook's ids": digest((exercise.folder / OUTLINE).read_bytes()),
        **{f"text of {name!r}": word(name, language) for name in WORDS},
    }
    reached = closure("dlqa.publishing.exercises.page").code
    code = {f"code of {name}": hashed for name, hashed in reached.items()}
    templates = of_files(sorted(TEMPLATES.glob("exercise_*.html")))
    return Fingerprint(made | code | templates | versions(CONVERTERS))
