"""The whole site before any engine: nothing lost, nothing twice, and the same bytes wherever it is made."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from build_tools.pages.page import Page, relative_url, url_of
from build_tools.problems.problem import ProblemsFound
from build_tools.publishing import folder
from build_tools.publishing.generate import Site, generate
from build_tools.review.review import Review
from tests.world import EXAMPLE, REPOSITORY, World


@pytest.fixture(scope="module")
def site() -> Site:
    return generate(EXAMPLE)


def problems(world: World) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsFound) as found:
        generate(world.root)
    return [(problem.file, problem.message) for problem in found.value.problems]


def test_every_record_that_has_a_page_has_exactly_one(example: Review, site: Site) -> None:
    paths = [page.path for page in site.pages]
    assert len(paths) == len(set(paths))
    wanted = {f"cases/{id}.md" for id in example.cases}
    wanted |= {f"reports/{id}.md" for id in example.reports}
    wanted |= {f"regimens/{id}.md" for id in example.regimens}
    wanted |= {f"trials/{id}.md" for id in example.trials}
    wanted |= {path.relative_to(EXAMPLE / "content").as_posix() for path in EXAMPLE.rglob("*.md")}
    assert set(paths) == wanted


def test_no_two_files_have_one_path(site: Site) -> None:
    counts = Counter(download.path for download in site.downloads)
    assert [path for path, count in counts.items() if count > 1] == []


def test_every_page_names_the_file_to_edit(site: Site) -> None:
    for page in site.pages:
        assert (EXAMPLE / page.source).is_file(), page.path


def test_every_page_says_its_data_version_and_that_it_is_no_advice(site: Site) -> None:
    for page in site.pages:
        assert "Data version" in page.body, page.path
        assert "not medical advice" in page.body, page.path


def test_nothing_was_left_unfilled(site: Site) -> None:
    for page in site.pages:
        for sign in ("{{", "{%", "{#", "Undefined", ">None<", ">nan<", "object at 0x"):
            assert sign not in page.body, (page.path, sign)


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("content/methods/index.md", "content/methods.md"),
        ("content/cases/quill-2081.md", "content/cases/quill-2081.md"),
        ("content/reports/quill-2081.md", "content/reports/quill-2081.md"),
        ("content/Methods.md", "content/methods.md"),
    ],
)
def test_two_sources_of_one_page_are_a_problem(world: World, path: str, other: str) -> None:
    world.write(path, "---\ntitle: Twice\ndescription: Invented.\n---\n\nTwice.\n")
    ((file, message),) = problems(world)
    assert message.startswith("this makes the same page as ")
    assert other in (file, message.rpartition(" ")[2])


def test_a_case_whose_page_would_be_the_list_of_cases_is_a_problem(world: World) -> None:
    world.add_case("index", like="quill-2081")
    found = problems(world)
    assert ("cases/index.yml", "this makes the same page as content/cases/index.md") in found


def test_two_tables_of_one_name_are_a_problem(world: World) -> None:
    page = world.read("content/compare/kept-thumb.md")
    world.write("content/other/kept-thumb.md", page.replace("    - surgeries.margins\n", ""))
    found = problems(world)
    assert {file for file, _ in found} == {"content/other/kept-thumb.md"}
    assert [message.rpartition(": ")[2] for _, message in found] == [
        "data/tables/kept-thumb-tidy.csv",
        "data/tables/kept-thumb.csv",
    ]


@pytest.mark.parametrize(
    ("path", "url"),
    [("index.md", ""), ("cases/index.md", "cases/"), ("methods.md", "methods/"), ("a/b.md", "a/b/")],
)
def test_a_page_has_an_address_without_a_suffix(path: str, url: str) -> None:
    assert url_of(path) == url


@pytest.mark.parametrize(
    ("target", "page", "way"),
    [
        ("cases/x/", "index.md", "cases/x/"),
        ("cases/x/", "cases/index.md", "../cases/x/"),
        ("reports/x/", "cases/y.md", "../../reports/x/"),
        ("", "index.md", "./"),
        ("", "cases/y.md", "../../"),
    ],
)
def test_links_are_relative_so_that_a_site_works_in_any_folder(target: str, page: str, way: str) -> None:
    assert relative_url(target, page) == way


def test_a_title_that_yaml_could_misread_stays_a_title() -> None:
    page = Page("x.md", "no: [yes]", "- 012", "Body.", "x.yml", True)
    head = page.markdown.split("---\n")[1]
    assert head == "title: 'no: [yes]'\ndescription: '- 012'\n"


# ---- the same bytes ----


def written(root: Path, out: Path, cwd: Path, **environment: str) -> dict[str, bytes]:
    """Everything that `casebook pages` writes, made by a process of its own."""
    command = [sys.executable, "-m", "build_tools", "pages", "--root", str(root), "--out", str(out)]
    here = {"PYTHONPATH": str(REPOSITORY), "PATH": os.environ["PATH"], **environment}
    done = subprocess.run(command, cwd=cwd, env=here, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    content = out / "content"
    return {p.relative_to(content).as_posix(): p.read_bytes() for p in content.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return written(EXAMPLE, tmp_path_factory.mktemp("usual"), EXAMPLE, PYTHONHASHSEED="0", TZ="UTC")


def test_another_hash_seed_time_zone_and_locale_give_the_same_bytes(
    usual: dict[str, bytes], tmp_path: Path
) -> None:
    odd = {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0"}
    assert written(EXAMPLE, tmp_path, EXAMPLE, **odd) == usual


def test_another_folder_with_blank_and_umlaut_gives_the_same_bytes(
    usual: dict[str, bytes], world: World, tmp_path: Path
) -> None:
    moved = tmp_path / "Zweite Prüfung (β)" / "casebook"
    moved.parent.mkdir()
    world.root.rename(moved)
    assert written(moved, moved.parent / "out", tmp_path) == usual


def test_a_checkout_with_windows_line_ends_gives_the_same_bytes(
    usual: dict[str, bytes], world: World, tmp_path: Path
) -> None:
    for path in world.root.rglob("*"):
        if path.suffix in (".yml", ".md"):
            world.write(path.relative_to(world.root).as_posix(), path.read_bytes().replace(b"\n", b"\r\n"))
    assert written(world.root, tmp_path / "out", tmp_path) == usual


def test_files_in_another_order_give_the_same_site(world: World, site: Site) -> None:
    for path in sorted(world.root.rglob("*.yml"), reverse=True):
        world.write(path.relative_to(world.root).as_posix(), path.read_bytes())
    assert generate(world.root) == site


def test_writing_again_leaves_nothing_of_what_is_gone(world: World, tmp_path: Path) -> None:
    folder.write(generate(world.root), world.root, tmp_path / "out")
    (world.root / "content" / "methods.md").unlink()
    world.replace("content/index.md", "- [Methods](methods.md#what-a-field-can-say)\n", "")
    folder.write(generate(world.root), world.root, tmp_path / "out")
    assert not (tmp_path / "out" / "content" / "methods.md").exists()


def test_on_disk_an_address_counts_from_the_file_and_not_from_the_page(world: World, tmp_path: Path) -> None:
    folder.write(generate(world.root), world.root, tmp_path / "out")
    case = (tmp_path / "out" / "content" / "cases" / "quill-2081.md").read_text(encoding="utf-8")
    cases = (tmp_path / "out" / "content" / "cases" / "index.md").read_text(encoding="utf-8")
    assert 'href="../reports/quill-2081/"' in case
    assert 'href="../../' not in case
    assert 'href="../cases/quill-2081/"' in cases


def test_the_settings_on_disk_name_no_hook(world: World, tmp_path: Path) -> None:
    folder.write(generate(world.root), world.root, tmp_path / "out")
    settings = (tmp_path / "out" / "mkdocs.yml").read_text(encoding="utf-8")
    assert "hooks" not in settings
    assert "exclude_docs" not in settings
    assert "extra_css:\n  - assets/casebook.css\n" in settings
