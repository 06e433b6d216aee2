"""The verbs that a person types, on a project with one cheap question."""

import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.publishing.project import Project, make_project

SHELL = (
    "import subprocess, sys; sys.exit(subprocess.call(['sh', '-c', sys.argv[1], sys.executable]))"
)


@pytest.fixture
def new_project(tmp_path: Path) -> Project:
    """A project in which nothing was made yet."""
    return make_project(tmp_path / "project")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose results are made; nothing here changes them."""
    project = make_project(tmp_path_factory.mktemp("cli") / "project")
    done = project.dlqa("run", "coin")
    assert done.code == 0, done.output
    return project


def test_list_names_every_question_with_its_summary(project: Project) -> None:
    done = project.dlqa("list")
    assert done.code == 0
    (line,) = done.output.splitlines()
    slug, summary = line.split(maxsplit=1)
    assert slug == "coin"
    assert summary.startswith("Question 7, a fair coin")
    assert not summary.endswith(".")


def test_run_says_where_the_record_is_and_whose_it_is(project: Project) -> None:
    output = project.dlqa("run", "coin").output
    folder = output.splitlines()[0].removeprefix("coin: its record is in ")
    assert (Path(folder) / "record.npz").is_file()
    for name in ("seconds", "cpu", "cores", "threads", "python", "torch", "commit"):
        assert f"\n  {name} " in output


def test_claims_shows_every_verdict_with_its_numbers(project: Project) -> None:
    lines = project.dlqa("claims", "coin").output.splitlines()
    assert [line.split(maxsplit=2) for line in lines if line.startswith("c")] == [
        ["c1", "measured", "depends"],
        ["c2", "derived", "holds"],
        ["c3", "cited", "undecided"],
    ]
    whole = next(line for line in lines if "whole" in line)
    assert "holds" in whole
    assert "12 seeds" in whole


def test_claims_as_json_are_those_that_are_published(project: Project) -> None:
    claims = json.loads(project.dlqa("claims", "coin", "--json").output)
    (made,) = (project.store / "coin/exhibits").iterdir()
    assert claims == json.loads((made / "claims.json").read_text("utf-8"))


def test_claims_points_out_an_unexpected_verdict(project: Project, tmp_path: Path) -> None:
    copy = project.copy(tmp_path / "project")
    copy.edit("dlqa/questions/coin/claims.py", 'fails(coin="clipped")', 'holds(coin="clipped")')
    done = copy.dlqa("claims", "coin")
    assert done.code == 0
    assert "! c1 (clipped): the page relies on 'holds', measured 'does not hold'" in done.output


def test_claims_are_judged_anew_on_other_seeds(project: Project) -> None:
    done = project.dlqa("claims", "coin", "--seeds", "1000")
    assert done.code == 0, done.output
    assert done.output.endswith("from seed 1000 on, against the text: 0 stops, 0 warnings\n")
    (record,) = (project.store / "coin/later-record").iterdir()
    with np.load(record / "record.npz") as arrays:
        assert arrays["tosses/label.seed"].tolist() == list(range(1000, 1012))
    again = project.dlqa("claims", "coin", "--seeds", "1000")
    assert "making" not in again.output
    assert len([*(project.store / "coin/exhibits").iterdir()]) == 1, "of the page nothing is made"


def test_other_seeds_that_contradict_the_text_end_with_1(project: Project, tmp_path: Path) -> None:
    copy = project.copy(tmp_path / "project")
    copy.edit("dlqa/questions/coin/claims.py", 'fails(coin="clipped")', 'holds(coin="clipped")')
    done = copy.dlqa("claims", "coin", "--seeds", "1000")
    assert done.code == 1
    assert "! c1 (clipped): the page relies on 'holds', measured 'does not hold'" in done.output
    assert done.output.endswith("from seed 1000 on, against the text: 1 stops, 0 warnings\n")


def test_seeds_that_the_page_may_have_had_are_refused(project: Project) -> None:
    done = project.dlqa("claims", "coin", "--seeds", "24")
    assert done.code == 2
    assert "expected 1000 or more, got 24" in done.output


@pytest.mark.parametrize(
    ("options", "languages"), [((), ["en", "zh"]), (("--language", "zh"), ["zh"])]
)
def test_figures_are_written_as_svg_in_every_language_or_one(
    project: Project, tmp_path: Path, options: tuple[str, ...], languages: list[str]
) -> None:
    folder = tmp_path / "new/figures"
    done = project.dlqa("figures", "coin", str(folder), *options)
    expected = [f"{name}.{each}.svg" for each in languages for name in ("running", "tossed")]
    assert sorted(path.name for path in folder.iterdir()) == sorted(expected)
    assert done.output.splitlines() == [str(folder / name) for name in expected]
    for path in folder.iterdir():
        ElementTree.fromstring(path.read_bytes())


def test_a_setting_of_a_live_figure_is_written_alone_with_its_caption(
    project: Project, tmp_path: Path
) -> None:
    figure = ("--figure", "running.3-tails", "--language", "en")
    done = project.dlqa("figures", "coin", str(tmp_path), *figure)
    svg = tmp_path / "running.3-tails.en.svg"
    assert done.output.splitlines() == [str(svg)]
    assert re.search(r">0\.\d+ of the tosses</title>", svg.read_text("utf-8"))


def test_where_there_are_no_pages_a_figure_is_written_without_a_caption(
    project: Project, tmp_path: Path
) -> None:
    copy = project.copy(tmp_path / "project")
    shutil.rmtree(copy.root / "docs")
    done = copy.dlqa("figures", "coin", str(tmp_path), "--figure", "tossed", "--language", "en")
    assert done.code == 0, done.output
    root = ElementTree.fromstring((tmp_path / "tossed.en.svg").read_bytes())
    assert not root.findtext("{http://www.w3.org/2000/svg}title")


@pytest.mark.parametrize("verb", ["run", "claims", "figures"])
def test_an_unknown_question_is_told_with_those_there_are(project: Project, verb: str) -> None:
    done = project.dlqa(verb, "coins")
    assert done.code == 1
    assert done.output == "dlqa: unknown question 'coins'; expected one of coin\n"


@pytest.mark.parametrize("arguments", [(), ("toss",), ("run",)])
def test_a_wrong_command_is_told_with_how_to_use_it(
    project: Project, arguments: tuple[str, ...]
) -> None:
    done = project.dlqa(*arguments)
    assert done.code == 2
    assert done.output.startswith("usage: dlqa")


def test_an_import_that_hides_code_is_told_without_a_traceback(
    project: Project, tmp_path: Path
) -> None:
    copy = project.copy(tmp_path / "project")
    copy.edit(
        "dlqa/lab/tossing.py", "import numpy as np", "from . import mixtures\nimport numpy as np"
    )
    done = copy.dlqa("run", "coin")
    assert done.code == 1
    assert "tossing.py:3: relative import; write it absolute" in done.output
    assert "Traceback" not in done.output


def test_the_installed_command_is_the_same(project: Project) -> None:
    assert project.run("dlqa", "list").output == project.dlqa("list").output


def test_the_folder_of_results_is_told(project: Project, tmp_path: Path) -> None:
    assert project.dlqa("where").output == f"{project.store}\n"
    assert project.dlqa("where", DLQA_STORE=str(tmp_path)).output == f"{tmp_path}\n"


def test_help_and_list_import_no_package_that_costs(project: Project) -> None:
    """What costs is noticed by the names of packages; times are another machine's affair."""
    for verb in (["--help"], ["list"]):
        done = project.run("python", "-X", "importtime", "-m", "dlqa.cli", *verb)
        loaded = {line.rsplit("|", 1)[-1].strip() for line in done.output.splitlines()}
        costly = {"numpy", "torch", "xarray", "scipy", "matplotlib", "mkdocs", "msgspec", "asyncio"}
        assert not loaded & costly


