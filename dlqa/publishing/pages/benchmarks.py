"""The last benchmark of this machine as a page shows it: tables with bars and their receipt.

`make bench` leaves one JSON file a table in the store's folder `benchmarks`; a build only reads it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from dlqa.evidence.values import value
from dlqa.publishing.words import word

Row = Mapping[str, Any]  # of a table's JSON


@dataclass(frozen=True)
class Benchmarks:
    """The tables in a folder, by name; none where no benchmark was run."""

    folder: Path

    def names(self) -> list[str]:
        return sorted(path.stem for path in self.folder.glob("*.json"))

    def text(self, name: str) -> str:
        """A table's JSON as it was written."""
        return (self.folder / f"{name}.json").read_text("utf-8")

    def html(self, name: str, language: str, root: str) -> str:
        """A table with its bars, promises and receipt, or how to make it where it was not run."""
        if name not in self.names():
            return f'<p class="benchmark-missing">{word("no benchmark", language)}</p>'
        table = json.loads(self.text(name))
        longest = max((row["median"] for row in table["rows"] if row["median"]), default=1.0)
        rows = "".join(_row(row, longest, language) for row in table["rows"])
        heads = ("contender", "microseconds", "spread", "times as fast")
        head = "".join(f'<th scope="col">{word(each, language)}</th>' for each in heads)
        bars = "".join(_promise(bar, language) for bar in table["bars"])
        return (
            f'<div class="evidence benchmark" data-search-exclude tabindex="0" role="region" '
            f'aria-label="{escape(name)}"><table><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
            f'<ul class="benchmark-bars" data-search-exclude>{bars}</ul>'
            f'<p class="evidence-how">{_receipt(table["receipt"], language)} · '
            f'<a href="{root}data/benchmarks/{name}.json" download>JSON</a></p>'
        )


def _row(row: Row, longest: float, language: str) -> str:
    name = f'<th scope="row">{_called(row, "name", language)}</th>'
    if row["median"] is None:
        reason = escape(row["missing"]) or word("not measured", language)
        return f'<tr>{name}<td colspan="3">{reason}</td></tr>'
    share = 100 * row["median"] / longest
    bar = f'<span class="bar" style="inline-size:{share:.1f}%" aria-hidden="true"></span>'
    low, high = (_short(number) for number in row["quartiles"])
    ratio = "" if row["ratio"] is None else f"{value(row['ratio'], '.2f').text} ×"
    return (
        f"<tr>{name}<td>{_short(row['median'])}{bar}</td><td>{low}–{high}</td><td>{ratio}</td></tr>"
    )


def _promise(bar: Row, language: str) -> str:
    """A promise about the table, kept or not."""
    what = f"{_called(bar, 'what', language)}{word('colon', language)}"
    if bar["measured"] is None:
        return f"<li>{what}{word('not measured', language)}</li>"
    sign = "≥" if bar["at_least"] else "≤"
    kept = word("met" if bar["met"] else "not met", language)
    measured = value(bar["measured"], ".2f").text
    return f"<li>{what}{measured} ({sign} {bar['wanted']:g}) {kept}</li>"


def _called(named: Row, field: str, language: str) -> str:
    """Its name; in the language where the benchmark that wrote it knew one."""
    return escape(str(named.get(language, named[field])))


def _receipt(receipt: Row, language: str) -> str:
    return word(
        "benchmarked on",
        language,
        day=str(receipt["when"])[:10],
        cpu=escape(str(receipt["processor"])),
        cores=receipt["cores"],
        rounds=receipt["rounds"],
        load=escape(str(receipt["load"])),
        torch=escape(str(receipt["torch"])),
    )


def _short(number: float) -> str:
    """Three significant digits, never in powers of ten."""
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"
