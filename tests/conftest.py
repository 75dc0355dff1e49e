"""Fixtures: the invented casebook to read, a copy of it to break, and the real one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from build_tools.checking import check_all
from build_tools.review import Review
from tests.engines import by_mkdocs, by_zensical
from tests.world import EXAMPLE, REPOSITORY, World

settings.register_profile("casebook", deadline=None, derandomize=True, max_examples=200)
settings.load_profile("casebook")


@pytest.fixture(scope="session")
def example() -> Review:
    """The review of tests/example, free of problems."""
    review, problems = check_all(EXAMPLE)
    assert not problems, "\n".join(problem.text() for problem in problems)
    return review


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of tests/example from which each test's world is made."""
    return Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("original") / "casebook"))


@pytest.fixture(scope="session")
def casebook() -> Review:
    """The review of the repository itself, free of problems."""
    review, problems = check_all(REPOSITORY)
    assert not problems, "\n".join(problem.text() for problem in problems)
    return review


@pytest.fixture
def world(tmp_path: Path, original: Path) -> World:
    """A copy of tests/example that a test may change."""
    return World.like(original, tmp_path / "casebook")


@pytest.fixture(scope="session")
def mkdocs_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own casebook, built by MkDocs; tests that use it belong to the group 'site'."""
    return by_mkdocs(REPOSITORY, tmp_path_factory.mktemp("mkdocs") / "site")


@pytest.fixture(scope="session")
def zensical_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own casebook, built by Zensical from pages on disk."""
    return by_zensical(REPOSITORY, tmp_path_factory.mktemp("zensical"))
