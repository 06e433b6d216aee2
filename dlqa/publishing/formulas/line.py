"""A formula as a line of text, for places that show none: what the search finds and tells of a page."""

import re
import unicodedata

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

ACCENTS = {"ˆ": "\u0302", "˜": "\u0303", "¯": "\u0304"}  # over a letter: combined with it
ABOVE = str.maketrans("0123456789+-−=()n⊤∗*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿᵀ**")
SPACED = re.compile(r"\s*([=≠≈≤≥<>←→∈∪∩,])\s*")
JOINT = "\u2061"  # after a function's name and after what stands below: a space before a letter
JOINED = re.compile(JOINT + "+([A-Za-zΑ-Ωα-ω0-9√∑∇]?)")
SIMPLE = re.compile(r"[\w.\u0302-\u0304⁰¹²³⁴-⁹⁻⁺ⁿᵀ*^]+|\|[^|]*\||‖[^‖]*‖|\([^()]*\)")


def line(mathml: str) -> str:
    r"""What the MathML of a formula says, fractions with a slash.

    >>> from dlqa.publishing.formulas.line import line
    >>> line("<math><mfrac><mn>1</mn><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></mfrac></math>")
    '1/(n+1)'
    """
    text = unicodedata.normalize("NFC", _text(BeautifulSoup(mathml, "html.parser")))
    joined = JOINED.sub(lambda joint: joint[1] and f" {joint[1]}", text)
    spaced = SPACED.sub(lambda sign: ", " if sign[1] == "," else f" {sign[1]} ", joined)
    return " ".join(spaced.split())


def _text(element: PageElement) -> str:
    if not isinstance(element, Tag):
        return re.sub("[\u2062-\u2064]", "", str(element))  # signs that are not seen
    parts = [_text(child) for child in element.children]
    match element.name:
        case "mfrac":
            return f"{_one(parts[0])}/{_one(parts[1])}"
        case "msqrt":
            return f"√{_one(''.join(parts))}"
        case "msup":
            return parts[0] + _above(parts[1])
        case "msub" | "munder":
            return parts[0] + _below(parts[1])
        case "msubsup" | "munderover":
            return parts[0] + _below(parts[1]) + _above(parts[2])
        case "mover":
            return parts[0] + ACCENTS.get(parts[1], _above(parts[1]))
        case "mtable":
            return "; ".join(parts)
        case "mtd":
            return "".join(parts) + " "
        case "mspace":
            return " " if element.get("width") else ""
    return "".join(parts)


def _one(text: str) -> str:
    """In brackets, where it would fall apart."""
    return text if SIMPLE.fullmatch(text.replace(JOINT, "")) else f"({text})"


def _below(text: str) -> str:
    return f"_{_one(text.strip())}{JOINT}"


def _above(text: str) -> str:
    raised = text.strip().translate(ABOVE)
    return raised if not {*raised} & {*text.strip()} - {"*"} else f"^{_one(text.strip())}"
