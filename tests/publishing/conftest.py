"""The tests' own project: as written, with its results made, and built."""

from pathlib import Path

import pytest

from tests.publishing.project import FORGE, URL, Project, make_project


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose results are in its store and whose site is built. To read, not to change."""
    project = make_project(tmp_path_factory.mktemp("made") / "project")
    done = project.build()
    assert done.code == 0, done.output
    return project


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """A copy of it to change."""
    return made.copy(tmp_path / "project")


@pytest.fixture
def new_project(tmp_path: Path) -> Project:
    """A project in which nothing was made yet."""
    return make_project(tmp_path / "project")


@pytest.fixture(scope="session")
def addressed(made: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same project's site, built with its address and that of its source known."""
    site = tmp_path_factory.mktemp("addressed")
    done = made.build("--site-dir", str(site), SITE_URL=URL, REPOSITORY_URL=FORGE)
    assert done.code == 0, done.output
    return site
