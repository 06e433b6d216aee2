"""The package that a site carries: what is packed, when, and what an index says of it."""

import email
import hashlib
import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from dlqa.publishing.outside import package
from dlqa.publishing.outside.package import Package, publish_package
from dlqa.publishing.store.shelves import Store
from tests.publishing.project import FORGE, HOME, URL, Project

LINK = re.compile(r'<a href="([^"]+)"(?: data-requires-python="([^"]+)")?>([^<]+)</a>')


def published(store: Path, root: Path = HOME, address: str = URL) -> Package:
    found = publish_package(root, address, FORGE, Store(store))
    assert found is not None
    return found


def test_the_same_files_give_the_same_bytes_wherever_they_are_packed(tmp_path: Path) -> None:
    first, second = (published(tmp_path / name) for name in "ab")
    assert first.content == second.content


def test_an_unchanged_package_is_not_packed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = published(tmp_path)
    monkeypatch.setattr("dlqa.publishing.outside.wheel.pack", lambda *_: pytest.fail("packed"))
    assert published(tmp_path).content == before.content


def test_a_changed_file_or_address_packs_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = published(tmp_path / "store").digest
    assert published(tmp_path / "store", address="https://example.org/").digest != before
    copy = tmp_path / "dlqa"
    shutil.copytree(HOME / "dlqa", copy, ignore=shutil.ignore_patterns("__pycache__", "lab"))
    (copy / "py.typed").write_text("partial\n")
    monkeypatch.setattr(package, "PACKAGE", copy)
    monkeypatch.setattr("dlqa.publishing.outside.wheel.PACKAGE", copy)
    assert published(tmp_path / "store").digest != before


def test_an_index_names_the_wheel_with_its_hash_and_python(tmp_path: Path) -> None:
    made = published(tmp_path)
    files = made.files()
    assert LINK.findall(str(files["simple/index.html"])) == [("dlqa/", "", "dlqa")]
    ((address, python, name),) = LINK.findall(str(files["simple/dlqa/index.html"]))
    held = files[f"simple/dlqa/{name}"]
    assert isinstance(held, bytes)
    assert address == f"{name}#sha256={hashlib.sha256(held).hexdigest()}"
    assert python == "&gt;=3.11"


def test_what_a_notebook_uses_names_the_part_that_brings_it(tmp_path: Path) -> None:
    made = published(tmp_path)
    assert made.extras({"torch", "numpy", "pathlib"}) == {}
    assert made.extras({"torch", "skimage"}) == {"skimage": "weights"}
    expected = f'pip install "dlqa[weights]" --extra-index-url {URL}simple/'
    assert made.command("en", ["weights"]) == expected


def test_a_site_of_another_project_carries_no_package(tmp_path: Path) -> None:
    assert publish_package(tmp_path, URL, "", Store(tmp_path)) is None


def test_a_site_without_its_address_says_so_in_each_language(made: Project) -> None:
    for language, stand_in in (
        ("zh", "https://本站地址/"),
        ("en", "https://ADDRESS-OF-THIS-SITE/"),
    ):
        notebook = made.read(f"site/notebooks/coin.{language}.ipynb")
        assert f"%pip install dlqa --extra-index-url {stand_in}simple/" in notebook


def test_a_site_with_its_address_carries_the_package(addressed: Path) -> None:
    ((wheel, _, _),) = LINK.findall((addressed / "simple/dlqa/index.html").read_text("utf-8"))
    assert (addressed / "simple/dlqa" / wheel.split("#")[0]).is_file()
    notebook = (addressed / "notebooks/coin.en.ipynb").read_text("utf-8")
    assert f"%pip install dlqa --extra-index-url {URL}simple/" in notebook


def test_where_the_source_lies_is_said_where_it_is_known(made: Project, addressed: Path) -> None:
    assert FORGE not in made.read("site/en/coin/index.html")
    page = (addressed / "en/coin/index.html").read_text("utf-8")
    assert f'<a href="{FORGE}">Source</a>' in page
    assert f'<a href="{FORGE}/edit/main/docs/en/coin.md">Edit this page</a>' in page
    lab = (addressed / "en/labs/coin/index.html").read_text("utf-8")
    assert f'<a href="{FORGE}">Source</a>' in lab
    assert "/edit/" not in lab, "it is made from a script"


def test_the_wheel_names_the_site_and_its_source(tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(published(tmp_path).content)) as wheel:
        (about,) = [name for name in wheel.namelist() if name.endswith("METADATA")]
        told = email.message_from_bytes(wheel.read(about)).get_all("Project-URL")
    assert told == [f"Documentation, {URL}", f"Source, {FORGE}"]
