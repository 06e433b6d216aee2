"""What the index says comes next is not there yet, and is the same in every language."""

import re
from pathlib import Path

from dlqa.publishing.sources.source import Source

DOCS = Path(__file__).parents[2] / "docs"
ITEM = re.compile(r"^- (\d+) · ", re.MULTILINE)


def test_what_comes_next_is_not_there_yet() -> None:
    announced = []
    for language in ("zh", "en"):
        pages = [Source.read(path) for path in sorted((DOCS / language).glob("*.md"))]
        answered = {source.heading.question for source in pages if source.is_answer}
        (index,) = (source for source in pages if source.path.name == "questions.md")
        announced.append([int(number) for number in ITEM.findall(index.body)])
        assert answered.isdisjoint(announced[-1])
    assert announced[0] == announced[1]
    assert announced[0] == sorted(announced[0])
