"""What tests of all questions' studies take."""

import pytest
import xarray as xr

from dlqa.drawing.labels import Labels
from dlqa.publishing.store.catalog import find
from tests.conftest import BuiltSite
from tests.questions.shown import shown


@pytest.fixture
def labels(request: pytest.FixtureRequest) -> Labels:
    """The words of the question whose study a file tests, `test_<slug>.py`, in one language.

    A drawing reads the same record whatever it is told in; the site draws each in every language.
    """
    return find(_slug(request)).labels("zh")


@pytest.fixture(scope="module")
def record(request: pytest.FixtureRequest, site: BuiltSite) -> xr.Dataset:
    """What the built site shows of that question."""
    slug = _slug(request)
    assert site.file(f"{slug}/").is_file()
    return shown(slug)


def _slug(request: pytest.FixtureRequest) -> str:
    return request.path.stem.removeprefix("test_").removesuffix("_study")
