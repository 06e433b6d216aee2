"""What a page promises to who installs `dlqa`: from a wheel, in an environment with nothing else."""

import email
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dlqa.publishing.store.catalog import PACKAGE
from tests.conftest import SLUGS, BuiltSite
from tests.installed.environments import Environment, make_environment, make_wheel
from tests.installed.following import Reader, commands, reading
from tests.installed.sections import FOLLOWED, OUT_OF_REACH
from tests.pages.test_snippets import NEED_WEIGHTS, OPTIONAL
from tests.publishing.project import make_project

ENTER = ". dlqa-env/bin/activate"
# Each file runs in a process of its own, a fork of one that has what they all import.
RUN_ALL = """
import os, runpy, sys
import torch, xarray, matplotlib.figure
failed = []
for path in sys.argv[1:]:
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        torch.set_num_threads(1)
        sys.stdout = open(os.devnull, "w")
        try:
            runpy.run_path(path, run_name="__main__")
        except BaseException as error:
            print(f"{path}: {type(error).__name__}: {error}", file=sys.stderr)
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        failed.append(path)
sys.exit(bool(failed))
"""
DOCTESTS = """
import doctest, importlib, sys
tried = 0
for name in sys.argv[1:]:
    found = doctest.testmod(importlib.import_module(name))
    assert not found.failed, name
    tried += found.attempted
print(tried)
"""


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def plain(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """What `pip install dlqa` gives."""
    return make_environment(tmp_path_factory.mktemp("plain"), wheel)


@pytest.fixture(scope="session")
def reader(site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with reading(site, tmp_path_factory.mktemp("reader")) as found:
        yield found


@pytest.fixture(scope="session")
def told(site: BuiltSite) -> dict[str, list[str]]:
    """The commands of the page that says how to install the package."""
    return commands(site, "en")


@pytest.fixture(scope="session")
def from_site(reader: Reader, told: dict[str, list[str]]) -> Environment:
    """What the page's first commands give, and then those for the optional part."""
    environment = reader.install(told["pip"], "weights")
    done = reader.follow([ENTER, *told["torch"], *told["extras"]])
    assert done.code == 0, done.output
    return environment


@pytest.fixture(scope="session")
def with_site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return make_environment(tmp_path_factory.mktemp("site"), wheel, "site")


def code(site: BuiltSite, folder: Path, *, with_weights: bool) -> list[Path]:
    """The code of all notebooks, without what only those understand, and one question's snippets.

    In one language: in the others their code is the same, strings apart. The other snippets run
    where they stand, without what is optional as well: tests/pages/test_snippets.py.
    """
    one = NEED_WEIGHTS if with_weights else SLUGS[0]
    paths = sorted(site.folder.glob(f"snippets/{one}/*.py"))
    assert paths
    for path in sorted(site.folder.glob("notebooks/*.zh.ipynb")):
        if path.name.startswith(NEED_WEIGHTS) == with_weights and ".run." not in path.name:
            cells = json.loads(path.read_text("utf-8"))["cells"]
            found = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
            lines = "\n".join(found).splitlines()
            text = "\n".join("" if line.startswith("%") else line for line in lines)
            assert "find_spec" in text
            paths.append(folder / f"{path.stem}.py")
            paths[-1].write_text(text, "utf-8")
    return paths


def test_an_environment_has_what_the_wheel_declares_and_nothing_else(plain: Environment) -> None:
    done = plain.run("python", "-c", "import numpy, torch; import mkdocs")
    assert done.output.endswith("No module named 'mkdocs'\n")
    assert plain.run("python", "-c", "import dlqa; print(dlqa.__version__)").code == 0


def test_the_wheel_holds_every_file_of_the_package(plain: Environment) -> None:
    def held(package: Path) -> set[str]:
        paths = (path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc")
        return {path.relative_to(package).as_posix() for path in paths}

    installed = held(plain.packages / "dlqa")
    assert held(PACKAGE) - installed == set()


def test_every_verb_works(plain: Environment, tmp_path: Path) -> None:
    assert "usage: dlqa" in plain.run("dlqa", "--help").output
    assert "coin" in plain.run("dlqa", "list").output
    where = plain.run("dlqa", "where").output
    assert where == f"{plain.root}/home/cache/dlqa\n", "outside a checkout, the user's cache"
    done = plain.run("dlqa", "run", "coin")
    assert done.code == 0, done.output
    assert "commit           unknown" in done.output
    assert json.loads(plain.run("dlqa", "claims", "coin", "--json").output)
    done = plain.run("dlqa", "figures", "coin", str(tmp_path))
    assert done.code == 0, done.output
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{name}.{language}.svg" for name in ("running", "tossed") for language in ("en", "zh")
    }
    assert not (plain.root / "home/.dlqa").exists()
    done = plain.run("dlqa", "new", "tosses", "--number", "77")
    assert (done.code, done.output.count("\n")) == (1, 1), "there is no checkout to lay it out in"


def test_inside_anothers_repository_no_commit_is_named(plain: Environment) -> None:
    for command in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "theirs"]):
        named = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        done = plain.run("python", "-c", GIT, *named, *command, folder=plain.root)
        assert done.code == 0, done.output
    code = (
        "from dlqa.publishing.store.receipts import receipt; print(receipt(1, 1, 1, 1)['commit'])"
    )
    assert plain.run("python", "-c", code).output == "unknown\n"
    theirs = str(plain.root / ".git")
    assert plain.run("python", "-c", code, GIT_DIR=theirs).output == "unknown\n"


