"""casebook impact: compares with a commit, touches nothing, and says in a sentence what it can't do."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_tools.__main__ import main
from tests.world import REPOSITORY, World

QUILL = "cases/quill-2081.yml"


def git(root: Path, *arguments: str) -> bytes:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True).stdout


def commit(world: World) -> World:
    git(world.root, "init", "--quiet", "--initial-branch=main")
    git(world.root, "add", "--all")
    git(world.root, "commit", "--quiet", "--message=Before")
    return world


@pytest.fixture(scope="module")
def repository(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented casebook, without its charts, in a git repository of its own with one commit."""
    return commit(World.like(original, tmp_path_factory.mktemp("git") / "casebook").without_charts()).root


@pytest.fixture
def committed(repository: Path, tmp_path: Path) -> World:
    """A copy of that repository, to be changed."""
    return World.like(repository, tmp_path / "casebook")


def impact(world: World, *options: str, base: str = "main") -> Result:
    arguments = ["impact", "--root", str(world.root), "--base", base, *options]
    result = CliRunner().invoke(main, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_change_that_is_not_committed_is_seen(committed: World) -> None:
    committed.replace(QUILL, "age: 61", "age: 62")
    result = impact(committed)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Changes 1 fact.\n")
    assert f"  {QUILL}: patient.age: 61 -> 62 [quill-2081: Case report]\n" in result.stdout


def test_a_change_that_is_committed_is_seen_against_its_parent(committed: World) -> None:
    committed.replace(QUILL, "age: 61", "age: 62")
    git(committed.root, "commit", "--all", "--quiet", "--message=After")
    assert impact(committed, base="HEAD^1").stdout.startswith("Changes 1 fact.")
    assert impact(committed, base="main").stdout.startswith("Nothing changes.")


def test_the_head_may_be_another_folder(committed: World, tmp_path: Path) -> None:
    other = World.like(committed.root, tmp_path / "other")
    other.replace(QUILL, "age: 61", "age: 62")
    result = impact(committed, "--head", str(other.root), "--format", "markdown")
    assert result.exit_code == 0
    assert result.stdout.startswith("**Changes 1 fact&#46;**\n")


def test_the_casebook_may_be_a_folder_of_a_repository(committed: World, tmp_path: Path) -> None:
    folder = World.like(committed.root, tmp_path / "above" / "casebook")
    shutil.rmtree(folder.root / ".git")
    commit(World(tmp_path / "above"))
    folder.replace(QUILL, "age: 61", "age: 62")
    assert impact(folder).stdout.startswith("Changes 1 fact.")


def test_the_work_tree_and_the_index_stay_as_they_are(committed: World) -> None:
    committed.replace(QUILL, "age: 61", "age: 62")
    before = git(committed.root, "status", "--porcelain", "--ignored")
    assert impact(committed).exit_code == 0
    assert git(committed.root, "status", "--porcelain", "--ignored") == before == f" M {QUILL}\n".encode()
    assert git(committed.root, "worktree", "list").count(b"\n") == 1


def test_problems_of_the_change_end_with_1(committed: World) -> None:
    committed.replace(QUILL, "sex: male", "sex: mael")
    result = impact(committed)
    assert result.exit_code == 1
    assert "did you mean 'male'?" in result.stderr
    assert "nothing was compared" in result.stderr


def break_a_word(world: World) -> None:
    world.replace(QUILL, "sex: male", "sex: mael")


def take_the_settings(world: World) -> None:
    (world.root / "mkdocs.yml").unlink()


def empty_the_settings(world: World) -> None:
    world.write("mkdocs.yml", "")


def take_all(world: World) -> None:
    for path in sorted(world.root.rglob("*.yml")):
        path.unlink()


def break_a_page(world: World) -> None:
    world.write("content/thumbs.md", "---\ntitle: <b>\ndescription: A.\n---\n{{ nonsense('<b>@ada') }}\n")


@pytest.mark.parametrize("damage", [take_the_settings, empty_the_settings, break_a_page])
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_of_a_base_without_pages_the_records_are_compared(
    committed: World, tmp_path: Path, damage: Callable[[World], None], form: str
) -> None:
    sound = World.like(committed.root, tmp_path / "sound")
    sound.replace(QUILL, "age: 61", "age: 62")
    damage(committed)
    git(committed.root, "add", "--all")
    git(committed.root, "commit", "--quiet", "--message=Damage")
    result = impact(committed, "--head", str(sound.root), "--format", form)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.lstrip("*").startswith("Changes 1 fact")
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("Tables and pages were not")]
    assert "/casebook-" not in line
    if form == "markdown":
        assert not set("<>@'") & set(line)


