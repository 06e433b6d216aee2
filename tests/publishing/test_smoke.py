"""What is asked of a published site, on one that is whole and on others that are not."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.browser.serving import StaticServer
from tests.browser.smoke import broken_links, wrongs
from tests.conftest import SUBFOLDER
from tests.publishing.project import Project


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with StaticServer(folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{SUBFOLDER}"
        server.shutdown()


def found(home: str, patience: int = 20) -> list[str]:
    """In a thread of its own: a worker's own browser may be open."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(lambda: list(wrongs(home, patience=patience))).result()


def test_nothing_is_wrong_with_a_site_as_it_was_built(made: Project) -> None:
    with served(made.site) as home:
        assert found(home) == []


def test_what_does_not_work_is_told(project: Project) -> None:
    (project.site / "snippets/coin/toss.py").unlink()
    (project.site / "search/search_index.json").write_text("{}", "utf-8")
    for path in (project.site / "figures/coin").glob("running.*.zh.svg"):
        path.unlink()
    with served(project.site) as home:
        told = "\n".join(found(home, patience=4))
    assert "snippets/coin/toss.py, linked from" in told
    assert "the search: " in told
    assert "the search in English" not in told
    assert "a key leaves its live figure as it was" in told


def test_a_site_that_is_not_there_is_told() -> None:
    (fault, *_) = broken_links("http://127.0.0.1:9/")
    assert "refused" in fault


def test_an_address_may_have_spaces_and_any_letters(tmp_path: Path) -> None:
    links = ("a b.html", "页.html?tag=object detection#x", "empty.txt", "missing.html?q=1")
    page = "".join(f'<a href="{link}">x</a>' for link in links)
    for name, text in {
        "index.html": page,
        "a b.html": page,
        "页.html": page,
        "empty.txt": "",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "404.html").write_text("lost", "utf-8")
    with served(tmp_path) as home:
        empty, missing = sorted(broken_links(home))
    assert empty.startswith(f"{home}empty.txt, linked from {home}: nothing in it")
    assert missing.startswith(f"{home}missing.html, linked from {home}: ")
