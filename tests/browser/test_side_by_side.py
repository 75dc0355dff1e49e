"""Cases side by side, as a reader sets them: chosen in a table, sent by an address, withdrawn meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browsing import PHONE, Visit, visit
from tests.javascript import answer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
PAGE = "compare/side-by-side/"
MODULE = "browser/side-by-side.js"


@pytest.fixture
def reader(browser: Browser, base: str) -> Iterator[Visit]:
    with visit(browser, base) as reader:
        yield reader
        assert reader.faults == []
        assert reader.elsewhere == []


def test_cases_chosen_in_two_tables_stand_side_by_side(reader: Visit) -> None:
    page = reader.go("compare/local-excision/")
    first = page.get_by_label("Baheen 2022: set side by side")
    first.focus()
    page.keyboard.press("Space")
    expect(page.locator(".chosen-cases")).to_contain_text("Baheen 2022 Choose another.")
    page = reader.go("compare/presentation/")
    page.get_by_label("Shi 2021: set side by side").check()
    page.get_by_role("link", name="Set side by side").click()
    assert page.url.endswith("?cases=baheen-2022,shi-2021")
    expect(page.locator("thead th a")).to_have_text(["Baheen 2022", "Shi 2021"])
    differing = page.locator("tr.differs").filter(has_text="Origin").first
    expect(differing.locator("td")).to_contain_text(["Right renal vein", "Left retroperitoneum"])
    differing.locator(".mark button").first.focus()
    expect(differing.locator(".mark .where").first).to_be_visible()
    assert page.locator("tbody tr:visible:not(.differs)").count()
    page.get_by_label("rows that differ").check()
    expect(page.locator("tbody tr:visible:not(.differs)")).to_have_count(0)


def test_four_are_the_most(reader: Visit) -> None:
    page = reader.go("cases/")
    for number in range(4):
        page.locator(".choose-case").nth(number).check()
    expect(page.locator(".choose-case").nth(5)).to_be_disabled()
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.locator(".choose-case").nth(5)).to_be_enabled()
    expect(page.locator(".chosen-cases")).to_be_hidden()


def test_one_of_four_that_is_gone_is_told_and_another_can_be_added(browser: Browser, base: str) -> None:
    with visit(browser, base, viewport=PHONE, has_touch=True, is_mobile=True) as phone:
        page = phone.go(PAGE + "?cases=baheen-2022,gone-1999,../../etc,shi-2021")
        expect(page.locator(".dropped")).to_contain_text("“gone-1999”")
        expect(page.locator(".dropped")).to_contain_text("“../../etc”")
        expect(page.locator("thead th a")).to_have_count(2)
        page.get_by_label("Add a case").fill("Stringer 1977")
        page.get_by_role("button", name="Add").click()
        expect(page.locator("thead th a")).to_have_count(3)
        assert page.url.endswith("?cases=baheen-2022,shi-2021,stringer-1977")
        page.go_back()
        expect(page.locator("thead th a")).to_have_count(2)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert phone.faults == []


def test_no_case_no_scripts_and_no_storage_are_told_with_a_way_on(browser: Browser, base: str) -> None:
    with visit(browser, base) as reader:
        page = reader.go(PAGE)
        expect(page.get_by_label("Add a case")).to_be_visible()
        page.get_by_label("Add a case").fill("nobody")
        page.get_by_role("button", name="Add").click()
        expect(page.locator("form [role=status]")).to_contain_text("Take one of the list")
    with visit(browser, base, java_script_enabled=False) as reader:
        expect(reader.go(PAGE).locator(".needs-scripts a")).to_have_attribute("href", "../../cases/")
    with visit(browser, base) as reader:
        reader.page.add_init_script(
            "Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('refused') }})"
        )
        page = reader.go("compare/local-excision/")
        page.locator(".choose-case").first.check()
        page.locator(".choose-case").nth(1).check()
        expect(page.get_by_role("link", name="Set side by side")).to_be_visible()
        assert reader.faults == []


def test_rows_differ_only_by_what_is_known() -> None:
    lines = [{"path": "a.b", "section": "A", "title": "B"}]
    said = [{"known": {"a.b": [{"words": words}]}} for words in ("one", "one (inferred)", "two")]
    silent: dict[str, dict[str, object]] = {"known": {}}

    def differs(*cases: object) -> list[bool]:
        return [row["differs"] for row in answer(MODULE, "m.rowsOf(lines, cases)", lines=lines, cases=cases)]

    assert differs(said[0], silent) == [False]
    assert differs(said[0], said[1]) == [False]
    assert differs(said[0], said[2]) == [True]
    assert differs(silent, silent) == []
