"""Records that were made to harm: each is refused before any of it is unpacked."""

import io
import json
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from dlqa.publishing.store.archives import BadRecord, dimensions
from dlqa.publishing.store.records import load, promised, save
from dlqa.publishing.store.results import RECEIPT, RECORD
from dlqa.publishing.store.shelves import Damaged

DECLARED = {"heads": ("coin", "seed")}
RECORD_OF_COINS = xr.Dataset(
    {"heads": (("coin", "seed"), np.arange(6.0).reshape(2, 3))},
    {"coin": ["whole", "clipped"], "seed": [0, 1, 2]},
)
SAID = dict.fromkeys(["seconds", "cores", "threads"], 1) | dict.fromkeys(
    ["measured_at", "cpu", "system", "commit"], "?"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save({"tosses": RECORD_OF_COINS}, tmp_path)
    (tmp_path / RECEIPT).write_text(json.dumps(SAID))
    return tmp_path


def entries(folder: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(folder / RECORD) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def write_entries(folder: Path, found: dict[str, bytes]) -> None:
    with zipfile.ZipFile(folder / RECORD, "w") as packed:
        for entry, content in found.items():
            packed.writestr(entry, content)


def array(values: object, **more: bool) -> bytes:
    file = io.BytesIO()
    np.save(file, values, **more)  # type: ignore[arg-type]
    return file.getvalue()


def header(text: str, content: bytes = b"") -> bytes:
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode() + content


def headed(kind: object, shape: object, content: bytes = b"") -> bytes:
    return header(repr({"descr": kind, "fortran_order": False, "shape": shape}), content)


def test_what_was_saved_is_what_is_told_and_loaded(folder: Path) -> None:
    assert dimensions(folder / RECORD) == {"tosses": DECLARED}
    promised(DECLARED, whole=True)(folder)
    assert load(folder)["tosses"].identical(RECORD_OF_COINS)


Change = Callable[[dict[str, bytes]], object]
HOSTILE: dict[str, tuple[Change, str]] = {
    "pickled": (
        lambda found: found.update({"tosses/heads.npy": array([{}], allow_pickle=True)}),
        "holds '|O'; expected numbers or labels",
    ),
    "pickle in place of an array": (
        lambda found: found.update({"tosses/heads.npy": pickle.dumps([1])}),
        "'tosses/heads.npy' is no array",
    ),
    "structured": (
        lambda found: found.update({"tosses/heads.npy": headed([("a", "|O")], (2,))}),
        "expected numbers or labels",
    ),
    "single precision": (
        lambda found: found.update({"tosses/heads.npy": array(np.zeros((2, 3), np.float32))}),
        "tosses/heads: expected doubles, got _Array(kind='f', size=4",
    ),
    "another shape": (
        lambda found: found.update({"tosses/heads.npy": array(np.zeros((3, 2)))}),
        "tosses/heads: shape (3, 2) for (2, 3) labels",
    ),
    "too short": (
        lambda found: found.update({"tosses/heads.npy": found["tosses/heads.npy"][:-8]}),
        "is not as long as its header says",
    ),
    "negative shape": (
        lambda found: found.update({"tosses/heads.npy": headed("<f8", (-2, -3), bytes(48))}),
        "tosses/heads: shape (-2, -3)",
    ),
    "shape without end": (
        lambda found: found.update({"tosses/heads.npy": headed("<f8", (10**30,))}),
        "is not as long as its header says",
    ),
    "a header that computes": (
        lambda found: found.update({"tosses/heads.npy": header("__import__('os').abort()")}),
        "malformed node",
    ),
    "a nested header": (
        lambda found: found.update({"tosses/heads.npy": header("[" * 60_000)}),
        "is no record",
    ),
    "a long header": (
        lambda found: found.update(
            {"tosses/heads.npy": b"\x93NUMPY\x02\x00" + struct.pack("<I", 2**31) + b" "}
        ),
        "has a header of 2,147,483,648 bytes",
    ),
    "no dimensions": (lambda found: found.pop("dimensions.npy"), "'dimensions'"),
    "dimensions that are no text": (
        lambda found: found.update({"dimensions.npy": array(np.zeros(3))}),
        "no text, or too long",
    ),
    "dimensions of another form": (
        lambda found: found.update({"dimensions.npy": array(np.array('{"tosses": [[]]}'))}),
        "is no record",
    ),
    "a variable without dimensions": (
        lambda found: found.update({"allow_pickle.npy": array(np.ones(1))}),
        "allow_pickle: an array without dimensions",
    ),
    "a dimension without labels": (
        lambda found: found.pop("tosses/label.coin.npy"),
        "tosses/heads: shape (2, 3) for (None, 3) labels",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_record_is_refused(folder: Path, name: str) -> None:
    change, says = HOSTILE[name]
    found = entries(folder)
    change(found)
    write_entries(folder, found)
    with pytest.raises(BadRecord) as caught:
        dimensions(folder / RECORD)
    assert says in str(caught.value)
    with pytest.raises(BadRecord):
        load(folder)
    with pytest.raises(Damaged):
        promised(DECLARED, whole=True)(folder)


def test_a_small_file_that_unpacks_to_a_large_one_is_refused_at_once(folder: Path) -> None:
    with (
        zipfile.ZipFile(folder / RECORD, "a", zipfile.ZIP_DEFLATED) as packed,
        packed.open("more.npy", "w", force_zip64=True) as entry,
    ):
        for _ in range(257):
            entry.write(bytes(2**20))
    assert (folder / RECORD).stat().st_size < 2**20
    with pytest.raises(BadRecord, match=r"unpacks to 269,.* bytes; expected 268,435,456 at most"):
        dimensions(folder / RECORD)


def test_no_zip_at_all_is_no_record(folder: Path) -> None:
    (folder / RECORD).write_bytes(b"PK\x03\x04")
    with pytest.raises(BadRecord, match="is no record"):
        dimensions(folder / RECORD)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (RECORD, None, "No such file or directory"),
        (RECEIPT, None, "missing: receipt.json"),
        (RECEIPT, "{}", "it does not say commit, cores, cpu, measured_at"),
        (RECEIPT, "[]", "Expected `object`"),
        (RECEIPT, json.dumps(SAID | {"cpu": {"a": 1}}), "got `object`"),
    ],
)
def test_a_study_promises_a_record_and_a_receipt(
    folder: Path, name: str, content: str | None, says: str
) -> None:
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(content)
    with pytest.raises(Damaged) as caught:
        promised(DECLARED, whole=True)(folder)
    assert says in str(caught.value)


def test_a_record_of_other_variables_is_not_what_was_promised(folder: Path) -> None:
    with pytest.raises(Damaged, match=r"expected \{'tails'"):
        promised({"tails": ("coin", "seed")}, whole=True)(folder)
