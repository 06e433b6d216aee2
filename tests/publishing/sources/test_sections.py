"""An answer's sections stand in their order; the first that does not is told with its line."""

from pathlib import Path

import pytest

from dlqa.publishing.sources.sections import SECTIONS, check_sections
from dlqa.publishing.sources.source import PageError, Source

PAGE = "# T\n\n" + "".join(f"## Words {{#{identity}}}\n\n" for identity in SECTIONS)


def test_the_order_passes_whatever_stands_below_a_section() -> None:
    check_sections(Source(Path("page.md"), PAGE + "### Words {#errata}\n"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "{#see}",
            "{#saw}",
            "page.md:7: section {#saw} stands where {#see} is expected; an answer's",
        ),
        ("## Words {#see}\n", "", ":8: section {#follow-ups} stands where {#see} is expected"),
        ("{#pitfalls}", "{#rubric}", ":11: section {#rubric} stands where {#pitfalls} is expected"),
        (" {#code}", "", ":15: a section without an id stands where {#code} is expected"),
        ("## Words {#references}\n", "", ":21: the page ends without a section {#references}"),
        (
            "{#references}",
            "{#references}\n\n## More {#more}",
            ":25: section {#more} stands where the",
        ),
    ],
)
def test_the_first_that_is_out_of_order_is_told(old: str, new: str, says: str) -> None:
    with pytest.raises(PageError) as told:
        check_sections(Source(Path("page.md"), PAGE.replace(old, new)))
    assert says in str(told.value)
