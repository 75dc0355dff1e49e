"""A problem: where it is, what is wrong, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How grave a problem is: an error stops the build, a warning asks for a second look, info is news."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong at one place of one file.

    `line` and `column` count from 1; `field` is the dotted name of the field as it stands in
    the file, or empty; `rank` puts first what has to be mended first (a file that can't be read
    before a word in it); `hint` says what to write instead. Of a `secret` problem nothing may be shown
    that stands in the file: it may identify somebody.
    """

    file: str
    rank: int = field(repr=False)
    line: int
    column: int
    field: str
    message: str
    hint: str = ""
    level: Level = Level.ERROR
    rule: str = ""
    secret: bool = False

    def text(self) -> str:
        """The problem on one line, in the form that editors and terminals make clickable."""
        where = f"{self.file}:{self.line}:{self.column}: "
        what = f"{self.field}: {self.message}" if self.field else self.message
        return printable(where + what + (f"; {self.hint}" if self.hint else ""))

    def annotation(self) -> str:
        """The problem as a workflow command of GitHub Actions, shown on the line of the pull request."""
        what = f"{self.field}: {self.message}" if self.field else self.message
        message = printable(what + (f"; {self.hint}" if self.hint else ""))
        place = f"file={_property(printable(self.file))},line={self.line},col={self.column}"
        return f"::{self.level} {place}::{_data(message)}"


class ProblemsFound(Exception):
    """Raised where nothing can be built because files have problems; carries all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(problem.text() for problem in self.problems))


def printable(text: str, limit: int = 600) -> str:
    """Text made safe for a terminal: control and invisible characters as escapes, and not endless."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
