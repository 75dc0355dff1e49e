"""Every page and file that was asked for is there, once and alone, and the whole can be published."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from build_tools.generate import Site
from build_tools.problems import Problem

SITE_LIMIT = 900_000_000
"""Bytes of a whole site. GitHub Pages publishes 1 GB at most."""
SEARCH_LIMIT = 10_000_000
"""Bytes of the search index, which a reader's browser loads whole."""

_OF_THE_THEME = frozenset({"404.html"})
_SEARCH = frozenset({"search/search_index.json", "search.json"})


def problems(folder: Path, sizes: Mapping[str, int], site: Site) -> Iterator[Problem]:
    """Pages and files that are missing, that nothing asked for, that clash, or that are too big."""
    wanted = {page.url + "index.html" for page in site.pages}
    for file in sorted(wanted - sizes.keys()):
        yield _problem(file, "this page was not built")
    for file in sorted(sizes.keys() - wanted - _OF_THE_THEME):
        if file.endswith(".html"):
            yield _problem(file, "nothing asked for this page", "remove it from content/ or overrides/")
    for download in site.downloads:
        if download.path not in sizes:
            yield _problem(download.path, "this file was not built")
        elif (folder / download.path).read_bytes() != download.content:
            hint = "if a file was changed meanwhile, build again; else two sources write this file"
            yield _problem(download.path, "this file says something else than was asked for", hint)
    yield from _clashes(sizes)
    yield from _too_big(sizes)


def same_path(path: str) -> str:
    """What a path is on a disk that knows neither capitals nor two ways to write an umlaut."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _clashes(sizes: Mapping[str, int]) -> Iterator[Problem]:
    paths = defaultdict[str, list[str]](list)
    for file in sorted(sizes):
        paths[same_path(file)].append(file)
    for first, *others in paths.values():
        for other in others:
            yield _problem(other, f"on many disks this is the same file as {first}", "rename one of them")


def _too_big(sizes: Mapping[str, int]) -> Iterator[Problem]:
    total = sum(sizes.values())
    if total > SITE_LIMIT:
        biggest = max(sizes, key=lambda file: sizes[file])
        hint = f"the biggest file is {biggest} with {_megabytes(sizes[biggest])}"
        yield _problem(
            ".", f"the site has {_megabytes(total)}, more than the {_megabytes(SITE_LIMIT)} it may have", hint
        )
    for file in sorted(_SEARCH & sizes.keys()):
        if sizes[file] > SEARCH_LIMIT:
            message = (
                f"the search index has {_megabytes(sizes[file])}, more than {_megabytes(SEARCH_LIMIT)}, "
                "and each reader loads it"
            )
            yield _problem(file, message, "take long pages out of the search")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _problem(file: str, message: str, hint: str = "") -> Problem:
    return Problem(file, 4, 1, 1, "", message, hint)
