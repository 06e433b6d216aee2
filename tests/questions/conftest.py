"""What tests of all questions' studies take."""

import pytest

from dlqa.drawing.labels import Labels
from dlqa.publishing.store.catalog import find


@pytest.fixture
def labels(request: pytest.FixtureRequest) -> Labels:
    """The words of the question whose study a file tests, `test_<slug>.py`, in one language.

    A drawing reads the same record whatever it is told in; the site draws each in every language.
    """
    return find(request.path.stem.removeprefix("test_")).labels("zh")