def test_help_takes_no_tenth_of_a_second_of_computing(project: Project) -> None:
    before = os.times()
    assert project.dlqa("--help").code == 0
    after = os.times()
    assert after.children_user + after.children_system < 0.1 + (
        before.children_user + before.children_system
    )


def test_a_warm_result_is_read_where_nothing_may_be_written(project: Project) -> None:
    """Root may write anywhere, so what a system call would refuse is refused here."""
    refuse = (
        "import os, sys\n"
        "def hook(event, args):\n"
        "    if event == 'open' and isinstance(args[1], str) and set(args[1]) & set('wax+'):\n"
        "        raise OSError(30, 'Read-only file system', args[0])\n"
        "    if event == 'open' and args[1] is None and args[2] & os.O_CREAT:\n"
        "        raise OSError(30, 'Read-only file system', args[0])\n"
        "    if event in {'os.mkdir', 'os.rename', 'os.remove', 'os.utime'}:\n"
        "        raise OSError(30, 'Read-only file system')\n"
        "sys.addaudithook(hook)\n"
        "from dlqa.cli import main\n"
        "main(['claims', 'coin'])\n"
    )
    done = project.run("python", "-B", "-c", refuse)
    assert done.code == 0, done.output
    assert "c1" in done.output


@pytest.mark.parametrize("place", ["/proc", "/nowhere", "/dev/full"])
def test_a_temporary_folder_that_takes_nothing_is_passed_over(
    new_project: Project, place: str
) -> None:
    done = new_project.dlqa("run", "coin", TMPDIR=place)
    assert done.code == 0, done.output


