"""`mkdocs serve` as a writer uses it: every kind of edit shows, and then it is quiet."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.publishing.project import Project

PATIENCE = 60.0  # seconds for a build on a busy machine
QUIET = 2.5  # seconds: the server looks for changes every half second


class Server:
    """A running server, its address and the lines that it has printed."""

    def __init__(self, project: Project) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{probe.getsockname()[1]}"
        self.url = f"http://{address}/"
        self.process = project.start(
            "mkdocs", "serve", "--livereload", "--dev-addr", address, PYTHONUNBUFFERED="1"
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.lines.extend(iter(self.process.stdout.readline, ""))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()

    @property
    def builds(self) -> int:
        return sum("Building documentation..." in line for line in self.lines)

    def page(self, path: str) -> str:
        try:
            with urlopen(self.url + path, timeout=5) as answer:
                return str(answer.read().decode())
        except (URLError, ConnectionError, TimeoutError):
            return ""

    def wait_until(self, happened: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not happened():
            assert self.process.poll() is None, "".join(self.lines)
            assert time.monotonic() < end, "".join(self.lines)
            time.sleep(0.05)

    def assert_quiet(self) -> None:
        """No build begins on its own."""
        builds, end = self.builds, time.monotonic() + QUIET
        while time.monotonic() < end:
            assert self.builds == builds, "".join(self.lines)
            time.sleep(0.05)


@pytest.fixture
def server(project: Project) -> Iterator[Server]:
    server = Server(project)
    try:
        server.wait_until(lambda: "coin.mean" not in server.page("coin/") and server.builds == 1)
        server.wait_until(lambda: "公平" in server.page("coin/"))
        yield server
    finally:
        server.stop()


def test_every_kind_of_edit_shows_without_a_restart_and_then_it_is_quiet(
    project: Project, server: Server
) -> None:
    def shows(words: str, path: str = "coin/") -> None:
        server.wait_until(lambda: words in server.page(path))

    project.edit("docs/zh/coin.md", "抛十次。", "抛了十次。")
    shows("抛了十次。")
    project.edit("docs/en/coin.md", "Ten tosses.", "Ten times.")
    shows("Ten times.", "en/coin/")
    project.edit("snippets/coin/toss.py", "k=10", "k=11")
    shows("k=11", "snippets/coin/toss.py")
    project.edit("docs/theme/assets/site.css", "/* The site's look", "/* tossed */ /* The look")
    shows("/* tossed */", "assets/site.css")
    project.edit("docs/zh/coin.md", "十二个点，", "共十二个点，")
    shows("共十二个点，每点一枚硬币")
    project.edit("dlqa/questions/coin/words.zh.toml", '"整枚"', '"整枚硬币"')
    shows("整枚硬币")
    project.edit("dlqa/publishing/words.zh.toml", 'verdict = "判定"', 'verdict = "判决"')
    shows("判决")
    cornered = "def cornered(html: str) -> str:\n"
    edited = 'def cornered(html: str) -> str:\n    html = html.replace("判决", "裁决")\n'
    project.edit("dlqa/publishing/pages/typesetting.py", cornered, edited)
    shows("裁决")
    project.edit("dlqa/lab/tossing.py", ".mean()", ".mean() * 0.9")
    server.wait_until(lambda: "code of dlqa.lab.tossing changed" in "".join(server.lines))
    server.wait_until(lambda: server.lines[-1].endswith("Reloading browsers\n"))
    server.assert_quiet()


def test_a_mistake_leaves_the_server_up_until_it_is_mended(
    project: Project, server: Server
) -> None:
    project.edit("docs/zh/coin.md", "{{ coin.mean }}", "{{ coin.meam }}")
    server.wait_until(lambda: "did you mean mean?" in "".join(server.lines))
    project.edit(
        "docs/zh/coin.md",
        "公平：[正面的比例是 {{ coin.meam }}",
        "很公平：[正面的比例是 {{ coin.mean }}",
    )
    server.wait_until(lambda: "很公平：" in server.page("coin/"))


SHARED = ("assets/site.css", "404.html", "sitemap.xml", "data/coin/values.json")


def test_an_edit_of_one_language_leaves_the_other_as_it_was_with_its_faults(
    project: Project, server: Server
) -> None:
    chinese = [*SHARED, "", "coin/", "labs/coin/", "search/search_index.json"]
    english = [f"en/{path}" for path in chinese if not path.startswith(("assets/", "data/"))]
    quiet = re.compile(r"livereload\(\d+, \d+\)|<lastmod>.*?</lastmod>")  # counts the builds

    def site(paths: list[str]) -> list[str]:
        return [quiet.sub("", server.page(path)) for path in paths]

    def ended() -> bool:
        shown = sum(line.endswith("Reloading browsers\n") for line in server.lines)
        return server.builds == 1 + shown

    before = site(chinese + english)
    assert "" not in before
    project.edit("docs/en/coin.md", "Ten tosses.", "Ten times.")
    server.wait_until(lambda: "Ten times." in server.page("en/coin/") and ended())
    assert site(chinese) == before[: len(chinese)]
    after = site(english)
    project.edit("docs/zh/coin.md", "抛十次。", "抛了十次。")
    server.wait_until(lambda: "抛了十次。" in server.page("coin/") and ended())
    assert site(english) == after

    project.edit("docs/en/coin.md", "Ten times.", "[Ten times](none.md).")
    server.wait_until(lambda: "".join(server.lines).count("1 warnings in strict mode") == 1)
    project.edit("docs/zh/coin.md", "抛了十次。", "一共抛了十次。")
    server.wait_until(lambda: "".join(server.lines).count("1 warnings in strict mode") == 2)
