"""What each page says of itself to search engines and to whom a link to it is sent.

Where the site's address is not known, what would need it is left out rather than wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dlqa.evidence.verdicts import Verdict
from dlqa.publishing.sources.library import Library
from dlqa.publishing.sources.source import Source
from dlqa.publishing.store.results import Published
from dlqa.publishing.words import table, word

FEED, HOME = "feed.xml", "index"
AUTHORS = "The dlqa authors"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

Data = dict[str, object]  # what JSON-LD and a template take


@dataclass(frozen=True)
class Imprint:
    """What the site is called in one language, and where: `address` is "" or ends with a slash.

    repository: where its source lies, "" where that is not known.
    """

    language: str
    name: str
    description: str
    address: str
    repository: str = ""

    @property
    def tag(self) -> str:
        """The language as HTML names it."""
        return table("language", self.language)["tag"]

    def of(self, slug: str) -> str:
        """The address of a page, "" where the site's is not known."""
        return self.address and self.address + ("" if slug == HOME else f"{slug}/")

    def preview(self, slug: str) -> str:
        return self.address and f"{self.address}previews/{slug}.png"


def about(
    imprint: Imprint,
    slug: str,
    meta: Mapping[str, object],
    library: Library,
    others: Sequence[str],
) -> Data:
    """What a page's head says for cards and search engines; `main.html` turns it into tags.

    `others` are the site's other languages.
    """
    source = library.sources.get(slug)
    pictured = slug if source else HOME
    found: Data = {
        "kind": "article" if source else "website",
        "title": str(meta.get("title", imprint.name)),
        "description": str(meta.get("description", imprint.description)),
        "name": imprint.name,
        "locale": table("language", imprint.language)["locale"],
        "others": [table("language", each)["locale"] for each in others],
        "feed": FEED if imprint.address else "",
        "url": imprint.of(slug),
        "image": imprint.preview(pictured),
        "alt": _alt(library, pictured),
        "data": None,
    }
    if source:
        found["data"] = _graph(imprint, source, library.published[slug])
    elif slug == HOME:
        found["data"] = {"@context": "https://schema.org", **_site(imprint)}
    return found


def _graph(imprint: Imprint, source: Source, published: Published) -> Data:
    """A question as structured data: no QAPage, whose answers are its readers'."""
    heading, measured = source.heading, published.receipt["measured_at"]
    url = imprint.of(source.slug)
    addressed = {
        "url": url,
        "mainEntityOfPage": url,
        "image": {
            "@type": "ImageObject",
            "url": imprint.preview(source.slug),
            "width": 1200,
            "height": 630,
        },
    }
    article = {
        "@type": ["TechArticle", "LearningResource"],
        "headline": heading.title,
        "description": heading.description,
        "inLanguage": imprint.tag,
        "keywords": list(heading.tags),
        "learningResourceType": "interview question",
        "educationalLevel": word("difficulties", imprint.language).split()[heading.difficulty - 1],
        "isAccessibleForFree": True,
        "license": LICENCE,
        "datePublished": measured,
        "dateModified": measured,
        "author": {"@type": "Organization", "name": AUTHORS},
        "isPartOf": _site(imprint),
        **(addressed if url else {}),
    }
    trail = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            _crumb(1, imprint.name, imprint.address),
            _crumb(2, heading.title, url),
        ],
    }
    return {"@context": "https://schema.org", "@graph": [article, trail]}


def _site(imprint: Imprint) -> Data:
    return {
        "@type": "WebSite",
        "name": imprint.name,
        "description": imprint.description,
        "inLanguage": imprint.tag,
        **({"url": imprint.address} if imprint.address else {}),
    }


def _crumb(position: int, name: str, url: str) -> Data:
    crumb: Data = {"@type": "ListItem", "position": position, "name": name}
    return crumb | ({"item": url} if url else {})


def _alt(library: Library, slug: str) -> str:
    """The picture in words: how many claims have which verdict."""
    slugs = [slug] if slug in library.sources else list(library.sources)
    verdicts = [claim.verdict for each in slugs for claim in library.published[each].claims]
    language = library.language
    counts = [
        f"{word(verdict, language)} {verdicts.count(verdict)}"
        for verdict in Verdict
        if verdict in verdicts
    ]
    return word("state", language) + word("colon", language) + word("comma", language).join(counts)
