"""In a real browser: pages are sound for everyone, tables and charts work, and no text becomes code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import combining, normalize
from urllib.parse import parse_qs, urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from build_tools.pages.page import url_of
from tests.browsing import DESK, PHONE, SHIFTS, Visit, served, visit
from tests.engines import address, by_mkdocs, by_zensical, pages
from tests.hostile import OUTLAWS, hostile_world
from tests.world import REPOSITORY, World

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
KINDS = [
    "", "cases/", "cases/baheen-2022/", "cases/stringer-1977/", "compare/", "compare/local-excision/",
    "compare/differential-diagnosis/", "regimens/", "regimens/epirubicin-ifosfamide/", "charts/",
    "charts/dashboard/", "reports/", "reports/baheen-2022/", "trials/", "trials/strass/", "review/",
    "review/epidemiology/", "review/disagreements/", "review/missing/", "review/reported-twice/",
    "review/references/", "glossary/", "methods/", "data/", "contribute/", "contribute/add-a-case/",
    "cases/?sex=male&columns=origin,margins,read", "compare/side-by-side/?cases=baheen-2022,shi-2021",
    "compare/like-mine/#age=55&sex=female",
]  # fmt: skip
"""A page of every kind that there is."""
AS_PEOPLE_COUNT = "names => [...names].sort((a, b) => a.localeCompare(b, undefined, {numeric: true}))"
"""Names in the order of a reader: case 2 before case 10."""
PATIENTS = len(list((REPOSITORY / "cases").glob("*.yml")))

FIRST_OF_EACH_LIST = """() => {
  for (const list of document.querySelectorAll("tbody, ul, ol, dl, .index, .glossary, svg g"))
    while (list.children.length > 12) list.lastElementChild.remove();
}"""


@pytest.fixture
def reader(browser: Browser, base: str) -> Iterator[Visit]:
    with visit(browser, base) as reader:
        yield reader
        assert reader.faults == []
        assert reader.elsewhere == []


@pytest.fixture
def phone(browser: Browser, base: str) -> Iterator[Visit]:
    with visit(browser, base, viewport=PHONE, has_touch=True, is_mobile=True) as phone:
        yield phone
        assert phone.faults == []


# ---- every kind of page ----


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", KINDS)
def test_a_page_is_sound_on_desk_and_phone(browser: Browser, base: str, path: str, scheme: str) -> None:
    with visit(browser, base, color_scheme=scheme) as reader:
        page = reader.go(path)
        assert page.evaluate("document.body.dataset.mdColorScheme") == {"light": "default"}.get(
            scheme, "slate"
        )
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        if scheme == "light":
            page.set_viewport_size(DESK)  # type: ignore[arg-type]
        page.evaluate(FIRST_OF_EACH_LIST)
        page.evaluate(AXE)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")
        assert [
            (fault["id"], [node["target"] for node in fault["nodes"]][:3])
            for fault in found["violations"]
            if fault["impact"] in ("serious", "critical")
        ] == []
        assert reader.faults == []
        assert reader.elsewhere == []


def test_every_written_page_fits_a_phone_and_runs_without_a_fault(phone: Visit, mkdocs_site: Path) -> None:
    content = REPOSITORY / "content"
    for file in sorted(content.rglob("*.md")):
        path = url_of(file.relative_to(content).as_posix())
        assert (mkdocs_site / path / "index.html").is_file(), file
        page = phone.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        assert phone.faults == [], path
    assert phone.elsewhere == []


# ---- tables ----

EVERYONE = "compare/presentation/"
"""A table of all patients."""


def names(page: Page) -> list[str]:
    return page.locator(".cases-table tbody tr:not([hidden]) th").all_inner_texts()


def state(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def column(page: Page, head: str) -> Locator:
    return page.locator(".cases-table thead th").filter(has_text=head)


def ages(page: Page) -> list[str]:
    at = page.locator(".cases-table thead th").all_inner_texts()
    index = next(i for i, words in enumerate(at) if words.startswith("Age")) + 1
    cells = page.locator(f".cases-table tbody tr:not([hidden]) :nth-child({index}):is(td)")
    return [
        text.strip() for text in cells.evaluate_all("all => all.map(cell => cell.firstChild.textContent)")
    ]


def test_a_table_is_filtered_by_mouse_and_keeps_the_filter_in_the_address(reader: Visit) -> None:
    page = reader.go(EVERYONE)
    everyone = names(page)
    assert len(everyone) == PATIENTS
    page.locator(".table-tools input").click()
    page.keyboard.type("flank pain")
    kept = names(page)
    assert 0 < len(kept) < PATIENTS
    assert page.locator(".table-tools output").inner_text().startswith(f"{len(kept)} of {PATIENTS}")
    assert state(page) == {"filter": ["flank pain"]}
    page.reload()
    assert names(page) == kept
    assert page.locator(".table-tools input").input_value() == "flank pain"
    page.locator(".table-tools input").fill("")
    assert names(page) == everyone
    assert state(page) == {}


def test_a_name_is_found_without_its_accents_and_cases_are_sorted_as_people_count(reader: Visit) -> None:
    page = reader.go(EVERYONE)
    everyone = names(page)
    accented = next(name for name in everyone if not name.isascii())
    plain = "".join(c for c in normalize("NFD", accented) if not combining(c))
    page.locator(".table-tools input").fill(plain.split()[0].lower())
    assert accented in names(page)
    page.locator(".table-tools input").fill("zhang 2021")
    page.locator(".cases-table thead button").first.click()
    assert names(page) == ["Zhang 2021, case 1", "Zhang 2021, case 3", "Zhang 2021, case 4"]
    page.locator(".table-tools input").fill("")
    assert names(page) == page.evaluate(AS_PEOPLE_COUNT, names(page))


def test_the_heads_of_a_long_table_stay_in_sight(reader: Visit) -> None:
    page = reader.go(EVERYONE)
    box = page.locator(".comparison .scroll")
    box.evaluate("box => box.scrollTo(0, 900)")
    head, frame = page.locator(".cases-table thead th").nth(1).bounding_box(), box.bounding_box()
    assert head is not None
    assert frame is not None
    assert abs(head["y"] - frame["y"]) < 2


def test_a_word_of_the_filter_is_found_where_words_begin(reader: Visit) -> None:
    page = reader.go(EVERYONE)
    heads = page.locator(".cases-table thead th").all_inner_texts()
    index = next(i for i, words in enumerate(heads) if words.startswith("Sex")) + 1
    page.locator(".table-tools input").fill("male")
    kept = page.locator(f".cases-table tbody tr:not([hidden]) td:nth-child({index})")
    assert {text.split()[0] for text in kept.all_inner_texts()} == {"Male"}
    page.locator(".table-tools input").fill("fem")
    assert {text.split()[0] for text in kept.all_inner_texts()} == {"Female"}


def test_a_denominator_of_a_table_leads_to_the_patients_left_out(reader: Visit) -> None:
    page = reader.go("compare/local-excision/")
    link = page.locator("caption a[href^='#left-out']").first
    expect(page.locator("details.left-out li").first).to_be_hidden()
    link.click()
    assert page.locator("details.left-out li").first.locator("a").count() == int(link.inner_text())
    expect(page.locator("details.left-out li").first).to_be_visible()


def test_what_is_copied_keeps_a_reference_apart_from_the_number_before_it(reader: Visit) -> None:
    page = reader.go("review/surgery/")
    copied = page.locator("p:has(.mark.cite)").evaluate_all(
        "all => all.map(p => (getSelection().selectAllChildren(p), getSelection() + '|' + p.textContent))"
    )
    assert any("[" in text for text in copied)
    for text in copied:
        assert not re.search(r"\w\[\d", text), text


def test_figures_stand_on_the_line_and_are_as_wide_as_each_other(reader: Visit) -> None:
    page = reader.go("compare/local-excision/")
    for place in ("h1", "article p", ".cases-table td"):
        style = page.locator(place).first.evaluate(
            "e => [getComputedStyle(e).fontVariantNumeric, getComputedStyle(e).fontFeatureSettings]"
        )
        assert set(style[0].split()) == {"lining-nums", "tabular-nums"}, place
        assert "onum" not in style[1], place


def test_a_table_is_sorted_by_mouse_and_keeps_the_order_in_the_address(reader: Visit) -> None:
    page = reader.go(EVERYONE)
    column(page, "Age").get_by_role("button").click()
    known = [int(age) for age in ages(page) if age.isdigit()]
    assert known == sorted(known)
    assert not ages(page)[-1].isdigit()
    expect(column(page, "Age")).to_have_attribute("aria-sort", "ascending")
    column(page, "Age").get_by_role("button").click()
    assert [int(age) for age in ages(page) if age.isdigit()] == sorted(known, reverse=True)
    assert not ages(page)[-1].isdigit()
    expect(column(page, "Age")).to_have_attribute("aria-sort", "descending")
    order = names(page)
    assert list(state(page)) == ["sort"]
    page.reload()
    assert names(page) == order


def test_a_table_works_by_keyboard_alone(reader: Visit) -> None:
    page = reader.go(EVERYONE)
    page.locator(".table-tools input").focus()
    page.keyboard.type("male")
    for _ in range(9):  # past the box that scrolls and the links of its caption, to the first head
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('thead button')"):
            break
    page.keyboard.press("Enter")
    shown = names(page)
    assert shown == page.evaluate(AS_PEOPLE_COUNT, shown)
    assert state(page) == {"filter": ["male"], "sort": ["0"]}
    page.keyboard.press("Space")
    assert names(page) == shown[::-1]


def test_a_table_is_whole_without_scripts(browser: Browser, base: str) -> None:
    with visit(browser, base, java_script_enabled=False) as reader:
        page = reader.go("cases/")
        assert page.locator(".cases-table tbody tr").count() == PATIENTS
        expect(page.locator(".table-tools")).to_be_hidden()


# ---- where a value stands ----


def test_the_place_of_a_value_opens_under_the_mouse(reader: Visit) -> None:
    page = reader.go("cases/baheen-2022/")
    mark = page.locator(".facts .mark").first
    expect(mark.locator(".where")).to_be_hidden()
    mark.locator("button").focus()
    expect(mark.locator(".where")).to_be_visible()
    assert "Baheen 2022" in mark.locator(".where").inner_text()
    mark.locator(".where a").first.hover()  # the way from mark to link must not close it
    expect(mark.locator(".where")).to_be_visible()


def test_the_place_of_a_value_opens_at_the_keyboard_s_focus(reader: Visit) -> None:
    page = reader.go("cases/baheen-2022/")
    page.locator(".jump a").last.focus()
    for _ in range(3):
        page.keyboard.press("Tab")
        mark = page.locator(".mark:focus-within")
        if mark.count():
            break
    expect(mark.locator(".where")).to_be_visible()
    page.keyboard.press("Tab")
    expect(mark.locator(".where a").first).to_be_focused()


def test_the_place_of_a_value_opens_at_a_tap_and_stays_on_the_screen(phone: Visit) -> None:
    page = phone.go("cases/baheen-2022/")
    for mark in (page.locator(".facts .mark").first, page.locator(".facts .mark").nth(12)):
        mark.locator("button").tap()
        expect(mark.locator(".where")).to_be_visible()
        box = mark.locator(".where").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]


def test_the_place_of_a_cell_opens_in_a_table(reader: Visit) -> None:
    page = reader.go("compare/local-excision/")
    mark = page.locator(".cases-table tbody tr").filter(has_text="Baheen 2022").locator(".mark").first
    mark.locator("button").focus()
    expect(mark.locator(".where")).to_be_visible()
    assert "Baheen 2022" in mark.locator(".where").inner_text()


def test_the_place_of_any_cell_is_whole_on_a_phone(phone: Visit) -> None:
    page = phone.go("compare/local-excision/")
    marks = page.locator(".cases-table .mark")
    for mark in (marks.first, marks.last):
        mark.locator("button").tap()
        box = mark.locator(".where").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        assert box["y"] + box["height"] <= PHONE["height"]
        shown = mark.locator(".where").evaluate(
            "w => { const b = w.getBoundingClientRect(); "
            "return w.contains(document.elementFromPoint(b.right - 4, b.bottom - 4)) }"
        )
        assert shown


# ---- charts ----

SWIMMER = "#chart-swimmer"


def test_a_live_chart_comes_when_asked_for_and_plotly_only_then(reader: Visit) -> None:
    page = reader.go("charts/follow-up/")
    assert not [url for url in reader.requests if "plotly" in url]
    page.locator(f"{SWIMMER} .explore").click()
    plot = page.locator(f"{SWIMMER} .js-plotly-plot")
    expect(plot.locator(".scatterlayer .trace").first).to_be_attached()
    assert len([url for url in reader.requests if url.endswith("assets/plotly.min.js")]) == 1
    # The live marks take the place of the drawn ones; the frame with its names and ticks stays as it was.
    expect(page.locator(f"{SWIMMER} .drawn:visible")).to_have_count(0)
    plot.hover()
    titles = " ".join(
        str(t) for t in plot.locator("[data-title]").evaluate_all("a => a.map(e => e.dataset.title)")
    )
    assert titles
    assert "cloud" not in titles.lower()
    assert "share" not in titles.lower()


def test_the_point_of_a_live_chart_names_patient_and_event(reader: Visit) -> None:
    page = reader.go("charts/follow-up/")
    page.locator(f"{SWIMMER} .explore").click()
    points = page.locator(f"{SWIMMER} .js-plotly-plot .points path")
    points.first.wait_for()
    page.locator(f"{SWIMMER} .picture").scroll_into_view_if_needed()
    plot = page.locator(f"{SWIMMER} .nsewdrag").first.bounding_box()
    assert plot is not None
    places = points.evaluate_all("""all => all.map(e => e.getBoundingClientRect())
        .map(box => [box.x + box.width / 2, box.y + box.height / 2])""")
    lowest = min(plot["y"] + plot["height"], DESK["height"])
    x, y = next(
        (x, y)
        for x, y in places
        if plot["x"] < x < plot["x"] + plot["width"] and max(plot["y"], 200) < y < lowest
    )
    page.mouse.move(x, y)
    expect(page.locator(f"{SWIMMER} .hovertext").first).to_contain_text("months")


def test_a_case_s_page_asks_for_no_plotly(reader: Visit) -> None:
    reader.go("cases/baheen-2022/").wait_for_load_state("networkidle")
    assert not [url for url in reader.requests if "plotly" in url]


@pytest.mark.parametrize("path", ["cases/", "compare/local-excision/"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_moves_while_a_page_loads(
    browser: Browser, base: str, path: str, size: dict[str, int]
) -> None:
    with visit(browser, base, viewport=size) as reader:
        reader.page.add_init_script(SHIFTS)
        page = reader.go(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("moved") == []


# ---- print ----


@pytest.mark.parametrize("path", ["cases/baheen-2022/", "cases/", "methods/", "review/disagreements/"])
def test_print_shows_everything_that_a_screen_can(reader: Visit, path: str) -> None:
    page = reader.go(path)
    page.emulate_media(media="print")
    hidden = page.locator("article :is(dt, dd, p, li, td, th, h1, h2, h3, figcaption, .where)").evaluate_all(
        """all => all.filter(e => e.textContent.trim() && !e.checkVisibility({visibilityProperty: true}))
             .filter(e => !e.closest(".table-tools, .chart-tools, .actions, .downloads, .form"))
             .filter(e => !e.closest(".leads, .beside"))
             .filter(e => !e.closest(".cases-table .where, .strip .where, .record.case .numbers"))
             .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert hidden == []


