"""What a built site's search knows: what its results show, and the terms that lead to them."""

import json
from pathlib import Path
from typing import NamedTuple


class Shown(NamedTuple):
    location: str
    title: str
    teaser: str


def shown(folder: Path) -> list[Shown]:
    """All that a language's search can show, page by page; `folder` is the language's."""
    search = folder / "search"
    config = json.loads((search / "search_index.json").read_text("utf-8"))["config"]
    found = []
    for place, (location, _) in enumerate(config["pages"]):
        entries = json.loads((search / f"pages/{place}.json").read_text("utf-8"))
        found += [Shown(location + (id and f"#{id}"), *rest) for id, *rest in entries]
    return found


def terms(folder: Path) -> set[str]:
    """All terms that find something."""
    shares = (folder / "search/terms").glob("*.json")
    return {term for share in shares for term in json.loads(share.read_text("utf-8"))}
