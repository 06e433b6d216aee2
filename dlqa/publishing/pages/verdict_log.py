"""The log of verdicts as a page shows it: a line for each that changed, the newest first."""

from dlqa.evidence.values import bound, value
from dlqa.publishing.fragments import fragment
from dlqa.publishing.sources.library import Library
from dlqa.publishing.store.verdict_log import Change, Log, Standing


def log_html(log: Log | None, library: Library, root: str) -> str:
    """All changes, or that there is none; `root` leads from the page to the site's root."""
    language = library.language
    titles = {slug: source.heading for slug, source in library.sources.items()}
    claims = {slug: {c.id for c in results.claims} for slug, results in library.published.items()}

    def leads(change: Change) -> bool:
        return change.claim in claims.get(change.slug, set())

    parts = {
        "log": log,
        "titles": titles,
        "leads": leads,
        "figures": _figures,
        "called": lambda change: change.label.get(language, change.condition),
        "folder": root + library.folder,
    }
    return fragment("verdict_log.html", language, **parts)


def _figures(standing: Standing, form: str) -> str:
    """The effect with its interval; nothing where nothing was measured."""
    if standing.effect is None:
        return ""
    ends = (
        bound(end, form, missing).text
        for end, missing in ((standing.low, "−∞"), (standing.high, "∞"))
    )
    return f"{value(standing.effect, form).text} [{', '.join(ends)}]"
