from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from dlqa.publishing.publish import of_block, of_exhibits
from dlqa.publishing.store import fingerprint
from dlqa.publishing.store.catalog import PACKAGE, Question, find
from dlqa.publishing.store.closure import UntraceableImport, closure
from dlqa.publishing.store.fingerprint import Fingerprint, digest, ingredients


@pytest.fixture(autouse=True)
def versions_read_anew():
    """A process keeps what it has read of installed packages; the tests' packages change."""
    forget_versions()
    yield
    forget_versions()


def forget_versions() -> None:
    fingerprint._version.cache_clear()
    fingerprint._modules.cache_clear()


STUDY = '''"""A study."""

from pack.middle import double  # a helper


def run(x):
    """Runs."""
    return double(x)
'''
HELPER = '''"""Helps."""


def add(x, y):
    """A sum."""
    return x + y  # of both
'''


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """pack.study imports pack.middle, which imports pack.far.helper; pack.apart stands alone."""
    root = tmp_path / "pack"
    (root / "far").mkdir(parents=True)
    middle = "from pack.far import helper\n\n\ndef double(x):\n    return helper.add(x, x)\n"
    for name, text in {
        "__init__.py": "",
        "study.py": STUDY,
        "middle.py": middle,
        "far/__init__.py": "",
        "far/helper.py": HELPER,
        "apart.py": "SIZE = 1\n",
    }.items():
        (root / name).write_text(text)
    return root


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def key(package: Path) -> str:
    return Fingerprint(ingredients("pack.study", package)).key


def test_a_changed_helper_reached_through_another_changes_the_key(package: Path) -> None:
    before = key(package)
    edit(package / "far/helper.py", "x + y", "x - y")
    assert key(package) != before


def test_a_changed_package_file_on_the_way_to_a_helper_changes_the_key(package: Path) -> None:
    before = key(package)
    (package / "far/__init__.py").write_text("SIZE = 2\n")
    assert key(package) != before


def test_code_that_the_study_does_not_reach_leaves_the_key(package: Path) -> None:
    before = key(package)
    edit(package / "apart.py", "1", "2")
    (package / "__init__.py").write_text("VERSION = 2\n")
    assert key(package) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  # of both", "  # of x and y\n    # and no more"),
        ('"""A sum."""', '"""The sum of two\n\n    numbers."""'),
        ('"""Helps."""', '"""Helps others."""'),
        ('    """A sum."""\n', ""),
        ("x + y", "(\n        x\n        + y\n    )"),
    ],
    ids=["comment", "docstring", "module docstring", "docstring gone", "layout"],
)
def test_words_and_layout_leave_the_key(package: Path, old: str, new: str) -> None:
    before = key(package)
    edit(package / "far/helper.py", old, new)
    assert key(package) == before


def test_a_string_that_is_no_docstring_counts(package: Path) -> None:
    edit(package / "apart.py", "SIZE = 1", 'from pack import study\nSIZE = "one"')
    before = ingredients("pack.apart", package)
    edit(package / "apart.py", '"one"', '"two"')
    assert ingredients("pack.apart", package) != before


def test_imports_inside_functions_are_followed(package: Path) -> None:
    edit(package / "apart.py", "SIZE = 1", "def late():\n    import pack.far.helper\n")
    assert "pack.far.helper" in closure("pack.apart", package).code


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("from .far import helper", "relative import"),
        ("from . import far", "relative import"),
        ("import pack.nothing", "no module 'pack.nothing'"),
        ("from pack.nothing import one", "no module 'pack.nothing'"),
    ],
)
def test_an_import_that_cannot_be_followed_is_refused_with_its_line(
    package: Path, line: str, problem: str
) -> None:
    helper = package / "far/helper.py"
    helper.write_text(f"{HELPER}\n\n{line}\n")
    number = f"{HELPER}\n\n".count("\n") + 1
    with pytest.raises(UntraceableImport) as caught:
        closure("pack.study", package)
    assert str(caught.value).startswith(f"{helper}:{number}: ")
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (b"def f(:\n", 1, "invalid syntax"),
        (b"x = 1\ny = '\xc4\xe3'\n", 2, "utf-8"),
        (b"x = 1\0\n", 1, "null bytes"),
    ],
    ids=["no Python", "no UTF-8", "null bytes"],
)
def test_code_that_does_not_parse_is_told_with_file_and_line(
    package: Path, content: bytes, line: int, problem: str
) -> None:
    helper = package / "far/helper.py"
    helper.write_bytes(content)
    with pytest.raises(UntraceableImport) as caught:
        closure("pack.study", package)
    assert str(caught.value).startswith(f"{helper}:")
    assert problem in str(caught.value)
    assert line


def test_a_module_that_is_not_there_is_refused(package: Path) -> None:
    with pytest.raises(UntraceableImport, match=r"no module 'pack\.typo'"):
        closure("pack.typo", package)


