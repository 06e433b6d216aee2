"""When results are made, and why: through `dlqa run` on a project with one cheap question."""

import json
import os
import re
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest

from tests.publishing.project import Project

HELPER = "dlqa/lab/tossing.py"
STUDY, CLAIMS, FIGURES = (
    f"dlqa/questions/coin/{name}.py" for name in ("study", "claims", "figures")
)


def results(store: Path, kind: str) -> list[Path]:
    return sorted((store / "coin" / kind).iterdir())


def newest(project: Project, kind: str) -> Path:
    return max(results(project.store, kind), key=lambda path: path.stat().st_mtime_ns)


def heads(record: Path) -> list[float]:
    with np.load(record / "record.npz") as arrays:
        return [float(value) for value in arrays["tosses/heads"][0]]


def test_results_that_are_not_there_are_made_and_then_found(new_project: Project) -> None:
    first = new_project.dlqa("run", "coin")
    assert first.code == 0
    assert "coin: making record: there is none yet" in first.output
    assert "coin: making exhibits: there is none yet" in first.output
    second = new_project.dlqa("run", "coin")
    assert second.code == 0
    assert "making" not in second.output


def test_a_running_study_says_how_far_it_is_in_plain_lines(new_project: Project) -> None:
    output = new_project.dlqa("run", "coin").output
    assert "coin: running its study\n" in output
    assert "coin: 1/1 tosses, 12 networks × 100 steps" in output
    assert "\r" not in output
    assert "\x1b" not in output


def test_a_changed_helper_makes_the_record_again_and_says_so(project: Project) -> None:
    before = heads(newest(project, "record"))
    project.edit(HELPER, ".mean()", ".mean() / 2")
    output = project.dlqa("run", "coin").output
    assert "coin: making record: code of dlqa.lab.tossing changed\n" in output
    assert "coin: making exhibits: record 0 changed\n" in output
    assert heads(newest(project, "record")) == [value / 2 for value in before]


def test_a_changed_comment_makes_nothing(project: Project) -> None:
    project.edit(HELPER, "# a helper", "# another helper")
    project.edit(CLAIMS, '"""Question 7: what', '"""Question 7, again: what')
    assert "making" not in project.dlqa("run", "coin").output


def test_changed_parameters_make_the_record_again_and_say_so(project: Project) -> None:
    project.edit("dlqa/questions/coin/record.py", "tosses: int = 100", "tosses: int = 50")
    output = project.dlqa("run", "coin").output
    assert "params.tosses: 100 → 50" in output


def test_a_changed_drawing_draws_again_and_leaves_the_record(project: Project) -> None:
    record = newest(project, "record")
    project.edit(FIGURES, "SERIES[0]", "SERIES[2]")
    output = project.dlqa("run", "coin").output
    assert "making record" not in output
    assert "coin: making exhibits: code of dlqa.questions.coin.figures changed\n" in output
    assert results(project.store, "record") == [record]


def test_a_helper_changed_without_effect_leaves_the_figures(project: Project) -> None:
    project.edit(HELPER, "return float(", "half = 1\n    return half * float(")
    output = project.dlqa("run", "coin").output
    assert "making record" in output
    assert "making exhibits" not in output


def test_an_older_result_is_found_again_when_the_code_goes_back(project: Project) -> None:
    project.edit(HELPER, ".mean()", ".mean() / 2")
    project.dlqa("run", "coin")
    project.edit(HELPER, ".mean() / 2", ".mean()")
    assert "making" not in project.dlqa("run", "coin").output


