"""The page that says how to install `dlqa`, followed word by word, with its site served to this machine.

The installers are told where the site is and that there is no other index; what `dlqa` needs is
linked into their environments (`environments`).
"""

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup

from dlqa.publishing.store.shelves import Store
from tests.browser.serving import StaticServer
from tests.conftest import HOST, BuiltSite
from tests.installed.environments import Environment, link_needed
from tests.publishing.project import COMMANDS, HOME, Done

NOWHERE = f"http://{HOST}/answers/no-index/"  # in place of PyPI


def commands(site: BuiltSite, language: str) -> dict[str, list[str]]:
    """The commands that the page shows, by the ids of its sections."""
    page = BeautifulSoup(site.text(site.page(language, "install") + "index.html"), "html.parser")
    found: dict[str, list[str]] = {}
    for heading in page.select("article h2[id]"):
        block = heading.find_next("pre")
        if block is not None and block.find_previous("h2") is heading:
            lines = block.get_text().splitlines()
            assert all(line.startswith("$ ") for line in lines), lines
            found[str(heading["id"])] = [line.removeprefix("$ ") for line in lines]
    return found


@dataclass(frozen=True)
class Reader:
    """Someone with a shell in an empty folder, who can reach the site and nothing else."""

    folder: Path
    port: int
    wheel: Path  # whose needs are linked

    def follow(self, lines: list[str], **more: str) -> Done:
        """What a shell says to these lines, the first of which that fails being the last."""
        done = subprocess.run(
            ["sh", "-ec", "\n".join(lines)],
            cwd=self.folder,
            env=self._environment() | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return Done(done.returncode, done.stdout)

    def install(self, lines: list[str], extra: str = "") -> Environment:
        """The environment that the first line makes and the others install into."""
        made = self.follow(lines[:1])
        assert made.code == 0, made.output
        environment = Environment(self.folder / "dlqa-env")
        link_needed(environment, self.wheel, extra)
        done = self.follow(lines[1:])
        assert done.code == 0, done.output
        return environment

    def _environment(self) -> dict[str, str]:
        ours = {"PYTHONPATH", "VIRTUAL_ENV"}
        kept = {k: v for k, v in os.environ.items() if k not in ours and "PROXY" not in k.upper()}
        kept = {k: v for k, v in kept.items() if not k.startswith(("PIP_", "UV_"))}
        return kept | {
            "PATH": f"{COMMANDS}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "http_proxy": f"http://127.0.0.1:{self.port}",
            "DLQA_STORE": str(Store.default(HOME).folder),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_INDEX_URL": NOWHERE,
            "PIP_TRUSTED_HOST": HOST,
            "UV_NO_CONFIG": "1",
            "UV_CACHE_DIR": str(self.folder / "uv"),
            "UV_DEFAULT_INDEX": NOWHERE,
            "UV_LINK_MODE": "copy",
            "UV_PYTHON_DOWNLOADS": "never",
        }


@contextmanager
def reading(site: BuiltSite, folder: Path) -> Iterator[Reader]:
    """A reader of the site, which is served meanwhile."""
    with StaticServer(site.folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (wheel,) = site.folder.glob("simple/dlqa/*.whl")
        yield Reader(folder, server.server_port, wheel)
        server.shutdown()
