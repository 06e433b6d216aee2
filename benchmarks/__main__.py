"""Runs every benchmark of this folder, prints its tables and writes them as JSON.

``python -m benchmarks``, or ``python -m benchmarks trainer`` for some; ``--into FOLDER`` for the
JSON, ``--rounds N``. A benchmark is a file with a function ``tables(rounds)`` that yields `Table`s;
files whose names start with an underscore are what benchmarks share.
"""

import argparse
import importlib
import json
import math
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import torch

from benchmarks._chinese import chinese
from benchmarks._measuring import Row, Table
from dlqa.publishing.store.receipts import processor


def main() -> None:
    found = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"which of {', '.join(found)}; all if none")
    parser.add_argument("--rounds", type=int, default=7, help="timed rounds of every contender")
    parser.add_argument("--into", type=Path, help="folder for one JSON file a table")
    options = parser.parse_args()
    unknown = set(options.names) - set(found)
    if unknown:
        parser.error(f"unknown benchmark {sorted(unknown)}; expected some of {found}")
    for name in options.names or found:
        module = importlib.import_module(f"benchmarks.{name}")
        if not hasattr(module, "tables"):
            print(f"{name}: has no tables(rounds); run it as python -m benchmarks.{name}\n")
            continue
        for table in module.tables(options.rounds):
            show(table)
            if options.into:
                write(table, options.into, options.rounds)


def show(table: Table) -> None:
    """Prints a table and its bars."""
    print(f"{table.title}\nload of the machine {_load()}")
    print(f"{'':34} {table.unit}: median  quartiles        best     cpu    ratio")
    for row in table.rows:
        print(_line(row))
    for bar in table.bars:
        verdict = "not measured" if math.isnan(bar.measured) else "met" if bar.met else "NOT MET"
        sign = ">=" if bar.at_least else "<="
        print(f"  {verdict:>12}  {bar.what}: {bar.measured:.2f} ({sign} {bar.wanted:g})")
    print(flush=True)


def write(table: Table, folder: Path, rounds: int) -> None:
    """Writes a table with its receipt to FOLDER/NAME.json; numbers that are missing are null."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {**asdict(table), "receipt": receipt(rounds)}
    content["rows"] = [{**asdict(row), "zh": chinese(row.name)} for row in table.rows]
    content["bars"] = [
        {**asdict(bar), "zh": chinese(bar.what), "met": bar.met} for bar in table.bars
    ]
    text = json.dumps(_without_nan(content), indent=1, ensure_ascii=False, allow_nan=False)
    (folder / f"{table.name}.json").write_text(text + "\n", encoding="utf-8")


def receipt(rounds: int) -> Mapping[str, object]:
    """Whose numbers these are."""
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": processor(),
        "cores": os.cpu_count(),
        "load": _load(),
        "rounds": rounds,
        "python": platform.python_version(),
        "torch": torch.__version__,
    }


def _line(row: Row) -> str:
    if row.missing:
        return f"{row.name:>34}  {row.missing}"
    quartiles = f"{row.quartiles[0]:.1f}..{row.quartiles[1]:.1f}"
    notes = "  ".join(f"{name} {value:.3g}" for name, value in row.notes.items())
    ratio = "" if math.isnan(row.ratio) else f"{row.ratio:.2f} x"
    numbers = f"{row.median:14.1f}  {quartiles:>15} {row.best:7.1f} {row.cpu:7.1f} {ratio:>9}"
    return f"{row.name:>34} {numbers}  {notes}"


def _without_nan(value: object) -> object:
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, dict):
        return {key: _without_nan(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(part) for part in value]
    return value


def _load() -> str:
    return ", ".join(f"{load:.1f}" for load in os.getloadavg())


if __name__ == "__main__":
    main()
