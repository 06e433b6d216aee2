"""Imports go down only, and each room loads what it may: the table of rooms, as a test."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dlqa.publishing.store.catalog import PACKAGE
from dlqa.publishing.store.closure import closure

STANDARD = frozenset(sys.stdlib_module_names)


@dataclass(frozen=True)
class Room:
    """Which rooms and which packages from outside a room's modules may import."""

    rooms: frozenset[str]
    packages: frozenset[str]


def room(rooms: str, packages: str) -> Room:
    return Room(frozenset(rooms.split()), frozenset(packages.split()))


ROOMS = {
    "dlqa": room("", ""),
    "cli": room("cli publishing evidence", ""),
    "publishing": room(
        "dlqa publishing evidence drawing",
        "numpy matplotlib mkdocs yaml filelock jieba pygments genanki math_core fontTools "
        "jupytext nbformat nbclient jupyter_client bs4 markdown",
    ),
    "questions": room(
        "evidence lab drawing", "numpy torch matplotlib skimage sklearn"
    ),  # and its own
    "evidence": room("evidence", "numpy scipy"),
    "lab": room("lab", "numpy torch"),
    "drawing": room("drawing", "numpy matplotlib"),
}
# What a module of a question never reaches, however far the way.
OUT_OF_REACH = {"record": {"torch", "matplotlib"}, "page": {"torch"}, "study": {"matplotlib"}}


def modules(package: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        yield ".".join(parts).removesuffix(".__init__"), path


def room_of(module: str) -> str:
    """`questions.<slug>` for a question's modules, `dlqa` for the package itself."""
    parts = module.split(".")[1:]
    return ".".join(parts[:2]) if parts[:1] == ["questions"] else (parts or ["dlqa"])[0]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None, f"{path}: relative import"
            if node.module in {"dlqa", "dlqa.questions"}:  # names rooms, imports none itself
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield node.module


def steps_up(package: Path) -> list[str]:
    """Every import that leads where its room may not go."""
    found = []
    for module, path in modules(package):
        here = room_of(module)
        allowed = ROOMS[here.split(".")[0]]
        for name in imported(path):
            if name.split(".")[0] == "dlqa":
                there = room_of(name)
                fits = there == here or there in allowed.rooms
            else:
                fits = name.split(".")[0] in allowed.packages | STANDARD
            if not fits:
                found.append(f"{module} imports {name}")
    return found


def reached_too_far(package: Path) -> list[str]:
    """Every module of a question that loads, however indirectly, what it should do without."""
    return [
        f"dlqa.questions.{path.parent.name}.{part} reaches {name}"
        for path in sorted(package.glob("questions/*/record.py"))
        for part, banned in OUT_OF_REACH.items()
        for name in sorted(
            closure(f"dlqa.questions.{path.parent.name}.{part}", package).outside & banned
        )
    ]


def test_imports_go_down_only() -> None:
    assert steps_up(PACKAGE) == []


def test_pages_do_without_torch_and_studies_without_matplotlib() -> None:
    assert reached_too_far(PACKAGE) == []


def test_every_room_is_in_the_table() -> None:
    assert {room_of(module).split(".")[0] for module, _ in modules(PACKAGE)} == set(ROOMS)


@pytest.mark.parametrize(
    ("module", "line", "complaint"),
    [
        ("evidence/one.py", "import torch", "dlqa.evidence.one imports torch"),
        ("evidence/one.py", "import pandas.api", "dlqa.evidence.one imports pandas.api"),
        ("evidence/one.py", "import dlqa.lab.two", "dlqa.evidence.one imports dlqa.lab.two"),
        ("lab/one.py", "from dlqa.drawing import canvas", "dlqa.lab.one imports dlqa.drawing"),
        ("lab/one.py", "import matplotlib", "dlqa.lab.one imports matplotlib"),
        ("lab/one.py", "from dlqa import questions", "dlqa.lab.one imports dlqa.questions"),
        ("drawing/one.py", "from dlqa import cli", "dlqa.drawing.one imports dlqa.cli"),
        (
            "questions/coin/one.py",
            "from dlqa.questions import dice",
            "dlqa.questions.coin.one imports dlqa.questions.dice",
        ),
        (
            "questions/coin/one.py",
            "def late():\n    from dlqa.publishing.store.shelves import Store",
            "dlqa.questions.coin.one imports dlqa.publishing.store.shelves",
        ),
        ("publishing/one.py", "import dlqa.lab.two", "dlqa.publishing.one imports dlqa.lab.two"),
        ("publishing/one.py", "from torch import nn", "dlqa.publishing.one imports torch"),
        ("cli.py", "import numpy", "dlqa.cli imports numpy"),
        ("__init__.py", "import numpy", "dlqa imports numpy"),
    ],
)
def test_the_check_notices_a_step_up(
    tmp_path: Path, module: str, line: str, complaint: str
) -> None:
    path = tmp_path / "dlqa" / module
    path.parent.mkdir(parents=True)
    path.write_text(f"import json\n{line}\n")
    assert steps_up(tmp_path / "dlqa") == [complaint]


def test_the_check_lets_steps_down_pass(tmp_path: Path) -> None:
    folder = tmp_path / "dlqa/questions/coin"
    folder.mkdir(parents=True)
    (folder / "study.py").write_text(
        "import torch\nfrom dlqa.lab.training import train\nfrom dlqa.questions.coin import record\n"
    )
    assert steps_up(tmp_path / "dlqa") == []


@pytest.mark.parametrize(
    ("part", "banned"), [("page", "torch"), ("study", "matplotlib"), ("record", "torch")]
)
def test_the_check_notices_what_is_reached_through_another(
    tmp_path: Path, part: str, banned: str
) -> None:
    package = tmp_path / "dlqa"
    (package / "questions/coin").mkdir(parents=True)
    (package / "lab").mkdir()
    (package / "lab/far.py").write_text(f"import {banned}\n")
    for name in OUT_OF_REACH:
        line = "import dlqa.lab.far\n" if name == part else "import numpy\n"
        (package / f"questions/coin/{name}.py").write_text(line)
    assert reached_too_far(package) == [f"dlqa.questions.coin.{part} reaches {banned}"]
