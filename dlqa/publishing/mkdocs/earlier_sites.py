"""Of a server: languages and files of which an edit changed nothing, taken over from its last build."""

import os
import shutil
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from dlqa.publishing.mkdocs.memory import Memory, State

Generated = Mapping[str, str | bytes]  # files by their paths


class EarlierSites:
    """What builds have written, by language, each with what it depends on.

    A site's folder is emptied by the next build, so its files are kept under another name as well;
    a build writes no file that is there, so both names always hold the same.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._made_of: dict[str, tuple[State, Generated]] = {}  # the site that is being built
        self._generated: dict[str, Generated] = {}  # what the last one has of it
        self._place: Path | None = None

    def has(self, language: str, docs: State, generated: Generated) -> bool:
        """Whether a build made that language's site of the same pages and generated files."""
        self._made_of[language] = docs, generated
        return self._memory.has(language, self._made_of[language])

    def take_over(self, file: File, language: str) -> None:
        """Lets a generated file that the last site has as it is be that one."""
        last = self._generated.get(language, {}).get(file.src_uri)
        if self._place and last is not None and last == file._content:
            kept = self._place / language / file.dest_uri
            file.copy_file = lambda *_: _named_again(kept, file.abs_dest_path)  # type: ignore[method-assign]

    def leave(self, config: MkDocsConfig, language: str) -> None:
        """Keeps the site in its folder for later builds, or puts there what an earlier one kept.

        The sites of the languages below it are not there yet.
        """
        site = Path(config.site_dir)
        if self._place is None:  # beside the site: names for one file stand on one disk
            self._place = Path(tempfile.mkdtemp(prefix=f"{site.name}-", dir=site.parent))
        kept, made_of = self._place / language, self._made_of[language]
        if self._memory.has(language, made_of):
            shutil.copytree(kept, site, copy_function=_named_again, dirs_exist_ok=True)
        else:
            _removed_meanwhile(kept)
            self._memory.recall(
                language, made_of, lambda: shutil.copytree(site, kept, copy_function=os.link)
            )
            self._generated[language] = made_of[1]

    def close(self) -> None:
        if self._place:
            shutil.rmtree(self._place, ignore_errors=True)


def _removed_meanwhile(folder: Path) -> None:
    """Nobody waits until a disk has forgotten what a folder held."""
    if folder.exists():
        aside = Path(tempfile.mkdtemp(prefix="old-", dir=folder.parent))
        folder.rename(aside / folder.name)
        threading.Thread(target=shutil.rmtree, args=(aside, True), daemon=True).start()


def nothing_to_make(config: MkDocsConfig) -> None:
    """Lets MkDocs draw no page of its own where no page is given either."""
    config.nav = None
    config.theme.static_templates = set()


def _named_again(source: str | Path, target: str | Path) -> None:
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).unlink(missing_ok=True)
    os.link(source, target)
