"""Records go into frames: the site is byte for byte the one for which the engine renders each page."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.pages.page import Page
from build_tools.publishing.frames import Frame, Kind, NoFrame, expanded, kinds, linked_by_markdown
from tests.engines import by_mkdocs, contents
from tests.world import World

KIND = Kind("cases", ("toc",))


def a_page(name: str = "one", title: str = "A title", body: str = "<h1>A</h1> body") -> Page:
    return Page(f"cases/{name}.md", title, "About it", body, f"cases/{name}.yml", True, ("toc",))


@pytest.mark.slow
def test_frames_and_the_engine_s_own_pages_are_the_same_bytes(world: World, tmp_path: Path) -> None:
    world.with_look()
    world.replace(
        "mkdocs.yml", "site_description:", "site_url: https://thumbs.example/base/\nsite_description:"
    )
    world.replace("content/reports/orrin-2083.yml", "\ntitle: ", '\nlabel: "It\'s A (B)"\ntitle: ')
    framed = contents(by_mkdocs(world.root, tmp_path / "framed"))
    world.replace("mkdocs.yml", "generator: false", "generator: false\n  frames: false")
    slow = contents(by_mkdocs(world.root, tmp_path / "slow"))
    assert "cases/quill-2081/index.html" in framed
    assert framed.keys() == slow.keys()
    assert [name for name in framed if framed[name] != slow[name]] == []


def test_words_stand_in_each_place_as_the_template_writes_them() -> None:
    blank = KIND.blank
    escaped, in_script = (blank.title.replace("'", form) for form in ("&#39;", "\\u0027"))
    made = Frame(
        f"<title>{escaped} - x</title><b>{blank.title}</b>"
        f'<script>"{in_script}"</script>{blank.body}<a href="{blank.url}">'
    )
    said = made.around(a_page(title="It's  so"))
    assert said == (
        "<title>It&#39;s so - x</title><b>It's  so</b>"
        '<script>"It\\u0027s  so"</script><h1>A</h1> body<a href="cases/one/">'
    )


@pytest.mark.parametrize("change", [str.upper, lambda body: body * 2, lambda _: ""])
def test_a_frame_that_is_not_understood_is_refused(change: object) -> None:
    assert callable(change)
    with pytest.raises(NoFrame):
        Frame(f"<title>{KIND.blank.title}</title>" + change(KIND.blank.body))


def test_a_title_that_a_theme_writes_in_another_form_is_refused() -> None:
    with pytest.raises(NoFrame):
        Frame(f"<title>{KIND.blank.title.strip(chr(39))}</title>{KIND.blank.body}")


def test_pages_that_the_engine_must_see_get_no_frame() -> None:
    written = Page("index.md", "Home", "", "[one](cases/one.md)", "content/index.md", False)
    linked = linked_by_markdown([written])
    assert linked == {"one.md"}
    pages = [written, a_page("one"), a_page("two"), a_page("three", body="no heading")]
    found = kinds(pages, lambda page: page.path.rpartition("/")[2] in linked)
    assert {kind.folder: [page.path for page in some] for kind, some in found.items()} == {
        "cases": ["cases/two.md"]
    }


def test_a_list_of_pages_names_each_page_in_the_blank_one_s_place() -> None:
    import re

    listed = f"<a>x</a><a>{KIND.blank.url}</a><a>y</a>"
    made = expanded(listed, KIND, [a_page("one"), a_page("two")], re.compile("<a>.*?</a>"))
    assert made == "<a>x</a><a>cases/one/</a><a>cases/two/</a><a>y</a>"
