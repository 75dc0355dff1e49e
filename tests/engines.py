"""Building whole sites with both engines, and walking through what they built."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from build_tools.reading.settings import read_settings
from tests.dom import Element, parse
from tests.world import REPOSITORY

HOST = "https://site.example"
LINKS = {"href", "src", "action", "data-figure", "data-plotly", "poster"}


def run(*command: str | Path, cwd: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    """A command of the environment's Python, with what it printed."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(REPOSITORY)}
    words = [sys.executable, "-m", *(str(word) for word in command)]
    return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def by_mkdocs(root: Path, out: Path) -> Path:
    """The site that `casebook build` makes."""
    done = run("build_tools", "build", "--root", root, "--out", out)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def by_zensical(root: Path, out: Path) -> Path:
    """The site that Zensical makes of what `casebook pages` writes."""
    done = run("build_tools", "pages", "--root", root, "--out", out)
    assert done.returncode == 0, done.stdout + done.stderr
    done = run("zensical", "build", "--strict", cwd=out)
    assert done.returncode == 0, done.stdout + done.stderr
    done = run("build_tools", "index", out / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    return out / "site"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def pages(site: Path) -> list[Path]:
    """Every page of a built site."""
    return sorted(site.rglob("*.html"))


def address(site: Path, page: Path) -> str:
    """Where a page stands on its host: `cases/x/index.html` -> `/cases/x/`."""
    return "/" + page.relative_to(site).as_posix().removesuffix("index.html")


@cache
def read(page: Path) -> Element:
    """A built page as a tree."""
    return parse(page.read_text(encoding="utf-8"))


@cache
def anchors(page: Path) -> frozenset[str]:
    """Every place of a page that a link may lead to."""
    return frozenset(
        e.attributes[name] for e in read(page) for name in ("id", "name") if e.attributes.get(name)
    )


def references(page: Element) -> Iterator[tuple[Element, str]]:
    """Every address that a page names, with the element that names it."""
    for element in page:
        for name in LINKS & element.attributes.keys():
            yield element, element.attributes[name]


def dead_links(site: Path) -> list[str]:
    """Addresses inside the site that lead nowhere, each with its page."""
    dead = []
    below = urlsplit(read_settings(REPOSITORY).address).path.rstrip("/")
    for page in pages(site):
        # Nobody knows at which address the page 'not found' is read: its links count from the host's root.
        root = below if page.name == "404.html" else ""
        here = HOST + address(site, page)
        for element, written in references(read(page)):
            target = urlsplit(urljoin(here, written))
            if f"{target.scheme}://{target.netloc}" != HOST:
                continue
            path = site / unquote(target.path).removeprefix(root).lstrip("/")
            path = path / "index.html" if path.is_dir() else path
            anchor = unquote(target.fragment)
            if not path.is_file() or (anchor and path.suffix == ".html" and anchor not in anchors(path)):
                dead.append(f"{here}: <{element.tag}> {written}")
    return dead


def foreign(site: Path) -> dict[str, set[str]]:
    """The other hosts that pages name, by the tag that names them."""
    hosts: dict[str, set[str]] = {}
    for page in pages(site):
        for element, written in references(read(page)):
            target = urlsplit(written)
            if target.scheme or target.netloc:
                hosts.setdefault(element.tag, set()).add(target.netloc or target.scheme)
    return hosts
