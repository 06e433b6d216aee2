"""How a running study says how far it has come."""

from typing import Protocol


class Report(Protocol):
    """Called after each part of a study."""

    def __call__(self, part: str, number: int, parts: int, networks: int, steps: int) -> None: ...


def silent(part: str, number: int, parts: int, networks: int, steps: int) -> None:
    """A report that says nothing."""
