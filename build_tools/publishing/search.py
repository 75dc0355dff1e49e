"""The search of a built site: Pagefind's index, of which a browser loads only what a question needs."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = "pagefind"
_ENTRY = "pagefind.js"
_NOT_NEEDED = ("pagefind-*ui.*", "pagefind-highlight.js", "wasm.unknown.pagefind")
"""Interfaces of Pagefind's own, in the place of which the site has `assets/search.js`."""


class NotIndexed(Exception):
    """Pagefind could not read the site; the message is its own."""


def index(site: Path) -> None:
    """Indexes every page of a built site, of either engine, into its folder `pagefind/`.

    Only the page's own text is read, not the theme's frame; `data-search-exclude` leaves a part out.
    """
    with TemporaryDirectory(prefix="casebook-search-") as folder:
        for path in site.rglob("index.html"):
            _, article, rest = path.read_text(encoding="utf-8").partition(_ARTICLE)
            if article:
                copy = Path(folder) / path.relative_to(site)
                copy.parent.mkdir(parents=True, exist_ok=True)
                own = words_apart(rest.partition("</article>\n")[0])
                copy.write_text(
                    f'<html lang="en"><body><article class="{own}</body></html>', encoding="utf-8"
                )
        _run("--site", folder, "--output-path", str(site / FOLDER), "--exclude-selectors", _LEFT_OUT)
    if not (site / FOLDER / _ENTRY).is_file():
        raise NotIndexed("the search index was not made")
    for pattern in _NOT_NEEDED:
        for path in (site / FOLDER).glob(pattern):
            path.unlink()


_ARTICLE = '<article class="'
_LEFT_OUT = "[data-search-exclude], .headerlink"


def words_apart(markup: str) -> str:
    """Markup whose neighbours are words of their own: cells, terms, lines, and what a long dash joins."""
    markup = markup.replace("><", "> <").replace("<br>", " ").replace("\u2011", "-")
    return _LONG_DASH.sub(r"\g<0> ", markup)


_LONG_DASH = re.compile(r"(?<=[^\W\d_])[–—](?=[^\W\d_])")


def _run(*options: str) -> None:
    command = [sys.executable, "-m", "pagefind", *options, "--force-language", "en", "--quiet"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        raise NotIndexed(f"the search index was not made:\n{done.stdout}{done.stderr}".strip())


def first_question(site_files: Mapping[str, int]) -> int:
    """The bytes that a first question loads at most: the program, the list of parts, a part, the answers."""
    sizes = {file: size for file, size in site_files.items() if file.startswith(f"{FOLDER}/")}
    parts = sorted((s for f, s in sizes.items() if f.startswith(f"{FOLDER}/index/")), reverse=True)[:1]
    answers = sorted((s for f, s in sizes.items() if f.startswith(f"{FOLDER}/fragment/")), reverse=True)[:10]
    rest = [s for f, s in sizes.items() if f.count("/") == 1]
    return sum(rest) + sum(parts) + sum(answers)
