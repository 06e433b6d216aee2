"""What the search is told of a page: answers come first, and tags are cut into words as texts are."""

import re
from collections.abc import Mapping
from typing import Any

import jieba

BEHIND = 0.2  # the weight of exercises, lists and code beside an answer's
CHINESE = re.compile(r"[\u3400-\u9fff]")
JOINT = "\u200b"  # where Material's index joins the words of Chinese


def told(meta: Mapping[str, Any]) -> dict[str, Any]:
    """A page's front matter with what Material's search reads of it."""
    weight = {} if "question" in meta else {"search": {"boost": BEHIND, **meta.get("search", {})}}
    if "tags" not in meta:
        return {**meta, **weight}
    return {**meta, **weight, "tags": [_cut(tag) for tag in meta["tags"]]}


def _cut(tag: str) -> str:
    """A Chinese tag in its words; any other as it is."""
    return JOINT.join(jieba.cut(tag)) if CHINESE.search(tag) else tag
