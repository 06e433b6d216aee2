"""One claim as the home page shows it: its sentence, verdict, every measured effect, its figure."""

from dlqa.publishing.fragments import fragment
from dlqa.publishing.pages.ledger import conditions
from dlqa.publishing.places import place
from dlqa.publishing.sources.checks import claim_words
from dlqa.publishing.sources.source import Source
from dlqa.publishing.store.results import Published


def showcase(source: Source, results: Published, identity: str, figure: str, language: str) -> str:
    """The claim of that id beside the figure of that name, as Markdown; both are known."""
    claim = next(claim for claim in results.claims if claim.id == identity)
    return fragment(
        "showcase.md",
        language,
        slug=results.slug,
        page=source.path.name,
        heading=source.heading,
        claim=claim,
        sentence=claim_words(source)[identity],
        conditions=conditions(claim, language),
        figure=place("figure", f"{results.slug}.{figure}"),
    )
