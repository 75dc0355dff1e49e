"""A problem: where it is, what is wrong, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How grave a problem is: an error stops the build, a warning asks for a second look, info is news."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong at one place of one file.

    `line` and `column` count from 1; `field` is the dotted name of the field as it stands in
    the file, or empty; `rank` puts first what has to be mended first (a file that can't be read
    before a word in it); `hint` says what to write instead; `rule` is the number under which the page of
    rules tells more. Of a `secret` problem nothing may be shown that stands in the file: it may identify
    somebody.
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

    def __lt__(self, other: Problem) -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[object, ...]:
        """What has to be mended first comes first, then errors before warnings, then place by place."""
        place = (self.file, self.line, self.column, self.field)
        return (self.rank, list(Level).index(self.level), *place, self.rule, self.message, self.hint)

    @property
    def says(self) -> str:
        """The field, what is wrong with it, and what to write instead."""
        what = f"{self.field}: {self.message}" if self.field else self.message
        return printable(what + (f"; {self.hint}" if self.hint else ""))

    def text(self) -> str:
        """The problem on one line, in the form that editors and terminals make clickable."""
        grave = f"{self.level}[{self.rule}]" if self.rule else self.level
        return f"{printable(self.file)}:{self.line}:{self.column}: {grave}: {self.says}"


@dataclass(frozen=True)
class Mistake:
    """A kind of problem under its number, which never changes its meaning.

    `message` and `cure` have blanks for what stands in the file; `example` is a text that makes the mistake,
    where one can be shown; `about` is the message in general, where it is all blank.
    """

    number: str
    rank: int
    message: str
    cure: str
    example: str = ""
    about: str = ""
    level: Level = Level.ERROR

    def at(
        self,
        file: str,
        mark: tuple[int, int] = (1, 1),
        field: str = "",
        hint: str = "",
        **words: Any,
    ) -> Problem:
        """The mistake at one place, its blanks filled; a more exact hint takes the place of the cure."""
        message = self.message.format(**words)
        cure = hint or self.cure.format(**words)
        return Problem(file, self.rank, *mark, field, message, cure, self.level, self.number)


class ProblemsFound(Exception):
    """Raised where nothing can be built because files have errors; carries all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(problem.text() for problem in self.problems))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop a build."""
    return [problem for problem in problems if problem.level is Level.ERROR]


def printable(text: str, limit: int = 600) -> str:
    """Text made safe for a terminal: control and invisible characters as escapes, and not endless."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
