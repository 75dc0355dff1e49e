"""Written pages: Markdown of `content/`, with tables, charts and computed numbers filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from markupsafe import Markup
from pydantic import Field

from build_tools.charts import CHARTS, svg
from build_tools.charts.chart import Chart
from build_tools.derived import summary
from build_tools.pages import lists
from build_tools.pages.context import Context
from build_tools.pages.page import Page, relative_url
from build_tools.problems import Problem
from build_tools.reading.records import validate
from build_tools.reading.yaml_tree import decode, read_tree
from build_tools.records.values import Record, Rows, Text
from build_tools.rendering import MARKDOWN, render
from build_tools.tables import Table, TableDeclaration, check_declaration, fill


class FrontMatter(Record):
    """What may stand at the head of a written page."""

    title: Text = Field(title="Title", description="The page's title.")
    description: Text = Field(title="Description", description="The page in a sentence, for search engines.")
    hide: Rows[Text] = Field(default=(), title="Hide", description="Parts of the frame to leave out.")
    table: TableDeclaration | None = Field(default=None, title="Table", description="A comparison table.")


@dataclass
class Written:
    """A written page as it stands in its file."""

    file: str
    path: str
    front: FrontMatter
    text: str
    first_line: int


@dataclass
class Filled:
    """What a page asked for while its blanks were filled: tables and charts, to be exported beside it."""

    page: Page
    tables: list[Table] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)


def read_prose(root: Path) -> tuple[list[Written], list[Problem]]:
    """Every Markdown file below `content/`, or what is wrong with its head."""
    pages, problems = [], list[Problem]()
    for path in sorted((root / "content").rglob("*.md")):
        written, wrong = _read(root, path)
        problems += wrong
        if written is not None:
            pages.append(written)
    return pages, problems


def _read(root: Path, path: Path) -> tuple[Written | None, list[Problem]]:
    file = path.relative_to(root).as_posix()
    if path.is_symlink():
        return None, [Problem(file, 0, 1, 1, "", "only plain files may stand here", "no links")]
    text, problems = decode(file, path.read_bytes())
    if problems:
        return None, problems
    head, separator, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not separator:
        hint = "begin with a line '---', then title and description, then '---'"
        return None, [Problem(file, 0, 1, 1, "", "the page has no front matter", hint)]
    tree, problems = read_tree(file, head, first_line=2)
    if problems:
        return None, problems
    front, problems = validate(file, tree, FrontMatter, {})
    if not isinstance(front, FrontMatter):
        return None, problems
    if front.table is not None:
        problems += check_declaration(file, front.table, tree)
    where = path.relative_to(root / "content").as_posix()
    return Written(file, where, front, body, head.count("\n") + 4), problems


def fill_page(written: Written, context: Context) -> tuple[Filled | None, list[Problem]]:
    """The page with its blanks filled, or what is wrong with a blank."""
    filled = Filled(
        Page(written.path, written.front.title, written.front.description, "", written.file, False)
    )
    try:
        template = MARKDOWN.from_string(written.text)
        body = template.render(_blanks(written, context, filled))
    except TemplateError as error:
        line = written.first_line + (getattr(error, "lineno", None) or 1) - 1
        return None, [Problem(written.file, 3, line, 1, "", f"a blank can't be filled: {error.message}")]
    except KeyError as error:
        return None, [Problem(written.file, 3, written.first_line, 1, "", f"there is no {error.args[0]}")]
    foot = render("foot.html", context=context, file=written.file)
    filled.page = Page(
        written.path,
        written.front.title,
        written.front.description,
        f"{body.strip()}\n\n{foot}",
        written.file,
        False,
        written.front.hide,
    )
    return filled, []


def _blanks(written: Written, context: Context, filled: Filled) -> dict[str, Any]:
    """The words that a written page may use inside `{{ }}`."""
    page = written.path

    def link(target: str) -> str:
        return relative_url(target, page)

    def table() -> Markup:
        if written.front.table is None:
            raise KeyError("'table' in the front matter")
        made = fill(
            Path(page).stem if not page.endswith("index.md") else Path(page).parent.name,
            written.front.table,
            context.review,
        )
        filled.tables.append(made)
        return render("table.html", table=made, context=context, page=page, link=link)

    def chart(name: str) -> Markup:
        if name not in CHARTS:
            raise KeyError(f"chart '{name}'; there are: {', '.join(CHARTS)}")
        made = CHARTS[name](context.review)
        filled.charts.append(made)
        pictures: dict[str, Markup] = {}
        if made.figure is not None:
            links = {label: link(to) for label, to in made.figure["layout"]["meta"]["links"].items()}
            pictures = {
                kind: svg.draw(made.figure, width, made.message, links)
                for kind, width in (("wide", 720), ("narrow", 350))
            }
        return render("chart.html", chart=made, pictures=pictures, link=link)

    blanks: dict[str, Any] = {
        "table": table,
        "chart": chart,
        "patients": len(context.review.cases),
        "patients_if_split": context.review.persons_if_split,
        "reports": len(context.review.reports),
        "reports_read": sum(report.read != "secondary" for report in context.review.reports.values()),
        "last_change": context.last_change,
        "data_version": context.data_version,
        "newest": context.newest,
        "summary": lambda case: summary(case, context.review),
        "name": context.case_name,
        "link": link,
        "repository": context.settings.repository,
    }
    for name, function in lists.LISTS.items():
        blanks[name] = _bound(function, context, page)
    return blanks


def _bound(function: Callable[[Context, str], Markup], context: Context, page: str) -> Callable[[], Markup]:
    return lambda: function(context, page)
