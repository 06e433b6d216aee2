"""How often builds stop though nothing changed, and how often they notice when something did.

Seeds are drawn with replacement from those of stored records, as many as a build would run, and
judged as it would, looks and all. Then every effect that a text relies on is mirrored at its
margin, or gone: its mean moved to the margin.
"""

from collections.abc import Iterator

import numpy as np

from calibration._stored import Recorded, recorded
from calibration._tables import Row, Table
from calibration._trials import Array, Trial, Truths, trials
from dlqa.evidence.looks import seeds_at
from dlqa.evidence.sides import Side

LATER = 1000  # of the records beside the pages' own, where the store has them
OFTEN = 0.001  # a condition that stops more builds than this is named


def tables(repeats: int) -> Iterator[Table]:
    """`repeats` is shared out: to judge a build costs as much as some samples of other tables."""
    of_pages, of_later = list(recorded()), list(recorded(LATER))
    if of_pages:
        yield _false_stops(of_pages, of_later, max(200, repeats // 3))
        builds = max(20, repeats // 300)
        rows = [_noticed(record, builds) for record in of_pages]
        title = "shares of builds that notice a lost effect, by stop or warning"
        yield Table("power", title, rows, shares=[*rows[0].cells][1:])


def _false_stops(of_pages: list[Recorded], of_later: list[Recorded], builds: int) -> Table:
    rows, notes, everything = [], list[str](), {}
    for record in [*of_pages, *of_later]:
        stops = {trial.name: trial.stops(drawn(trial, builds)) for trial in trials(record)}
        stopped = np.any([*stops.values()], axis=0)
        rows.append(_row(record.name, len(stops), stopped))
        shares = {name: float(each.mean()) for name, each in stops.items()}
        notes += [f"{record.name}: {k} stops {v:.2%}" for k, v in shares.items() if v > OFTEN]
        everything[record.name] = len(stops), stopped
    for name, group in {"all pages": of_pages, "all pages, later seeds": of_later}.items():
        if len(group) > 1:
            found = [everything[record.name] for record in group]
            together = np.any([stopped for _, stopped in found], axis=0)
            rows.append(_row(name, sum(relied for relied, _ in found), together))
    title = "shares of builds that stop though nothing changed"
    return Table("builds", title, rows, notes, shares=["builds that stop"])


def _row(name: str, relied: int, stopped: Truths) -> Row:
    return Row(name, {"conditions relied on": relied, "builds that stop": float(stopped.mean())})


def _noticed(record: Recorded, builds: int) -> Row:
    relied = list(trials(record))
    shares = {
        what: np.array([_shares(each, builds) for each in changed])
        for what, changed in {
            "mirrored": [trial.mirrored() for trial in relied if trial.relies is not Side.EQUAL],
            "gone": [trial.vanished() for trial in relied],
        }.items()
    }
    cells: dict[str, float | None] = {"conditions relied on": len(relied)}
    for what, found in shares.items():
        cells[f"{what}: stop"] = float(found[:, 0].mean())
        cells[f"{what}: stop or warn"] = float(found.sum(1).mean())
    return Row(record.name, cells)


def _shares(trial: Trial, builds: int) -> tuple[float, float]:
    stops, warns = trial.outcomes(drawn(trial, builds))
    return float(stops.mean()), float(warns.mean())


def drawn(trial: Trial, builds: int) -> Array:
    """Numbers for so many builds, [R, S]; trials of as many seeds draw the same ones."""
    seeds, looks = len(trial.pool), trial.looks
    generator = np.random.default_rng(seeds)
    which = generator.integers(seeds, size=(seeds_at(looks - 1, trial.first), builds)).T
    return trial.pool[which]
