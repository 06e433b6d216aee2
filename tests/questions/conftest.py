"""What tests of all questions' studies take."""

import pytest

from dlqa.drawing.labels import Labels
from dlqa.publishing.store.catalog import find


@pytest.fixture(params=["zh", "en"])
def labels(request: pytest.FixtureRequest) -> Labels:
    """The words of the question whose study a file tests, `test_<slug>.py`, in each language."""
    slug = request.path.stem.removeprefix("test_")
    return find(slug).labels(request.param)
