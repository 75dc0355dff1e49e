"""Both engines build the whole casebook, strictly, and the sites say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build_tools.adapters.mkdocs_site import BuildFailed, build_site
from build_tools.problems import ProblemsFound
from build_tools.review import Review
from tests.dom import flat
from tests.engines import address, by_mkdocs, dead_links, foreign, pages, read, run
from tests.world import REPOSITORY, World

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


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


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
    assert len(casebook.cases) == 13
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


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    assert dead_links(site) == []


def test_nothing_but_a_link_that_a_reader_follows_leads_to_another_host(site: Path) -> None:
    hosts = foreign(site)
    assert hosts.keys() <= {"a"}
    assert hosts["a"] <= {
        "doi.org", "pubmed.ncbi.nlm.nih.gov", "github.com", "squidfunk.github.io", "zensical.org",
    }  # fmt: skip


def test_nothing_is_left_that_no_file_says(site: Path, sources: str) -> None:
    for page in pages(site):
        text = read(page).one("body").text
        assert "{{" not in text, page
        assert "{%" not in text, page
        for found in re.finditer(r"(\S+ )?\b(None|nan|NaN|undefined|Undefined)\b( \S+)?", text):
            before, word, after = found.groups("")
            assert f"{before}{word}" in sources or f"{word}{after}" in sources, (page, found[0])


def test_every_page_has_a_title_and_one_main_heading(site: Path) -> None:
    for page in pages(site):
        if page.name == "index.html":
            assert len(read(page).all("title")[0].text) > 5, page
            assert len(read(page).all("h1")) == 1, page


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    for page in pages(site):
        ids = [e.attributes["id"] for e in read(page) if "id" in e.attributes]
        assert sorted(ids) == sorted(set(ids)), page


def test_only_pages_with_a_chart_mention_plotly(site: Path, casebook: Review) -> None:
    for id in casebook.cases:
        assert b"plotly" not in (site / "cases" / id / "index.html").read_bytes().lower()
    assert (site / "assets" / "plotly.min.js").stat().st_size > 1_000_000


def test_a_case_s_page_does_not_grow_with_the_number_of_cases(world: World, tmp_path: Path) -> None:
    world.with_look()
    case = world.read("cases/quill-2081.yml")
    sizes = []
    for count in (3, 30):
        for number in range(count):
            world.write(f"cases/copy-{number:02}.yml", case)
        site = by_mkdocs(world.root, tmp_path / f"site-{count}")
        assert len(list(site.glob("cases/copy-*/index.html"))) == count
        sizes.append((site / "cases" / "quill-2081" / "index.html").stat().st_size)
    assert abs(sizes[1] - sizes[0]) < 100


def test_a_failing_build_leaves_the_old_site_as_it_was(world: World, tmp_path: Path) -> None:
    world.with_look()
    out = tmp_path / "public" / "site"
    (out / "old").mkdir(parents=True)
    (out / "old" / "index.html").write_text("old", encoding="utf-8")
    world.replace("content/methods.md", "Nothing was counted", "[Nothing](nowhere.md) was counted")
    with pytest.raises(BuildFailed, match=r"nowhere\.md"):
        build_site(world.root, out)
    world.replace("cases/quill-2081.yml", "sex: male", "sex: mael")
    with pytest.raises(ProblemsFound):
        build_site(world.root, out)
    assert contents(tmp_path / "public") == {"site/old/index.html": b"old"}


@pytest.mark.parametrize("command", [("build_tools", "build"), ("build_tools", "pages"), ("mkdocs", "build")])
def test_a_broken_file_is_told_and_no_page_is_made(
    world: World, tmp_path: Path, command: tuple[str, str]
) -> None:
    world.with_look().replace("cases/quill-2081.yml", "sex: male", "sex: mael")
    line = world.place("cases/quill-2081.yml", "mael")[0]
    where: tuple[str | Path, ...] = ("--root", world.root, "--out")
    if command[0] == "mkdocs":
        where = ("--config-file", world.root / "mkdocs.yml", "--site-dir")
    done = run(*command, *where, tmp_path / "out")
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert f"cases/quill-2081.yml:{line}:" in said
    assert "did you mean 'male'?" in said
    assert "Traceback" not in said
    assert list((tmp_path / "out").rglob("*.html")) == []


def test_building_twice_gives_the_same_bytes(mkdocs_site: Path, tmp_path: Path) -> None:
    assert contents(by_mkdocs(REPOSITORY, tmp_path / "again")) == contents(mkdocs_site)
