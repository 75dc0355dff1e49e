"""A page a patient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from build_tools.analysis.tables import cell, column_title
from build_tools.charts.chart import Chart
from build_tools.pages import chart
from build_tools.pages.cite_this import cite_this
from build_tools.pages.context import Context, known, silent
from build_tools.pages.page import Download, Page, relative_url
from build_tools.pages.regimen import treatments
from build_tools.records.notice import STANDING
from build_tools.records.values import State
from build_tools.review.derived import STATUS_WORDS, derive, origin, status_in_words, summary
from build_tools.review.facts import Fact
from build_tools.review.review import TAKEN_BACK, PublishedCase
from build_tools.templates.rendering import render

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Presentation", ("patient", "presentation")),
    ("Investigations", ("laboratory", "imaging", "biopsy", "diagnosis", "meetings")),
    ("Tumour", ("lesions",)),
    ("Surgery", ("surgeries",)),
    ("Pathology", ("pathology", "genetics")),
    ("Therapy", ("systemic_therapy", "radiotherapy")),
    ("Course", ("time_zero", "events", "follow_up", "outcome")),
)
"""The sections of a case page and the blocks in each; together they hold every block of a case."""

SHOWN_RULES = {
    "Tumour": ("origin", "longest_axis"),
    "Surgery": ("r_class",),
    "Course": ("follow_up", "status", "relapse"),
}

STRIP = (
    "derived.origin",
    "derived.longest_axis",
    "derived.treatment",
    "surgeries.margins",
    "derived.follow_up_and_status",
)
"""What a reader of a case sees first, beside the paper: columns as tables have them."""


@dataclass(frozen=True)
class Section:
    """A heading with its blocks: what is known, what no report says, and what follows from it."""

    title: str
    blocks: tuple[Fact, ...]
    silent: tuple[Fact, ...]
    derived: tuple[Fact, ...]

    @property
    def anchor(self) -> str:
        """The id of the heading."""
        return self.title.lower()


def page(case: PublishedCase, context: Context, tables: Sequence[tuple[str, str]] = ()) -> Page:
    """The page of one case; `tables` are the pages with tables that it stands in, by title and address."""
    path = f"cases/{case.id}.md"
    name = context.case_name(case)
    place = origin(case, context.review)
    line = summary(case, context.review)

    def link(target: str) -> str:
        return relative_url(target, path)

    body = render(
        "case.html",
        case=case,
        name=name,
        summary=line,
        strip=[(column_title(column), cell(case, column, context.review)) for column in STRIP],
        papers=[r for r in case.record.reports if r.role != "secondary"] or case.record.reports,
        sections=_sections(case, context),
        treatments=treatments(context).get(case.id, ()),
        tables=tables,
        beside=_beside(case, context),
        context=context,
        page=path,
        cite=cite_this(name, path, context, case.report_ids),
        link=link,
        timeline=chart.html(timeline(case, context), link),
        meaning=lambda value: status_in_words(case, value.text) if value.text in STATUS_WORDS else "",
        taken_back=TAKEN_BACK,
        standing=STANDING,
    )
    title = f"{name}: {place.text.lower()}" if place else name
    return Page(path, title, line, body, case.origin.file, True, ("navigation", "toc"))


def files(case: PublishedCase, context: Context) -> list[Download]:
    """The files that stand beside the page of one case: those of its time line."""
    return chart.files(timeline(case, context))


@lru_cache(maxsize=1)
def timeline(case: PublishedCase, context: Context) -> Chart:
    """The time line of one case."""
    return chart.draw("timeline", {"case": case.id}, context.review)


def _beside(case: PublishedCase, context: Context) -> list[tuple[str, PublishedCase]]:
    """The cases before and after this one, in the order of their ids."""
    cases = list(context.review.cases.values())
    here = cases.index(case)
    found = [("Previous", cases[here - 1])] if here else []
    return found + [("Next", next_one) for next_one in cases[here + 1 : here + 2]]


def _sections(case: PublishedCase, context: Context) -> tuple[Section, ...]:
    tops = {fact.path: fact for fact in case.facts}
    sections = []
    for title, names in SECTIONS:
        blocks = [tops[name] for name in names if name in tops]
        facts = (derive(case, name, context.review) for name in SHOWN_RULES.get(title, ()))
        derived = [fact for fact in facts if fact.state is State.REPORTED]
        sections.append(
            Section(title, tuple(known(tuple(blocks))), tuple(silent(tuple(blocks))), tuple(derived))
        )
    return tuple(sections)
