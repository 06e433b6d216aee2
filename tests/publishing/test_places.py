import pytest
from markdown import markdown

from dlqa.publishing.places import filled, place


def test_a_place_is_filled_by_its_kind_and_others_stay() -> None:
    html = place("figure", "coin.running") + place("code", "coin.claims")
    shown = filled(html, {"figure": lambda name: f"<svg>{name}</svg>"})
    assert shown == "<svg>coin.running</svg>" + place("code", "coin.claims")


@pytest.mark.parametrize(
    "text",
    [
        "before\n\n{}\n\nafter",
        "<section markdown>\n\nbefore\n\n{}\n</section>",
        '??? claim "c1 {}"\n\n    inside',
    ],
)
@pytest.mark.parametrize("inline", [False, True])
def test_a_place_is_found_again_after_markdown(text: str, inline: bool) -> None:
    html = markdown(
        text.format(place("figure", "a.b", inline=inline)),
        extensions=["md_in_html", "pymdownx.details"],
    )
    assert "FILLED" in filled(html, {"figure": lambda _: "FILLED"})
