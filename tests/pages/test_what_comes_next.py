"""What the index says comes next is not there yet, and is the same in every language."""

from dlqa.publishing.sources.source import Source
from tests.conftest import ROOT, BuiltSite
from tests.pages.test_built_pages import blocks


def test_what_comes_next_is_what_was_planned_and_is_not_there_yet(site: BuiltSite) -> None:
    planned, shown = [], []
    for language in ("zh", "en"):
        pages = [Source.read(path) for path in sorted((ROOT / "docs" / language).glob("*.md"))]
        answered = {source.heading.question for source in pages if source.is_answer}
        (index,) = (source for source in pages if source.path.name == "questions.md")
        titles = index.meta["planned"]
        assert isinstance(titles, dict)
        assert answered & {*titles}
        planned.append([*titles])
        read = blocks(site.text(f"{site.page(language, 'questions')}index.html"))
        shown.append([text for section, text in read if section == "next"][2:])
        assert shown[-1] == [f"{n} · {titles[n]}" for n in titles if n not in answered]
    assert planned[0] == planned[1] == sorted(planned[0])
