"""Adding a question adds files and edits none: to a copy of this very site, which then stays green."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from dlqa.publishing.scaffold.laying_out import lay_out
from dlqa.publishing.store.shelves import Store
from tests.conftest import ROOT, BuiltSite

TREES = ("benchmarks", "dlqa", "docs", "snippets", "tests")
FILES = ("*.py", "*.yml", "*.toml", "*.txt", "*.md", "Makefile", "LICENSE*", "CITATION.cff")
# What looks at every question: pages and code in both languages, words, claims, and the search. Of
# snippets its own: whether those of others run does not depend on it.
SNIPPET = "tests/pages/test_snippets.py::test_{}[dropout/plain.py]"
LOOKED_AT = (
    "tests/pages/test_languages.py",
    "tests/pages/test_chinese.py",
    SNIPPET.format("it_runs_on_its_own_and_prints_what_the_page_shows"),
    SNIPPET.format("it_is_short_enough_to_take_in"),
    SNIPPET.format("its_published_text_has_no_marks"),
    "tests/drawing/test_labels.py",
    "tests/questions/test_dropout.py",
    "tests/questions/test_falsifiers.py::test_every_condition_that_the_text_relies_on_can_stop_the_build[dropout]",
    "tests/browser/test_search.py",
    "docs/zh/dropout.md",
    "docs/en/dropout.md",
)


def test_a_question_is_added_to_the_real_site_by_files_alone(
    site: BuiltSite, tmp_path: Path
) -> None:
    root = tmp_path / "copy"
    for name in TREES:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (path for pattern in FILES for path in ROOT.glob(pattern)):
        shutil.copy(path, root)
    store = Store.default(ROOT).folder
    shutil.copytree(store, root / ".dlqa", ignore=shutil.ignore_patterns("*.lock"))
    before = {
        path: path.read_bytes()
        for name in TREES
        for path in (root / name).rglob("*.*")
        if path.is_file()
    }
    lay_out("dropout", 900, root)
    assert all(path.read_bytes() == text for path, text in before.items())
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV_", "DLQA"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *LOOKED_AT],
        cwd=root,
        env={**ours, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert site.folder.is_dir()
