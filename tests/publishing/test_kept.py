"""What a build takes over from another one is what it would make: nothing stale is ever shown."""

import hashlib
import shutil

from tests.publishing.project import Project

COIN, ENGLISH, LAB = "coin/index.html", "en/coin/index.html", "labs/coin/index.html"
CODE, HOME = "code/coin/index.html", "index.html"
# An edit, and pages that show it: in which file, what stands there, what comes, on which pages.
EDITS = [
    (
        "docs/theme/partials/copyright.html",
        "md-copyright",
        "md-copyright tossed",
        [HOME, ENGLISH, LAB],
    ),
    ("mkdocs.yml", "verdicts: 判定是怎样得出的", "verdicts: 从哪里来", [HOME, COIN, CODE, LAB]),
    ("docs/en/coin.md", "title: ", "title: Heads or tails, ", [ENGLISH, "en/index.html"]),
    ("snippets/coin/toss.py", "k=10", "k=12", [COIN, ENGLISH]),
    ("dlqa/questions/coin/claims.py", "Verdict.UNDECIDED", "Verdict.HOLDS", [COIN, ENGLISH, CODE]),
    ("dlqa/questions/coin/words.zh.toml", '"整枚"', '"整枚硬币"', [COIN]),
    ("dlqa/publishing/words.zh.toml", 'verdict = "判定"', 'verdict = "判决"', [HOME]),
    ("dlqa/lab/tossing.py", ".mean()", ".mean() * 0.9", [COIN, ENGLISH]),
]


def test_a_build_on_what_others_left_equals_one_that_makes_everything(project: Project) -> None:
    for path, old, new, pages in EDITS:
        before = contents(project)
        project.edit(path, old, new)
        assert project.build().code == 0, path
        after = contents(project)
        assert [page for page in pages if before[page] == after[page]] == [], path
    for shelf in ("pages", "code"):
        shutil.rmtree(project.store / shelf)
    assert project.build().code == 0
    assert contents(project) == after


def contents(project: Project) -> dict[str, str]:
    """Every published file's hash, by its path."""
    paths = [path for path in project.site.rglob("*") if path.is_file()]
    return {
        path.relative_to(project.site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
    }
