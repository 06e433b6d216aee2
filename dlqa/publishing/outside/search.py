"""What the search is told of a page and keeps of it: answers first, words as they are asked for.

Code is searched in a field of its own, which no result shows; formulas are lines of text. Chinese is
also found by traditional characters: the index carries those that mean one of its own.
"""

import json
import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

import jieba
from opencc import OpenCC

from dlqa.publishing.formulas.line import line

BEHIND = 0.1  # the weight of exercises, lists and code beside an answer's
CHINESE = re.compile(r"[\u3400-\u9fff]")
JOINT = "\u200b"  # where Material's index joins the words of Chinese
FORMULA = re.compile(r'<span class="formula\b[^>]*>.*?(<math.*?</math>)</span>', re.S)
CODE = re.compile(r"\s*<pre>(?:<code>)?(.*?)(?:</code>)?</pre>", re.S)
EMPTY = re.compile(r"\s*<p>\s*</p>")  # what a figure or a table leaves that is not searched
LOOSE = re.compile(
    f"{JOINT}(?=[，。、；：？！）」』》”…])|(?<=[（「『《“]){JOINT}"
)  # no line breaks here
NAME = re.compile(r"[^\W\d][\w.]*\w")
HAN = [chr(sign) for sign in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
TRADITIONAL = ("t2s", "tw2s", "hk2s")  # OpenCC's names: in general, of Taiwan, of Hong Kong


def told(meta: Mapping[str, Any]) -> dict[str, Any]:
    """A page's front matter with what Material's search reads of it."""
    weight = {} if "question" in meta else {"search": {"boost": BEHIND, **meta.get("search", {})}}
    if "tags" not in meta:
        return {**meta, **weight}
    return {**meta, **weight, "tags": [_cut(tag) for tag in meta["tags"]]}


def readable(html: str) -> str:
    """A page as the search is to read it."""
    return FORMULA.sub(lambda each: escape(line(each[1])), html)


def sorted_out(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What Material made of a page or a section: its code apart, tags once a page."""
    code = " ".join(CODE.findall(entry["text"]))
    made = {**entry, "text": LOOSE.sub("", EMPTY.sub("", CODE.sub("", entry["text"])))}
    if code:
        made["code"] = " ".join(_names(unescape(code)))
    if "#" in entry["location"]:
        made.pop("tags", None)
    return made


def folded(written: str) -> str:
    """The index that Material writes, with the traditional characters that find something in it."""
    index = json.loads(written)
    text = json.dumps(index, ensure_ascii=False)
    if CHINESE.search(text):
        index["config"]["folding"] = _folding({*text})
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def _cut(tag: str) -> str:
    """A Chinese tag in its words; any other as it is."""
    return JOINT.join(jieba.cut(tag)) if CHINESE.search(tag) else tag


def _names(code: str) -> dict[str, None]:
    """The names in code, each once; of `nn.Linear` its parts as well."""
    names = NAME.findall(code.replace(JOINT, ""))
    return dict.fromkeys(part for name in names for part in (name, *name.split(".")))


def _folding(ours: set[str]) -> dict[str, str]:
    """Traditional characters that are not ours, by what they are where that is ours."""
    found: dict[str, str] = {}
    for name in TRADITIONAL:
        for old, new in zip(HAN, OpenCC(name).convert("\n".join(HAN)).split("\n"), strict=True):
            if old not in ours and new in ours:
                found.setdefault(old, new)
    return found
