"""One claim as the home page shows it: its sentence, verdict, every measured effect, its figure."""

from dlqa.publishing.pages.ledger import conditions
from dlqa.publishing.sources.checks import claim_words
from dlqa.publishing.sources.source import Source
from dlqa.publishing.store.results import Published
from dlqa.publishing.verdicts import badge
from dlqa.publishing.words import word


def showcase(source: Source, results: Published, identity: str, figure: str, language: str) -> str:
    """The claim of that id beside the figure of that name, as Markdown; both are known."""
    claim = next(claim for claim in results.claims if claim.id == identity)
    page, heading = source.path.name, source.heading
    kicker = word("question", language, number=heading.question) + " · " + heading.title
    stop = word("would not exist", language, verdict=word(claim.verdict, language))
    return f"""
<section class="showcase" markdown>
<div class="showcase__claim" markdown>

[{kicker}]({page})
{{.showcase__kicker}}

[{claim_words(source)[identity]}]({page}#{identity})
{{.showcase__sentence}}

{badge(claim.verdict, language)}
{{.showcase__verdict}}

{conditions(claim, language)}

{stop}
{{.showcase__stop}}

</div>
<div data-figure="{results.slug}.{figure}"></div>
</section>
"""
