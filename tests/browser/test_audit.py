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


@pytest.mark.parametrize(("performance", "code"), [(97, 0), (96, 1)])
def test_a_page_below_a_bar_fails_the_audit(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    performance: int,
    code: int,
) -> None:
    (tmp_path / "index.html").touch()
    got = {**dict.fromkeys(audit.LEAST, 100), "performance": performance}
    monkeypatch.setattr(audit, "rows", lambda *_: iter([("/", got)]))
    monkeypatch.setattr("sys.argv", ["audit", str(tmp_path)])
    assert audit.main() == code
    assert ("96 <" in capsys.readouterr().out) == (code == 1)
