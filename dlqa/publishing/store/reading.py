"""JSON from a stored result, of the types that are expected there: anything else is damage."""

from pathlib import Path
from typing import TypeVar

import msgspec

from dlqa.publishing.store.shelves import Damaged

MOST = 2**24  # bytes of a file that is read whole
Receipt = dict[str, str | int | float]
OF_RECEIPT = {"seconds", "measured_at", "cpu", "cores", "threads", "system", "commit"}
T = TypeVar("T")


def content(path: Path) -> bytes:
    """A file's bytes. Raises Damaged where there is none, or too many."""
    try:
        if path.is_symlink() or path.stat().st_size > MOST:
            raise Damaged(f"{path}: a link, or more than {MOST:,} bytes")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Damaged(f"{path.parent}: missing: {path.name}") from error


def decoded(path: Path, kind: type[T]) -> T:
    """What a file holds. Raises Damaged."""
    try:
        return msgspec.json.decode(content(path), type=kind)
    except (ValueError, RecursionError) as error:
        raise Damaged(f"{path}: {error}") from error


def receipt(path: Path) -> Receipt:
    """A receipt, with what every receipt says. Raises Damaged."""
    found = decoded(path, Receipt)
    if missing := sorted(OF_RECEIPT - found.keys()):
        raise Damaged(f"{path}: it does not say {', '.join(missing)}")
    if strange := [each for each in found.values() if {*"<>&\"'`{}"} & {*str(each)}]:
        raise Damaged(f"{path}: not to be published: {strange}")
    return found
