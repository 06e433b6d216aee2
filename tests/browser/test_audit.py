"""The audit says what it lacks; what it measures takes npm's Lighthouse and no test."""

from pathlib import Path

import pytest

from tests.browser import audit


def test_a_missing_command_is_named_with_what_brings_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=r"needs node .*: found no npx"):
        audit.found("npx")


def test_a_folder_without_a_site_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.argv", ["audit", str(tmp_path)])
    with pytest.raises(SystemExit, match=r"no site in .*`make site` builds it"):
        audit.main()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("performance", 97, 0), ("performance", 96, 1), ("shift", 0.01, 0), ("shift", 0.02, 1),
        ("axe", 1, 1), ("screens", 3.5, 0), ("screens", 3.6, 1),
    ],
)  # fmt: skip
def test_a_page_below_a_bar_fails_the_audit(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    name: str,
    value: float,
    code: int,
) -> None:
    (tmp_path / "index.html").touch()
    got = {**dict.fromkeys(audit.LEAST, 100), "shift": 0, "axe": 0, name: value}
    monkeypatch.setattr(audit, "rows", lambda *_: iter([("/", got)]))
    monkeypatch.setattr("sys.argv", ["audit", str(tmp_path)])
    assert audit.main() == code
    assert (f"{value} <" in capsys.readouterr().out) == (code == 1)


def test_a_page_of_every_kind_is_looked_at(tmp_path: Path) -> None:
    sizes = {".": 1, "iou": 1, "labs/iou": 2, "labs/dice": 3, "code/iou": 2, "code/evidence": 1}
    for page, size in sizes.items():
        (tmp_path / page).mkdir(parents=True, exist_ok=True)
        (tmp_path / page / "index.html").write_text("x" * size)
    assert sorted(audit.kinds(tmp_path)) == [
        "",
        "code/evidence/",
        "code/iou/",
        "iou/",
        "labs/dice/",
    ]