def test_a_reader_that_has_seen_enough_ends_the_command(project: Project) -> None:
    process = project.start("python", "-m", "dlqa.cli", "claims", "coin")
    assert process.stdout
    process.stdout.close()
    process.wait(60)
    assert process.returncode == 141


@pytest.mark.parametrize("closed", ["0<&-", ">&-", "2>&-", "0<&- >&- 2>&-"])
def test_a_closed_stream_is_no_error_and_no_file(
    project: Project, tmp_path: Path, closed: str
) -> None:
    copy = project.copy(tmp_path / "project")
    shutil.rmtree(copy.store / "coin/exhibits")
    script = f'"$0" -m dlqa.cli claims coin {closed}'
    done = copy.run("python", "-c", SHELL, script)
    assert done.code == 0, done.output
    assert "Error" not in done.output
    assert copy.dlqa("claims", "coin").code == 0


def test_a_terminal_without_our_characters_gets_them_as_numbers(project: Project) -> None:
    done = project.dlqa("claims", "coin", "--json", PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert json.loads(done.output)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a project, and the sentence that says so."""

    name: str
    path: str
    old: str
    new: str
    says: str


FAULTS = [
    Fault(
        "syntax error in a study",
        "dlqa/questions/coin/study.py",
        "def parts(params",
        "def parts(params:",
        "study.py:14: invalid syntax",
    ),
    Fault(
        "syntax error in a record",
        "dlqa/questions/coin/record.py",
        "class Params:",
        "class Params",
        "record.py:7: expected ':'",
    ),
    Fault(
        "error in a record",
        "dlqa/questions/coin/record.py",
        "seeds: int = 12",
        "seeds: int = sixteen",
        "NameError: name 'sixteen' is not defined",
    ),
    Fault(
        "another variable than declared",
        "dlqa/questions/coin/record.py",
        'VARIABLES = {"heads"',
        'VARIABLES = {"tails"',
        "a record of other variables than declared",
    ),
    Fault(
        "NaN",
        "dlqa/questions/coin/study.py",
        "    both = [heads,",
        "    heads = [h * float('nan') for h in heads]\n    both = [heads,",
        "heads: no number in it",
    ),
    Fault(
        "missing label",
        "dlqa/questions/coin/claims.py",
        'record.heads.sel(coin="whole")',
        'record.heads.sel(coin="hole")',
        "KeyError: \"not all values found in index 'coin'",
    ),
    Fault(
        "a study's own error",
        "dlqa/questions/coin/study.py",
        "    both = [heads,",
        "    heads[99]\n    both = [heads,",
        "IndexError: list index out of range",
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_what_is_wrong_is_told_in_a_sentence(new_project: Project, fault: Fault) -> None:
    new_project.edit(fault.path, fault.old, fault.new)
    done = new_project.dlqa("run", "coin")
    assert done.code == 1
    assert fault.says in done.output, done.output
    assert "Traceback" not in done.output
    ours = [line for line in done.output.splitlines() if line.startswith("  File")]
    assert all("/questions/coin/" in line for line in ours), "of a question's code its lines only"
    assert "Traceback" in new_project.dlqa("--traceback", "run", "coin").output


@pytest.mark.parametrize(
    ("store", "says"),
    [
        ("file", "file: File exists"),
        ("file/below", "Not a directory"),
        ("/proc/none", "/proc/none"),
        ("~", "file: File exists"),
    ],
)
def test_a_store_that_cannot_be_is_told_in_a_sentence(
    new_project: Project, store: str, says: str
) -> None:
    (new_project.root / "file").touch()
    home, place = new_project.root / "file", store if store == "~" else new_project.root / store
    done = new_project.dlqa("run", "coin", DLQA_STORE=str(place), HOME=str(home))
    assert done.code == 1
    assert says in done.output, done.output
    assert len(done.output.splitlines()) == 1