@pytest.mark.parametrize("damage", [break_a_word, take_all])
def test_a_base_that_cannot_be_read_is_one_sentence(
    committed: World, tmp_path: Path, damage: Callable[[World], None]
) -> None:
    sound = World.like(committed.root, tmp_path / "sound")
    damage(committed)
    git(committed.root, "commit", "--all", "--quiet", "--message=Damage")
    result = impact(committed, "--head", str(sound.root))
    assert (result.exit_code, result.stderr) == (0, "")
    (line,) = result.stdout.splitlines()
    assert line.startswith("Nothing was compared: the casebook of main can't be read; it ")
    assert "/casebook-" not in line
    (line,) = impact(committed, "--head", str(sound.root), "--format", "markdown").stdout.splitlines()
    assert line.startswith("Nothing was compared&#58; ")


def test_a_link_in_the_base_leads_nowhere(committed: World, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("---\ntitle: Secret\ndescription: Secret.\n---\n# Secret\n")
    sound = World.like(committed.root, tmp_path / "sound")
    (committed.root / "content/secret.md").symlink_to(secret)
    git(committed.root, "add", "--all")
    git(committed.root, "commit", "--quiet", "--message=Link")
    result = impact(committed, "--head", str(sound.root))
    assert result.stdout.startswith("Nothing changes.")


@pytest.mark.parametrize(
    "name",
    [
        "no-such-branch",
        "--help",
        "-h",
        "--output=/dev/null",
        "main:cases",
        "",
        "main\nmain",
        "HEAD^9",
        "a\0b",
    ],
)
def test_a_commit_that_is_not_there_is_wrong_use(committed: World, name: str) -> None:
    result = impact(committed, base=name)
    assert result.exit_code == 2
    assert "git knows no such commit here" in result.stderr


def test_a_folder_without_git_is_wrong_use(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(world.root.parent))
    result = impact(world)
    assert result.exit_code == 2
    assert "git knows no such commit here (fatal: not a git repository" in result.stderr


def test_a_machine_without_git_is_told_so(committed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(committed.root))
    result = impact(committed)
    assert result.exit_code == 2
    assert "git is not installed" in result.stderr


@pytest.mark.slow
def test_a_published_local_excision_moves_its_table_and_the_share_alive_by_one(tmp_path: Path) -> None:
    """The repository's own casebook, before and after one more patient."""
    world = World(tmp_path / "casebook")
    for part in ("cases", "content"):
        shutil.copytree(REPOSITORY / part, world.root / part)
    shutil.copy(REPOSITORY / "mkdocs.yml", world.root)
    patient = world.read("cases/hisa-2005.yml")
    for old, new in (
        ("report: hisa-2005", "report: hisa-2005, label: another"),
        ("row 5", "another row"),
        ("sex: female", "sex: male"),
        ("8 months", "16 months"),
    ):
        patient = patient.replace(old, new)
    commit(world).write("cases/hisa-2006.yml", patient)
    lines = impact(world).stdout.splitlines()
    group = "local excision, kidney kept: alive 5/7 -> 6/8, median follow-up 27 -> 24 months"
    assert lines[0].startswith(f"Adds 1 patient: {group}; ")
    (alive,) = [line for line in lines if line.endswith("kidney kept: alive: 5/7 -> 6/8")]
    assert alive.strip().startswith("Alive at last follow-up after local excision")
    rows = [line.strip() for line in lines if line.startswith("  local-excision: ")]
    n = len(list((REPOSITORY / "cases").glob("*.yml")))
    assert rows[0] == f"local-excision: patients: 8 of {n} -> 9 of {n + 1}"
    assert rows[1].startswith("local-excision: hisa-2006: added: ")
    assert len(rows) == 2
