"""The font of the formulas in the store."""

from functools import partial

from dlqa.publishing.formulas.font import CARRIER, FONT
from dlqa.publishing.store.fingerprint import Fingerprint, ingredients, versions
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Say, Stage, files, work


def publish_font(store: Store, say: Say = print) -> bytes:
    """The font of the formulas, cut anew where the stored one is missing, stale or damaged."""
    stage = Stage(store, "formulas", "font", of_font(), files(FONT))
    return (stage.up_to_date(partial(work, "font", "formulas"), say) / FONT).read_bytes()


def of_font() -> Fingerprint:
    """What the font of the formulas depends on: how it is cut, and from what."""
    return Fingerprint(ingredients("dlqa.publishing.formulas.font") | versions({CARRIER}))
