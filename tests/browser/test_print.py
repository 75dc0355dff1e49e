"""On paper: every column, black on white, a case on a few sheets; and the page that does not exist."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from build_tools.review.review import Review
from tests.browser.test_browser import AXE
from tests.browsing import served, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

A4_LANDSCAPE = {"width": 1040, "height": 720}
"""What a sheet holds between its margins, in pixels of 1/96 inch."""
WIDE = ("perioperative", "caval-surgery", "pathology")


@pytest.mark.parametrize("path", ["cases/baheen-2022/", "compare/perioperative/", "review/surgery/"])
def test_a_dark_screen_prints_black_on_white(browser: Browser, base: str, path: str) -> None:
    with visit(browser, base, color_scheme="dark") as reader:
        page = reader.go(path)
        page.emulate_media(media="print", color_scheme="dark")
        pale = page.locator("article :is(h1, p, td, th, dd, li)").evaluate_all(
            """all => all.filter(e => e.checkVisibility()).map(e => getComputedStyle(e).color)
                 .filter(c => c.match(/\\d+/g).slice(0, 3).every(part => Number(part) > 150))"""
        )
        assert pale == []


@pytest.mark.parametrize(
    "path", ["compare/perioperative/", "compare/caval-surgery/", "compare/pathology/", "cases/"]
)
def test_a_wide_table_loses_no_column_on_paper(browser: Browser, base: str, path: str) -> None:
    with visit(browser, base, viewport=A4_LANDSCAPE) as reader:
        page = reader.go(path)
        page.emulate_media(media="print")
        beyond = page.locator(".cases-table :is(th, td)").evaluate_all(
            "(all, width) => all.filter(e => e.getBoundingClientRect().right > width).length",
            A4_LANDSCAPE["width"],
        )
        assert beyond == 0


def test_a_case_takes_at_most_four_sheets(browser: Browser, base: str, casebook: Review) -> None:
    sheets = {}
    with visit(browser, base) as reader:
        for id, case in casebook.cases.items():
            if casebook.reports[case.record.reports[0].report].read in ("full", "text_only"):
                pdf = reader.go(f"cases/{id}/").pdf(format="A4", prefer_css_page_size=True)
                sheets[id] = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
    assert sheets
    assert {id: count for id, count in sheets.items() if count > 4} == {}


def test_paper_names_the_site_and_the_address(browser: Browser, base: str) -> None:
    with visit(browser, base) as reader:
        page = reader.go("cases/baheen-2022/")
        head = page.locator(".print-head")
        assert not head.is_visible()
        page.emulate_media(media="print")
        assert head.is_visible()
        assert head.inner_text().endswith("/casebook/cases/baheen-2022/")


def test_the_page_not_found_is_whole_below_a_path(
    browser: Browser, mkdocs_site: Path, tmp_path: Path
) -> None:
    """As a project's Pages serve it: whatever address is missing, 404.html answers in its place."""
    at = Path(shutil.copytree(mkdocs_site, tmp_path / "host" / "casebook"))
    deep = at / "no" / "such"
    deep.mkdir(parents=True)
    shutil.copy(at / "404.html", deep / "index.html")
    with served(tmp_path / "host") as base, visit(browser, base) as reader:
        page = reader.go("casebook/no/such/")
        assert reader.faults == []
        page.evaluate(AXE)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        assert [fault["id"] for fault in found if fault["impact"] in ("serious", "critical")] == []
        assert page.locator("h1").inner_text() == "No such page"
        links = page.locator("main a").evaluate_all("all => all.map(a => new URL(a.href).pathname)")
        assert "/casebook/cases/" in links
        assert all(link.startswith("/casebook/") for link in links)
