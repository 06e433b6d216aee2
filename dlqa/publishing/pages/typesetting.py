"""Where lines of a page's text may break and may not."""

import re

SKIPPED = r"<(?P<skip>pre|script|style|svg)\b.*?</(?P=skip)>"
CODE = r"(?<=<code>)(?P<code>[^<]+)(?=</code>)"
FORMULA = r'(?P<formula><span class="formula"[^>]*>.*?</math></span>)(?P<closing>[，。、；：！？）”’》…,.;:!?)\]]*)'
NUMBER = r"(?P<number>[0-9]) (?=[\u3400-\u9fff])"
AFTER_SIGN = re.compile(r"""(?<=[=(/])(?=[\w&"'\[])""")
PLACES = re.compile(rf"{SKIPPED}|{FORMULA}|{CODE}|<[^>]*>|{NUMBER}", re.S)


def joined(html: str) -> str:
    """HTML whose formulas keep their comma, numbers the Chinese word that they count, code its words.

    >>> from dlqa.publishing.pages.typesetting import joined
    >>> joined("<p>每类 5 张</p>")
    '<p>每类 5\\xa0张</p>'
    """
    return PLACES.sub(_joined, html)


def _joined(place: re.Match[str]) -> str:
    if place["number"]:
        return f"{place['number']}\xa0"
    if place["code"]:
        return AFTER_SIGN.sub("<wbr>", place["code"])
    if place["closing"]:
        return f'<span class="joined">{place["formula"]}{place["closing"]}</span>'
    return place[0]
