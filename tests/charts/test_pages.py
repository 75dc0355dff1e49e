"""Every chart of the site in a real browser: there without scripts, live on request, on phone and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from build_tools.charts import CHARTS
from build_tools.pages.page import url_of
from tests.browsing import DESK, PHONE, SHIFTS, visit
from tests.world import REPOSITORY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

CONTENT = REPOSITORY / "content"
PAGES = [
    *(
        url_of(file.relative_to(CONTENT).as_posix())
        for file in sorted(CONTENT.rglob("*.md"))
        if "{{ chart(" in file.read_text(encoding="utf-8")
    ),
    "cases/deyang-renal-lms/",
]
"""Every written page with a chart, and a case with events of every kind of time."""

DRAWN = ".chart[data-figure]"
INK = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = "var(--ink)";
  const ink = getComputedStyle(probe).color;
  probe.remove();
  return ink;
}"""
LIVE = f"""ink => [...document.querySelectorAll("{DRAWN}")].filter(chart => {{
  const text = [...chart.querySelectorAll(".live-chart .main-svg :is(.xtick, .ytick) text")];
  return text.some(one => getComputedStyle(one).fill !== ink);
}}).map(chart => chart.id)"""
PRINTED = (
    ".chart .drawn:not(.narrow *)",
    ".chart .numbers :is(td, th):not(.record.case *)",  # a case prints its events once, in its time line
    ".chart .message",
)
HIDDEN = """all => all.filter(e => !e.checkVisibility({visibilityProperty: true}))
  .map(e => e.outerHTML.slice(0, 90))"""


def names(page: Page) -> list[str]:
    found: list[str] = page.locator(DRAWN).evaluate_all("all => all.map(chart => chart.id.slice(6))")
    return found


def test_every_chart_that_there_is_stands_on_one_of_these_pages(browser: Browser, base: str) -> None:
    with visit(browser, base, java_script_enabled=False) as reader:
        shown = {name.split("-")[0] for path in PAGES for name in names(reader.go(path))}
    assert shown == set(CHARTS)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_charts_are_whole_without_scripts(
    browser: Browser, base: str, path: str, size: dict[str, int]
) -> None:
    with visit(browser, base, java_script_enabled=False, viewport=size) as reader:
        page = reader.go(path)
        assert page.locator(DRAWN).count() > 0
        for chart in page.locator(DRAWN).all():
            expect(chart.locator("svg.chart-static:visible")).to_have_count(1)
            expect(chart.locator(".explore")).to_be_hidden()
            expect(chart.locator(".message")).to_be_visible()
            numbers = chart.locator(".numbers tbody tr").or_(chart.locator(".chart-note a[href$='.csv']"))
            assert numbers.count() > 0
            assert chart.locator(".chart-files a").count() in (3, 4)  # with the facts, where it has any
            box = chart.locator("svg.chart-static:visible").bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= size["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert not [url for url in reader.requests if "plotly" in url]
        assert reader.elsewhere == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_charts_come_alive_follow_the_palette_and_print(
    browser: Browser, base: str, path: str, size: dict[str, int]
) -> None:
    with visit(browser, base, viewport=size, color_scheme="light") as reader:
        reader.page.add_init_script(SHIFTS)
        page = reader.go(path)
        page.wait_for_load_state("networkidle")
        assert not [url for url in reader.requests if "plotly" in url]
        before = page.locator(DRAWN).evaluate_all("all => all.map(chart => chart.offsetHeight)")
        for chart in page.locator(DRAWN).all():
            chart.locator(".explore").click()
            expect(chart.locator(".live-chart .main-svg").first).to_be_attached()
            expect(chart.locator(".drawn:visible")).to_have_count(0)
        assert len([url for url in reader.requests if url.endswith("assets/plotly.min.js")]) == 1
        assert page.locator(DRAWN).evaluate_all("all => all.map(chart => chart.offsetHeight)") == before
        assert page.evaluate("moved") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]

        light = page.evaluate(INK)
        page.locator("label[for='__palette_1']").dispatch_event("click")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        ink = page.evaluate(INK)
        assert ink != light
        page.wait_for_function(f"ink => ({LIVE})(ink).length === 0", arg=ink)

        page.emulate_media(media="print")
        for part in PRINTED:
            assert page.locator(part).evaluate_all(HIDDEN) == [], part
        expect(page.locator(".live-chart:visible")).to_have_count(0)
        assert reader.faults == []
        assert reader.elsewhere == []
