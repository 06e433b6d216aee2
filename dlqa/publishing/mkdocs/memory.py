"""What a server's earlier builds made, as long as what it was made of stays as it was."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")
State = Mapping[Path, tuple[int, int]]  # files with the time of their last change and their size


class Memory:
    """Results by name, each with what it depends on beside the files that all depend on."""

    def __init__(self) -> None:
        self._state: State = {}
        self._made: dict[str, tuple[object, object]] = {}

    def begin(self, state: State) -> None:
        """A build begins; where a file changed on which all depends, nothing is remembered."""
        if state != self._state:
            self.forget()
        self._state = state

    def forget(self) -> None:
        self._made.clear()

    def has(self, name: str, depends_on: object) -> bool:
        """Whether something was made under a name of the same."""
        return name in self._made and self._made[name][0] == depends_on

    def recall(self, name: str, depends_on: object, make: Callable[[], Made]) -> Made:
        """What was made under a name if it depends on the same, or what is made now."""
        if not self.has(name, depends_on):
            self._made[name] = depends_on, make()
        return self._made[name][1]  # type: ignore[return-value]  # of the type that `make` gives


def state(places: Iterable[Path]) -> State:
    """The state of files, and of those in folders, byte code apart."""
    paths = [path for place in places for path in [place, *place.rglob("*.*")]]
    seen = {path: path.stat() for path in paths if path.suffix != ".pyc" and path.is_file()}
    return {path: (each.st_mtime_ns, each.st_size) for path, each in seen.items()}
