"""What the source of each question timed: our study of it beside networks trained one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

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
}


def tables(rounds: int) -> Iterator[Table]:
    """One row a study and one for its loop; a study also draws data and observes, the loop not."""
    contenders: dict[str, Contender] = {}
    for question in questions():
        if question.slug in LOOPS:
            contenders[f"{question.slug}{LOOP}"] = replace(naive(LOOPS[question.slug]), units=1)
            contenders[f"{question.slug}{STUDY}"] = _study(question)
    timings = alternate(contenders, min(rounds, 3))
    table = [_with_ratio(row, timings) for row in rows(contenders, timings, next(iter(contenders)))]
    together = sum(row.median for row in table if row.name.endswith(STUDY)) / 1e6
    bar = Bar("studies together, seconds", together, 2.5, at_least=False)
    yield Table("studies", "The source's own work for each question", UNIT, table, [bar])


def _study(question: Question) -> Contender:
    work = question.load("study").parts(question.load("record").SOURCE_WORK)

    def once() -> float:
        run(work)
        return float("nan")

    return Contender(once)


def _with_ratio(row: Row, timings: Mapping[str, Timing]) -> Row:
    loop = row.name.split(",")[0] + LOOP
    return replace(row, ratio=times_as_fast(timings, row.name, loop))
