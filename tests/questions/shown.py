"""The record that the built site shows of a question: what a test takes that needs no study of its own."""

from functools import cache

import xarray as xr

from dlqa.evidence.records import gathered
from dlqa.publishing.publish import stored
from dlqa.publishing.store.catalog import find
from dlqa.publishing.store.records import load
from dlqa.publishing.store.shelves import Store


@cache
def shown(slug: str) -> xr.Dataset:
    """It lies in the store once the site is built: a test that asks for it takes the fixture `site`."""
    folders = stored(find(slug), Store.default())
    assert folders, f"no record of {slug} in the store; expected one of the built site"
    return gathered(block for folder in folders for block in load(folder).values())