@pytest.mark.parametrize(("kind", "file"), [("record", "record.npz"), ("exhibits", "claims.json")])
def test_a_truncated_result_is_reported_and_made_again_the_same(
    project: Project, kind: str, file: str
) -> None:
    damaged = newest(project, kind) / file
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[: len(whole) // 2])
    output = project.dlqa("run", "coin").output
    assert f"coin: making {kind}: what was stored is damaged: {damaged.parent}" in output
    assert f"missing, changed or unknown: {file}" in output
    assert damaged.read_bytes() == whole
    assert output.count("making") == 1
    assert "making" not in project.dlqa("run", "coin").output


def test_the_same_code_makes_the_same_results(project: Project) -> None:
    first = project.store.rename(project.root / "first")
    project.dlqa("run", "coin")
    for kind in ("record", "exhibits"):
        (one,), (two,) = results(first, kind), results(project.store, kind)
        assert one.name == two.name
        for path in one.iterdir():
            if path.name not in {"receipt.json", "manifest.json"}:
                assert path.read_bytes() == (two / path.name).read_bytes(), path.name


def test_a_failing_study_says_so_and_leaves_nothing(new_project: Project) -> None:
    line = new_project.edit(
        STUDY, "    heads = [", "    raise ArithmeticError('edge')\n    heads = ["
    )
    done = new_project.dlqa("run", "coin")
    assert done.code == 1
    assert f'study.py", line {line}, in _tossed' in done.output
    assert "ArithmeticError: edge" in done.output
    assert done.output.endswith("dlqa: coin: its record could not be made (exit 1)\n")
    assert [path for path in new_project.store.rglob("*") if path.is_file()] == [
        new_project.store / "coin.lock"
    ]


def test_a_failing_study_stops_the_build(new_project: Project) -> None:
    new_project.edit(STUDY, "    heads = [", "    raise ArithmeticError('edge')\n    heads = [")
    done = new_project.build()
    assert done.code != 0
    assert "coin: its record could not be made (exit 1)" in done.output
    assert not (new_project.site / "index.html").exists()


def test_a_failing_drawing_keeps_the_record(project: Project) -> None:
    project.edit(FIGURES, "    figure, (axes,) = panels(", "    raise ValueError\n    panels(")
    done = project.dlqa("run", "coin")
    assert "coin: its exhibits could not be made (exit 1)" in done.output
    assert len(results(project.store, "exhibits")) == 1
    assert len(results(project.store, "record")) == 1


@pytest.mark.parametrize("name", ["c1_whole", "c1_clipped_low", "seconds"])
def test_a_value_may_not_take_the_name_of_another(project: Project, name: str) -> None:
    project.edit(CLAIMS, '{"mean": value', f'{{"{name}": value')
    done = project.dlqa("run", "coin")
    assert done.code == 1
    assert f"names of values that a claim or the receipt has taken: ['{name}']" in done.output


def test_a_value_that_is_no_number_stops_the_build(project: Project) -> None:
    project.edit(CLAIMS, '"mean": value(', '"mean": value(float("nan") * ')
    done = project.dlqa("run", "coin")
    assert done.code == 1
    assert "values that are no finite numbers: mean" in done.output


def test_a_figures_data_may_not_replace_another_file(project: Project) -> None:
    project.edit(FIGURES, '{"tossed": tossed', '{"claims": tossed')
    done = project.dlqa("run", "coin")
    assert done.code == 1
    assert "names of figures whose data would replace another file: ['claims']" in done.output


def test_the_study_runs_in_a_process_of_its_own(new_project: Project) -> None:
    new_project.edit(
        STUDY, "    both =", "    import os\n\n    print('worker', os.getpid())\n    both ="
    )
    process = new_project.start("python", "-m", "dlqa.cli", "run", "coin")
    output, _ = process.communicate(timeout=60)
    workers = {line.split()[1] for line in output.splitlines() if line.startswith("worker")}
    assert len(workers) == 1
    assert workers != {str(process.pid)}


def test_a_module_in_the_current_folder_does_not_take_anothers_place(project: Project) -> None:
    shutil.rmtree(project.store)
    folder = project.root / "docs"
    (folder / "statistics.py").write_text("raise ImportError('the wrong one')\n")
    done = project.run("mkdocs", "build", "--config-file", "../mkdocs.yml", folder=folder)
    assert done.code == 0, done.output


def test_the_store_is_where_the_environment_says(new_project: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    assert new_project.dlqa("run", "coin", DLQA_STORE=str(elsewhere)).code == 0
    assert len(results(elsewhere, "record")) == 1
    assert not new_project.store.exists()


def test_the_receipt_says_whose_measurement_it_is(made: Project) -> None:
    receipt = json.loads((newest(made, "record") / "receipt.json").read_text("utf-8"))
    assert receipt["seconds"] >= 0
    assert receipt["source_seconds"] >= 0
    assert receipt["cores"] == len(os.sched_getaffinity(0))
    assert receipt["threads"] == 1, "a study without torch"
    assert (receipt["networks"], receipt["network_steps"]) == (12, 1200)
    assert receipt["measured_at"].endswith("+00:00")
    assert receipt["commit"] == "unknown", "no checkout"


def test_a_source_that_timed_nothing_leaves_no_time_of_its_own(new_project: Project) -> None:
    record = "dlqa/questions/coin/record.py"
    new_project.edit(record, "SOURCE_WORK = Params(seeds=5)", "SOURCE_WORK = None")
    assert new_project.dlqa("run", "coin").code == 0
    receipt = json.loads((newest(new_project, "record") / "receipt.json").read_text("utf-8"))
    assert "seconds" in receipt
    assert "source_seconds" not in receipt


def test_a_study_that_trains_nothing_says_nothing_of_networks(new_project: Project) -> None:
    new_project.edit(STUDY, "networks=1, steps=params.tosses", "networks=0, steps=0")
    done = new_project.dlqa("run", "coin")
    assert done.code == 0
    assert re.search(r"coin: 1/1 tosses, \d+\.\d s so far", done.output)
    receipt = json.loads((newest(new_project, "record") / "receipt.json").read_text("utf-8"))
    assert not [name for name in receipt if "network" in name]
    assert " network" not in done.output


def test_two_builds_at_once_make_the_results_once_and_do_no_harm(new_project: Project) -> None:
    sites = [new_project.root / "one", new_project.root / "two"]
    both = [new_project.start("mkdocs", "build", "--site-dir", str(site)) for site in sites]
    outputs = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert sum("making record" in output for output in outputs) == 1
    assert sum("making exhibits" in output for output in outputs) == 1
    one, two = ({path.relative_to(site) for path in site.rglob("*")} for site in sites)
    assert one == two
    for path in ("coin/index.html", "data/coin/claims.json", "figures/coin/tossed.en.svg"):
        assert (sites[0] / path).read_bytes() == (sites[1] / path).read_bytes()


def test_a_build_leaves_nothing_where_temporary_files_are(new_project: Project) -> None:
    """Neither cards nor notebooks."""
    with tempfile.TemporaryDirectory() as place:  # short enough for sockets
        done = new_project.run("mkdocs", "build", TMPDIR=place)
        assert done.code == 0, done.output
        assert os.listdir(place) == []
