"""How often intervals miss the mean, by method and by population, and how wide they are.

Misses are shown as multiples of the error that was promised: 1 is what was asked for.
"""

import zlib
from collections.abc import Iterator

import numpy as np

from calibration._tables import Row, Table
from calibration.methods import Batch, Method, methods
from calibration.populations import Array, Population, populations

SIZES = (6, 12, 24, 32, 48, 96)
ERRORS = (0.05, 0.01, 0.001, 0.0005)
MEASURED = 40  # samples whose intervals' widths are measured


def tables(repeats: int) -> Iterator[Table]:
    shapes = populations()
    every = methods()
    missed = {
        (method.name, shape.name, size, error): share
        for size in SIZES
        for shape in shapes
        for method, error, share in _missed(every, shape, size, repeats)
    }
    ours = every[-1].name
    for error in ERRORS:
        yield Table(
            f"coverage-{error:g}",
            f"misses of the interval that decides, as multiples of an error of {error:g}",
            [_by_size(shape.name, [(ours, shape.name)], missed, error) for shape in shapes],
        )
    seen = [shape for shape in shapes if not shape.hidden]
    for error in ERRORS:
        yield Table(
            f"methods-{error:g}",
            f"worst population's misses, as multiples of an error of {error:g}",
            [
                _by_size(method.name, [(method.name, shape.name) for shape in seen], missed, error)
                for method in every
            ],
        )
    yield Table(
        "widths",
        "width as a multiple of Student's, median over populations",
        [_widths(method, seen) for method in every],
    )


def drawn(population: Population, size: int, repeats: int) -> Array:
    """Samples [R, S] of a population, the same ones whenever they are asked for."""
    seed = [zlib.crc32(population.name.encode()), size]
    return population.draw(np.random.default_rng(seed), (repeats, size))


def _missed(
    every: list[Method], population: Population, size: int, repeats: int
) -> Iterator[tuple[Method, float, float]]:
    samples = drawn(population, size, repeats)
    batches = {count: Batch(samples[:count], population) for count in {m.samples for m in every}}
    for method in every:
        if method.bounded and not np.isfinite(population.high - population.low):
            continue
        for error in ERRORS:
            if error >= method.smallest:
                missed = method.misses(batches[method.samples], error)
                yield method, error, float(missed.mean())


def _by_size(
    name: str,
    of: list[tuple[str, str]],
    missed: dict[tuple[str, str, int, float], float],
    error: float,
) -> Row:
    """The most that those methods and populations miss at each size, as multiples of the error."""
    cells: dict[str, float | None] = {}
    for size in SIZES:
        found = [missed[*each, size, error] for each in of if (*each, size, error) in missed]
        cells[f"{size} seeds"] = max(found) / error if found else None
    return Row(name, cells)


def _widths(method: Method, shapes: list[Population]) -> Row:
    cells: dict[str, float | None] = {}
    student = methods()[0]
    for error in (0.05, 0.0005):
        for size in (6, 12, 24, 48):
            ratios: list[float] = []
            for shape in shapes:
                if method.bounded and not np.isfinite(shape.high - shape.low):
                    continue
                samples = drawn(shape, size, MEASURED)
                batch = Batch(samples[np.ptp(samples, axis=1) > 0], shape)
                if error >= method.smallest and len(batch.samples):
                    ratio = method.widths(batch, error) / student.widths(batch, error)
                    ratios.append(float(np.median(ratio)))
            cells[f"{size} seeds, {error:g}"] = float(np.median(ratios)) if ratios else None
    return Row(method.name, cells)
