"""Every page and file that was asked for is there, once and alone, and the whole can be published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from build_tools.pages.page import Download, Page, on_any_disk
from build_tools.problems.mistakes import built as wrong
from build_tools.problems.problem import Problem
from build_tools.publishing.search import FOLDER, first_question

SITE_LIMIT = 900_000_000
"""Bytes of a whole site. GitHub Pages publishes 1 GB at most."""
SEARCH_LIMIT = 400_000
"""Bytes that a reader's first question to the search loads, the program of the search among them."""

_OF_THE_THEME = frozenset({"404.html"})


def problems(
    folder: Path, sizes: Mapping[str, int], pages: Iterable[Page], downloads: Iterable[Download]
) -> Iterator[Problem]:
    """Pages and files that are missing, that nothing asked for, that clash, or that are too big."""
    wanted = {page.file for page in pages}
    for file in sorted(wanted - sizes.keys()):
        yield wrong.PAGE_MISSING.at(file)
    for file in sorted(sizes.keys() - wanted - _OF_THE_THEME):
        if file.endswith(".html"):
            yield wrong.PAGE_UNASKED.at(file)
    for download in downloads:
        if download.path not in sizes:
            yield wrong.FILE_MISSING.at(download.path)
        elif (folder / download.path).read_bytes() != download.content:
            yield wrong.FILE_DIFFERS.at(download.path)
    yield from _clashes(sizes)
    yield from _too_big(sizes)


def _clashes(sizes: Mapping[str, int]) -> Iterator[Problem]:
    paths = defaultdict[str, list[str]](list)
    for file in sorted(sizes):
        paths[on_any_disk(file)].append(file)
    for first, *others in paths.values():
        for other in others:
            yield wrong.SAME_FILE.at(other, other=first)


def _too_big(sizes: Mapping[str, int]) -> Iterator[Problem]:
    total = sum(sizes.values())
    if total > SITE_LIMIT:
        biggest = max(sizes, key=lambda file: sizes[file])
        most = f"{biggest} with {_megabytes(sizes[biggest])}"
        yield wrong.SITE_TOO_BIG.at(".", size=_megabytes(total), limit=_megabytes(SITE_LIMIT), biggest=most)
    if (loaded := first_question(sizes)) > SEARCH_LIMIT:
        yield wrong.SEARCH_TOO_BIG.at(FOLDER, size=_megabytes(loaded), limit=_megabytes(SEARCH_LIMIT))


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