GIT = "import subprocess, sys; sys.exit(subprocess.run(['git', *sys.argv[1:]]).returncode)"


def test_both_languages_give_the_same_commands(site: BuiltSite, told: dict[str, list[str]]) -> None:
    other = {
        name: [line.replace("/en/", "/") for line in lines]
        for name, lines in commands(site, "zh").items()
    }
    assert other == told
    assert told.keys() == FOLLOWED | OUT_OF_REACH.keys()
    assert told["conda"][2] == told["pip"][2]


def test_the_site_s_wheel_is_what_setuptools_makes(reader: Reader, wheel: Path) -> None:
    with zipfile.ZipFile(reader.wheel) as ours, zipfile.ZipFile(wheel) as theirs:
        names = {name for name in theirs.namelist() if "coin" not in name and "toss" not in name}
        assert {*ours.namelist()} == names - {name for name in names if "top_level" in name}
        about = reader.wheel.name.split("-py3")[0] + ".dist-info"
        for name in ("entry_points.txt", "licenses/LICENSE"):
            assert ours.read(f"{about}/{name}") == theirs.read(f"{about}/{name}")
        mine, other = (
            email.message_from_bytes(each.read(f"{about}/METADATA")) for each in (ours, theirs)
        )
    for field in ("Name", "Version", "Requires-Python", "Requires-Dist", "License-Expression"):
        assert sorted(mine.get_all(field)) == sorted(other.get_all(field)), field


def test_all_notebooks_and_a_questions_snippets_run(
    from_site: Environment, site: BuiltSite, tmp_path: Path
) -> None:
    """As the page has them installed; what needs no optional part does without it."""
    for with_weights in (False, True):
        hidden = [] if with_weights else OPTIONAL
        run = f"import sys; sys.modules |= dict.fromkeys({hidden})\n{RUN_ALL}"
        paths = code(site, tmp_path, with_weights=with_weights)
        done = from_site.run("python", "-c", run, *map(str, paths))
        assert done.code == 0, done.output


def test_what_the_page_tries_then_works(
    from_site: Environment, reader: Reader, told: dict[str, list[str]]
) -> None:
    assert from_site.run("python", "-c", "import dlqa; print(dlqa.__version__)").code == 0
    done = reader.follow([ENTER, *told["then"]])
    assert done.code == 0, done.output
    assert [*reader.folder.rglob("*.en.svg")]


def test_the_wheel_s_own_address_takes_that_file_and_no_other(
    from_site: Environment, reader: Reader, told: dict[str, list[str]]
) -> None:
    assert from_site.root.is_dir()
    done = reader.follow([ENTER, *told["file"]], PIP_FORCE_REINSTALL="1", PIP_NO_DEPS="1")
    assert done.code == 0, done.output
    assert "Successfully installed dlqa" in done.output
    (line,) = told["file"]
    done = reader.follow([ENTER, line.replace("sha256=", "sha256=0")[:-2] + '"'])
    assert done.code != 0
    assert "HASHES" in done.output.upper()


def test_uv_installs_it_as_the_page_says(
    site: BuiltSite, told: dict[str, list[str]], tmp_path: Path
) -> None:
    with reading(site, tmp_path) as reader:
        *before, install = told["uv"]  # uv asks the index even for what is installed
        environment = reader.install([*before, f"{install} --no-deps"])
        assert environment.run("dlqa", "list").code == 0


@pytest.mark.parametrize(("room", "environment"), [("[!p]*", "plain"), ("publishing", "with_site")])
def test_examples_in_docstrings_hold(
    room: str, environment: str, request: pytest.FixtureRequest
) -> None:
    """Those of the rooms that readers import need no extra; publishing's may need the site's."""
    plain: Environment = request.getfixturevalue(environment)
    modules = PACKAGE.glob(f"{room}/**/*.py")
    paths = [path for path in modules if ">>> " in path.read_text("utf-8")]
    names = [".".join(p.relative_to(PACKAGE.parent).with_suffix("").parts) for p in paths]
    done = plain.run("python", "-c", DOCTESTS, *names)
    assert done.code == 0, done.output
    assert int(done.output) > 0, "some were tried"


def test_without_the_extra_its_command_is_told(plain: Environment) -> None:
    code = "from dlqa.lab.pretrained import pretrained; pretrained()"
    output = plain.run("python", "-c", code).output
    assert "pip install 'dlqa[weights]'" in output.splitlines()[-1]


def test_the_site_is_built_with_its_extra(with_site: Environment, tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    done = with_site.run(
        "python", "-m", "mkdocs", "build", folder=project.root, PYTHONPATH=str(project.root)
    )
    assert done.code == 0, done.output
    assert (project.site / "coin/index.html").is_file()
