"""What MkDocs makes and another build can take over, where it warned of nothing.

What was made with a warning is not kept, so that no build passes because an older one was warned.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from dlqa.publishing.store.fingerprint import Fingerprint
from dlqa.publishing.store.keeping import kept
from dlqa.publishing.store.shelves import Store

SHELF = "pages"
ADDRESS = re.compile(r" at 0x[0-9a-f]+")  # of an object in memory, which says nothing

Made = TypeVar("Made")


class _Warned(Exception):
    """Something was warned of while a result was made."""


def kept_unless_warned(
    store: Store, name: str, fingerprint: Fingerprint, make: Callable[[], Made], kind: type[Made]
) -> Made:
    """What the store has of a name, or what is made now."""

    def made() -> Made:
        with _warnings() as warned:
            found = make()
        if warned:
            raise _Warned(found)
        return found

    try:
        return kept(store, SHELF, name, fingerprint, made, kind)
    except _Warned as warned:
        found: Made = warned.args[0]
        return found


def without_addresses(told: str) -> str:
    """What Python tells of objects, as any process would tell it."""
    return ADDRESS.sub("", told)


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """What MkDocs warns of meanwhile."""
    told: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())

    listener, log = Listener(logging.WARNING), logging.getLogger("mkdocs")
    log.addHandler(listener)
    try:
        yield told
    finally:
        with suppress(ValueError):
            log.removeHandler(listener)
