"""The verification of a built site: each mistake is found in its place, and a right site has none."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from build_tools.pages.page import Download, Page, on_any_disk
from build_tools.publishing.generate import generate
from build_tools.publishing.verification import files, verify
from build_tools.publishing.verification.page import parse_page, read_plain
from tests.engines import by_mkdocs
from tests.world import World

PAGE = """<!doctype html>
<html><head><title>{title} - Thumbs</title><link rel="stylesheet" href="{up}assets/look.css"></head>
<body><nav><a href="{up}./">None</a> <a href="{up}methods/#how">Methods</a></nav>
<h1 id="how">{title}</h1>
{body}
</body></html>
"""
NOT_FOUND = PAGE.format(title="Not found", up="/", body="")


def page(path: str, body: str = "") -> Page:
    return Page(path, "Title", "Words.", body, f"content/{path}", True)


PAGES = (page("index.md"), page("methods.md"))
DOWNLOADS = (Download("data/cases.csv", b"id\n"),)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A small site without a mistake."""
    out = tmp_path / "site"
    for file, text in {
        "index.html": PAGE.format(title="Home", up="", body=""),
        "methods/index.html": PAGE.format(title="Methods", up="../", body=""),
        "404.html": NOT_FOUND,
        "assets/look.css": 'a { background: url("dot.svg") } b { background: url(data:image/png;base64,AA) }',
        "assets/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg"><circle id="dot" r="2"/></svg>',
        "data/cases.csv": "id\n",
    }.items():
        path = out / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return out


def told(built: Path, pages: Sequence[Page] = PAGES, address: str = "") -> list[str]:
    """What is wrong with a built site, without the numbers of the rules."""
    found = verify(built, pages, DOWNLOADS, address).problems
    return [re.sub(r"error\[C9\d\d\]: ", "", problem.text()) for problem in found]


def with_body(built: Path, body: str) -> list[str]:
    (built / "methods" / "index.html").write_text(
        PAGE.format(title="Methods", up="../", body=body), encoding="utf-8"
    )
    return told(built)