@pytest.mark.parametrize("path", ["cases/baheen-2022/", "cases/stringer-1977/"])
def test_the_first_screen_of_a_case_on_a_phone_holds_its_facts(phone: Visit, path: str) -> None:
    strip = phone.go(path).locator(".strip").bounding_box()
    assert strip is not None
    assert strip["y"] + strip["height"] <= PHONE["height"]


def test_a_reference_is_copied_by_one_button(browser: Browser, base: str) -> None:
    with visit(browser, base, permissions=["clipboard-read", "clipboard-write"]) as reader:
        page = reader.go("cases/baheen-2022/")
        page.locator(".cite-this summary").click()
        said = page.locator(".cite-this .reference").first.inner_text()
        page.locator(".cite-this .copy").first.click()
        expect(page.locator(".cite-this .copy").first).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == said
        assert reader.faults == []


# ---- hostile texts ----

WORDS = ("onerror", "alert", "script", "javascript", "href", "iframe", "img src", "{{ 7*7 }}", "<b>")


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def hostile(
    request: pytest.FixtureRequest, original: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, str]]:
    """A site of both engines whose files hold a hostile text wherever a text may stand."""
    folder = tmp_path_factory.mktemp(request.param, numbered=True)
    world = hostile_world(World.like(original, folder / "casebook").with_look())
    build = {"mkdocs": by_mkdocs, "zensical": by_zensical}[request.param]
    site = build(world.root, folder / "out")
    with served(site) as base:
        yield site, base


