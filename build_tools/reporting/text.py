"""Problems for people at a terminal: each on its line, below it the line of the file with a caret."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from build_tools.checks.personal import ALL, kinds_in
from build_tools.problems.problem import Problem
from build_tools.reporting import Run

WIDTH = 100
"""Columns of a terminal that a shown line may take."""
MOST_BYTES = 1_000_000


def report(run: Run) -> str:
    """Every problem with its line; a file in which something secret was found shows none of its lines."""
    closed = {problem.file for problem in run.problems if problem.secret}
    lines: dict[str, list[str]] = {}
    said = []
    for problem in run.problems:
        said.append(problem.text() + "\n")
        if problem.file not in closed and not _of_whole_file(problem):
            if problem.file not in lines:
                lines[problem.file] = _lines(run.root, problem.file)
            said.append(_excerpt(problem, lines[problem.file]))
    return "".join(said)


def _of_whole_file(problem: Problem) -> bool:
    return (problem.rank, problem.line, problem.column) == (0, 1, 1)


def _lines(root: Path, file: str) -> list[str]:
    """The lines of a file; none of what is no plain file of the casebook."""
    path = root / file
    if any(part.is_symlink() for part in (path, *path.parents[: file.count("/")])) or not path.is_file():
        return []
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES)
    except OSError:
        return []
    text = content.decode("utf-8", errors="replace").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").split("\n")


def _excerpt(problem: Problem, lines: list[str]) -> str:
    """The problem's line with a caret below its column; nothing where there is no such line."""
    if not 1 <= problem.line <= len(lines):
        return ""
    line = lines[problem.line - 1]
    if not line.strip() or any(kinds_in(ALL, line)):
        return ""  # a file that can't be read whole was not looked through by the rules of privacy
    shown, before = _cut([_visible(c) for c in line], problem.column - 1)
    number = f"{problem.line:>5}"
    return f"{number} | {shown}\n{' ' * len(number)} | {' ' * before}^\n"


def _visible(character: str) -> str:
    """A character as a terminal may show it: a tab as spaces, what is invisible as its code."""
    if character == "\t":
        return "    "
    return character if character.isprintable() else character.encode("unicode_escape").decode()


def _cut(shown: list[str], column: int) -> tuple[str, int]:
    """The part of a line round a column that fits, and how many columns of it stand before the place."""
    column = min(column, len(shown))
    first = column
    room = WIDTH * 2 // 3
    while first > 0 and room >= _width(shown[first - 1]):
        first -= 1
        room -= _width(shown[first])
    last, room = first, WIDTH
    while last < len(shown) and room >= _width(shown[last]):
        room -= _width(shown[last])
        last += 1
    start, end = "…" if first else "", "…" if last < len(shown) else ""
    before = len(start) + sum(_width(one) for one in shown[first:column])
    return start + "".join(shown[first:last]) + end, before


def _width(shown: str) -> int:
    """How many columns of a terminal a character takes."""
    if len(shown) > 1:
        return len(shown)
    if unicodedata.combining(shown):
        return 0
    return 2 if unicodedata.east_asian_width(shown) in "WF" else 1
