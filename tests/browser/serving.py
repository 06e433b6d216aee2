"""The built site behind a plain file server: from a subfolder, gzipped, `404.html` for all else."""

import functools
import gzip
import http.server
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.conftest import HOST, SUBFOLDER

TEXTS = {".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".txt", ".py", ".ipynb"}


class StaticServer(http.server.ThreadingHTTPServer):
    """Files below SUBFOLDER, compressed where the client takes it, as a host of static sites does."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves a page hangs up on what is still being sent."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def url(self) -> str:
        """The address for which the site was built; the browser is told where it is served."""
        return f"http://{HOST}{SUBFOLDER}"


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept, as any host keeps them

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        if path.suffix in TEXTS and path.is_file():
            self._answer(200, path)
        else:
            super().do_GET()

    def translate_path(self, path: str) -> str:
        plain = unquote(urlsplit(path).path)
        inside = plain.removeprefix(SUBFOLDER) if plain.startswith(SUBFOLDER) else "outside"
        return super().translate_path("/" + inside)

    def send_error(self, code: int, *_: str | None) -> None:
        self._answer(code, Path(self.directory) / "404.html")

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _answer(self, code: int, path: Path) -> None:
        compress = "gzip" in self.headers.get("Accept-Encoding", "")
        body = compressed(path, path.stat().st_mtime_ns) if compress else path.read_bytes()
        kind = self.guess_type(path)
        self.send_response(code)
        self.send_header("Content-Type", kind + "; charset=utf-8" * kind.startswith("text/"))
        self.send_header("Content-Length", str(len(body)))
        if compress:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)


@functools.lru_cache(maxsize=256)
def compressed(path: Path, _changed: int) -> bytes:
    """The file as gzip's usual level leaves it."""
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)
