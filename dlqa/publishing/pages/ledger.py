"""Verdicts as they look on a page: a claim's evidence and a page's header."""

from collections import Counter
from html import escape

from dlqa.evidence.values import bound, value
from dlqa.publishing.pages.claim_code import decided
from dlqa.publishing.pages.interval_marks import ends, interval, span
from dlqa.publishing.sources.front_matter import Heading
from dlqa.publishing.store.findings import FoundClaim, FoundCondition
from dlqa.publishing.store.results import Published
from dlqa.publishing.verdicts import SYMBOLS, badge, verdict_class
from dlqa.publishing.words import word


def claim_block(fold: str, claim: FoundClaim, words: str, slug: str, language: str) -> str:
    """The opening of a claim's collapsible block, its evidence first."""
    identity = claim.id
    title = f"{badge(claim.verdict, language)} <b id='{identity}'>{identity}</b> {words}"
    lines = [conditions(claim, language), _how(claim, slug, language)]
    return f'{fold} claim "{title}"\n\n' + "\n".join(f"    {line}\n" for line in lines if line)


def header(heading: Heading, published: Published, language: str) -> str:
    """Number, difficulty, tags, what to know first, and whose measurement it is."""
    receipt, colon, comma = published.values, word("colon", language), word("comma", language)
    level = word("difficulties", language).split()[heading.difficulty - 1]
    tags = "".join(f"<li>{escape(tag)}</li>" for tag in heading.tags)
    facts = [
        word("question", language, number=heading.question),
        word("difficulty", language) + colon + level,
        word("before", language) + colon + escape(comma.join(heading.before)),
    ]
    measured = word(
        "measured on",
        language,
        day=receipt["measured_at"].text[:10],
        cpu=escape(receipt["cpu"].text),
        cores=receipt["cores"].text,
        seconds=receipt["seconds"].text,
    )
    return (
        f'<div class="answer-head"><p>{" · ".join(facts)}</p><ul class="tags">{tags}</ul>'
        f'<p class="measured">{measured}</p>{state(published, language)}</div>\n'
    )


def state(published: Published, language: str) -> str:
    """How many of a question's claims have which verdict."""
    counts = Counter(claim.verdict for claim in published.claims)
    parts = "".join(
        f"<li>{badge(verdict, language)} {counts[verdict]}</li>"
        for verdict in SYMBOLS
        if counts[verdict]
    )
    return f'<ul class="claim-state" aria-label="{word("state", language)}">{parts}</ul>'


def conditions(claim: FoundClaim, language: str) -> str:
    """What was measured of a claim, a row a condition; nothing where nothing was."""
    if not claim.conditions:
        return ""
    margin = value(claim.margin, "g").text
    heads = "".join(
        f'<th scope="col">{word(name, language, margin=margin)}</th>'
        for name in ("condition", "verdict", "effect", "seeds")
    )
    shown = span([each for one in claim.conditions for each in ends(one)], claim.margin)
    rows = "".join(_row(outcome, claim, shown, language) for outcome in claim.conditions)
    return (
        f'<div class="evidence" tabindex="0" role="region" aria-label="{claim.id}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(
    outcome: FoundCondition, claim: FoundClaim, shown: tuple[float, float], language: str
) -> str:
    effect, verdict = value(outcome.effect, claim.form).text, outcome.verdict
    low, high = bound(outcome.low, claim.form, "−∞").text, bound(outcome.high, claim.form, "∞").text
    drawn = interval(outcome, claim.margin, shown)
    more = "" if outcome.needed is None else word("needs", language, seeds=f"{outcome.needed:,.0f}")
    mark = f" <small>{word('weak', language)}</small>" if outcome.weak else ""
    return (
        f'<tr class="verdict--{verdict_class(verdict)}">'
        f'<th scope="row">{escape(outcome.label[language])}</th>'
        f"<td>{badge(verdict, language)}{mark}</td><td>{effect} [{low}, {high}]{drawn}</td>"
        f'<td data-label="{word("seeds", language)}">{outcome.seeds}{more}</td></tr>'
    )


def _how(claim: FoundClaim, slug: str, language: str) -> str:
    """The quantity, the test with its margin, the reference and the code, as one line."""
    colon = word("colon", language)
    parts = [word(claim.kind, language)]
    if claim.conditions:
        side = "below" if claim.below else "above"
        margin = value(claim.margin, "g").text
        parts.append(word("quantity", language) + colon + escape(claim.quantity[language]))
        parts.append(word("test", language) + colon + word(side, language, margin=margin))
        if claim.resolution:
            width = value(claim.resolution, "g").text
            parts.append(word("resolution", language, width=width))
    else:
        parts.append(word(f"how {claim.kind}", language))
    reference = f'<a href="#references">{escape(claim.source)}</a>'
    parts.append(word("source", language) + colon + reference)
    place = f"#{claim.id}" if claim.id in decided(slug) else ""
    parts.append(f'<a href="../code/{slug}/{place}">{word("decides", language)}</a>')
    return f'<p class="evidence-how">{" · ".join(parts)}</p>'
