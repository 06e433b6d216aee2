"""What was read off code is taken over as long as the code is the same, and read anew where it is not."""

from pathlib import Path

import pytest

from dlqa.publishing.store import closure as reading
from dlqa.publishing.store.closure import Closure, closure
from dlqa.publishing.store.known_code import know_code
from dlqa.publishing.store.parsing import UntraceableImport
from dlqa.publishing.store.shelves import Store


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    (folder / "room").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "room" / "__init__.py").write_text("")
    (folder / "first.py").write_text("from package.room import second\nimport numpy\n")
    (folder / "room" / "second.py").write_text("A = 1  # one\n")
    return folder


def anew(package: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> tuple[Closure, list[str]]:
    """What `first` reaches in a new process, and the names of the files that this parsed."""
    parsed: list[str] = []
    parse = reading.parsed
    reading._read.cache_clear()
    monkeypatch.setattr(reading, "known", {})
    with monkeypatch.context() as patch:
        patch.setattr(reading, "parsed", lambda path: (parsed.append(path.stem), parse(path))[1])
        know_code(store, package)
        return closure("package.first", package), parsed


def test_code_that_stayed_is_not_parsed_again(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "store")
    found, parsed = anew(package, store, monkeypatch)
    assert {"first", "second"} <= {*parsed}
    assert anew(package, store, monkeypatch) == (found, [])
    reading._read.cache_clear()
    monkeypatch.setattr(reading, "known", {})
    assert closure("package.first", package) == found


def test_an_edit_is_seen_and_others_are_taken_over(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "store")
    before, _ = anew(package, store, monkeypatch)
    (package / "room" / "second.py").write_text("A = 2\nimport scipy\n")
    after, parsed = anew(package, store, monkeypatch)
    assert "first" not in parsed
    changed = {name for name in after.code if after.code[name] != before.code[name]}
    assert changed == {"package.room.second"}
    assert after.outside - before.outside == {"scipy"}


def test_what_cannot_be_read_is_told_where_it_is_needed(package: Path, tmp_path: Path) -> None:
    (package / "room" / "second.py").write_text("from . import third\n")
    know_code(Store(tmp_path / "store"), package)
    with pytest.raises(UntraceableImport, match=r"second.py:1: relative import"):
        closure("package.first", package)
