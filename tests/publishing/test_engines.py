"""Both engines build the whole casebook, strictly, and the sites say the same."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from build_tools.publishing.generate import generate
from build_tools.publishing.verification import verify
from build_tools.reading.settings import read_settings
from build_tools.review.review import Review
from tests.dom import flat
from tests.engines import address, contents, dead_links, foreign, pages, read, references, run
from tests.world import REPOSITORY

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]
ENGINES = ["mkdocs", "zensical"]


@pytest.fixture(params=ENGINES)
def site(request: pytest.FixtureRequest) -> Path:
    """The real casebook, built by each engine."""
    return Path(request.getfixturevalue(f"{request.param}_site"))


@pytest.fixture(scope="module")
def sources() -> str:
    """All that the files of the casebook say."""
    files = [*REPOSITORY.glob("cases/*.yml"), *REPOSITORY.glob("content/**/*.yml")]
    files += REPOSITORY.glob("content/**/*.md")
    return flat(" ".join(path.read_text(encoding="utf-8") for path in files))


def test_both_engines_make_the_same_pages(mkdocs_site: Path, zensical_site: Path) -> None:
    made = [
        {address(site, page) for page in pages(site)} - {"/404.html"} for site in (mkdocs_site, zensical_site)
    ]
    assert made[0] == made[1]


def test_both_engines_publish_the_same_files_of_data(mkdocs_site: Path, zensical_site: Path) -> None:
    first, second = contents(mkdocs_site / "data"), contents(zensical_site / "data")
    assert {n for n in first if not n.endswith(".html")} == {n for n in second if not n.endswith(".html")}
    assert all(first[name] == second[name] for name in first if not name.endswith(".html"))


def test_every_case_has_a_page(site: Path, casebook: Review) -> None:
    assert len(casebook.cases) >= 213
    assert {path.parent.name for path in site.glob("cases/*/index.html")} == casebook.cases.keys()


def test_both_engines_show_a_case_in_the_same_words(
    mkdocs_site: Path, zensical_site: Path, casebook: Review
) -> None:
    for id in casebook.cases:
        path = f"cases/{id}/index.html"
        assert (
            read(mkdocs_site / path).one("article", "record").text
            == read(zensical_site / path).one("article", "record").text
        ), id


def test_what_both_engines_build_would_stand_the_verification(site: Path) -> None:
    """Also that each site works in any folder of a host; the page 'not found' in its own alone."""
    asked = generate(REPOSITORY)
    address = read_settings(REPOSITORY).address
    assert verify(site, asked.pages, asked.downloads, address).problems == ()


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    assert dead_links(site) == []


def test_nothing_but_a_link_that_a_reader_follows_leads_to_another_host(site: Path) -> None:
    hosts = foreign(site)
    assert hosts.keys() <= {"a", "link"}
    assert hosts.get("link", set()) <= {urlsplit(read_settings(REPOSITORY).address).netloc}, (
        "not its own address"
    )
    assert hosts["a"] <= {
        "doi.org", "orcid.org", "pubmed.ncbi.nlm.nih.gov", "github.com",
        "squidfunk.github.io", "zensical.org",
    }  # fmt: skip


def test_nothing_is_left_that_no_file_says(site: Path, sources: str) -> None:
    for page in pages(site):
        text = read(page).one("body").text
        assert not re.search(r"\{\{ | \}\}", text), page  # BibTeX keeps a title as it is by {{two braces}}
        assert "{%" not in text, page
        for found in re.finditer(r"(\S+ )?\b(None|nan|NaN|undefined|Undefined)\b( \S+)?", text):
            before, word, after = found.groups("")
            assert f"{before}{word}" in sources or f"{word}{after}" in sources, (page, found[0])


def test_every_page_has_a_title_and_one_main_heading(site: Path) -> None:
    for page in pages(site):
        if page.name == "index.html":
            assert len(read(page).all("title")[0].text) > 5, page
            assert len(read(page).all("h1")) == 1, page


def test_a_reference_stands_apart_from_the_word_before_it_where_readers_search(site: Path) -> None:
    texts = [indexed(fragment) for fragment in sorted((site / "pagefind" / "fragment").iterdir())]
    assert any(re.search(r"\s\[\d+\]", text) for text in texts)
    for text in texts:
        assert not re.search(r"\w\[\d+\]", text), text


def indexed(fragment: Path) -> str:
    """The words of a page as the search holds them: JSON behind Pagefind's own mark, compressed."""
    said = gzip.decompress(fragment.read_bytes()).decode("utf-8")
    content: str = json.loads(said[said.index("{") :])["content"]
    return content


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    for page in pages(site):
        ids = [e.attributes["id"] for e in read(page) if "id" in e.attributes]
        assert sorted(ids) == sorted(set(ids)), page


def test_no_page_loads_plotly_by_itself_and_only_charts_name_it(site: Path) -> None:
    for page in pages(site):
        for element, named in references(read(page)):
            assert "plotly" not in named or element.attributes.get("class") == "chart", page
    assert (site / "assets" / "plotly.min.js").stat().st_size > 1_000_000


def test_mkdocs_alone_gives_the_same_bytes_again(
    mkdocs_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    done = run("mkdocs", "build", "--strict", "--site-dir", tmp_path / "again")
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "again") == contents(mkdocs_site)
