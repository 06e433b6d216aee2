"""What the source of each question timed: our study of it beside networks trained one by one, and
beside the seconds that the source reports.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from benchmarks._measuring import Bar, Contender, Row, Table, Timing, alternate, rows, times_as_fast
from benchmarks._training_contenders import Exercise, naive
from dlqa.lab.parts import run
from dlqa.publishing.store.catalog import Question, questions

UNIT, LOOP, STUDY = "microseconds a run", ", loop", ", study"
# The loop's networks for each question whose source timed some: as many, as wide, as long.
LOOPS = {
    "initialization": Exercise(networks=25, width=100, steps=500),
    "convergence": Exercise(networks=1, width=50, steps=750, layers=3),
    "regularization": Exercise(networks=6, width=50, steps=750),
    "losses": Exercise(networks=30, width=100, steps=500),
}
# What a page's own `SOURCE_WORK` leaves out of the work whose seconds the source reports.
LEFT_OUT: Mapping[str, Mapping[str, object]] = {
    "more_data": {"seeds": 3, "largest_seeds": 3},
    "class_imbalance": {"source_ratios": (1, 2, 5, 10, 20, 50, 100), "source_seeds": 5},
    "batch_size": {"source_seeds": 4, "lone_seeds": 4},
    "memorization": {
        "source": tuple(product((50, 100, 150, 200, 250, 300), (0.0, 1.0))),
        "source_seeds": 3,
    },
}
EARLIER = ("initialization", "convergence", "regularization")  # which have a bar of their own


def tables(rounds: int) -> Iterator[Table]:
    """One row a study and one for its loop; a study also draws data and observes, the loop not."""
    contenders: dict[str, Contender] = {}
    for question in questions():
        if question.slug in LOOPS:
            contenders[f"{question.slug}{LOOP}"] = replace(naive(LOOPS[question.slug]), units=1)
            contenders[f"{question.slug}{STUDY}"] = _study(question)
    timings = alternate(contenders, min(rounds, 3))
    table = [_with_ratio(row, timings) for row in rows(contenders, timings, next(iter(contenders)))]
    of = {f"{slug}{STUDY}" for slug in EARLIER}
    together = sum(row.median for row in table if row.name in of) / 1e6
    bar = Bar("studies of 51 to 53 together, seconds", together, 2.5, at_least=False)
    yield Table("studies", "The source's own work for each question", UNIT, table, [bar])
    yield _beside_the_source()


def _beside_the_source() -> Table:
    """The whole of what the source timed, once; a ratio is to the seconds that it reports."""
    reported, contenders = {}, {}
    for question in questions():
        if seconds := getattr(question.load("claims"), "REPORTED_SECONDS", None):
            reported[question.slug] = seconds
            contenders[question.slug] = _study(question, **LEFT_OUT.get(question.slug, {}))
    timings = alternate(contenders, 1)
    table = [
        replace(row, ratio=1e6 * reported[row.name] / row.median)
        for row in rows(contenders, timings, next(iter(contenders)))
    ]
    ours = sum(row.median for row in table) / 1e6
    times = Bar("times as fast as the source reports, together", sum(reported.values()) / ours, 20)
    title = "The source's own work, beside the seconds that it reports for its machine"
    return Table("source", title, UNIT, table, [times])


def _study(question: Question, **left_out: object) -> Contender:
    params = replace(question.load("record").SOURCE_WORK, **left_out)
    work = question.load("study").parts(params)

    def once() -> float:
        run(work)
        return float("nan")

    return Contender(once)


def _with_ratio(row: Row, timings: Mapping[str, Timing]) -> Row:
    loop = row.name.split(",")[0] + LOOP
    return replace(row, ratio=times_as_fast(timings, row.name, loop))
