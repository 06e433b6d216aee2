"""How Chinese is set here: full-width punctuation, spaces beside Latin, no wrapped paragraphs."""

import re
from collections.abc import Iterator

from tests.pages.fences import fences

HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"
LATIN = r"[A-Za-z0-9]"
RULES = {
    "half-width punctuation after Chinese": rf"{HAN}[,;:?!](?!//)|{HAN}\.(?!\w)",
    "half-width punctuation before Chinese": rf"[,;?!]{HAN}",
    "half-width bracket or quote against Chinese": rf"{HAN}[(\"']|[)\"']{HAN}",
    "no space between Chinese and Latin or digits": rf"{HAN}{LATIN}|{LATIN}{HAN}",
    "space beside full-width punctuation": r"[，。；：？！、（）「」《》] +\S|\S +[，。；：？！、）」》]",
    "space between Chinese characters": rf"{HAN} +{HAN}",
}
NOT_PROSE = (  # each becomes what a reader sees in its place
    (r"^[ \t]*(?:\?\?\?\+?|!!!) [\w-]+ *", ""),
    (r"^\"|\"$", ""),
    (r"\$\$?[^$\n]+\$\$?", "x"),
    (r"\{#[\w-]+\}|\{:[^}\n]*\}", ""),
    (r"\{\{ figure .+?\}\}|\{\{ (?:downloads|questions) \}\}", ""),
    (r"\{\{.+?\}\}", "0"),
    (r"`+[^`\n]+`+", "x"),
    (r"!?\[([^\]]*)\]\([^)]*\)", r"\1"),
    (r"<https?://[^>]+>|https?://\S+", "x"),
    (r"<[^>\n]+>", ""),
    (r"\*+|(?<!\w)_+|_+(?!\w)", ""),
)
STARTS_A_BLOCK = re.compile(
    r"[ \t]*(?:$|#|[-*+] |\d+\. |\||>|!!!|\?\?\?|<|`{3}|~{3}|--8<--|\{\{|---|===|\[\^?\w+\]:)"
)


def faults(text: str) -> Iterator[tuple[int, str]]:
    """Line number and fault of every place in a page's source that breaks a rule."""
    lines = _blank_fences(text).split("\n")
    first = _front_matter(lines)
    for number, line in enumerate(lines[first:], first + 1):
        shown = _as_shown(line)
        yield from ((number, fault) for fault in in_text(shown))
        following = lines[number] if number < len(lines) else ""
        if re.search(HAN, shown) and _goes_on(line, following):
            yield number, f"a wrapped paragraph, shown with a space: {line.strip()[-12:]!r}"


def in_text(shown: str) -> Iterator[str]:
    """The faults in text as a reader sees it."""
    for rule, pattern in RULES.items():
        for found in re.finditer(pattern, shown):
            around = shown[max(0, found.start() - 8) : found.end() + 8]
            yield f"{rule}: {found[0]!r} in {around!r}"


def _as_shown(line: str) -> str:
    for pattern, shown in NOT_PROSE:
        line = re.sub(pattern, shown, line.rstrip())
    cells = [cell.strip() for cell in line.split("|")]
    return "\n".join(cells).strip()


def _goes_on(line: str, following: str) -> bool:
    """Whether Markdown joins the following line to this one's paragraph."""
    heading_or_table = re.match(r"[ \t]*(?:#|\||!!!|\?\?\?|<)", line)
    hard_break = line.endswith(("  ", "\\"))
    return not (heading_or_table or hard_break or STARTS_A_BLOCK.match(following))


def _front_matter(lines: list[str]) -> int:
    """How many lines it takes."""
    return lines.index("---", 1) + 1 if lines[0] == "---" else 0


def _blank_fences(text: str) -> str:
    """The same lines, those of fences empty."""
    for fence in fences(text):  # offsets stay: each character is replaced by one
        blank = re.sub(r"[^\n]", " ", text[fence.start : fence.end])
        text = text[: fence.start] + blank + text[fence.end :]
    return text
