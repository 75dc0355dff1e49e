"""A page a report: what it is, which patients it describes, and what to read with care."""

from __future__ import annotations

from build_tools.pages.citation import vancouver
from build_tools.pages.cite_this import cite_this
from build_tools.pages.context import Context
from build_tools.pages.page import Page, relative_url
from build_tools.records.notice import STANDING
from build_tools.records.values import MEANINGS
from build_tools.review.review import TAKEN_BACK
from build_tools.templates.rendering import render

READ = {
    "full": "read in full",
    "text_only": "text read; tables or figures were missing",
    "abstract": "abstract read",
    "excerpt": "an excerpt read",
    "secondary": "not read; known from another report",
}
DESIGNS = {
    "case_report": "case report",
    "case_series": "case series",
    "case_report_with_review": "case report with a review of published cases",
    "review": "review",
    "trial": "trial",
    "registry": "registry",
    "unknown": "not known",
}


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
