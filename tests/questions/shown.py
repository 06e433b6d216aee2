"""The record that the built site shows of a question, for tests that need no study of their own.

It lies in the store once the site is built: a test that asks for it takes the fixture `site`.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import xarray as xr

from dlqa.evidence.records import gathered
from dlqa.publishing.publish import stored
from dlqa.publishing.store.catalog import find
from dlqa.publishing.store.records import load
from dlqa.publishing.store.shelves import Store


@cache
def shown(slug: str) -> xr.Dataset:
    """A question's record."""
    folders = stored(find(slug), Store.default())
    assert folders, f"no record of {slug} in the store; expected one of the built site"
    return gathered(block for folder in folders for block in load(folder).values())


def exchanged(slug: str, dim: str, by: Mapping[Any, Any], *variables: str) -> xr.Dataset:
    """Its record where under some labels of a dimension stands what was found under others.

    Of these variables, or of all that have the dimension.
    """
    record = shown(slug)
    order = [by.get(label, label) for label in record[dim].values.tolist()]
    of = variables or [name for name, values in record.data_vars.items() if dim in values.dims]
    return record.assign(record[[*of]].sel({dim: order}).assign_coords({dim: record[dim]}))
