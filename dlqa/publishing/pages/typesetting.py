"""What Markdown cannot write: where lines may break and may not, and a table's empty corner."""

import re

SKIPPED = r"<(?P<skip>pre|script|style|svg)\b.*?</(?P=skip)>"
CODE = r"(?<=<code>)(?P<code>[^<]+)(?=</code>)"
FORMULA = r'(?P<formula><span class="formula"[^>]*>.*?</math></span>)(?P<closing>[，。、；：！？）”’》…,.;:!?)\]]*)'
NUMBER = r"(?P<number>[0-9]) (?=[\u3400-\u9fff])"
AFTER_SIGN = re.compile(r"""(?<=[=(/])(?=[\w&"'\[])""")
EMPTY_HEADER = re.compile(r"<th((?: [^>]*)?)></th>")
PLACES = re.compile(rf"{SKIPPED}|{FORMULA}|{CODE}|<[^>]*>|{NUMBER}", re.S)


def joined(html: str) -> str:
    """HTML whose formulas keep their comma, numbers the Chinese word that they count, code its words.

    >>> from dlqa.publishing.pages.typesetting import joined
    >>> joined("<p>每类 5 张</p>")
    '<p>每类 5\\xa0张</p>'
    """
    return PLACES.sub(_joined, html)


def cornered(html: str) -> str:
    """HTML whose empty table headers, which would head a column without a name, are plain cells.

    >>> from dlqa.publishing.pages.typesetting import cornered
    >>> cornered("<tr><th></th><th>few</th></tr>")
    '<tr><td></td><th>few</th></tr>'
    """
    return EMPTY_HEADER.sub(r"<td\1></td>", html)


def _joined(place: re.Match[str]) -> str:
    if place["number"]:
        return f"{place['number']}\xa0"
    if place["code"]:
        return AFTER_SIGN.sub("<wbr>", place["code"])
    if place["closing"]:
        return f'<span class="joined">{place["formula"]}{place["closing"]}</span>'
    return place[0]
