"""What must hold of a built site before it takes the old one's place; it knows no engine.

files      every page and file that was asked for is there, once and alone; the whole is not too big
links      every address leads somewhere, no other host is asked, every page can be reached
leftovers  no open blank, no value without a value, no page without a title, no id twice
page       a built page, as far as these three look at it
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from build_tools.cores import each
from build_tools.pages.page import Download, Page
from build_tools.problems.problem import Problem
from build_tools.publishing.verification import files, leftovers, links
from build_tools.publishing.verification.page import read_page


@dataclass(frozen=True)
class BuiltSite:
    """What was built: the number of pages, the size of all files in bytes, and what is wrong."""

    pages: int
    size: int
    problems: tuple[Problem, ...]


def verify(
    folder: Path, pages: Sequence[Page], downloads: Sequence[Download], address: str = ""
) -> BuiltSite:
    """The site in `folder`, compared with what was asked for; `address` is where it will stand, if known."""
    sizes = {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }

    def text(file: str) -> str:
        return (folder / file).read_text(encoding="utf-8", errors="replace")

    # One page at a time: all of them together would fill the memory.
    looked_at = [file for file in sizes if file.endswith((".html", ".svg"))]
    built = each(lambda file: read_page(file, text(file)), looked_at)
    styles = {file: text(file) for file in sizes if file.endswith(".css")}
    problems = [
        *files.problems(folder, sizes, pages, downloads),
        *links.problems(built, styles, sizes.keys(), address),
        *(problem for page in built for problem in leftovers.problems(page)),
    ]
    sources = {page.file: page.source for page in pages}
    return BuiltSite(len(pages), sum(sizes.values()), tuple(sorted(_told_once(problems, sources))))


def _told_once(problems: Iterable[Problem], sources: dict[str, str]) -> Iterable[Problem]:
    """Each problem with the file to mend; what all pages share is told of one page alone."""
    same = defaultdict[tuple[str, str], list[Problem]](list)
    for problem in problems:
        same[problem.message, problem.hint].append(problem)
    for group in same.values():
        on = sorted({problem.file for problem in group})
        if len(on) > 3:
            hint = f"the same on {len(on) - 1} more pages: mend what they share"
            yield replace(min(group), hint="; ".join(filter(None, [group[0].hint, hint])))
            continue
        for problem in group:
            made = f"made from {sources[problem.file]}" if problem.file in sources else ""
            yield replace(problem, hint="; ".join(filter(None, [problem.hint, made])))
