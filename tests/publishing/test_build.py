"""Building: pages stay small, a failure leaves the old site whole, and a broken file is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.checks.checking import check_all
from build_tools.problems.problem import ProblemsFound
from build_tools.publishing.mkdocs_site import BuildFailed, NotVerified, build_site
from tests.engines import by_mkdocs, contents, run
from tests.world import World

pytestmark = pytest.mark.slow


def an_old_site(out: Path) -> dict[str, bytes]:
    """Something that was built before, as far as the next build looks at it."""
    out.mkdir(parents=True)
    for name in ("index.html", "404.html"):
        (out / name).write_text("old", encoding="utf-8")
    return contents(out)


def test_a_case_s_page_does_not_grow_with_the_number_of_cases(world: World, tmp_path: Path) -> None:
    world.with_look().without_charts()
    sizes = []
    for count in (3, 30):
        for number in range(count):
            world.add_case(f"copy-{number:02}", like="quill-2081")
        site = by_mkdocs(world.root, tmp_path / f"site-{count}")
        assert len(list(site.glob("cases/copy-*/index.html"))) == count
        sizes.append((site / "cases" / "quill-2081" / "index.html").stat().st_size)
    assert abs(sizes[1] - sizes[0]) < 100


def test_a_failing_build_leaves_the_old_site_as_it_was(world: World, tmp_path: Path) -> None:
    world.with_look().without_charts()
    out = tmp_path / "public" / "site"
    old = an_old_site(out)
    world.replace("content/methods.md", "Nothing was counted", "[Nothing](nowhere.md) was counted")
    with pytest.raises(BuildFailed, match=r"nowhere\.md"):
        build_site(world.root, out)
    world.replace("cases/quill-2081.yml", "sex: male", "sex: mael")
    with pytest.raises(ProblemsFound):
        build_site(world.root, out)
    world.replace("cases/quill-2081.yml", "sex: mael", "sex: male")
    world.replace("content/methods.md", "[Nothing](nowhere.md)", '<a href="../nowhere/">Nothing</a>')
    with pytest.raises(NotVerified, match=r"<a href> ../nowhere/ leads to nothing.*content/methods\.md"):
        build_site(world.root, out)
    assert contents(out) == old
    assert [path.name for path in out.parent.iterdir()] == ["site"]


@pytest.mark.parametrize("command", [("build_tools", "build"), ("build_tools", "pages"), ("mkdocs", "build")])
def test_a_broken_file_is_told_and_no_page_is_made(
    world: World, tmp_path: Path, command: tuple[str, str]
) -> None:
    world.with_look().without_charts().replace("cases/quill-2081.yml", "sex: male", "sex: mael")
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


def test_a_build_reads_and_checks_everything_once(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.with_look().without_charts()
    read = []

    def counted(root: Path) -> object:
        read.append(root)
        return check_all(root)

    monkeypatch.setattr("build_tools.publishing.generate.check_all", counted)
    build_site(world.root, tmp_path / "site")
    assert read == [world.root.resolve()]


def test_an_engine_renders_one_page_a_kind_however_many_records_there_are(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mkdocs.structure.pages import Page as EnginePage

    world.with_look().without_charts()
    rendered: list[str] = []
    render = EnginePage.render

    def counted(page: EnginePage, *rest: object) -> None:
        rendered.append(page.file.src_uri)
        render(page, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(EnginePage, "render", counted)
    build_site(world.root, tmp_path / "few")
    few, rendered[:] = list(rendered), []
    for number in range(20):
        world.add_case(f"copy-{number:02}", like="quill-2081")
    build_site(world.root, tmp_path / "more")
    assert rendered == few
    assert len(list((tmp_path / "more" / "cases").glob("copy-*/index.html"))) == 20
