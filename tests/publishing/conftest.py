"""The tests' own project: as written, with its results made, and built."""

import os
from pathlib import Path

import pytest
from filelock import FileLock

from tests.publishing.project import FORGE, URL, Project, make_project


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose results are in its store and whose site is built. To read, not to change.

    The worker that comes first makes it; a build's paths are its own, so each has a copy.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with FileLock(shared / "made.lock"):
        project = Project(shared / "made")
        if not project.root.exists():
            unfinished = make_project(tmp_path_factory.mktemp("made") / "project")
            done = unfinished.build()
            assert done.code == 0, done.output
            unfinished.copy(project.root)
    return project.copy(tmp_path_factory.mktemp("made") / "project")


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
