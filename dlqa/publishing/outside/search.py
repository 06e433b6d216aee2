"""What the search is told of a page: answers come first, and tags are cut into words as texts are."""

from collections.abc import Mapping
from typing import Any

import jieba

BEHIND = 0.2  # the weight of exercises, lists and code beside an answer's
JOINT = "\u200b"  # where Material's index joins the words of Chinese


def told(meta: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A page's front matter with what Material's search reads of it."""
    weight = {} if "question" in meta else {"search": {"boost": BEHIND, **meta.get("search", {})}}
    if language != "zh" or "tags" not in meta:
        return {**meta, **weight}
    return {**meta, **weight, "tags": [JOINT.join(jieba.cut(tag)) for tag in meta["tags"]]}
