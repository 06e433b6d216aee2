"""Makes a copy of the site with more questions, to see what each costs a build.

The question of boxes is copied under new slugs, pages, snippets and words included. Its results are
copied too instead of made: the copies' studies would give the same.
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODEL = "iou"
TREES = ("dlqa", "docs", "snippets")
PACKAGED = ("pyproject.toml", "README.md", "LICENSE")  # of which the site makes its wheel
MANIFEST = "manifest.json"


def grow(root: Path, count: int) -> None:
    """Writes a site of so many questions into a new folder, with the results of its own store.

    Raises ValueError where this one has more already.
    """
    for name in TREES:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (*ROOT.glob("mkdocs*.yml"), *map(ROOT.joinpath, PACKAGED)):
        shutil.copy(path, root)
    shutil.copytree(ROOT / ".dlqa", root / ".dlqa", ignore=shutil.ignore_patterns("*.lock"))
    there = len(list((root / "dlqa/questions").glob("*/record.py")))
    if there > count:
        raise ValueError(f"expected at least the {there} questions that there are, got {count}")
    for number in range(count - there):
        _copy(root, f"{MODEL}_{number}", 1000 + number)


def _copy(root: Path, slug: str, number: int) -> None:
    for place in ("dlqa/questions", "snippets"):
        shutil.copytree(root / place / MODEL, root / place / slug)
    for path in [
        *(root / "dlqa/questions" / slug).glob("*.py"),
        *(root / "snippets" / slug).glob("*.py"),
    ]:
        text = path.read_text("utf-8")
        path.write_text(text.replace(f"questions.{MODEL}", f"questions.{slug}"), "utf-8")
    for page in (root / "docs").glob(f"*/{MODEL}.md"):
        text = page.read_text("utf-8").replace(f"{{{{ {MODEL}.", f"{{{{ {slug}.")
        text = text.replace(f'"{MODEL}/', f'"{slug}/').replace(
            "question: 55", f"question: {number}"
        )
        page.with_name(f"{slug}.md").write_text(text, "utf-8")


def fill(root: Path) -> None:
    """Puts the model's results where those of its copies belong; runs with the copy's `dlqa`."""
    from dlqa.publishing import all_languages, publish
    from dlqa.publishing.exercises import kept
    from dlqa.publishing.sources.snippets import exercise_of
    from dlqa.publishing.store.catalog import find
    from dlqa.publishing.store.shelves import Store

    store = Store.default(root)
    made = publish.publish(find(MODEL), store, _quiet)
    exercise = kept.publish_exercise(MODEL, exercise_of(MODEL, root / "snippets"), store, _quiet)
    blocks: dict[str, list[Path]] = {}

    make = publish.work

    def copied(stage: str, slug: str, *given: str | Path) -> None:
        if not slug.startswith(f"{MODEL}_"):
            make(stage, slug, *given)
            return
        if stage == "record":
            source = made.blocks[len(blocks.setdefault(slug, []))]
            blocks[slug].append(source)
        elif stage == "look":
            looks = (store.folder / MODEL / f"look-{len(given) - 1}").glob("[!.]*")
            source = max(looks, key=lambda place: place.stat().st_mtime_ns)
        else:
            source = made.exhibits if stage == "exhibits" else exercise.folder
        for path in source.rglob("*"):
            if path.is_file() and path.name != MANIFEST:
                name = str(path.relative_to(source)).replace(MODEL, slug)
                target = Path(given[-1]) / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)

    publish.work = kept.work = copied
    all_languages.publish_all(root, _quiet)


def _quiet(_: str) -> None:
    """What is copied is no news."""


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
