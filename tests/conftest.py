"""Fixtures: the invented casebook to read, a copy of it to break, and the real one."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from build_tools.checks.checking import check_all
from build_tools.problems.problem import errors
from build_tools.review.review import Review
from tests.browsing import served
from tests.engines import by_mkdocs, by_zensical
from tests.world import EXAMPLE, REPOSITORY, World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

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
    """The review of the repository itself, free of errors."""
    review, problems = check_all(REPOSITORY)
    assert not errors(problems), "\n".join(problem.text() for problem in problems)
    return review


@pytest.fixture(scope="session")
def five_papers(casebook: Review) -> Review:
    """The thirteen patients of the five papers that were read whole, whatever else is published."""
    papers = {id for id, report in casebook.reports.items() if report.read in ("full", "text_only")}
    cases = {id: case for id, case in casebook.cases.items() if papers & set(case.report_ids)}
    reports = {id for case in cases.values() for id in case.report_ids}
    return replace(casebook, cases=cases, reports={id: casebook.reports[id] for id in sorted(reports)})


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


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives a browser."""
    from playwright.sync_api import expect, sync_playwright  # only where a test opens a browser

    expect.set_options(timeout=15_000)  # as long as other waits: plotly.js is large, and machines are slow
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The Chromium that CHROMIUM names, or that tests/install-chromium finds; without one the tests fail."""
    found = subprocess.run(
        [REPOSITORY / "tests" / "install-chromium"], capture_output=True, text=True, check=False
    )
    if found.returncode:
        raise RuntimeError(found.stderr)
    with playwright.chromium.launch(executable_path=found.stdout.strip()) as browser:
        yield browser


@pytest.fixture(scope="session")
def base(mkdocs_site: Path) -> Iterator[str]:
    """The address of the repository's own casebook, built by MkDocs."""
    with served(mkdocs_site) as base:
        yield base
