"""Written pages with their tables, charts and computed numbers filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import TracebackType

from jinja2 import TemplateError

from build_tools.analysis.browsing import check_browser, check_like_mine
from build_tools.analysis.tables import Table, check_declaration
from build_tools.charts.chart import Chart
from build_tools.pages.blanks import Blanks, NoSuchThing
from build_tools.pages.cite_this import cite_this
from build_tools.pages.context import Context
from build_tools.pages.page import Download, Page
from build_tools.pages.sentences import check_sentences
from build_tools.problems.mistakes import pages as wrong
from build_tools.problems.problem import Problem
from build_tools.reading.prose import Written
from build_tools.review.review import Review
from build_tools.templates.rendering import MARKDOWN, render


@dataclass
class Filled:
    """A finished page, with the tables, charts and files that it asked for."""

    page: Page
    tables: list[Table] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    downloads: list[Download] = field(default_factory=list)


BLANK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\]\([^)]*\)|<[^>]*>", re.S)
NUMBER = re.compile(r"(?<![\w.,/–-])\d+(?:[.,]\d+)*(?![\w-])")


def check_written(written: Written, review: Review) -> Iterator[Problem]:
    """What is wrong with a page before its blanks are filled: table, typed numbers, sentences."""
    if written.front.table is not None:
        yield from check_declaration(written.file, written.front.table, written.tree, review.vocabularies)
    if (browser := written.front.browser) is not None:
        table = written.front.table
        yield from check_browser(written.file, browser, table, written.tree, review.vocabularies)
    if (like_mine := written.front.like_mine) is not None:
        yield from check_like_mine(written.file, like_mine, written.tree, review.vocabularies)
    yield from typed_numbers(written)
    yield from check_sentences(written, review)


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
    blanks = Blanks(written.path, written.name, written.front, context)
    try:
        body = BEFORE_CITATION.sub("", MARKDOWN.from_string(written.text).render(blanks.names()))
    except TemplateError as error:
        line = getattr(error, "lineno", None) or _line(error.__traceback__)
        return None, [written.problem(wrong.BLANK, line, why=error.message)]
    except (NoSuchThing, *FAULTS) as error:
        return None, [written.problem(wrong.NO_SUCH_THING, _line(error.__traceback__), why=error)]
    cite = cite_this(written.front.title, written.path, context)
    foot = render("foot.html", context=context, file=written.file, cite=cite)
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
