"""Simulates how often the evidence is wrong, prints the tables and writes them as JSON.

``python -m calibration``, or ``python -m calibration coverage`` for some; ``--into FOLDER`` for the
JSON, ``--repeats N`` for finer or faster ones. A calibration is a file with a function
``tables(repeats)`` that yields `Table`s; files whose names start with an underscore are shared.
"""

import argparse
import importlib
import json
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import scipy

from calibration._chinese import chinese
from calibration._tables import Table

CALIBRATIONS = ("coverage", "pages", "studies", "builds", "mutants")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m calibration", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"which of {', '.join(CALIBRATIONS)}; all if none")
    parser.add_argument("--repeats", type=int, default=30_000, help="samples of every population")
    parser.add_argument("--into", type=Path, help="folder for one JSON file a table")
    options = parser.parse_args()
    unknown = set(options.names) - set(CALIBRATIONS)
    if unknown:
        parser.error(f"unknown {sorted(unknown)}; expected some of {', '.join(CALIBRATIONS)}")
    for name in options.names or CALIBRATIONS:
        started = time.perf_counter()
        for table in importlib.import_module(f"calibration.{name}").tables(options.repeats):
            show(table)
            if options.into:
                write(table, options.into, options.repeats)
        print(f"{name}: {time.perf_counter() - started:.0f} s\n", flush=True)


def show(table: Table) -> None:
    """Prints a table."""
    print(table.title)
    columns = list(table.rows[0].cells)
    print(" " * 36 + "".join(f"{column:>{max(10, len(column) + 2)}}" for column in columns))
    for row in table.rows:
        cells = (
            f"{'' if cell is None else format(cell, '.3g'):>{max(10, len(column) + 2)}}"
            for column, cell in row.cells.items()
        )
        print(f"{row.name:<36}{''.join(cells)}")
    for note in table.notes:
        print(f"  {note}")
    print(flush=True)


def write(table: Table, folder: Path, repeats: int) -> None:
    """Writes a table with how it was made to FOLDER/NAME.json; infinite numbers are null."""
    folder.mkdir(parents=True, exist_ok=True)
    content = asdict(table) | {"words": _words(table.title)}
    content["columns"] = [
        {"name": name, "words": _words(name), "share": name in table.shares}
        for name in table.rows[0].cells
    ]
    content["rows"] = [
        {
            "name": row.name,
            "words": _words(row.name),
            "cells": {
                column: cell if cell is not None and np.isfinite(cell) else None
                for column, cell in row.cells.items()
            },
        }
        for row in table.rows
    ]
    content["receipt"] = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "repeats": repeats,
        "numpy": np.__version__,
        "scipy": scipy.__version__,
    }
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    (folder / f"{table.name}.json").write_text(text + "\n", encoding="utf-8")


def _words(name: str) -> dict[str, str]:
    """A name in the site's languages."""
    return {"en": name, "zh": chinese(name)}


if __name__ == "__main__":
    main()
