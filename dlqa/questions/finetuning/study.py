"""Question 54: features seen once an image, probes on them, and the network trained seed by seed.

Each piece of work runs on one thread, in as many processes at once as torch has threads.
No piece depends on another, so neither their number nor their order changes a result.
"""

import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np
import torch

from dlqa.lab.probes import ridge
from dlqa.lab.reporting import Report, silent
from dlqa.questions.finetuning import probing, tuning
from dlqa.questions.finetuning.images import CLASSES, POOL
from dlqa.questions.finetuning.record import TASKS, Array, Params, Record

Found = dict[str, Array]


@dataclass(frozen=True)
class Piece:
    """One piece of work: what it is called, where its results belong, and how to do it."""

    name: str
    place: tuple[int, ...]  # along the first axes of each of its arrays: a task, a seed, a side
    work: Callable[..., Found]
    arguments: tuple[object, ...]
    images: int = 0  # that pass through the whole network, where a pace is worth telling


def run(params: Params, report: Report = silent) -> Record:
    """Does every piece of `params` and returns its record."""
    pieces = _pieces(params)
    found: dict[tuple[int, ...], Found] = {}
    processes = min(len(pieces), torch.get_num_threads())
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        running = {pool.submit(_timed, piece): piece for piece in pieces}
        for number, done in enumerate(as_completed(running), start=1):
            piece = running[done]
            found[piece.place], seconds = done.result()
            pace = f", {piece.images / seconds:,.0f} images a second" if piece.images else ""
            report(f"{piece.name} in {seconds:.1f} s{pace}", number, len(pieces), 0, 0)
    return _record(found, params)


def _pieces(params: Params) -> list[Piece]:
    """The longest first, so that the cores finish together."""
    tunings = [
        Piece(
            f"{name} by seed {params.first_seed + place}",
            (0, task, place),
            tuning.tune,
            (name, params.first_seed + place, params),
            tuning.images_trained(name, params),
        )
        for task, name in sorted(enumerate(TASKS), reverse=True)
        for place in range(params.seeds)
    ]
    seen = [
        Piece(f"probes of {name}", (1, task), _probes, (name, params))
        for task, name in enumerate(TASKS)
    ]
    blind = [
        Piece(f"random weights on {name}", (2, task), _controls, (name, params))
        for task, name in enumerate(TASKS)
    ]
    sides = [
        Piece(f"photos of {side} pixels", (3, place), _by_side, (side, params))
        for place, side in enumerate(params.sides)
    ]
    limit = Piece("forward alone", (5,), probing.forward, (params.side,), POOL * CLASSES)
    whole = Piece("whole photos", (4,), _whole, (params,))
    return [*tunings, *blind, *seen, *sides, whole, limit]


def _probes(task: str, params: Params) -> Found:
    return probing.probes(task, probing.features(task, params.side, None), params)


def _controls(task: str, params: Params) -> Found:
    held = [probing.features(task, params.side, which) for which in range(params.controls)]
    return {"control": probing.controls(task, held, params)}


def _by_side(side: int, params: Params) -> Found:
    held = probing.features("photos", side, None)
    return {"probed_by_side": probing.probe("photos", held, ridge, params, params.large)}


def _whole(params: Params) -> Found:
    recognized = np.stack([probing.recognized(side) for side in params.whole_sides])
    return {"recognized": recognized, "refused": probing.refusals()}


def _timed(piece: Piece) -> tuple[Found, float]:
    torch.set_num_threads(1)
    started = time.perf_counter()
    return piece.work(*piece.arguments), time.perf_counter() - started


def _record(found: dict[tuple[int, ...], Found], params: Params) -> Record:
    """The pieces' arrays put together along the record's axes."""
    tasks, seeds = range(len(TASKS)), range(params.seeds)
    tuned = [[found[0, task, seed] for seed in seeds] for task in tasks]
    seen = [found[1, task] for task in tasks]
    digits = tuned[TASKS.index("digits")]

    def over_tasks(name: str, axis: int) -> Array:
        """[T, ..., S, ...] with the seeds' axis behind the first `axis` of a piece's own."""
        return np.stack([np.stack([each[name] for each in row], axis) for row in tuned])

    return Record(
        **{name: np.stack([each[name] for each in seen]) for name in seen[0]},
        control=np.stack([found[2, task]["control"] for task in tasks]),
        probed_by_side=np.stack(
            [found[3, place]["probed_by_side"] for place in range(len(params.sides))]
        ),
        **found[4,],
        tuned=over_tasks("tuned", 2),
        tuned_large=over_tasks("tuned_large", 0),
        last=over_tasks("last", 2),
        updated=over_tasks("updated", 0),
        scratch_small=over_tasks("scratch_small", 0),
        scratch=over_tasks("scratch", 0),
        kept=np.stack([each["kept"] for each in digits], -1),
        moved=np.stack([each["moved"] for each in digits], -1),
        adapted=np.stack([each["adapted"] for each in digits]),
        parameters=digits[0]["parameters"],
    )
