"""The parts of snippets that pages embed: expanded as the site does it, run where they stand."""

import contextlib
import io
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

EMBED = re.compile(r'--8<-- "(?P<file>[^":]+)(?::(?P<section>[a-z][\w-]*))?"')
MARKER = re.compile(r"^[ \t]*# --8<-- \[(?P<type>start|end):(?P<name>[\w-]+)\][ \t]*$")


@dataclass(frozen=True)
class Piece:
    """A section of a snippet, or all of it: its code at the file's own line numbers."""

    path: Path
    section: str | None
    code: str


def site_config(root: Path) -> MkDocsConfig:
    """The site's own configuration."""
    return load_config(str(root / "mkdocs.yml"))


class Snippets:
    """The folder of snippets, read as the site reads it."""

    def __init__(self, root: Path) -> None:
        settings = dict(site_config(root).mdx_configs["pymdownx.snippets"])
        settings["base_path"] = [str(place) for place in settings["base_path"]]
        (folder,) = settings["base_path"]
        self.folder = Path(folder)
        markdown = Markdown(
            extensions=["pymdownx.snippets"], extension_configs={"pymdownx.snippets": settings}
        )
        self._preprocessor = markdown.preprocessors["snippet"]

    def expand(self, line: str) -> list[str]:
        """What the site shows for an embedding line. Raises the extension's own error."""
        return self._preprocessor.run([line])

    def piece(self, file: str, section: str | None) -> Piece:
        """The embedded code. Raises ValueError where the site would show other lines."""
        path = self.folder / file
        kept = _lines(path.read_text("utf-8"), section)
        shown = self.expand(f'--8<-- "{file}:{section}"' if section else f'--8<-- "{file}"')
        if [line for line in kept if line] != [line for line in shown if line]:
            raise ValueError(f"{path}: the site shows other lines than {section or 'the file'}")
        return Piece(path, section, "\n".join(kept) + "\n")


class Runs:
    """What pieces print: each chain is run once, however many pages show it."""

    def __init__(self) -> None:
        self._printed: dict[tuple[Piece, ...], str] = {}
        self._live: dict[Path, tuple[tuple[Piece, ...], dict[str, object]]] = {}

    def printed(self, chain: tuple[Piece, ...]) -> str:
        """What the chain's last piece prints after the others have run."""
        if chain not in self._printed:
            done, namespace = self._live.get(chain[0].path, ((), {}))
            if chain[: len(done)] != done:
                done, namespace = (), {}
            for length in range(len(done) + 1, len(chain) + 1):
                self._live.pop(
                    chain[0].path, None
                )  # a piece that fails leaves nothing to go on from
                self._printed[chain[:length]] = _run(chain[length - 1], namespace)
                self._live[chain[0].path] = chain[:length], namespace
        return self._printed[chain]


def _lines(text: str, section: str | None) -> list[str]:
    """The file's lines, empty where they are markers or outside of the section."""
    kept, inside = [], section is None
    for line in text.splitlines():
        marker = MARKER.match(line)
        if marker and marker["name"] == section:
            inside = marker["type"] == "start"
        kept.append(line if inside and not marker else "")
    return kept


def _run(piece: Piece, namespace: dict[str, object]) -> str:
    namespace.setdefault("__name__", "__main__")
    code = compile(piece.code, str(piece.path), "exec")
    out = io.StringIO()
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
    ):
        exec(code, namespace)
    return out.getvalue()
