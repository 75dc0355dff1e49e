"""The search: what a clinician types is found, in both engines, by keyboard, and lands at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browsing import Visit, served, visit
from tests.engines import by_mkdocs, by_zensical
from tests.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
QUILL = "cases/quill-2081"


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def site(
    request: pytest.FixtureRequest, original: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The invented casebook with words that are hard to find."""
    folder = tmp_path_factory.mktemp(request.param, numbered=True)
    world = World.like(original, folder / "casebook").with_look()
    text = world.read(f"{QUILL}.yml")
    world.write(
        f"{QUILL}.yml",
        text.rstrip() + '\nremarks: ["Müller and Nguyễn gave Shadex–Dimmerin; Zz‑77 and Ki-67 were high."]\n'
        if "\nremarks:" not in text
        else re.sub(
            r"\nremarks:\n",
            '\nremarks:\n  - "Müller and Nguyễn gave Shadex–Dimmerin; Zz‑77 and Ki-67 were high."\n',
            text,
        ),
    )
    world.replace(
        "content/vocabulary/marker.yml",
        "\nterms:\n",
        "\nterms:\n  lumen: {label: Lumen, synonyms: [LMN, glow]}\n",
    )
    site = {"mkdocs": by_mkdocs, "zensical": by_zensical}[request.param](world.root, folder / "out")
    with served(site) as base:
        yield base


def ask(page: Page, words: str) -> None:
    page.get_by_role("searchbox").fill(words)


@pytest.fixture
def reader(browser: Browser, site: str) -> Iterator[Visit]:
    """A window with the search open."""
    with visit(browser, site) as reader:
        reader.go("")
        reader.page.keyboard.press("/")
        expect(reader.page.get_by_role("searchbox")).to_be_focused()
        yield reader
        assert (reader.faults, reader.elsewhere) == ([], [])


@pytest.mark.parametrize(
    "words",
    ["Müller", "muller", "nguyen", "Shadex–Dimmerin", "shadex dimmerin", "Zz77", "Zz-77", "zz‑77",
     "Ki67", "ki-67",
     "-muller", "(Müller)", "frostbite"],
)  # fmt: skip
def test_a_word_is_found_however_it_is_written(reader: Visit, words: str) -> None:
    ask(reader.page, words)
    expect(reader.page.locator(f"dialog.search li > a[href*='{QUILL}']")).to_be_visible()


def test_words_that_stand_side_by_side_are_words_of_their_own(reader: Visit) -> None:
    """In the page 'Sex' and 'Man', 'Ancestry' and 'hill people' stand in neighbouring cells."""
    for words in ("ancestry", "hill", "Freedonia"):
        ask(reader.page, words)
        place = reader.page.locator("dialog.search li", has=reader.page.locator(f"> a[href*='{QUILL}']"))
        expect(place.locator("mark").first).to_have_text(re.compile(rf"^{words}\W*$", re.I))


def test_an_answer_leads_to_its_section(reader: Visit) -> None:
    page = reader.page
    ask(page, "frostbite")
    page.locator(f"dialog.search li p a[href*='{QUILL}/#presentation']").click()
    page.wait_for_url(re.compile(rf"{QUILL}/#presentation"))
    expect(page.locator("#presentation")).to_be_in_viewport()


def test_a_synonym_finds_the_pages_that_say_the_term(reader: Visit) -> None:
    ask(reader.page, "LMN")
    expect(reader.page.locator("dialog.search li > a[href*='glossary']")).to_be_visible()


def test_the_search_works_by_keyboard_and_says_how_many_pages_it_found(reader: Visit) -> None:
    page = reader.page
    ask(page, "qqqqxyz")
    expect(page.locator("dialog.search [role=status]")).to_have_text(re.compile("Nothing found"))
    ask(page, "dimmerin")
    expect(page.locator("dialog.search [role=status]")).to_have_text(re.compile(r"^\d+ pages?"))
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.search")).to_be_hidden()


def test_a_link_to_what_a_search_finds_opens_it(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        reader.go("?search=frostbite")
        expect(reader.page.locator(f"dialog.search li > a[href*='{QUILL}']")).to_be_visible()