def test_a_site_without_a_mistake_has_no_problem(built: Path) -> None:
    outcome = verify(built, PAGES, DOWNLOADS)
    assert outcome.problems == ()
    assert outcome.pages == 2
    assert outcome.size == sum(path.stat().st_size for path in built.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "body",
    [
        '<a href="../data/cases.csv?x=1">data</a> <a href="#how">up</a> <a href="../methods">here</a>',
        '<a href="https://doi.org/10.1/x">DOI</a> <a href="mailto:ada@site.example">mail</a>',
        '<img src="../assets/dot.svg" srcset="../assets/dot.svg 1x, ../assets/dot.svg 2x" alt="">',
        '<svg><use href="../assets/dot.svg#dot"/><path id="b" fill="url(#b)"/><title>None left</title></svg>',
        '<img src="data:image/gif;base64,R0lGODlh" alt="">',
        "<p>None of these, and none known. The null hypothesis is undefined here.</p><h2>None</h2>",
        "<p>A record says &#123;&#123; this &#125;&#125;.</p><pre>{{ blank }}</pre>",
        "<script>let a = {{}}, b = '{% x %}', None, c = '</p>'</script>",
        '<figure aria-labelledby="how" style="background: url(../assets/dot.svg)"></figure>',
        "<td>NaN-2 is a cell line's name? <code>nan</code></td>".replace("NaN-2", "Nan"),
    ],
)
def test_what_is_right_is_left_alone(built: Path, body: str) -> None:
    assert with_body(built, body) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<a href="nowhere/">x</a>', "<a href> nowhere/ leads to nothing in the site"),
        ('<a href="../Methods/">x</a>', "<a href> ../Methods/ leads to nothing in the site"),
        (
            '<a href="">x</a><a href="../../outside/">x</a>',
            "<a href> ../../outside/ leads out of the site",
        ),
        ('<a href="/methods/">x</a>', "<a href> /methods/ leads out of the site"),
        ('<a href="../#gone">x</a>', "<a href> ../#gone: index.html has no place 'gone'"),
        ('<a href="#gone">x</a>', "<a href> #gone: methods/index.html has no place 'gone'"),
        ('<a href="javascript:alert(1)">x</a>', "<a href> javascript:alert(1) leads out of the site"),
        ('<a href="data:text/html,x">x</a>', "<a href> data:text/html,x leads out of the site"),
        (
            '<img src="../assets/gone.png" alt="">',
            "<img src> ../assets/gone.png leads to nothing in the site",
        ),
        (
            '<img srcset="../assets/dot.svg 1x, ../assets/gone.png 2x" alt="">',
            "<img srcset> ../assets/gone.png leads to nothing in the site",
        ),
        ('<svg><use href="#gone"/></svg>', "<use href> #gone: methods/index.html has no place 'gone'"),
        (
            '<svg><use xlink:href="../assets/dot.svg#gone"/></svg>',
            "<use xlink:href> ../assets/dot.svg#gone: assets/dot.svg has no place 'gone'",
        ),
        ('<svg><path fill="url(#gone)"/></svg>', "<path fill> #gone: methods/index.html has no place 'gone'"),
        ('<p aria-describedby="how gone">', "<p aria-describedby> #gone: methods/index.html has no place"),
        (
            '<figure data-figure="../data/gone.json">',
            "<figure data-figure> ../data/gone.json leads to nothing",
        ),
        ("<p style=\"background: url('gone.png')\">", "<p style> gone.png leads to nothing in the site"),
        ("<style>@import 'gone.css';</style>", "<style> gone.css leads to nothing in the site"),
        (
            '<script src="https://cdn.example/x.js"></script>',
            "<script src> https://cdn.example/x.js asks another host",
        ),
        ('<img src="//cdn.example/x.png" alt="">', "<img src> //cdn.example/x.png asks another host"),
        (
            '<link rel="preconnect" href="https://cdn.example">',
            "<link href> https://cdn.example asks another host",
        ),
        ('<form action="https://evil.example/">', "<form action> https://evil.example/ asks another host"),
        ("<p>Of {{ count }} patients</p>", "a blank was not filled: 'Of {{ count }} patients'"),
        ("<p>{% if x %}</p>", "a blank was not filled: '{% if x %}'"),
        ("<h2>Heading {#here}</h2>", "a blank was not filled: 'Heading {#here}'"),
        ('<p title="{{ x }}">x</p>', "a blank was not filled: '<p title=\"{{ x }}\">'"),
        ("<td> None\n</td>", "a value is missing: 'None' stands alone; mend"),
        ("<td>nan</td>", "a value is missing: 'nan' stands alone"),
        ("<svg><text>undefined</text></svg>", "a value is missing: 'undefined' stands alone"),
        ('<p aria-label="None">x</p>', 'a value is missing: aria-label="None" of <p>'),
        ("<p>Median nan months</p>", "a value is missing: 'Median nan months'"),
        ("<p>None/13 and n = None</p>", "a value is missing: 'None/13 and n = None'"),
        ("<p>n = None</p>", "a value is missing: 'n = None'"),
        ("<p>None % of them</p>", "a value is missing: 'None % of them'"),
        ("<p>&lt;Fact object at 0x7f&gt;</p>", "a value is missing: '&lt;Fact object at 0x7f&gt;'"),
        ('<p id="a"><p id="a">', "the id 'a' stands twice on this page"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_source(built: Path, body: str, message: str) -> None:
    (text,) = with_body(built, body)
    assert text.startswith("methods/index.html:5:")
    assert message in text
    assert text.endswith("made from content/methods.md")


def test_a_page_that_was_not_built_is_told(built: Path) -> None:
    (built / "methods" / "index.html").unlink()
    assert told(built)[-1] == (
        "methods/index.html:1:1: this page was not built; look for a second source of the same address; "
        "made from content/methods.md"
    )


def test_a_page_that_nothing_asked_for_is_told(built: Path) -> None:
    shutil.copytree(built / "methods", built / "stale")
    with_body(built, '<a href="../stale/">x</a>')
    assert told(built) == [
        "stale/index.html:1:1: nothing asked for this page; remove it from content/ or overrides/"
    ]


def test_a_page_that_no_link_leads_to_is_told(built: Path) -> None:
    shutil.copytree(built / "methods", built / "alone")
    assert told(built, [*PAGES, page("alone.md")]) == [
        "alone/index.html:1:1: no link leads to this page; "
        "link to it from a page that can be reached from the home page; made from content/alone.md"
    ]


@pytest.mark.parametrize(
    ("content", "message"), [(None, "was not built"), (b"other\n", "says something else than was asked for")]
)
def test_a_file_that_is_missing_or_wrong_is_told(built: Path, content: bytes | None, message: str) -> None:
    (built / "data" / "cases.csv").unlink()
    if content is not None:
        (built / "data" / "cases.csv").write_bytes(content)
    (text,) = told(built)
    assert text.startswith("data/cases.csv:1:1: ")
    assert message in text


@pytest.mark.parametrize("other", ["data/Cases.csv", "Data/cases.csv"])
def test_two_files_that_are_one_on_many_disks_are_told(built: Path, other: str) -> None:
    (built / other).parent.mkdir(exist_ok=True)
    (built / other).write_bytes(b"id\n")
    first, second = sorted([other, "data/cases.csv"])
    assert told(built) == [
        f"{second}:1:1: on many disks this is the same file as {first}; rename one of them"
    ]


def test_a_letter_written_in_two_ways_is_one_path() -> None:
    assert on_any_disk("M\u00fcller") == on_any_disk("mu\u0308ller")


@pytest.mark.parametrize("tag", ["title", "h1"])
def test_a_page_without_a_title_is_told(built: Path, tag: str) -> None:
    path = built / "methods" / "index.html"
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(f"<{tag}")
    path.write_text(before + rest.partition(f"</{tag}>")[2].replace("<p>", "<p>"), encoding="utf-8")
    name = {"title": "title", "h1": "main heading"}[tag]
    assert f"methods/index.html:1:1: this page has no {name}" in "\n".join(told(built))


def test_a_style_sheet_asks_no_other_host_and_for_no_missing_file(built: Path) -> None:
    look = built / "assets" / "look.css"
    look.write_text(
        "@import 'https://fonts.example/x.css'; a { background: url(gone.png) }", encoding="utf-8"
    )
    assert [text.partition(";")[0] for text in told(built)] == [
        "assets/look.css:1:1: <style> gone.png leads to nothing in the site",
        "assets/look.css:1:1: <style> https://fonts.example/x.css asks another host",
    ]


def test_a_site_that_can_not_be_published_is_told(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (built / "pagefind").mkdir()
    (built / "pagefind" / "pagefind.js").write_bytes(b"x" * 2_000_000)
    monkeypatch.setattr(files, "SEARCH_LIMIT", 2_500_000)
    assert told(built) == []
    monkeypatch.setattr(files, "SITE_LIMIT", 1_900_000)
    monkeypatch.setattr(files, "SEARCH_LIMIT", 1_500_000)
    assert told(built) == [
        ".:1:1: the site has 2.0 MB, more than the 1.9 MB it may have; "
        "the biggest file is pagefind/pagefind.js with 2.0 MB; make it smaller or leave it out",
        "pagefind:1:1: a first question to the search loads 2.0 MB, more than 1.5 MB; "
        "take long pages out of the search",
    ]


def test_what_all_pages_share_is_told_once(built: Path) -> None:
    pages = []
    for name in "abcdef":
        (built / name).mkdir()
        body = '<a href="../gone/">x</a>'
        (built / name / "index.html").write_text(PAGE.format(title=name, up="../", body=body))
        pages.append(page(f"{name}.md"))
    with_body(built, "".join(f'<a href="../{name}/">x</a>' for name in "abcdef"))
    (text,) = told(built, [*PAGES, *pages])
    assert text.startswith("a/index.html:5:1: <a href> ../gone/ leads to nothing in the site; ")
    assert text.endswith("the same on 5 more pages: mend what they share")


def test_the_site_s_own_address_is_no_other_host(built: Path) -> None:
    address = "https://thumbs.example/casebook/"
    (built / "404.html").write_text(PAGE.format(title="Not found", up="/casebook/", body=""))
    body = f'<link rel="canonical" href="{address}methods/"><a href="{address}gone/">x</a>'
    (built / "methods" / "index.html").write_text(PAGE.format(title="Methods", up="../", body=body))
    (text,) = told(built, PAGES, address)
    assert f"<a href> {address}gone/ leads to nothing in the site" in text


@pytest.mark.slow
def test_what_mkdocs_builds_stands_the_verification_also_at_an_address(world: World, tmp_path: Path) -> None:
    address = "https://thumbs.example/casebook/"
    world.with_look().replace("mkdocs.yml", "docs_dir: content", f"docs_dir: content\nsite_url: {address}")
    out = by_mkdocs(world.root, tmp_path / "site")
    site = generate(world.root)
    outcome = verify(out, site.pages, site.downloads, address)
    assert outcome.problems == ()
    assert outcome.pages == len(list(out.rglob("index.html")))
    assert 'href="/casebook/assets/' in (out / "404.html").read_text(encoding="utf-8")
    sitemap = (out / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{address}methods/</loc>" in sitemap
    assert "1970" not in sitemap
    case = (out / "cases" / "quill-2081" / "index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{address}cases/quill-2081/">' in case
    assert f'<meta property="og:url" content="{address}cases/quill-2081/">' in case
    assert '<meta property="og:description"' in case


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="x&amp;y/" id="a">words</a>',
        '<svg xmlns="http://www.w3.org/2000/svg"><use xlink:href="#a"/><g fill="url(#b)"></g></svg>',
        '<img src="a.png" srcset="a.png 1x, b.png 2x"><form action="go/"></form>',
        '<p aria-labelledby="one two">The malignant tumour: none</p><a name="old"></a>',
        "<script>if (a < b) window.x = '<a href=\"no/\">'</script><p>after</p>",
        '<A HREF="Up/">case</A>\n\n<p\n id="far">x</p>',
    ],
)
def test_plain_markup_is_read_as_a_parser_reads_it(markup: str) -> None:
    source = f'<!doctype html><head><title>T</title></head>\n<h1 id="h">A <b>title</b></h1>{markup}'
    plain, parsed = read_plain("x.html", source), parse_page("x.html", source)
    assert plain is not None
    assert (plain.references, plain.anchors) == (parsed.references, parsed.anchors)
    assert [plain.text_of(tag).split() for tag in ("title", "h1")] == [
        parsed.text_of(tag).split() for tag in ("title", "h1")
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<a href='one/'>x</a>",
        "<a href=one/>x</a>",
        '<a title="a > b" href="one/">x</a>',
        '<!-- <a href="one/"> -->',
        "<style>a { background: url(x.png) }</style>",
        "<p>nan</p>",
        "<p>about None months</p>",
        "<p>{{ left }}</p>",
        '<p title="None">x</p>',
        '<p title="{{ x }}">x</p>',
        "<p>a < b</p>",
        "<p>&lt;Fact object at 0x7f&gt;</p>",
        '<a href="one/>x</a><a title="">',
    ],
)
def test_what_is_not_plain_goes_to_a_parser(markup: str) -> None:
    assert read_plain("x.html", f"<title>T</title><h1>H</h1>{markup}") is None
