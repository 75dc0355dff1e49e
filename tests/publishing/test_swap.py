"""Putting a new folder in the old one's place: whole at every moment, and nothing left beside it."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from build_tools.publishing import swap
from build_tools.publishing.lock import Busy, only_build
from build_tools.publishing.swap import replacing, restore
from tests.engines import contents
from tests.world import REPOSITORY

KILLS = 12

# Swaps two folders for ever: many swaps a second, so that a kill at any moment is near one of them.
SWAPPING = """
import shutil, sys
from pathlib import Path
from build_tools.publishing import swap
out, two, way = map(str, sys.argv[1:])
if way == "rename":
    swap._exchange = lambda one, other: False
print("ready", flush=True)
while True:
    for name in "ab":
        with swap.replacing(Path(out)) as new:
            shutil.copytree(Path(two, name), new)
"""
LOCKED = """
import sys, time
from pathlib import Path
from build_tools.publishing.lock import only_build
with only_build(Path(sys.argv[1])):
    print("ready", flush=True)
    time.sleep(600)
"""


def folder(path: Path, mark: str) -> Path:
    """A folder of several files that all say the same, so that a mixture shows."""
    for number in range(20):
        file = path / f"part-{number % 3}" / f"{number}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(mark, encoding="utf-8")
    return path


def started(program: str, *arguments: Path | str) -> subprocess.Popen[str]:
    """A program of its own that has come as far as 'ready'."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def beside(out: Path) -> list[str]:
    """What stands beside a folder, by name."""
    return sorted(path.name for path in out.parent.iterdir() if path != out)


def no_exchange(one: Path, other: Path) -> bool:
    """As on a system that can't."""
    return False


@pytest.fixture(params=["exchange", "rename"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to swap: in one step, and where the system can't, by renaming twice."""
    if request.param == "rename":
        monkeypatch.setattr(swap, "_exchange", no_exchange)
    return str(request.param)


def test_a_new_folder_takes_the_place_of_the_old_one(way: str, tmp_path: Path) -> None:
    out = tmp_path / "site [1]"
    for mark in ("one", "two", "three"):
        with replacing(out) as new:
            folder(new, mark)
        assert set(contents(out).values()) == {mark.encode()}
        assert beside(out) == []


def test_a_failure_leaves_the_old_folder_and_nothing_else(way: str, tmp_path: Path) -> None:
    out = folder(tmp_path / "site", "old")
    before = contents(out)
    with pytest.raises(ValueError, match="broken"), replacing(out) as new:
        folder(new, "new")
        raise ValueError("broken")
    assert contents(out) == before
    assert beside(out) == []


def test_where_there_was_none_a_failure_leaves_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"), replacing(tmp_path / "site"):
        raise ValueError("broken")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_put_in_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "_exchange", no_exchange)
    out = folder(tmp_path / "site", "old")
    before = contents(out)
    with pytest.raises(FileNotFoundError), replacing(out) as new:
        folder(new, "new")
        monkeypatch.setattr(swap, "_to_disk", shutil.rmtree)  # the new folder goes at the worst moment
    assert contents(out) == before
    assert beside(out) == []


def test_a_folder_that_was_moved_away_comes_back_and_remains_go(tmp_path: Path) -> None:
    out = tmp_path / "site"
    old = contents(folder(tmp_path / "site.aside-b" / "old", "old"))
    folder(tmp_path / "site.aside-b" / "new", "half")
    folder(tmp_path / "site.aside-a" / "new", "half")
    for name in ("site.zip", "site.aside", "other.aside-c"):
        folder(tmp_path / name, "somebody's")
    restore(out)
    assert contents(out) == old
    assert beside(out) == ["other.aside-c", "site.aside", "site.zip"]


@pytest.mark.slow
def test_killed_at_any_moment_one_of_the_two_is_whole(way: str, tmp_path: Path) -> None:
    out, moments = tmp_path / "public" / "site", random.Random(11)
    one, other = (contents(folder(tmp_path / name, name)) for name in "ab")
    shutil.copytree(tmp_path / "a", out)
    found: list[dict[str, bytes]] = []
    while len(found) < KILLS or not (one in found and other in found):
        assert len(found) < 10 * KILLS, "nothing was ever swapped"
        process = started(SWAPPING, out, tmp_path, way)
        time.sleep(moments.uniform(0, 0.02 * (1 + len(found))))
        process.kill()
        process.communicate()
        if way == "rename":
            restore(out)  # as the next build does
        found.append(contents(out))
        assert found[-1] in (one, other)
    with replacing(out) as new:
        folder(new, "last")
    assert beside(out) == []


@pytest.mark.slow
def test_a_second_build_is_told_of_the_first_and_a_killed_one_holds_nothing(tmp_path: Path) -> None:
    out = tmp_path / "site"
    process = started(LOCKED, out)
    message = rf"another build \(process {process.pid}\) is writing to .*site; wait"
    with pytest.raises(Busy, match=message), only_build(out):
        pass
    with only_build(tmp_path / "another"):
        pass
    process.kill()
    process.communicate()
    with only_build(out):
        assert beside(out) == ["site.lock"]
    assert list(tmp_path.iterdir()) == []
