"""What the pages of one language may cite."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dlqa.publishing.formulas import mathml
from dlqa.publishing.sources.captions import Caption, captions
from dlqa.publishing.sources.checks import check_claims, unknown
from dlqa.publishing.sources.source import PageErrors, Source
from dlqa.publishing.store.results import Published

INSTALL = "install"


@dataclass(frozen=True)
class Library:
    """What the pages of one language may cite: every question's results and page, as `marked`.

    folder: where its pages stand below the site's root, "" for the language at the root; pages:
    all of them by slug, as written.
    """

    language: str
    folder: str
    published: Mapping[str, Published]
    sources: Mapping[str, Source]
    pages: Mapping[str, Source]

    @classmethod
    def of_page(cls, source: Source, results: Published, language: str) -> "Library":
        """What a question's page alone may cite."""
        slug = source.slug
        return cls(language, "", {slug: results}, {slug: marked(source)}, {slug: source})

    @property
    def install(self) -> str:
        """The page that says how to install the package, from the site's root; "" without one."""
        return f"{self.folder}{INSTALL}/" if INSTALL in self.pages else ""

    def entries(self) -> list[tuple[Source, Published]]:
        """Every question's page with its results."""
        return [(source, self.published[slug]) for slug, source in self.sources.items()]

    def check(self) -> None:
        """Raises PageErrors for captions that are wrong, and for claims: pictures show these."""
        errors: list[PageErrors] = []
        try:
            assert self.captions is not None
        except PageErrors as error:
            errors.append(error)
        for slug, source in self.sources.items():
            try:
                check_claims(source, self.published[slug])
            except PageErrors as error:
                errors.append(error)
        PageErrors.stop(errors)

    @cached_property
    def captions(self) -> Mapping[str, Mapping[str, Caption]]:
        """Every question's captions by their figures. Raises PageErrors with all that is wrong."""
        found: dict[str, Mapping[str, Caption]] = {}
        errors: list[PageErrors] = []
        for slug, source in self.sources.items():
            try:
                found[slug] = captions(source, self.published[slug], self.language)
            except PageErrors as error:
                errors.append(error)
        PageErrors.stop(errors)
        return found

    def drawing(self, slug: str, name: str) -> str:
        """A figure, or one of its settings (`curves.0.1-adam`), as SVG with its caption's words."""
        figure, _, setting = name.partition(".")
        caption = self.captions[slug][figure]
        shown = caption.at(setting) if setting else caption
        return shown.told(self.published[slug].figure(name, self.language))

    def question(self, slug: str, source: Source, offset: int) -> Published:
        if slug not in self.published:
            raise source.error(offset, unknown("question", slug, self.published))
        return self.published[slug]


@lru_cache(maxsize=1000)
def marked(source: Source) -> Source:
    """The page with its formulas out of the way, for TeX has double braces too."""
    head = source.text[: len(source.text) - len(source.body)]
    return Source(source.path, head + mathml.marked(source.body))
