"""The last benchmark of this machine as a page shows it: tables with bars and their receipt.

`make bench` leaves one JSON file a table in the store's folder `benchmarks`; a build only reads it.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from dlqa.publishing.fragments import fragment

SHOWN = re.compile(r"\{\{ benchmark (\S+) \}\}")  # on a page as written


@dataclass(frozen=True)
class Benchmarks:
    """The tables in a folder, by name; none where no benchmark was run."""

    folder: Path

    def names(self) -> list[str]:
        return sorted(path.stem for path in self.folder.glob("*.json"))

    def text(self, name: str) -> str:
        """A table's JSON as it was written."""
        return (self.folder / f"{name}.json").read_text("utf-8")

    def lack(self, text: str) -> bool:
        """Whether a page's Markdown shows tables and none of them is there."""
        shown = {*SHOWN.findall(text)}
        return bool(shown) and shown.isdisjoint(self.names())

    def html(self, name: str, language: str, root: str) -> str:
        """A table with its bars, promises and receipt, or how to make it where it was not run."""
        if name not in self.names():
            return fragment("benchmark_missing.html", language)
        table = json.loads(self.text(name))
        longest = max((row["median"] for row in table["rows"] if row["median"]), default=1.0)
        given = table["receipt"]
        named = {"day": str(given["when"])[:10], "cpu": given["processor"]}
        receipt = named | {key: given[key] for key in ("cores", "rounds", "load", "torch")}
        parts = {"table": table, "longest": longest, "receipt": receipt, "short": _short}
        return fragment("benchmark.html", language, name=name, root=root, **parts)


def _short(number: float) -> str:
    """Three significant digits, never in powers of ten."""
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"
