"""A project of its own for the tests: this one's machinery and theme with one cheap question.

A build of it takes a second or two and needs no torch. Commands run as a person types them, in
processes of their own, with the copy's `dlqa` and a store beside it.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests import forked_workers, forks

HOME = Path(__file__).parents[2]
COIN = Path(__file__).parent / "coin"
MODULES = ("record", "study", "quantities", "claims", "figures", "live")
URL = "https://example.org/answers/"  # where a build that knows its address stands
FORGE = "https://forge.example/us/answers"  # and where the source of such a one lies
COMMANDS = Path(sys.executable).parent
HOMES = {"zh": "# 问答\n\n{{ questions }}\n", "en": "# Answers\n\n{{ questions }}\n"}


@dataclass(frozen=True)
class Done:
    """A command that has ended; `output` is what it printed, errors included."""

    code: int
    output: str


@dataclass(frozen=True)
class Project:
    root: Path

    @property
    def store(self) -> Path:
        return self.root / ".dlqa"

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def question(self) -> Path:
        return self.root / "dlqa/questions/coin"

    def environment(self, **more: str) -> dict[str, str]:
        """This process's, with the copy's `dlqa` before the installed one."""
        ours = {"PYTHONPATH": str(self.root), "NO_MKDOCS_2_WARNING": "1"}
        dropped = {"DLQA_STORE", "SITE_URL", "REPOSITORY_URL"}
        return {k: v for k, v in os.environ.items() if k not in dropped} | ours | more

    def start(
        self, *command: str, folder: Path | None = None, **more: str
    ) -> subprocess.Popen[str]:
        """Starts a command of the environment's, such as `mkdocs`, in the project's folder."""
        return subprocess.Popen(
            [COMMANDS / command[0], *command[1:]],
            cwd=folder or self.root,
            env=self.environment(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )

    def run(self, *command: str, folder: Path | None = None, **more: str) -> Done:
        process = self.start(*command, folder=folder, **more)
        output, _ = process.communicate(timeout=120)
        return Done(process.returncode, output)

    def build(self, *options: str, **more: str) -> Done:
        """What `run("mkdocs", "build", …)` gives, in a third of its time."""
        run = f"from mkdocs.__main__ import cli; cli({['build', *options]}, prog_name='mkdocs')"
        build = f"import sys; sys.executable = {forked_workers.executable()!r}; {run}"
        return Done(*forks.python(build, forks.BUILD, self.root, self.environment(**more)))

    def dlqa(self, *arguments: str, **more: str) -> Done:
        """What `run("dlqa", …)` gives, in half of its time where something is made."""
        forked = f"import sys; sys.executable = {forked_workers.executable()!r}"
        run = f"{forked}; from dlqa.cli import main; sys.exit(main())"
        return self.run("python", "-c", run, *arguments, **more)

    def read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def edit(self, path: str, old: str, new: str) -> int:
        """Replaces the one place where `old` stands; the line on which it stood."""
        text = self.read(path)
        assert text.count(old) == 1, f"{path} has {text.count(old)} times {old!r}"
        (self.root / path).write_text(text.replace(old, new), "utf-8")
        return text[: text.index(old)].count("\n") + 1

    def copy(self, root: Path) -> "Project":
        shutil.copytree(self.root, root)
        return Project(root)


def make_project(root: Path) -> Project:
    """The project, nothing made yet."""
    others = [path.parent.name for path in (HOME / "dlqa/questions").glob("*/record.py")]
    shutil.copytree(
        HOME / "dlqa", root / "dlqa", ignore=shutil.ignore_patterns("__pycache__", *others)
    )
    shutil.copytree(HOME / "docs/theme", root / "docs/theme")
    for name in ("mkdocs.yml", "mkdocs.en.yml", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(HOME / name, root)
    project = Project(root)
    project.question.mkdir()
    (project.question / "__init__.py").touch()
    for name in MODULES:
        shutil.copy(COIN / f"{name}.py", project.question)
    for path in COIN.glob("words.*.toml"):
        shutil.copy(path, project.question)
    shutil.copy(COIN / "tossing.py", root / "dlqa/lab")
    (root / "snippets/coin").mkdir(parents=True)
    for name in ("toss.py", "exercise.py"):
        shutil.copy(COIN / name, root / "snippets/coin")
    for language, home in HOMES.items():
        (root / "docs" / language).mkdir()
        (root / "docs" / language / "index.md").write_text(home, "utf-8")
        shutil.copy(COIN / f"{language}.md", root / "docs" / language / "coin.md")
    return project
