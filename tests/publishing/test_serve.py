"""Writing with the site open: each save shows, and a mistake is reported without losing the site."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.world import REPOSITORY, World

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]
QUILL, PATIENCE = "cases/quill-2081.yml", 40.0


@dataclass(frozen=True)
class Server:
    """`mkdocs serve` over a world, with all that it has printed."""

    world: World
    address: str
    log: Path
    process: subprocess.Popen[bytes]

    def page(self, path: str) -> str:
        """What a reader gets: the page, or nothing while the server has none."""
        try:
            with urlopen(self.address + path, timeout=5) as answer:
                return str(answer.read().decode())
        except (URLError, ConnectionError, TimeoutError):
            return ""

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def until(self, true: Callable[[], bool]) -> None:
        """Waits as long as needed and no longer."""
        end = time.monotonic() + PATIENCE
        while not true():
            assert self.process.poll() is None, "the server has ended:\n" + self.said()
            assert time.monotonic() < end, "nothing happened:\n" + self.said()
            time.sleep(0.05)


@pytest.fixture
def server(world: World, tmp_path: Path) -> Iterator[Server]:
    world.with_look().without_charts()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", host]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(REPOSITORY)}
    log = tmp_path / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=world.root, env=environment, stdout=out, stderr=out)
        try:
            server = Server(world, f"http://{host}/", log, process)
            server.until(lambda: "Serving on" in server.said())
            yield server
        finally:
            process.kill()
            process.wait()


def test_a_site_being_written_follows_every_save_and_survives_a_mistake(server: Server) -> None:
    world, page = server.world, server.page
    assert "Right thumb pulp" in page("cases/quill-2081/")

    world.replace(QUILL, "side: right\n    location", "side: left\n    location")
    server.until(lambda: "Left thumb pulp" in page("cases/quill-2081/"))

    world.add_case("newcomer", like="tarn-2079")
    server.until(lambda: "Old Tarn" in page("cases/newcomer/"))
    server.until(lambda: "6 patients" in page(""))

    (world.root / "cases" / "newcomer.yml").unlink()
    server.until(lambda: "5 patients" in page(""))
    server.until(lambda: page("cases/newcomer/") == "")

    world.replace(QUILL, "sex: male", "sex: mael")
    line = world.place(QUILL, "mael")[0]
    server.until(lambda: f"{QUILL}:{line}:" in server.said())
    server.until(lambda: "Left thumb pulp" in page("cases/quill-2081/"))
    assert "Traceback" not in server.said()

    world.replace(QUILL, "sex: mael", "sex: female")
    server.until(lambda: "Woman, 61" in page("cases/quill-2081/"))

    world.replace("content/methods.md", "Nothing was counted", "Nobody was counted")
    server.until(lambda: "Nobody was counted" in page("methods/"))
