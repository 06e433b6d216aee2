"""Lays out the files of a new question: `dlqa new dropout`.

The templates beside this module are a small question that builds and passes its tests; each place
to fill says what goes there. A language has its words file and its page among them.
"""

import re
from pathlib import Path

from dlqa.publishing.store.stop import Stop

TEMPLATES = Path(__file__).parent
PLACES = {  # of templates, in a checkout
    "question": "dlqa/questions/SLUG",
    "snippets": "snippets/SLUG",
    "pages": "docs",
    "tests": "tests/questions",
}
SLUG = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class CannotLayOut(Stop, ValueError):
    """A slug that cannot be one, or files that are there already."""


def lay_out(slug: str, number: int, root: Path) -> list[Path]:
    """Writes the files of a question into a checkout and returns their paths.

    Raises CannotLayOut, and then writes nothing: for a slug that is no Python name of lower-case
    letters, digits and single underscores, outside a checkout, and where a file is there already.
    """
    if not SLUG.fullmatch(slug):
        raise CannotLayOut(
            f"{slug!r} cannot name a question; expected lower-case letters, digits and single "
            "underscores, a letter first, as in weight_decay"
        )
    if not (root / "mkdocs.yml").is_file():
        raise CannotLayOut(f"{root} is no checkout of the site; run `dlqa new` where mkdocs.yml is")
    files = {_place(path, slug, root): _filled(path, slug, number) for path in _templates()}
    files[root / PLACES["question"].replace("SLUG", slug) / "__init__.py"] = ""
    if there := [str(path.relative_to(root)) for path in files if path.exists()]:
        raise CannotLayOut(f"there already: {', '.join(sorted(there))}")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return sorted(files)


def _templates() -> list[Path]:
    return [path for folder in PLACES for path in sorted((TEMPLATES / folder).glob("*.txt"))]


def _place(template: Path, slug: str, root: Path) -> Path:
    folder = root / PLACES[template.parent.name].replace("SLUG", slug)
    name = template.name.removesuffix(".txt").replace("SLUG", slug)
    if template.parent.name == "pages":  # a language's page is named by its language here
        return folder / name.removesuffix(".md") / f"{slug}.md"
    return folder / name


def _filled(template: Path, slug: str, number: int) -> str:
    return template.read_text("utf-8").replace("SLUG", slug).replace("NUMBER", str(number))