def test_no_text_of_a_file_ever_runs_or_becomes_an_element(
    browser: Browser, hostile: tuple[Path, str]
) -> None:
    site, base = hostile
    with visit(browser, base) as reader:
        for made in pages(site):
            page = reader.go(address(site, made)[1:])
            assert page.evaluate(OUTLAWS) == [], made
            assert "49" not in page.locator("body").inner_text().split(), made
        assert reader.dialogs == []
        assert reader.faults == []
        assert reader.elsewhere == []


def test_the_search_box_runs_nothing_it_finds(browser: Browser, hostile: tuple[Path, str]) -> None:
    _, base = hostile
    with visit(browser, base) as reader:
        page = reader.go("")
        page.locator(".search-open").click()
        for word in WORDS:
            page.keyboard.press("Control+A")
            page.keyboard.type(word)
            page.wait_for_timeout(300)  # the search waits for the typing to end
            assert page.evaluate(OUTLAWS) == [], word
        page.keyboard.press("Control+A")
        page.keyboard.type("alert")
        expect(page.locator("dialog.search li").first).to_be_visible()
        assert reader.dialogs == []
        assert reader.faults == []


def test_the_names_of_a_chart_run_nothing_under_the_mouse(
    browser: Browser, hostile: tuple[Path, str]
) -> None:
    _, base = hostile
    with visit(browser, base) as reader:
        page = reader.go("charts/")
        page.locator(f"{SWIMMER} .explore").click()
        points = page.locator(f"{SWIMMER} .js-plotly-plot .points path")
        expect(points.first).to_be_attached()
        for point in points.all():
            point.hover(force=True)
            assert page.evaluate(OUTLAWS) == []
        whole = "all => all.map(text => (text.querySelector('title') ?? text).textContent)"
        drawn = set(page.locator(f"{SWIMMER} svg.chart-static:visible text").evaluate_all(whole))
        written = set(page.locator(f"{SWIMMER} table.figures tbody th").all_text_contents())
        assert written <= drawn
        assert reader.dialogs == []
        assert reader.faults == []
        assert reader.elsewhere == []


