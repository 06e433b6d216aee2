"""The section `see` holds one figure, the one that a reader can play with where there is such."""

from dlqa.publishing.sources.captions import CAPTION, OPENING
from dlqa.publishing.sources.sections import section_at
from dlqa.publishing.sources.source import PageErrors, Source
from dlqa.publishing.store.results import Published

PLACE = "see"


def check_seen(source: Source) -> None:
    """Raises PageErrors where `see` does not hold exactly one figure."""
    found = [each.start() for each in OPENING.finditer(source.body)]
    held = [offset for offset in found if section_at(offset, source) == PLACE]
    if not held:
        heading = source.body.index(f"{{#{PLACE}}}")
        raise source.error(heading, f"section {{#{PLACE}}} holds no figure; one stands there")
    PageErrors.stop(
        [source.error(offset, f"section {{#{PLACE}}} holds one figure") for offset in held[1:]]
    )


def check_played(source: Source, published: Published) -> None:
    """Raises PageError where `see` holds a still figure though the question has a live one."""
    live = [name for name in published.figures if published.controls(name)]
    for found in CAPTION.finditer(source.body):
        if section_at(found.start(), source) == PLACE and live and found["name"] not in live:
            known = ", ".join(live)
            problem = f"section {{#{PLACE}}} holds a figure with controls, which is: {known}"
            raise source.error(found.start(), problem)
