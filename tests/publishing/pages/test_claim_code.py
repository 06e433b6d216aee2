"""The code that decides a claim is published, and each claim leads to its own."""

import re
from pathlib import Path

import pytest

from dlqa.publishing.pages.claim_code import EVIDENCE, code_html, decided, definitions, modules
from dlqa.publishing.store.catalog import questions
from dlqa.publishing.store.shelves import Store
from tests.pages.searched import shown
from tests.publishing.project import Project


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.slug)
def test_every_claim_of_a_question_has_its_place(question: object) -> None:
    assert decided(question.slug) == {claim.id for claim in question.load("claims").CLAIMS}


def test_a_claim_is_found_whichever_way_its_id_is_given() -> None:
    text = 'x = [\n  measured("c1",\n    1),\n  cited(id="c2"),\n  derived(name), Other("c3")]\n'
    assert definitions(text) == [("c1", 2, 3), ("c2", 4, 4)]


def test_what_draws_is_not_among_the_code_that_decides() -> None:
    names = [path.stem for path in modules("initialization")]
    assert names[0] == "claims"
    assert {"record", "quantities", "study"} <= {*names}
    assert "figures" not in names


def test_the_code_is_all_there_line_by_line(tmp_path: Path) -> None:
    for path in modules(EVIDENCE):
        html = code_html(EVIDENCE, path.stem, Store(tmp_path))
        lines = path.read_text("utf-8").splitlines()
        assert re.findall(rf'id="{path.stem}-(\d+)"', html) == [
            str(number) for number in range(1, len(lines) + 1)
        ]
        assert html.count("<span") == html.count("</span>")


@pytest.mark.parametrize("folder", ["", "en/"])
def test_a_claim_leads_to_its_definition(made: Project, folder: str) -> None:
    page = (made.site / f"{folder}coin/index.html").read_text("utf-8")
    assert re.findall(r'href="\.\./code/coin/#(\w+)"', page) == ["c1", "c2", "c3"]
    code = (made.site / f"{folder}code/coin/index.html").read_text("utf-8")
    for identity in ("c1", "c2", "c3"):
        assert f'class="definition" id="{identity}"' in code
    assert "tosses a coin for every seed" in code  # the study


def test_the_code_stays_out_of_the_search(made: Project) -> None:
    assert not [each for each in shown(made.site) if "code/" in each.location]
