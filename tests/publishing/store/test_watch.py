"""Ways in which a study may depend on what its fingerprint does not hold: each is refused by name."""

import re
from dataclasses import dataclass

import pytest

from tests.publishing.project import Project

STUDY = "dlqa/questions/coin/study.py"
PLACE = "    heads = [toss"


@dataclass(frozen=True)
class Way:
    """Lines put into a study, and what is said of the last of them."""

    name: str
    code: str
    says: str


WAYS = [
    Way(
        "import under another name",
        "from importlib import import_module as other; other('dlqa.lab.guesses')",
        "loads dlqa.lab.guesses unseen; write `import dlqa.lab.guesses`",
    ),
    Way("__import__", "__import__('dlqa.lab.guesses')", "loads dlqa.lab.guesses unseen"),
    Way(
        "runpy by name",
        "import runpy; runpy.run_module('dlqa.lab.guesses')",
        "loads dlqa.lab.guesses unseen",
    ),
    Way(
        "runpy by path",
        "import runpy; runpy.run_path({path!r})",
        "reads {path}, which is no ingredient",
    ),
    Way(
        "pkgutil",
        "import pkgutil; pkgutil.resolve_name('dlqa.lab.guesses:Guess')",
        "loads dlqa.lab.guesses unseen",
    ),
    Way("exec of a file", "exec(open({path!r}).read())", "reads {path}, which is no ingredient"),
    Way(
        "a package",
        "from importlib import import_module as other; other('shapely')",
        "loads shapely from ",
    ),
    Way(
        "a module from elsewhere",
        "import sys; sys.path.insert(0, {folder!r}); __import__('other')",
        "loads other from {path} unseen; write `import other`",
    ),
    Way(
        "a module from elsewhere, seen",
        "import sys; sys.path.insert(0, {folder!r}); import other",
        "loads other from {path} unseen; write `import other`, and install it where its version",
    ),
    Way(
        "a file by a library",
        "import numpy as np; np.loadtxt({data!r})",
        "reads {data}, which is no ingredient; what a question reads lies in its own folder",
    ),
    Way("a file by its descriptor", "import os; os.open({data!r}, os.O_RDONLY)", "reads {data}"),
    Way("a folder", "import os; os.listdir({folder!r})", "reads {folder}"),
    Way("a variable", "import os; os.environ['SIZE']", "asks for the environment's SIZE"),
    Way("a variable, perhaps", "import os; os.getenv('SIZE')", "asks for the environment's SIZE"),
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_what_no_fingerprint_holds_is_refused_by_name(new_project: Project, way: Way) -> None:
    folder = new_project.root / "elsewhere"
    folder.mkdir()
    (folder / "other.py").write_text("SIZE = 1\n")
    (folder / "data.txt").write_text("1 2\n")
    names = {k: str(folder / v) for k, v in {"path": "other.py", "data": "data.txt"}.items()}
    code = way.code.format(**names, folder=str(folder))
    line = new_project.edit(STUDY, PLACE, f"    {code}\n{PLACE}")
    done = new_project.dlqa("run", "coin", SIZE="1")
    assert done.code == 1
    says = way.says.format(**names, folder=folder)
    assert f"/{STUDY}:{line}: {says}" in done.output, done.output
    assert "Traceback" not in done.output
    assert not list(new_project.store.glob("coin/record/*"))


def test_a_file_in_the_questions_folder_is_read_and_counts(new_project: Project) -> None:
    data = new_project.question / "weights.txt"
    data.write_text("1")
    read = (
        "from pathlib import Path; w = float((Path(__file__).parent / 'weights.txt').read_text())"
    )
    new_project.edit(STUDY, PLACE, f"    {read}\n{PLACE}")
    assert "making record: there is none yet" in new_project.dlqa("run", "coin").output
    assert "making record" not in new_project.dlqa("run", "coin").output
    data.write_text("2")
    output = new_project.dlqa("run", "coin").output
    assert "making record: file dlqa/questions/coin/weights.txt changed" in output


def test_a_pools_processes_are_watched_too(new_project: Project) -> None:
    new_project.edit(STUDY, "networks=1,", "networks=1, alone=True,")
    line = new_project.edit(STUDY, PLACE, f"    import os; os.getenv('SIZE')\n{PLACE}")
    output = new_project.dlqa("run", "coin").output
    assert re.search(rf"study\.py:{line}: asks for the environment's SIZE", output), output


def test_what_libraries_read_for_themselves_is_their_affair(new_project: Project) -> None:
    code = "import warnings; import xarray.testing; import sklearn.datasets; sklearn.datasets.load_iris(); warnings.warn('seen')"
    new_project.edit(STUDY, PLACE, f"    {code}\n{PLACE}")
    output = new_project.dlqa("run", "coin").output
    assert "coin: making exhibits" in output, output
