"""Small things that a build makes and another one can take over: JSON in the store."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from dlqa.publishing.store.fingerprint import Fingerprint
from dlqa.publishing.store.reading import decoded
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Stage

FILE = "kept.json"

Made = TypeVar("Made")


def kept(
    store: Store, shelf: str, name: str, fingerprint: Fingerprint, make: Callable[[], Made],
    kind: type[Made],
) -> Made:  # fmt: skip
    """What the store has of a name on a shelf, or what is made now; `kind` is its type.

    What `make` raises is raised, and nothing is kept. What is there and of another type is made anew.
    """

    def write(folder: Path) -> None:
        (folder / FILE).write_bytes(msgspec.json.encode(make()))

    def of_kind(folder: Path) -> None:
        decoded(folder / FILE, kind)

    stage = Stage(store, shelf, name.replace("/", "."), fingerprint, of_kind)
    return decoded(stage.up_to_date(write, _quiet) / FILE, kind)


def _quiet(_: str) -> None:
    """That one of them is made anew is no news."""
