"""The built site is the same, byte for byte, wherever and whenever it is built; killed, it is the old one."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.engines import contents
from tests.world import REPOSITORY, World

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("same")]

NOTHING: Mapping[str, str] = {}
KILLS = int(os.environ.get("CASEBOOK_KILLS", "6"))
"""How often a build is killed: CASEBOOK_KILLS=50 for a thorough look."""

# Python starts with this: for it and all that it starts, it is another year.
ANOTHER_YEAR = """
import datetime, time
ahead = 400 * 24 * 3600
for name in ("time", "localtime", "gmtime"):
    def later(seconds=None, of=getattr(time, name), now=time.time, name=name):
        return now() + ahead if name == "time" else of(now() + ahead if seconds is None else seconds)
    setattr(time, name, later)
class Later(datetime.datetime):
    now = classmethod(lambda cls, tz=None: cls.fromtimestamp(time.time(), tz))
    today = classmethod(lambda cls: cls.now())
    utcnow = classmethod(lambda cls: cls.now(datetime.timezone.utc).replace(tzinfo=None))
class LaterDay(datetime.date):
    today = classmethod(lambda cls: cls.fromtimestamp(time.time()))
datetime.datetime, datetime.date = Later, LaterDay
"""


def building(
    world: World, out: Path, changed: Mapping[str, str] = NOTHING, cwd: Path = REPOSITORY
) -> subprocess.Popen[str]:
    """A build in a process of its own, and of a group of its own, with a changed environment."""
    command = [sys.executable, "-m", "build_tools", "build", "--root", str(world.root), "--out", str(out)]
    path = os.pathsep.join(filter(None, [changed.get("PYTHONPATH"), str(REPOSITORY)]))
    return subprocess.Popen(
        command,
        cwd=cwd,
        env=os.environ | {"PYTHONHASHSEED": "0", "TZ": "UTC"} | dict(changed) | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )


def built(
    world: World, out: Path, changed: Mapping[str, str] = NOTHING, cwd: Path = REPOSITORY
) -> dict[str, bytes]:
    """Every file of the site of a world."""
    process = building(world, out, changed, cwd)
    said, _ = process.communicate()
    assert process.returncode == 0, said
    return contents(cwd / out)


@pytest.fixture(scope="module")
def usual(original: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site as it is built on a usual day in a usual place."""
    place = tmp_path_factory.mktemp("usual")
    world = World.like(original, place / "casebook").with_look().without_charts()
    return built(world, place / "site")


@pytest.fixture
def ready(world: World) -> World:
    return world.with_look().without_charts()


def write(site: dict[str, bytes], out: Path) -> None:
    """Every file of a site, put where it was built."""
    for file, content in site.items():
        path = out / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files that are not the same in two sites."""
    return sorted(file for file in one.keys() | other.keys() if one.get(file) != other.get(file))


@pytest.mark.parametrize(
    "changed",
    [
        {"PYTHONHASHSEED": "4242"},
        {"TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["hash seed", "time zone", "locale C"],
)
def test_another_environment_gives_the_same_site(
    usual: dict[str, bytes], ready: World, tmp_path: Path, changed: dict[str, str]
) -> None:
    assert differing(built(ready, tmp_path / "site", changed), usual) == []


def test_another_folder_with_blank_and_umlaut_gives_the_same_site(
    usual: dict[str, bytes], ready: World, tmp_path: Path
) -> None:
    moved = tmp_path / "Zweite Prüfung (β)" / "casebook"
    moved.parent.mkdir()
    ready.root.rename(moved)
    assert differing(built(World(moved), moved.parent / "the site"), usual) == []


def test_another_working_directory_gives_the_same_site(usual: dict[str, bytes], ready: World) -> None:
    assert differing(built(World(Path()), Path("public", "site"), cwd=ready.root), usual) == []


def test_a_checkout_with_windows_line_ends_gives_the_same_site(
    usual: dict[str, bytes], ready: World, tmp_path: Path
) -> None:
    changed = 0
    for path in ready.root.rglob("*"):
        if path.suffix in (".yml", ".md", ".html"):
            file = path.relative_to(ready.root).as_posix()
            ready.write(file, path.read_bytes().replace(b"\n", b"\r\n"))
            changed += 1
    assert changed > 90
    assert differing(built(ready, tmp_path / "site"), usual) == []


def test_git_gives_what_is_published_as_it_is_the_same_line_ends_everywhere() -> None:
    assets = sorted(str(path) for path in (REPOSITORY / "overrides" / "assets").iterdir())
    command = ["git", "check-attr", "-z", "eol", "--", *assets]
    said = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert said.count("\0eol\0lf\0") == len(assets)


def test_another_day_gives_the_same_site(usual: dict[str, bytes], ready: World, tmp_path: Path) -> None:
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "sitecustomize.py").write_text(ANOTHER_YEAR, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "later")}
    command = [sys.executable, "-c", "import datetime; print(datetime.datetime.now().timestamp())"]
    now = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert float(now) > time.time() + 300 * 24 * 3600
    for path in ready.root.rglob("*"):
        if path.is_file():
            ready.write(path.relative_to(ready.root).as_posix(), path.read_bytes())
            os.utime(path, (1, 1))
    changed = {"PYTHONPATH": str(tmp_path / "later"), "SOURCE_DATE_EPOCH": "1700000000"}
    assert differing(built(ready, tmp_path / "site", changed), usual) == []


def test_killed_at_any_moment_a_build_leaves_the_old_site_or_the_new_one(
    usual: dict[str, bytes], ready: World, tmp_path: Path
) -> None:
    out = tmp_path / "public" / "site"
    ready.replace("content/methods.md", "Nothing was counted", "Nobody was counted")
    begin = time.monotonic()
    new = built(ready, tmp_path / "public" / "site")
    lasted = time.monotonic() - begin
    assert differing(new, usual)
    moments = random.Random(2081)
    for number in range(KILLS):
        shutil.rmtree(out)
        write(usual, out)
        process = building(ready, out)
        time.sleep(lasted * (number + moments.random()) / KILLS)
        if number % 2:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()  # its MkDocs goes on for a while, and must do no harm
        process.communicate()
        found = contents(out)
        assert found in (usual, new), number
    assert built(ready, out) == new
    assert [path.name for path in out.parent.iterdir()] == ["site"]
