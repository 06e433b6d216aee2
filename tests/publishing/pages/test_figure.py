"""Figures of several questions on one page: nothing of one is another's."""

import re
import shutil

from tests.publishing.project import Project

LANGUAGES = ("zh", "en")


def add_dice(project: Project) -> None:
    """A second question, whose page shows the coins' figures beside its own of the same names."""
    shutil.copytree(project.question, project.root / "dlqa/questions/dice")
    shutil.copytree(project.root / "snippets/coin", project.root / "snippets/dice")
    for path in (project.root / "dlqa/questions/dice").glob("*.py"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("dlqa.questions.coin", "dlqa.questions.dice"), "utf-8")
    for language in LANGUAGES:
        text = project.read(f"docs/{language}/coin.md")
        own = text.replace("{{ coin.", "{{ dice.").replace("coin/", "dice/")
        own = own.replace("question: 7", "question: 8")
        others = "{{ figure coin.tossed }}\n\n{{ figure coin.running }}\n\n{{ downloads }}"
        (project.root / f"docs/{language}/dice.md").write_text(
            own.replace("{{ downloads }}", others), "utf-8"
        )


def test_figures_of_one_name_share_no_id_and_no_control(project: Project) -> None:
    add_dice(project)
    done = project.build()
    assert done.code == 0, done.output
    for folder in ("", "en/"):
        page = project.read(f"site/{folder}dice/index.html")
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert sorted(ids) == sorted({*ids})
        assert {"figure-running", "figure-coin-running", "running-title", "coin-running-title"} <= {
            *ids
        }
        for figure in re.findall(r'<figure class="evidence-figure".*?</figure>', page, re.DOTALL):
            here = {*re.findall(r'\bid="([^"]+)"', figure)}
            told = re.findall(r'(?:url\(|href="|aria-\w+="|list=")#?([\w.-]+-[\w.-]+)\b', figure)
            inside = [each for each in told if "running" in each or "tossed" in each]
            assert {each for each in inside if "/" not in each and "." not in each} <= here
        controls = re.findall(r'<input type="r\w+" name="([^"]+)"', page)
        assert {"running.coins", "coin-running.coins"} <= {*controls}
        own = project.read(f"site/{folder}coin/index.html")
        assert 'id="figure-running"' in own
        assert 'name="running.coins"' in own
