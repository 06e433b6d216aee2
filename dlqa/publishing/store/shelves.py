"""Results on disk: each whole, checked and found by its key, or not there at all.

`<folder>/<slug>/<kind>/<key>/` holds a result's files, the fingerprint it was made from and a
manifest with every file's checksum. A result is written beside its place and renamed into it.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from dlqa.publishing.store.fingerprint import Fingerprint

KEPT = 8  # results of one kind; older ones are only of use to say what changed
MANIFEST = "manifest.json"
SCRATCH = ".making-"


class Damaged(Exception):
    """A stored result whose files are not those that were written."""


@dataclass(frozen=True)
class Store:
    folder: Path

    @classmethod
    def default(cls, root: Path | None = None) -> "Store":
        """In DLQA_STORE, or in `.dlqa` under `root` (the current folder)."""
        given = os.environ.get("DLQA_STORE")
        return cls(Path(given) if given else (root or Path.cwd()) / ".dlqa")

    def find(self, slug: str, kind: str, key: str) -> Path | None:
        """The folder of a result, or None. Raises Damaged when its files fail their checksums."""
        place = self._shelf(slug, kind) / key
        if not place.is_dir():
            return None
        _check(place)
        return place

    def discard(self, slug: str, kind: str, key: str) -> None:
        shutil.rmtree(self._shelf(slug, kind) / key)

    @contextmanager
    def writing(self, slug: str, kind: str, fingerprint: Fingerprint) -> Iterator[Path]:
        """An empty folder that becomes the result when the block ends without an error."""
        shelf = self._shelf(slug, kind)
        shelf.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=shelf))
        try:
            yield scratch
            _seal(scratch, fingerprint)
            _place(scratch, shelf / fingerprint.key)
            self._prune(shelf)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def latest(self, slug: str, kind: str) -> Fingerprint | None:
        """The fingerprint of the newest result of a kind, to say what changed since."""
        for place in reversed(_by_age(self._shelf(slug, kind))):
            try:
                return _manifest(place)[0]
            except Damaged:
                continue  # whoever asks for it will be told
        return None

    @contextmanager
    def locked(self, slug: str) -> Iterator[None]:
        """One build at a time makes a question's results; another waits and then finds them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / f"{slug}.lock"):
            for left in (self.folder / slug).glob(f"*/{SCRATCH}*"):  # by a build that was killed
                shutil.rmtree(left, ignore_errors=True)
            yield

    def _shelf(self, slug: str, kind: str) -> Path:
        return self.folder / slug / kind

    def _prune(self, shelf: Path) -> None:
        for place in _by_age(shelf)[:-KEPT]:
            shutil.rmtree(place, ignore_errors=True)


def _by_age(shelf: Path) -> list[Path]:
    places = [place for place in shelf.glob("[!.]*") if place.is_dir()]
    return sorted(places, key=lambda place: place.stat().st_mtime_ns)


def _place(scratch: Path, place: Path) -> None:
    try:
        scratch.rename(place)
    except OSError:
        if not place.is_dir():
            raise
        # another build was faster; both made the same


def _seal(place: Path, fingerprint: Fingerprint) -> None:
    manifest = {"fingerprint": dict(fingerprint.ingredients), "files": _digests(place)}
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False)
    (place / MANIFEST).write_text(text, "utf-8")


def _check(place: Path) -> None:
    fingerprint, expected = _manifest(place)
    if fingerprint.key != place.name:
        raise Damaged(f"{place}: its manifest is another result's")
    found = _digests(place)
    wrong = sorted(n for n in {*found, *expected} if found.get(n) != expected.get(n))
    if wrong:
        raise Damaged(f"{place}: missing, changed or unknown: {', '.join(wrong)}")


def _manifest(place: Path) -> tuple[Fingerprint, dict[str, str]]:
    """The fingerprint and the files' digests, by name. Raises Damaged."""
    try:
        written = json.loads((place / MANIFEST).read_text("utf-8"))
        return Fingerprint(dict(written["fingerprint"])), dict(written["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{place}: its manifest cannot be read ({error})") from error


def _digests(place: Path) -> dict[str, str]:
    """The checksum of every file of a result, by name."""
    paths = sorted(path for path in place.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {
        str(path.relative_to(place)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
    }
