"""A page a report: what it is, which patients it describes, and what to read with care."""

from __future__ import annotations

from build_tools.pages.citation import vancouver
from build_tools.pages.cite_this import cite_this
from build_tools.pages.context import Context
from build_tools.pages.page import Page, relative_url
from build_tools.records.notice import STANDING
from build_tools.records.report import DESIGNS, READ
from build_tools.records.values import MEANINGS
from build_tools.review.review import TAKEN_BACK
from build_tools.templates.rendering import render


def page(id: str, context: Context) -> Page:
    """The page of one report."""
    path = f"reports/{id}.md"
    report = context.review.reports[id]
    name = context.report_name(id)
    file = context.review.files.records["report"][id].file
    body = render(
        "report.html",
        id=id,
        report=report,
        name=name,
        citation=vancouver(report),
        read=READ[report.read],
        design=DESIGNS[report.design],
        cases=context.review.cases_of(id),
        aggregates={a: g for a, g in context.review.aggregates.items() if g.report == id},
        context=context,
        file=file,
        page=path,
        cite=cite_this(name, path, context, (id,)),
        meanings=MEANINGS,
        taken_back=TAKEN_BACK,
        standing=STANDING,
        link=lambda target: relative_url(target, path),
    )
    return Page(path, name, f"{name}: {READ[report.read]}.", body, file, True, ("navigation", "toc"))