@pytest.mark.parametrize(
    "path",
    [
        "cases/",
        "cases/quill-2081/",
        "compare/side-by-side/?cases=quill-2081,orrin-2083,vesper-2085-case-1,<img src=x onerror=alert(1)>",
        "compare/like-mine/#age=50&sex=female&shoe=<img src=x onerror=alert(1)>",
    ],
)
def test_tapping_through_hostile_pages_runs_nothing(
    browser: Browser, hostile: tuple[Path, str], path: str
) -> None:
    _, base = hostile
    with visit(browser, base) as reader:
        page = reader.go(path)
        page.wait_for_load_state("networkidle")
        for button in page.locator(".mark button").all()[:12]:
            button.focus()
        for head in page.locator(".cases-table thead button:not([aria-label])").all():
            head.click()
        if page.locator(".case-browser").count():
            page.locator(".browser-tools .facets").wait_for(state="attached")
            page.locator(".browser-tools details:not([open]) > summary").evaluate_all(
                "all => all.forEach(s => s.click())"
            )
            page.locator(".browser-tools .columns input:not(:checked)").evaluate_all(
                "all => all.forEach(column => column.click())"
            )
            assert page.locator(".cases-table tbody td.state[data-label]").count()
            page.locator(".table-tools input").fill("<img src=x onerror=alert(1)>")
        assert page.evaluate(OUTLAWS) == []
        assert reader.dialogs == []
        assert reader.faults == []
