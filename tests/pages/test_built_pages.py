"""The built pages, citations expanded: answers that can be spoken, Chinese that is set well."""

import re
from html.parser import HTMLParser

import pytest

from dlqa.publishing.store.catalog import questions
from tests.conftest import BuiltSite
from tests.pages.chinese import HAN, in_text

SLUGS = [question.slug for question in questions()]
LONGEST = {"zh": 130, "en": 80}  # Chinese characters, words: what is spoken in 30 seconds; page.md
BLOCKS = {"p", "li", "td", "th", "dt", "dd", "summary", "figcaption", "h1", "h2", "h3"}
BLOCKS |= {"text", "title", "desc"}  # of figures
BLOCKS |= {"legend", "label", "input", "option", "output"}  # of forms
APART = {"counts", "verdict"}  # classes of what is set apart within a block
LISTS = {"links", "trainer__readout"}  # classes of what is read child by child
UNREAD = {"pre", "script", "style", "button", "nav", "metadata"}


class Reader(HTMLParser):
    """The texts of an article's blocks, each under the id of its second-level heading."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._section, self._text, self._inside = "", "", False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self._inside |= tag == "article"
        classes = {*(given.get("class") or "").split()}
        if tag in BLOCKS or APART & classes or self._open[-1:] == ["links"]:
            self._end_block()
        if tag == "h2":
            self._section = given.get("id") or ""
        if {"headerlink", "formula-tex", "sign"} & classes:
            tag = "button"  # a sign, not a word
        if LISTS & classes:
            tag = "links"  # of which each is read by itself
        if APART & classes:
            tag = "apart"
        if tag not in {"br", "img", "meta", "link", "input", "path", "use", "hr"}:
            self._open.append(tag)
        if tag in {"code", "math"}:
            self._text += "x"

    def handle_endtag(self, tag: str) -> None:
        self._inside &= tag != "article"
        if tag in BLOCKS or self._open[-1:] == ["apart"]:
            self._end_block()
        if self._open:
            self._open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_data(self, data: str) -> None:
        if self._inside and not {*self._open} & {*UNREAD, "code", "math"}:
            self._text += data

    def _end_block(self) -> None:
        if self._text.strip():
            self.blocks.append((self._section, " ".join(self._text.split())))
        self._text = ""


def blocks(html: str) -> list[tuple[str, str]]:
    reader = Reader()
    reader.feed(html)
    return reader.blocks


def spoken(text: str, language: str) -> int:
    """Chinese characters, each number or Latin word as one; or English words."""
    if language == "zh":
        return len(re.findall(rf"{HAN}|[A-Za-z]+|\d+(?:[.,]\d+)*", text))
    return len(re.findall(r"\S*\w\S*", text))


def answer(html: str) -> str:
    """The text of the answer's section, its heading apart."""
    return " ".join([text for section, text in blocks(html) if section == "answer"][1:])


@pytest.mark.parametrize("language", LONGEST)
@pytest.mark.parametrize("slug", SLUGS)
def test_an_answer_can_be_spoken_in_30_seconds(site: BuiltSite, slug: str, language: str) -> None:
    text = answer(site.text(f"{site.page(language, slug)}index.html"))
    assert "{{" not in text
    assert 20 < spoken(text, language) <= LONGEST[language], text


def test_every_chinese_page_is_set_well_with_what_the_build_adds(site: BuiltSite) -> None:
    found = []
    for path in site.pages("zh"):
        read = blocks(site.file(path).read_text("utf-8"))
        assert len(read) > 2, path
        found += [f"{path}: {fault}" for _, text in read for fault in in_text(text)]
    assert not found, "\n".join(found)


def test_a_blocks_text_is_read_without_code_marks_and_scripts() -> None:
    html = (
        "<article><h2 id='answer'>回答<a class='headerlink' href='#'>¶</a></h2>"
        "<p>见 <code>abc</code>，<b>很</b>好<span class='sign verdict--undecided'>?</span>。</p><pre>no</pre><script>no</script></article><p>no</p>"
    )
    assert blocks(html) == [("answer", "回答"), ("answer", "见 x，很好。")]


def test_what_is_set_apart_is_read_apart() -> None:
    terms = "<dl><dt>用时</dt><dd>1 秒</dd><dt>机器</dt><dd>AMD</dd></dl>"
    line = "<ul><li>为什么？ <span class='counts'><span class='verdict'>✓ 成立</span> 4</span></li></ul>"
    links = "<p class='links'><a>SVG</a> <span>论断 <a>m6</a></span></p>"
    assert [text for _, text in blocks(f"<article>{terms}{line}{links}</article>")] == [
        "用时", "1 秒", "机器", "AMD", "为什么？", "✓ 成立", "4", "SVG", "论断 m6",
    ]  # fmt: skip


def test_a_claims_sign_is_no_word() -> None:
    way = "重置<a>它<span class='sign verdict--undecided'>?</span></a>仍有损失"
    assert blocks(f"<article><p>{way}</p></article>") == [("", "重置它仍有损失")]


@pytest.mark.parametrize(
    ("text", "language", "length"),
    [("准确率 64.6 %，XOR。", "zh", 5), ("Xavier, at 64.6 %, wins.", "en", 4)],
)
def test_length_counts_what_is_spoken(text: str, language: str, length: int) -> None:
    assert spoken(text, language) == length


def test_the_answer_is_its_section_without_the_heading() -> None:
    html = "<article><h2 id='answer'>Short</h2><p>One.</p><p>Two.</p><h2 id='code'>Code</h2><p>No."
    assert answer(html) == "One. Two."
