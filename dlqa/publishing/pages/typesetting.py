"""What Markdown cannot write: where lines break, chosen numbers as text, a table's empty corner."""

import re

SKIPPED = r"<(?P<skip>pre|script|style|svg)\b.*?</(?P=skip)>"
CODE = r"(?<=<code>)(?P<code>[^<]+)(?=</code>)"
CHOSEN = r"<code>(?P<chosen>(?:[-−]?\d[\d.,]*(?:e-?\d+)?(?: ?%)?|N\([^<()]*\)))</code>"
LAST = r"(?P<last>[^\s<>&;])(?P<mark>[？！])(?=</a>)"
POWER = re.compile(r"(-?[\d.]+)e(-?\d+)")
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
FORMULA = r'(?P<formula><span class="formula"[^>]*>.*?</math></span>)(?P<closing>[，。、；：！？）”’》…,.;:!?)\]]*)'
NUMBER = r"(?P<number>[0-9]) (?=[\u3400-\u9fff])"
AFTER_SIGN = re.compile(r"""(?<=[=(/])(?=[\w&"'\[])""")
EMPTY_HEADER = re.compile(r"<th((?: [^>]*)?)></th>")
HEADING = re.compile(r"<h[123]\b.*?</h[123]>", re.S)
COMPOUND = re.compile(r"<[^>]*>|(?P<word>[A-Za-z]+(?:-[A-Za-z]+)+)")
PLACES = re.compile(rf"{SKIPPED}|{FORMULA}|{CHOSEN}|{CODE}|{LAST}|<[^>]*>|{NUMBER}", re.S)


def joined(html: str) -> str:
    """HTML whose formulas keep their comma, numbers the Chinese word that they count, code its words.

    A heading breaks in no word of several, as all-zero is. Numbers that pages set as code, for they were chosen and not measured, become text.

    >>> from dlqa.publishing.pages.typesetting import joined
    >>> joined("<p>每类 5 张</p>")
    '<p>每类 5\\xa0张</p>'
    """
    return HEADING.sub(_whole, PLACES.sub(_joined, html))


def cornered(html: str) -> str:
    """HTML whose empty table headers, which would head a column without a name, are plain cells.

    >>> from dlqa.publishing.pages.typesetting import cornered
    >>> cornered("<tr><th></th><th>few</th></tr>")
    '<tr><td></td><th>few</th></tr>'
    """
    return EMPTY_HEADER.sub(r"<td\1></td>", html)


def _whole(heading: re.Match[str]) -> str:
    def kept(part: re.Match[str]) -> str:
        return f'<span class="joined">{part["word"]}</span>' if part["word"] else part[0]

    return COMPOUND.sub(kept, heading[0])


def _joined(place: re.Match[str]) -> str:
    if place["number"]:
        return f"{place['number']}\xa0"
    if place["chosen"]:
        return f'<span class="chosen">{_set(place["chosen"])}</span>'
    if place["mark"]:  # wide, and half of it empty: a link's line ends before it
        mark = f'<span class="mark-end">{place["mark"]}</span>'
        return f'<span class="joined">{place["last"]}{mark}</span>'
    if place["code"]:
        return AFTER_SIGN.sub("<wbr>", place["code"])
    if place["closing"]:
        return f'<span class="joined">{place["formula"]}{place["closing"]}</span>'
    return place[0]


def _set(number: str) -> str:
    """A number as print has it: a minus, a power of ten, nothing that would part it."""
    power = POWER.fullmatch(number)
    if power:
        factor = "" if power[1] == "1" else f"{power[1]}\xa0×\xa0"
        number = f"{factor}10{str(int(power[2])).translate(RAISED)}"
    return number.replace(" ", "\xa0").replace("-", "−")
