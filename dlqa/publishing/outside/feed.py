"""The feed of the site's questions, and robots.txt with the way to its sitemaps."""

from collections.abc import Sequence
from xml.etree import ElementTree

from dlqa.publishing.outside.metadata import AUTHORS, FEED, Imprint
from dlqa.publishing.sources.library import Library
from dlqa.publishing.sources.source import Source

ATOM = "http://www.w3.org/2005/Atom"


def robots(address: str, folders: Sequence[str]) -> str:
    """All may be read; the sitemaps of the languages' folders where their address is known."""
    maps = [f"Sitemap: {address}{folder}sitemap.xml\n" for folder in folders if address]
    return "User-agent: *\nAllow: /\n" + "".join(maps)


def feed(library: Library, imprint: Imprint) -> str:
    """The questions as an Atom feed (RFC 4287), each updated when its evidence was measured."""
    measured = {slug: _measured(library, slug) for slug in library.sources}
    root = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": imprint.tag})
    _add(root, "id", imprint.address)
    _add(root, "title", imprint.name)
    _add(root, "subtitle", imprint.description)
    _add(root, "updated", max(measured.values(), default="1970-01-01T00:00:00+00:00"))
    _add(root, "link", rel="self", type="application/atom+xml", href=imprint.address + FEED)
    _add(root, "link", rel="alternate", type="text/html", href=imprint.address)
    _add(_add(root, "author"), "name", AUTHORS)
    _add(root, "rights", "CC BY 4.0")
    for slug in sorted(measured, key=lambda slug: measured[slug], reverse=True):
        root.append(_entry(library.sources[slug], measured[slug], imprint))
    ElementTree.indent(root)
    ElementTree.register_namespace("", ATOM)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _entry(source: Source, when: str, imprint: Imprint) -> ElementTree.Element:
    heading, url = source.heading, imprint.of(source.slug)
    entry = ElementTree.Element(f"{{{ATOM}}}entry")
    _add(entry, "id", url)
    _add(entry, "title", f"{heading.question} · {heading.title}")
    _add(entry, "link", rel="alternate", type="text/html", href=url)
    _add(entry, "updated", when)
    _add(entry, "summary", heading.description)
    for tag in heading.tags:
        _add(entry, "category", term=tag)
    return entry


def _measured(library: Library, slug: str) -> str:
    return str(library.published[slug].receipt["measured_at"])


def _add(
    parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element
