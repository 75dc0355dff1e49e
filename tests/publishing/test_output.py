"""Where a site may be built: what would be lost is refused; what the system refuses is told on one line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_tools.__main__ import main
from build_tools.publishing.lock import only_build
from tests.engines import contents
from tests.publishing.test_build import an_old_site
from tests.world import World

# Files above 50 kB can't be written, as on a disk that has just become full.
SMALL_DISK = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
from build_tools.__main__ import main
main()
"""


def build(world: World, out: Path, command: str = "build") -> Result:
    result = CliRunner().invoke(main, [command, "--root", str(world.root), "--out", str(out)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def error(output: str) -> str:
    """The one line that says what went wrong."""
    (line,) = [line for line in output.splitlines() if line.startswith("Error: ")]
    assert output.splitlines()[-1] == line
    return line


@pytest.mark.parametrize("command", ["build", "pages"])
@pytest.mark.parametrize(
    ("out", "message"),
    [
        (".", "holds the casebook itself; give --out a folder of its own"),
        ("..", "holds the casebook itself; give --out a folder of its own"),
        ("cases", "is a source of the casebook; give --out a folder of its own"),
        ("content/new", "is a source of the casebook; give --out a folder of its own"),
        ("overrides/assets", "is a source of the casebook; give --out a folder of its own"),
        ("papers", "holds other files (thesis.txt) and no {what}; give --out a new or an empty folder"),
        ("mkdocs.yml", "is a file"),
    ],
)
def test_a_folder_that_would_be_lost_is_refused(world: World, out: str, message: str, command: str) -> None:
    world.write("papers/thesis.txt", "years of work")
    before = contents(world.root)
    result = build(world, world.root / out, command)
    assert result.exit_code == 2
    assert message.format(what={"build": "site"}.get(command, command)) in error(result.output)
    assert (world.root / out).resolve().name in result.output
    assert contents(world.root) == before


def test_a_link_to_the_casebook_is_refused_as_well(world: World, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(world.root, target_is_directory=True)
    result = build(world, tmp_path / "link")
    assert result.exit_code == 2
    assert "holds the casebook itself" in error(result.output)


def test_a_folder_below_a_file_is_told(world: World) -> None:
    result = build(world, world.root / "mkdocs.yml" / "site")
    assert result.exit_code == 1
    assert "can't build into" in error(result.output)
    assert error(result.output).endswith("; give --out a folder in which you may write")


@pytest.mark.slow  # Linux has a folder in which not even root may write
def test_a_folder_that_can_not_be_written_is_told(world: World) -> None:
    result = build(world, Path("/sys/casebook/site"))
    assert result.exit_code == 1
    assert error(result.output).startswith("Error: can't build into /sys/casebook/site: ")
    assert error(result.output).endswith("; give --out a folder in which you may write")


@pytest.mark.slow
def test_a_full_disk_is_told_and_leaves_the_old_site(world: World, tmp_path: Path) -> None:
    world.with_look().without_charts()
    out = tmp_path / "public" / "site"
    old = an_old_site(out)
    command = [sys.executable, "-c", SMALL_DISK, "build", "--root", str(world.root), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert (
        error(done.stderr) == f"Error: can't build into {out}: file too large; allow bigger files (ulimit -f)"
    )
    assert done.stderr.count("\n") == 1
    assert contents(out.parent) == {f"site/{name}": content for name, content in old.items()}


@pytest.mark.slow
def test_a_second_build_into_the_same_folder_ends_with_a_message(world: World, tmp_path: Path) -> None:
    out = tmp_path / "public" / "site"
    old = an_old_site(out)
    with only_build(out):
        result = build(world, out)
    assert result.exit_code == 1
    assert error(result.output) == (
        f"Error: another build (process {os.getpid()}) is writing to {out}; wait until it has ended"
    )
    assert contents(out) == old


def test_pages_take_the_place_of_older_pages(world: World, tmp_path: Path) -> None:
    assert build(world, tmp_path / "pages", "pages").exit_code == 0
    first = contents(tmp_path / "pages")
    assert build(world, tmp_path / "pages", "pages").exit_code == 0
    assert contents(tmp_path / "pages") == first
