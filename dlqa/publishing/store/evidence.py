"""All evidence of a release as one zip: what any program reads, so that a claim can be cited with it.

JSON of a schema that lies beside it, and records as npz; no pickle, nothing that needs this package.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import msgspec

from dlqa.evidence.values import Value
from dlqa.publishing.store.findings import FoundClaim
from dlqa.publishing.store.reading import Receipt
from dlqa.publishing.store.results import CLAIMS, RECEIPT, RECORD, Published, written
from dlqa.publishing.store.shelves import made_from

ABOUT = Path(__file__).parents[1] / "templates" / "evidence_archive.md"
INDEX = "index.json"
Digests = dict[str, str]


class Index(msgspec.Struct):
    """What an archive holds: the package's version, and each file's SHA-256 by question."""

    version: str
    made_at: str  # when the newest of its records was
    questions: dict[str, Digests]


KINDS: Mapping[str, object] = {
    INDEX: Index,
    CLAIMS: list[FoundClaim],
    "values.json": dict[str, Value],
    RECEIPT: Receipt,
    "made-from.json": dict[str, str],
}


def write_archive(published: Mapping[str, Published], path: Path) -> None:
    """Writes the archive; the same results give the same bytes."""
    files = {slug: dict(_files(results)) for slug, results in published.items()}
    digests = {
        slug: {name: hashlib.sha256(content).hexdigest() for name, content in held.items()}
        for slug, held in files.items()
    }
    when = max(str(results.receipt["measured_at"]) for results in published.values())
    whole = {
        "README.md": ABOUT.read_bytes(),
        "schema.json": _dumped(schemas()),
        INDEX: written(Index(version("dlqa"), when, digests)),
    }
    whole |= {
        f"{slug}/{name}": content for slug, held in files.items() for name, content in held.items()
    }
    year, month, day = map(int, when[:10].split("-"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in whole.items():
            entry = zipfile.ZipInfo(name, (year, month, day, 0, 0, 0))
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED)


def schemas() -> dict[str, object]:
    """JSON Schema (2020-12): what a file of each name is, under `properties`."""
    kinds, shared = msgspec.json.schema_components(KINDS.values(), ref_template="#/$defs/{name}")
    about = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": about, "properties": dict(zip(KINDS, kinds, strict=True)), "$defs": shared}


def _files(results: Published) -> Iterator[tuple[str, bytes]]:
    yield CLAIMS, (results.exhibits / CLAIMS).read_bytes()
    yield "values.json", written(results.values)
    yield RECEIPT, written(results.receipt)
    yield "made-from.json", _dumped(dict(made_from(results.blocks[0]).ingredients))
    for number, block in enumerate(results.blocks):
        yield f"{number}.{RECORD}", (block / RECORD).read_bytes()


def _dumped(content: object) -> bytes:
    return (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
