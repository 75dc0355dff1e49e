"""Cases like mine, as a reader asks for them: by hand or by an address, of which no server hears a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browsing import DESK, PHONE, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
PAGE = "compare/like-mine/"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_nearest_patients_are_told_with_why_and_what_happened(
    browser: Browser, base: str, size: dict[str, int]
) -> None:
    with visit(browser, base, viewport=size) as reader:
        page = reader.go(PAGE)
        expect(page.locator(".result")).to_contain_text("Enter one thing at least")
        page.get_by_label("Age (years)").fill("55")
        page.get_by_label("Sex").select_option("female")
        page.get_by_label("Origin").focus()
        page.keyboard.type("Renal vein")
        result = page.locator(".result")
        expect(result).to_contain_text("This is no recommendation.")
        rows = result.locator("tbody tr")
        expect(rows).to_have_count(10)
        expect(rows.first.locator("td").nth(1)).to_contain_text("Agrees: ")
        rows.first.locator(".mark button").first.focus()
        expect(rows.first.locator(".where a").first).to_be_visible()
        expect(rows.first.locator("td").first).to_contain_text("0.00, from 3 of 3 fields (100 % by weight)")
        expect(result.locator("section").last).to_contain_text("Local recurrence: ")
        expect(result.locator("section").last.locator("li").first).to_contain_text("%)")
        assert page.url.endswith("#age=55&sex=female&origin=renal_vein")
        assert not [url for url in reader.requests if "55" in url.rpartition("/")[2] or "female" in url]
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        page.get_by_role("button", name="Start again").click()
        expect(page.get_by_label("Age (years)")).to_have_value("")
        assert "#" not in page.url
        assert reader.faults == []
        assert reader.elsewhere == []


def test_an_address_fills_the_form_and_says_what_it_drops(browser: Browser, base: str) -> None:
    with visit(browser, base) as reader:
        page = reader.go(PAGE + "#size=6&segment=middle,infrarenal&shoe=44&sex=moon")
        expect(page.get_by_label("Size (cm)")).to_have_value("6")
        expect(page.locator(".entered details").first).to_contain_text("Segment")
        for words in ("“shoe”", "“moon”"):
            expect(page.locator(".dropped")).to_contain_text(words)
        page.get_by_label("Size (cm)").fill("-3")
        expect(page.locator(".trouble").filter(has_text="please")).to_be_visible()
        page.evaluate("location.hash = 'grade=gx&side=bilateral'")
        expect(page.get_by_label("Size (cm)")).to_have_value("")
        assert reader.faults == []
    with visit(browser, base, java_script_enabled=False) as reader:
        expect(reader.go(PAGE).locator(".needs-scripts a")).to_be_visible()


def test_data_that_does_not_load_is_told_with_a_way_back(browser: Browser, base: str) -> None:
    with visit(browser, base) as reader:
        reader.page.route("**/data/like-mine.json", lambda route: route.abort())
        page = reader.go(PAGE)
        expect(page.locator(".like-mine")).to_contain_text("could not be loaded")
        reader.page.unroute("**/data/like-mine.json")
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_label("Age (years)")).to_be_visible()