def test_versions_of_packages_from_outside_are_ingredients(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.metadata.packages_distributions", dict)  # reading it is slow
    edit(package / "apart.py", "SIZE = 1", "import os\nimport numpy.linalg\nimport no_such_thing")
    found = ingredients("pack.apart", package)
    assert found["version of no_such_thing"] == "not installed"
    assert "version of os" not in found
    monkeypatch.setattr("importlib.metadata.version", lambda _: "9.9")
    forget_versions()
    changed = Fingerprint(ingredients("pack.apart", package))
    assert changed.ingredients["version of numpy"] == "9.9"
    assert changed.key != Fingerprint(found).key


def test_a_package_installed_under_another_name_has_its_version() -> None:
    assert "PyYAML 6" in ingredients("dlqa.publishing.sources.source")["version of yaml"]


@dataclass(frozen=True)
class Params:
    seeds: int = 3


def fingerprint_with(monkeypatch: pytest.MonkeyPatch, **modules: object) -> Fingerprint:
    """Of the record of a question whose record module is another."""
    monkeypatch.setattr(Question, "load", lambda *_: SimpleNamespace(**modules))
    return of_block(find("initialization"))


def test_changed_parameters_change_the_key_and_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    first = fingerprint_with(monkeypatch, Params=Params, SOURCE_WORK=Params(2))
    second = fingerprint_with(monkeypatch, Params=lambda: Params(4), SOURCE_WORK=Params(2))
    assert second.key != first.key
    assert second.changes_since(first) == ["params.seeds: 3 → 4"]


def test_a_source_without_timed_work_is_no_ingredient(monkeypatch: pytest.MonkeyPatch) -> None:
    found = fingerprint_with(monkeypatch, Params=Params, SOURCE_WORK=None)
    assert found.ingredients["params.seeds"] == "3"
    assert not [name for name in found.ingredients if name.startswith("source work")]


def test_the_exhibits_depend_on_what_the_record_holds(tmp_path: Path) -> None:
    record = tmp_path / "record.npz"
    record.write_bytes(b"one")
    first = of_exhibits(find("initialization"), [tmp_path])
    record.write_bytes(b"two")
    second = of_exhibits(find("initialization"), [tmp_path])
    assert second.key != first.key
    assert second.changes_since(first) == ["record 0 changed"]


def test_every_kind_of_change_is_told_in_words() -> None:
    one, two = digest(b"1"), digest(b"2")
    then = Fingerprint({"code of a": one, "code of b": one, "version of numpy": "2.0", "same": "1"})
    now = Fingerprint({"code of a": two, "code of c": one, "version of numpy": "2.1", "same": "1"})
    assert now.changes_since(then) == [
        "code of a changed",
        "code of b is gone",
        "code of c is new",
        "version of numpy: 2.0 → 2.1",
    ]
    assert now.changes_since(now) == []


def test_the_real_study_depends_on_the_lab_and_not_on_pages() -> None:
    code = closure("dlqa.questions.initialization.study").code
    assert "dlqa.lab.training" in code
    assert not [name for name in code if name.startswith(("dlqa.drawing", "dlqa.publishing"))]


def test_a_comment_in_the_lab_leaves_the_real_studys_key_and_code_changes_it(
    tmp_path: Path,
) -> None:
    copy = tmp_path / "dlqa"
    for part in ("evidence", "lab", "questions"):
        for path in (PACKAGE / part).rglob("*.py"):
            to = copy / path.relative_to(PACKAGE)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(path.read_bytes())
    (copy / "__init__.py").touch()
    study, trainer = "dlqa.questions.initialization.study", copy / "lab/training.py"
    before = ingredients(study, copy)
    assert before == ingredients(study)
    text = trainer.read_text("utf-8")
    trainer.write_text(text + "\n# A word more.\n", "utf-8")
    assert ingredients(study, copy) == before
    trainer.write_text(text + "\nMORE = 1\n", "utf-8")
    changes = Fingerprint(ingredients(study, copy)).changes_since(Fingerprint(before))
    assert changes == ["code of dlqa.lab.training changed"]


def test_a_type_annotation_is_no_change_of_code(package: Path) -> None:
    before = ingredients("pack.study", package)
    helper = package / "far/helper.py"
    helper.write_text(helper.read_text().replace("add(x, y):", "add(x: int, y: int) -> int:"))
    study = package / "study.py"
    study.write_text(study.read_text() + "\n\nSIZE: int = 1\n")
    annotated = ingredients("pack.study", package)
    study.write_text(study.read_text().replace("SIZE: int = 1", "SIZE = 1"))
    assert annotated == ingredients("pack.study", package)
    assert annotated["code of pack.far.helper"] == before["code of pack.far.helper"]


def test_a_field_of_a_class_is_code(package: Path) -> None:
    study = package / "study.py"
    study.write_text("class Params:\n    width: int = 1\n")
    annotated = ingredients("pack.study", package)
    study.write_text("class Params:\n    width = 1\n")
    assert annotated != ingredients("pack.study", package)
