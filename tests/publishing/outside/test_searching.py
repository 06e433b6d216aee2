"""What the search is told: whose words count less, and tags in words."""

import pytest

from dlqa.publishing.outside.search import BEHIND, told


def test_an_answer_comes_before_all_else() -> None:
    assert "search" not in told({"question": 51})
    assert told({"title": "Lab"})["search"] == {"boost": BEHIND}


@pytest.mark.parametrize("own", [{"exclude": True}, {"boost": 3}])
def test_what_a_page_says_itself_stays(own: dict[str, object]) -> None:
    assert told({"search": own})["search"] == {"boost": BEHIND, **own}


def test_chinese_tags_are_cut_into_words() -> None:
    meta = {"question": 53, "tags": ["权重衰减", "L1"]}
    assert told(meta)["tags"] == ["权重\u200b衰减", "L1"]
    assert meta["tags"] == ["权重衰减", "L1"]
