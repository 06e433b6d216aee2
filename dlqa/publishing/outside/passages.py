"""What of a page's HTML the search finds by itself: sections, follow-ups and claims, each with its text."""

import re
from html import escape
from html.parser import HTMLParser

import msgspec

from dlqa.publishing.formulas.line import line

FORMULA = re.compile(
    r'<span class="(?P<kind>formula\b[^"]*)"[^>]*>.*?(?P<math><math.*?</math>)</span>', re.S
)
SILENT = {"pre", "script", "style", "svg", "math", "nav", "button", "form", "h1"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
INLINE = {"a", "abbr", "b", "code", "em", "i", "kbd", "mark", "s", "small", "span", "strong"}
INLINE |= {"sub", "sup", "u"}
FOLDS = {"question", "claim"}  # which are found by themselves
HEADINGS = {"h2", "h3"}


class Passage(msgspec.Struct):
    """A part of a page with its id, "" for what stands before the first; code apart."""

    id: str
    title: str = ""
    text: str = ""
    code: str = ""
    section: str = ""  # the heading's under which it stands


def passages(html: str) -> list[Passage]:
    """The passages of a page's HTML, in its order."""
    reader = _Reader()
    reader.feed(FORMULA.sub(_inline, html))
    reader.close()
    whole: dict[str, Passage] = {}  # what stands before and after a fold is one
    for each in reader.found:
        first = whole.setdefault(each.id, each)
        if first is not each:
            first.text, first.code = f"{first.text} {each.text}", f"{first.code} {each.code}"
    for each in whole.values():
        each.title, each.text = _tidy(each.title), _tidy(each.text)
    return list(whole.values())


def _inline(formula: re.Match[str]) -> str:
    """A formula within a sentence is a part of it; one that stands alone is a picture."""
    return " " if "--display" in formula["kind"] else escape(line(formula["math"]))


def _tidy(text: str) -> str:
    return " ".join(text.replace("\u2060", "").split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = [Passage("")]
        self._silent: list[str] = []  # the tag that is passed over, once a depth
        self._folds: list[Passage | None] = []  # what each open fold interrupts
        self._titled = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kinds = set((given.get("class") or "").split())
        if self._silent:
            self._silent += [tag] if tag == self._silent[0] else []
        elif tag not in VOID and (
            tag in SILENT or "data-search-exclude" in given or "headerlink" in kinds
        ):
            self._silent = [tag]
            self._end_of_line(tag)
        elif tag in HEADINGS:
            self._begin(Passage(given.get("id") or "", section=given.get("id") or ""))
        elif tag == "details":
            own = bool(kinds & FOLDS)
            self._folds.append(self.found[-1] if own else None)
            if own:
                self._begin(Passage("", section=self.found[-1].section))
                self._titled = False
        else:
            self._titled = self._titled or (tag == "summary" and self._is_fold())
            if given.get("id") and self._titled and not self.found[-1].id:
                self.found[-1].id = str(given["id"])
            self._end_of_line(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent[0]:
                self._silent.pop()
            return
        if tag in HEADINGS or tag == "summary":
            self._titled = False
        elif tag == "details" and self._folds and (before := self._folds.pop()):
            self.found.append(Passage(before.section, section=before.section))
        self._end_of_line(tag)

    def handle_data(self, data: str) -> None:
        if self._silent:
            if self._silent[0] == "pre":
                self.found[-1].code += data
        elif self._titled:
            self.found[-1].title += data
        else:
            self.found[-1].text += data

    def _begin(self, passage: Passage) -> None:
        self.found.append(passage)
        self._titled = True

    def _is_fold(self) -> bool:
        return bool(self._folds) and self._folds[-1] is not None

    def _end_of_line(self, tag: str) -> None:
        if tag not in INLINE:
            self.handle_data("\n")
