"""What the search finds in a language's pages, in parts that a browser loads as a query asks for them.

The index names pages and words; `terms/<n>.json` holds a share of all terms with the passages that
have them, `pages/<n>.json` what a result shows of a page. `docs/theme/assets/search.js` reads them.
"""

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
from opencc import OpenCC

from dlqa.publishing.outside.passages import Passage, passages
from dlqa.publishing.outside.terms import ENDING, HAN, weighed
from dlqa.publishing.store.fingerprint import digest

INDEX = "search_index.json"  # where Material's own script looks for it
BEHIND = 0.1  # the weight of exercises and lists beside an answer's
TITLE, TAGS, HEADING, ANSWER, TEXT, ASIDE, CODE = 12.0, 8.0, 4.0, 2.0, 1.0, 0.3, 0.3
ASIDES = {"method", "errata", "references", "rubric"}  # which mention more than they answer
WIDE = 180  # a teaser's letters, of which a Chinese character takes two
SHARE = 800  # postings in a file, about 3 kB gzipped
NAME = re.compile(r"[^\W\d][\w.]*\w")
SIGNS = [chr(sign) for sign in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
TRADITIONAL = ("t2s", "tw2s", "hk2s")  # OpenCC's names: in general, of Taiwan, of Hong Kong


class Entry(msgspec.Struct):
    """A page or a passage as a result shows it, and how much each term says of it."""

    id: str
    title: str
    teaser: str
    terms: dict[str, int]


class Entries(msgspec.Struct):
    """A page, first by itself, then its passages."""

    location: str
    weight: float
    entries: list[Entry]


def entries(location: str, title: str, meta: Mapping[str, Any], html: str) -> Entries:
    """What is to be found of a page: nothing of one that keeps out of the search."""
    if (meta.get("search") or {}).get("exclude"):
        return Entries(location, BEHIND, [])
    found = passages(html)
    own = [title, *meta.get("aliases", [])]
    about = str(meta.get("description", ""))
    first = [each for each in found if each.id in ("", "answer")]
    page = [(name, TITLE) for name in own] + [(tag, TAGS) for tag in meta.get("tags", [])]
    page += [(about, ANSWER)] + [(each.text, ANSWER) for each in first]
    said = about or next((each.text for each in found if each.text), "")
    made = [Entry("", title, teaser(said), weighed(page))]
    made += [_entry(each) for each in found if each.id]
    return Entries(location, 1.0 if "question" in meta else BEHIND, made)


def _entry(passage: Passage) -> Entry:
    text = ASIDE if passage.section in ASIDES else TEXT
    names = " ".join(dict.fromkeys(NAME.findall(unescape(passage.code))))
    fields = [(passage.title, HEADING), (passage.text, text), (names, CODE)]
    return Entry(passage.id, passage.title, teaser(passage.text), weighed(fields))


def teaser(text: str) -> str:
    """The beginning of a text, up to the end of a sentence or a word, with a sign that it goes on."""
    width = 0
    for place, sign in enumerate(text):
        width += 2 if HAN.match(sign) or sign in "，。；：、（）" else 1
        if width > WIDE:
            begun = text[:place]
            whole = max(begun.rfind(end) for end in ("。", "？", ". ", "? "))
            if whole > place // 2:
                return begun[: whole + 1]
            space = begun.rfind(" ")
            return begun[: space if space > place - 12 else place].rstrip("，；：、,;: ") + "…"
    return text


def index(
    pages: Sequence[Entries], synonyms: Mapping[str, str], folder: str = ""
) -> dict[str, str]:
    """The files of a search by their paths, the index itself as INDEX.

    `folder` is the language's below the site's root, where the script is.
    """
    postings: dict[str, list[int]] = defaultdict(list)
    for place, page in enumerate(pages):
        for number, entry in enumerate(page.entries):
            for term, weight in entry.terms.items():
                postings[term] += (place, number, weight)
    count = 1 + sum(map(len, postings.values())) // 3 // SHARE
    shares: list[dict[str, list[int]]] = [{} for _ in range(count)]
    for term in sorted(postings):
        shares[share_of(term, count)][term] = postings[term]
    found = {f"terms/{place}.json": _json(share) for place, share in enumerate(shares)}
    for place, page in enumerate(pages):
        shown = [[each.id, each.title, each.teaser] for each in page.entries]
        found[f"pages/{place}.json"] = _json(shown)
    config = {
        "folder": folder,
        "version": digest("".join(found.values()).encode()),
        "pages": [[page.location, page.weight] for page in pages],
        "shares": count,
        "ending": ENDING,
        "words": " ".join(sorted(term for term in postings if not HAN.match(term))),
        "synonyms": {key.lower(): value for key, value in synonyms.items()},
        "folding": _folding({sign for term in postings for sign in term if HAN.match(sign)}),
    }
    config["separator"] = r"[\s\-]+"  # at which Material's own script takes apart what a page marks
    return found | {INDEX: _json({"config": config, "docs": []})}


def share_of(term: str, count: int) -> int:
    """Which of so many files has a term; a hash that a script computes as easily."""
    sum_ = 0
    for sign in term:
        sum_ = (sum_ * 31 + ord(sign)) % 65521
    return sum_ % count


def synonyms_of(language: str) -> dict[str, str]:
    """What readers of a language type for a word that pages have, from the table beside this file."""
    path = Path(__file__).with_name(f"synonyms.{language}.toml")
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


def _folding(ours: set[str]) -> dict[str, str]:
    """Traditional characters that are not ours, by what they are where that is ours."""
    found: dict[str, str] = {}
    if not ours:
        return found
    for name in TRADITIONAL:
        for old, new in zip(SIGNS, OpenCC(name).convert("\n".join(SIGNS)).split("\n"), strict=True):
            if old not in ours and new in ours:
                found.setdefault(old, new)
    return found


def _json(made: object) -> str:
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))
