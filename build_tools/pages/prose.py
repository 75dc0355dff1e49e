"""Written pages: Markdown of `content/`, with tables, charts and computed numbers filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import TemplateError
from pydantic import Field

from build_tools.charts.chart import Chart
from build_tools.facts import Vocabularies
from build_tools.mistakes import files
from build_tools.mistakes import pages as wrong
from build_tools.pages.blanks import Blanks, NoSuchThing
from build_tools.pages.context import Context
from build_tools.pages.page import Download, Page
from build_tools.problems import Mistake, Problem
from build_tools.reading.records import validate
from build_tools.reading.yaml_tree import decode, read_tree
from build_tools.records.values import Record, Rows, Text
from build_tools.rendering import MARKDOWN, render
from build_tools.tables import Table, TableDeclaration, check_declaration


class FrontMatter(Record):
    """What may stand at the head of a written page."""

    title: Text = Field(title="Title", description="The page's title.")
    description: Text = Field(title="Description", description="The page in a sentence, for search engines.")
    hide: Rows[Text] = Field(default=(), title="Hide", description="Parts of the frame to leave out.")
    chapter: bool = Field(
        default=False,
        title="Chapter",
        description="true for a chapter of the review, where every number must come from a record.",
    )
    table: TableDeclaration | None = Field(default=None, title="Table", description="A comparison table.")


@dataclass(frozen=True)
class Written:
    """A written page as it stands in its file."""

    file: str
    path: str
    front: FrontMatter
    text: str
    first_line: int

    @property
    def name(self) -> str:
        """The name that its table and CSV take: `compare/x.md` -> x, `cases/index.md` -> cases."""
        path = Path(self.path)
        return path.parent.name if path.name == "index.md" else path.stem

    def problem(self, mistake: Mistake, line: int, column: int = 1, **words: Any) -> Problem:
        """A mistake at a line of the text, counted from 1."""
        return mistake.at(self.file, (self.first_line + line - 1, column), **words)


@dataclass
class Filled:
    """A finished page, with the tables, charts and files that it asked for."""

    page: Page
    tables: list[Table] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    downloads: list[Download] = field(default_factory=list)


def read_prose(root: Path, vocabularies: Vocabularies) -> tuple[list[Written], list[Problem]]:
    """Every Markdown file below `content/`, or what is wrong with its head."""
    pages, problems = [], list[Problem]()
    for path in sorted((root / "content").rglob("*.md")):
        written, wrong = _read(root, path, vocabularies)
        problems += wrong
        if written is not None:
            pages.append(written)
            problems += typed_numbers(written)
    return pages, problems


def _read(root: Path, path: Path, vocabularies: Vocabularies) -> tuple[Written | None, list[Problem]]:
    file = path.relative_to(root).as_posix()
    if path.is_symlink() or not path.is_file():
        return None, [files.NOT_PLAIN.at(file)]
    try:
        content = path.read_bytes()
    except OSError as error:
        return None, [files.UNREADABLE.at(file, why=error.strerror)]
    text, problems = decode(file, content)
    if problems:
        return None, problems
    head, separator, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not separator:
        return None, [wrong.NO_FRONT_MATTER.at(file)]
    tree, problems = read_tree(file, head, first_line=2)
    if problems:
        return None, problems
    front, problems = validate(file, tree, FrontMatter, {})
    if not isinstance(front, FrontMatter):
        return None, problems
    if front.table is not None:
        problems += check_declaration(file, front.table, tree, vocabularies)
    where = path.relative_to(root / "content").as_posix()
    return Written(file, where, front, body, head.count("\n") + 4), problems


BLANK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\]\([^)]*\)|<[^>]*>", re.S)
NUMBER = re.compile(r"(?<![\w.,/–-])\d+(?:[.,]\d+)*(?![\w-])")


def typed_numbers(written: Written) -> list[Problem]:
    """Numbers that stand typed in a chapter, where only records may give them."""
    if not written.front.chapter:
        return []
    text = BLANK.sub(lambda blank: re.sub(r"[^\n]", " ", blank[0]), written.text)
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        for found in NUMBER.finditer(line):
            problems.append(written.problem(wrong.TYPED_NUMBER, number, found.start() + 1, number=found[0]))
    return problems


FAULTS = (TypeError, ValueError, LookupError, ArithmeticError, RecursionError, MemoryError)
"""What a blank that is written wrongly can raise while it is filled in."""

BEFORE_CITATION = re.compile(r"\s+(?=<span class=\"mark cite\">)")
"""A citation stands at the word before it, however the blank was written."""


def fill_page(written: Written, context: Context) -> tuple[Filled | None, list[Problem]]:
    """The page with its blanks filled, or what is wrong with a blank."""
    blanks = Blanks(written.path, written.name, written.front.table, context)
    try:
        body = BEFORE_CITATION.sub("", MARKDOWN.from_string(written.text).render(blanks.names()))
    except TemplateError as error:
        line = getattr(error, "lineno", None) or _line(error.__traceback__)
        return None, [written.problem(wrong.BLANK, line, why=error.message)]
    except (NoSuchThing, *FAULTS) as error:
        return None, [written.problem(wrong.NO_SUCH_THING, _line(error.__traceback__), why=error)]
    foot = render("foot.html", context=context, file=written.file)
    page = Page(
        written.path,
        written.front.title,
        written.front.description,
        "\n\n".join(part for part in (body.strip(), blanks.references(), foot) if part),
        written.file,
        False,
        written.front.hide,
    )
    return Filled(page, blanks.tables, blanks.charts, blanks.downloads), []


def _line(traceback: TracebackType | None) -> int:
    """The line of the template that an error came from: Jinja keeps it in the traceback."""
    line = 1
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line
