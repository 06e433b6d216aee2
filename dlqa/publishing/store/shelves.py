"""Results on disk: each whole, checked and found by its key, or not there at all.

`<folder>/<slug>/<kind>/<key>/` holds a result's files and a manifest: the fingerprint it was made
from and every file's checksum. A result is written beside its place and renamed into it. What lies
there may come from elsewhere, so nothing of it is taken as it is: links, manifests of another form
and results of more than a gigabyte are damage.
"""

import hashlib
import json
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from dlqa.publishing.store.catalog import CHECKOUT
from dlqa.publishing.store.fingerprint import Fingerprint

KEPT = 8  # results of one kind, the last used; older ones are only of use to say what changed
RECENT = 86_400  # seconds: what was used since then stays, another checkout may still use it
AHEAD = 60  # seconds by which the clocks of two machines may differ
MANIFEST = "manifest.json"
SCRATCH = ".making-"
MOST_OF_MANIFEST, MOST_OF_RESULT = 2**22, 2**30  # bytes
Say = Callable[[str], None]


class Damaged(Exception):
    """A stored result that is not what was written, or not what its kind promises."""


class Manifest(msgspec.Struct):
    """What a result was made from, and its files' checksums by name."""

    fingerprint: dict[str, str]
    files: dict[str, str]


@dataclass(frozen=True)
class Store:
    folder: Path

    @classmethod
    def default(cls, root: Path | None = CHECKOUT) -> "Store":
        """In DLQA_STORE, in `.dlqa` of the checkout, or in the user's cache where there is none."""
        if given := os.environ.get("DLQA_STORE"):
            return cls(Path(given).expanduser())
        return cls(root / ".dlqa" if root else user_cache_path("dlqa"))

    def find(self, slug: str, kind: str, key: str) -> Path | None:
        """The folder of a result, which counts as used now, or None. Raises Damaged."""
        place = self._shelf(slug, kind) / key
        if not os.path.lexists(place):
            return None
        _check(place)
        with suppress(OSError):  # of another user, or to be read only
            os.utime(place)
        return place

    def discard(self, slug: str, kind: str, key: str) -> None:
        _remove(self._shelf(slug, kind) / key)

    @contextmanager
    def writing(self, slug: str, kind: str, fingerprint: Fingerprint) -> Iterator[Path]:
        """A folder that becomes the result when the block ends without an error.

        Its manifest already says what the result is made from; whoever makes it may ask.
        """
        shelf = self._shelf(slug, kind)
        shelf.mkdir(parents=True, exist_ok=True)
        scratch = shelf / f"{SCRATCH}{uuid.uuid4().hex}"
        scratch.mkdir()
        try:
            _write_manifest(scratch, fingerprint, {})
            yield scratch
            _write_manifest(scratch, fingerprint, _digests(scratch))
            _place(scratch, shelf / fingerprint.key)
            _prune(shelf, written=fingerprint.key)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def latest(self, slug: str, kind: str) -> Fingerprint | None:
        """The fingerprint of the last used result of a kind, to say what changed since."""
        for place in reversed(_by_last_use(self._shelf(slug, kind))):
            with suppress(Damaged):  # whoever asks for it will be told
                return made_from(place)
        return None

    @contextmanager
    def locked(self, slug: str, say: Say = print) -> Iterator[None]:
        """One build at a time makes a question's results; another waits and then finds them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / f"{slug}.lock")
        try:
            held = lock.acquire(timeout=1)
        except Timeout:
            say(f"{slug}: waiting for another build, which holds {lock.lock_file}")
            held = lock.acquire()
        with held:
            for left in (self.folder / slug).glob(f"*/{SCRATCH}*"):  # by a build that was killed
                shutil.rmtree(left, ignore_errors=True)
            yield

    def _shelf(self, slug: str, kind: str) -> Path:
        return self.folder / slug / kind


def made_from(place: Path) -> Fingerprint:
    """What a result is made from, by its manifest. Raises Damaged."""
    return Fingerprint(_manifest(place).fingerprint)


def _by_last_use(shelf: Path) -> list[Path]:
    """A shelf's results; a time in the future says nothing, and counts as long ago."""
    now = time.time()

    def used(place: Path) -> float:
        seconds = place.stat(follow_symlinks=False).st_mtime
        return seconds if seconds < now + AHEAD else 0.0

    return sorted((place for place in shelf.glob("[!.]*") if place.is_dir()), key=used)


def _prune(shelf: Path, written: str) -> None:
    recently = time.time() - RECENT
    for place in _by_last_use(shelf)[:-KEPT]:
        seconds = place.stat(follow_symlinks=False).st_mtime
        if place.name != written and not recently < seconds < time.time() + AHEAD:
            with suppress(OSError):
                _remove(place)


def _remove(place: Path) -> None:
    """A result, or whatever lies in its place; what a link leads to is left alone."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink()


def _place(scratch: Path, place: Path) -> None:
    try:
        scratch.rename(place)
    except OSError:
        if not place.is_dir():
            raise
        # another build was faster; both made the same


def _write_manifest(place: Path, fingerprint: Fingerprint, files: dict[str, str]) -> None:
    manifest = {"fingerprint": dict(fingerprint.ingredients), "files": files}
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False)
    (place / MANIFEST).write_text(text, "utf-8")


def _check(place: Path) -> None:
    if place.is_symlink() or not place.is_dir():
        raise Damaged(f"{place}: no folder of its own")
    manifest, found = _manifest(place), _digests(place)
    if Fingerprint(manifest.fingerprint).key != place.name:
        raise Damaged(f"{place}: its manifest is another result's")
    expected = manifest.files
    wrong = sorted(n for n in {*found, *expected} if found.get(n) != expected.get(n))
    if wrong:
        raise Damaged(f"{place}: missing, changed or unknown: {', '.join(wrong)}")


def _manifest(place: Path) -> Manifest:
    path = place / MANIFEST
    try:
        if path.is_symlink() or path.stat().st_size > MOST_OF_MANIFEST:
            raise Damaged(f"{place}: its manifest cannot be read (a link, or too large)")
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError) as error:
        raise Damaged(f"{place}: its manifest cannot be read ({error})") from error


def _digests(place: Path) -> dict[str, str]:
    """The checksum of every file of a result but its manifest, by name. Raises Damaged."""
    found, size = {}, 0
    try:
        for path in _files(place):
            if path == place / MANIFEST:
                continue
            with path.open("rb") as file:
                size += os.fstat(file.fileno()).st_size
                if size > MOST_OF_RESULT:
                    raise Damaged(f"{place}: more than {MOST_OF_RESULT:,} bytes")
                checksum = hashlib.file_digest(file, "sha256").hexdigest()
            found[str(path.relative_to(place))] = checksum
    except FileNotFoundError as error:  # another build discards it
        raise Damaged(f"{place}: {error}") from error
    if not found:
        raise Damaged(f"{place}: nothing in it")
    return found


def _files(folder: Path) -> Iterator[Path]:
    """Every file in a folder and below. Raises Damaged for what is neither file nor folder."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            yield from _files(path)
        elif entry.is_file(follow_symlinks=False):
            yield path
        else:
            raise Damaged(f"{path}: a link, or no file")
