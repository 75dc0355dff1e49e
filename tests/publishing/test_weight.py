"""How much a reader loads before the first tap: everything that a fresh visit asks for, compressed."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from tests.browsing import Visit, served, visit
from tests.world import REPOSITORY

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

KILOBYTE = 1000
CASES = (REPOSITORY / "cases").glob("*.yml")
LONGEST = [path.stem for path in sorted(CASES, key=lambda path: path.stat().st_size)[-5:]]
"""The cases of which most is known, whose pages are the heaviest."""
INDEX = "pagefind/"
"""Where the index of the search is."""


@cache
def weight(file: Path) -> int:
    """The bytes of a file as a host sends it."""
    return len(gzip.compress(file.read_bytes(), 6))


def loaded(reader: Visit, site: Path) -> dict[str, int]:
    """What a visit asked for so far, each address once, with its weight."""
    found = {}
    for url in reader.requests:
        name = unquote(urlsplit(url).path).lstrip("/")
        file = site / name
        found[name] = weight(file / "index.html" if file.is_dir() else file)
    return found


@pytest.mark.parametrize(
    ("pages", "most"),
    [
        (["charts/dashboard/"], 150),
        ([f"cases/{id}/" for id in LONGEST], 100),
        (["contribute/add-a-case/"], 250),  # it brings every term of every vocabulary
    ],
    ids=["dashboard", "cases", "form"],
)
def test_a_page_is_light_before_a_tap(
    browser: Browser, base: str, mkdocs_site: Path, pages: list[str], most: int
) -> None:
    for path in pages:
        with visit(browser, base) as reader:
            reader.go(path).wait_for_load_state("networkidle")
            found = loaded(reader, mkdocs_site)
            assert "assets/casebook.js" in found
            assert not [name for name in found if "plotly" in name or name.startswith(INDEX)], path
            assert sum(found.values()) < most * KILOBYTE, (path, found)


WORDS = {
    "parker-2014": "cases/parker-2014",
    "Gierson": "cases/gierson-1976",
    "renal vein": "cases/",
    "anlotinib": "regimens/anlotinib",
    "desmin": "cases/",
}
"""A word that a reader may look for, and a part of an address that must be found by it."""


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_the_search_loads_when_it_is_reached_for_and_finds_cases(
    browser: Browser, request: pytest.FixtureRequest, engine: str
) -> None:
    site = request.getfixturevalue(f"{engine}_site")
    with served(site) as base, visit(browser, base) as reader:
        page = reader.go("")
        page.wait_for_load_state("networkidle")
        before = loaded(reader, site)
        assert not [name for name in before if name.startswith(INDEX)]
        page.locator(".search-open").click()
        for number, (word, address) in enumerate(WORDS.items()):
            page.get_by_role("searchbox").fill(word)
            page.locator(f"dialog.search li a[href*='{address}']").first.wait_for()
            if not number:
                asked = {name: size for name, size in loaded(reader, site).items() if name not in before}
                assert [name for name in asked if name.startswith(INDEX)]
                assert sum(asked.values()) < 250 * KILOBYTE, asked
        assert reader.faults == []
