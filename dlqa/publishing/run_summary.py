"""What a run has to tell its keepers, as Markdown: seconds, verdicts that changed, warnings."""

from collections.abc import Iterator, Mapping, Sequence

from dlqa.evidence.values import bound, value
from dlqa.publishing.store.results import Published
from dlqa.publishing.store.verdict_log import Change, Standing


def run_summary(published: Mapping[str, Published], changes: Sequence[Change]) -> str:
    """A table of times, one of changed verdicts with their figures side by side, all warnings."""
    return "\n".join([*_times(published), "", *_changed(changes), "", *_warned(published)])


def _times(published: Mapping[str, Published]) -> Iterator[str]:
    yield "| question | seconds | machine | cores | torch |"
    yield "|---|---|---|---|---|"
    for slug, results in published.items():
        facts = (results.receipt[name] for name in ("seconds", "cpu", "cores", "torch"))
        yield _row(slug, *map(str, facts))


def _changed(changes: Sequence[Change]) -> Iterator[str]:
    yield f"**Verdicts that changed since the last deploy: {len(changes)}**"
    if changes:
        yield "\n| claim | condition | was | is now |\n|---|---|---|---|"
    for each in changes:
        sides = (_standing(side, each.form) for side in (each.before, each.after))
        yield _row(f"{each.slug} {each.claim}", each.condition, *sides)


def _standing(side: Standing, form: str) -> str:
    if side.effect is None:
        return side.verdict
    low, high = (bound(end, form, "?").text for end in (side.low, side.high))
    return f"{side.verdict}: {value(side.effect, form).text} [{low}, {high}], {side.seeds} seeds"


def _warned(published: Mapping[str, Published]) -> Iterator[str]:
    lines = [
        f"- {slug}: {line}"
        for slug, results in published.items()
        for claim in results.claims
        for line in [*claim.stops, *claim.warnings]
    ]
    yield f"**Warnings: {len(lines)}**"
    yield from ["", *lines] if lines else []


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
