"""Verdicts as they look on a page: a claim's evidence and a page's header."""

from dlqa.evidence.values import value
from dlqa.publishing.fragments import badge, fragment
from dlqa.publishing.pages.claim_code import decided
from dlqa.publishing.pages.interval_marks import ends, interval, span
from dlqa.publishing.sources.library import Library
from dlqa.publishing.sources.source import Source
from dlqa.publishing.store.findings import FoundClaim
from dlqa.publishing.verdicts import counted


def claim_block(
    fold: str, claim: FoundClaim, words: str, slug: str, language: str, *, said: bool, root: str
) -> str:
    """The opening of a claim's collapsible block, its evidence first.

    said: whether a sentence of the page leads to it, so that there is a way back.
    root: leads from the page to the site's root.
    """
    title = f"{badge(claim.verdict, language)} <b id='{claim.id}'>{claim.id}</b> {words}"
    lines = [conditions(claim, language), _basis(claim, slug, language, said, root)]
    return f'{fold} claim "{title}"\n\n' + "\n".join(f"    {line}\n" for line in lines if line)


def header(source: Source, library: Library) -> str:
    """Number, difficulty, tags, what to know first, how many claims have which verdict."""
    claims, heading = library.published[source.slug].claims, source.heading
    counts = counted(claim.verdict for claim in claims)
    after = [library.sources[slug] for slug in heading.after]
    parts = {"heading": heading, "claims": len(claims), "counts": counts, "after": after}
    return fragment("answer_head.html", library.language, **parts) + "\n"


def conditions(claim: FoundClaim, language: str) -> str:
    """What was measured of a claim, a row a condition; nothing where nothing was."""
    if not claim.conditions:
        return ""
    shown = span([each for one in claim.conditions for each in ends(one)], claim.margin)
    drawn = [interval(one, claim.margin, shown) for one in claim.conditions]
    margin = value(claim.margin, "g").text
    return fragment("conditions.html", language, claim=claim, drawn=drawn, margin=margin)


def _basis(claim: FoundClaim, slug: str, language: str, said: bool, root: str) -> str:
    """The quantity, the test with its margin, the reference, the code and the way back, as a line."""
    code = f"../code/{slug}/" + (f"#{claim.id}" if claim.id in decided(slug) else "")
    margin = value(claim.margin, "g").text
    card = f"{root}cards/{slug}/{claim.id}.png"
    parts = {"claim": claim, "code": code, "margin": margin, "said": said, "card": card}
    return fragment("claim_basis.html", language, **parts)
