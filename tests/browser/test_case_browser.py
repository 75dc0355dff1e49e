"""The case browser as a reader uses it: choices, order, columns, address; by mouse, finger or keys."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import PHONE, Visit, visit
from tests.publishing.test_weight import KILOBYTE, loaded
from tests.world import REPOSITORY

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

PATIENTS = len(list((REPOSITORY / "cases").glob("*.yml")))


@pytest.fixture
def reader(browser: Browser, base: str) -> Iterator[Visit]:
    with visit(browser, base) as reader:
        yield reader
        assert reader.faults == []
        assert reader.elsewhere == []


@pytest.fixture(scope="module")
def data(mkdocs_site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((mkdocs_site / "data" / "browser.json").read_text(encoding="utf-8"))
    return found


def wanted(data: dict[str, Any], word: str, value: str) -> set[str]:
    """The ids of the patients with a term or a state in a field."""
    at = next(i for i, field in enumerate(data["fields"]) if field["word"] == word)

    def said(cell: Any) -> list[str]:
        if isinstance(cell, str):
            return [cell]
        return [cell["state"]] if "state" in cell else cell.get("values", [])

    return {case["id"] for case in data["cases"] if value in said(case["cells"][at])}


def shown(page: Page) -> list[str]:
    ids: list[str] = page.locator(".cases-table tbody tr:not([hidden])").evaluate_all(
        "all => all.map(row => row.dataset.case)"
    )
    return ids


def query(page: Page) -> str:
    return page.url.partition("?")[2]


def said(page: Page) -> str:
    return page.locator(".table-tools output").text_content() or ""


def open_(page: Page, *titles: str) -> None:
    for title in titles:
        page.locator(".browser-tools summary").filter(has_text=title).first.click()


def test_the_browser_loads_when_a_reader_reaches_for_it_and_is_light(
    reader: Visit, mkdocs_site: Path
) -> None:
    page = reader.go("cases/")
    page.wait_for_load_state("networkidle")
    before = loaded(reader, mkdocs_site)
    assert "data/browser.json" not in before
    assert not {name for name in before if name.startswith("assets/form") or name.endswith("rows.js")}
    open_(page, "Choose patients")
    page.locator(".facets").wait_for()
    after = {name: size for name, size in loaded(reader, mkdocs_site).items() if name not in before}
    assert "data/browser.json" in after
    assert sum(after.values()) < 100 * KILOBYTE, after


def test_a_choice_keeps_its_patients_and_is_sent_by_the_address(reader: Visit, data: dict[str, Any]) -> None:
    page = reader.go("cases/")
    open_(page, "Choose patients", "Sex")
    page.locator(".facets").get_by_role("checkbox", name=re.compile("^Male")).check()
    expect(page.locator(".table-tools output")).to_contain_text(f" of {PATIENTS} patients")
    assert set(shown(page)) == wanted(data, "sex", "male")
    assert query(page) == "sex=male"
    page.reload()
    expect(page.locator(".chip")).to_have_text("Sex: Male ×")
    assert set(shown(page)) == wanted(data, "sex", "male")
    page.locator(".chip").click()
    expect(page.locator(".chip")).to_have_count(0)
    assert len(shown(page)) == PATIENTS
    assert query(page) == ""


def test_patients_who_do_not_report_it_are_counted_and_can_be_chosen(
    reader: Visit, data: dict[str, Any]
) -> None:
    page = reader.go("cases/?margins=negative")
    expect(page.locator(".table-tools output")).to_contain_text("don't report it")
    kept = wanted(data, "margins", "negative")
    states = ("not_reported", "not_extracted", "unclear", "unknown", "withheld")
    silent = set[str]().union(*(wanted(data, "margins", state) for state in states))
    assert (
        said(page)
        == f"{len(kept)} of {PATIENTS} patients; {len(silent)} more don't report it (Margins {len(silent)})"
    )
    page.goto(page.url.replace("negative", "not_extracted"))
    expect(page.locator(".chip")).to_have_text("Margins: not extracted ×")
    assert set(shown(page)) == wanted(data, "margins", "not_extracted")


def test_two_facets_keep_who_is_in_both(reader: Visit, data: dict[str, Any]) -> None:
    page = reader.go("cases/?sex=female&margins=negative,close&sort=-age")
    page.locator(".chip").first.wait_for()
    negative = wanted(data, "margins", "negative") | wanted(data, "margins", "close")
    assert set(shown(page)) == wanted(data, "sex", "female") & negative
    ages = page.locator(".cases-table tbody tr:not([hidden]) td:nth-child(2)").all_inner_texts()
    known = [int(age.split()[0]) for age in ages if age[:1].isdigit()]
    assert known == sorted(known, reverse=True)
    expect(page.locator("thead th").nth(1)).to_have_attribute("aria-sort", "descending")
    page.emulate_media(media="print")
    expect(page.locator(".printed")).to_have_text(
        f"Shown: {said(page)}. Sex: Female; Margins: Negative or Close"
    )


def test_an_address_that_asks_for_what_is_gone_says_so_and_shows_the_rest(reader: Visit) -> None:
    page = reader.go("cases/?colour=red&sex=male,moon&sort=4&columns=age,shoe&margins=%ZZ")
    dropped = page.locator(".dropped")
    for words in ("“colour”", "“moon”", "sort by", "“shoe”", "“%ZZ”"):
        expect(dropped).to_contain_text(words)
    assert query(page) == "sex=male&columns=age"
    expect(page.locator(".chip")).to_have_text("Sex: Male ×")


def test_nobody_found_is_said_with_a_way_back(reader: Visit) -> None:
    page = reader.go("cases/?filter=zzzzzz")
    expect(page.locator(".browser-state")).to_contain_text("No patient is like this")
    assert shown(page) == []
    page.get_by_role("button", name="show all patients").click()
    assert len(shown(page)) == PATIENTS
    assert query(page) == ""


def test_a_word_finds_what_the_search_finds_by_it(reader: Visit, data: dict[str, Any]) -> None:
    """R0 is another word for negative margins."""
    page = reader.go("cases/?filter=r0")
    expect(page.locator(".table-tools output")).to_contain_text(" of ")
    assert set(shown(page)) >= wanted(data, "margins", "negative")


def test_columns_come_and_go_and_those_that_hold_nothing_fold(reader: Visit) -> None:
    page = reader.go("cases/?columns=sex,margins,country&sort=patient")
    heads = page.locator(".cases-table thead th:visible")
    expect(heads).to_have_text(["Patient", "Sex", "Margins", "Country"])
    page.locator("tbody tr:not([hidden]) td[data-label=Margins] .mark button").first.focus()
    expect(page.locator("td[data-label=Margins] .mark:focus-within .where a").first).to_be_visible()
    page.goto(page.url.replace("?", "?margins=not_extracted&fold=yes&"))
    expect(heads).to_have_text(["Patient", "Sex", "Country"])
    expect(page.locator(".showing .count")).to_contain_text("Margins")


def taken(page: Page, kind: str) -> str:
    with page.expect_download() as download:
        page.locator(".taking").get_by_role("button", name=kind, exact=True).click()
    return Path(download.value.path()).read_text(encoding="utf-8-sig")


def test_what_is_shown_is_what_is_taken_along(reader: Visit) -> None:
    page = reader.go("cases/?sex=male&sort=age&columns=age,origin,size&filter=vena")
    page.locator(".chip").first.wait_for()
    expect(page.locator(".table-tools output")).to_contain_text(" of ")
    open_(page, "Export")
    ids = shown(page)
    rows = list(csv.DictReader(io.StringIO(taken(page, "CSV"))))
    assert [row["case"] for row in rows] == ids
    assert {float(row["age"]) for row in rows if row["age"]}
    assert all(row["size_cm"] == "" or float(row["size_cm"]) for row in rows)
    assert {"origin", "origin_words", "origin_state", "origin_basis", "origin_sources"} <= rows[0].keys()
    assert "margins" not in rows[0]
    assert [case["id"] for case in json.loads(taken(page, "JSON"))["cases"]] == ids
    reports = {id for case in json.loads(taken(page, "JSON"))["cases"] for id in case["reports"]}
    assert taken(page, "BibTeX").count("\n@") + 1 == len(reports)
    assert taken(page, "RIS").count("TY  - ") == len(reports)


def test_the_browser_works_by_keyboard_alone(reader: Visit, data: dict[str, Any]) -> None:
    page = reader.go("cases/")
    page.locator(".table-tools input").focus()
    page.locator(".facets").wait_for(state="attached")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".chip")).to_have_count(1)
    word, _, value = query(page).partition("=")
    assert set(shown(page)) == wanted(data, word, value)


def test_a_row_is_a_card_with_its_labels_on_a_phone(browser: Browser, base: str) -> None:
    with visit(browser, base, viewport=PHONE, has_touch=True, is_mobile=True) as phone:
        page = phone.go("cases/?sex=male&columns=age,origin,margins,kidney,reconstruction,status")
        page.locator(".chip").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        cell = page.locator("tbody tr:not([hidden]) td[data-label=Margins]").first
        assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Margins"'
        assert cell.evaluate("cell => getComputedStyle(cell).display") == "flow-root"
        assert phone.faults == []


def test_the_table_stays_whole_where_the_browser_does_not_load(browser: Browser, base: str) -> None:
    with visit(browser, base) as reader:
        reader.page.route("**/data/browser.json", lambda route: route.abort())
        page = reader.go("cases/")
        open_(page, "Choose patients")
        expect(page.locator(".browser-state")).to_contain_text(
            "could not be loaded; the table below is whole"
        )
        assert len(shown(page)) == PATIENTS
        reader.page.unroute("**/data/browser.json")
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(".facets > details").first).to_be_visible()
