"""Lists that written pages place: reports, regimens, the glossary, states of a value."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from build_tools.pages.citation import vancouver
from build_tools.pages.context import Context
from build_tools.pages.page import relative_url
from build_tools.pages.regimen import courses
from build_tools.pages.report import READ
from build_tools.records.values import MEANINGS, State
from build_tools.rendering import render


def report_list(context: Context, page: str) -> Markup:
    """Every report with its reference and its patients."""
    rows = [
        (id, context.report_name(id), vancouver(report), READ[report.read], len(context.review.cases_of(id)))
        for id, report in sorted(
            context.review.reports.items(), key=lambda item: (item[1].read == "secondary", item[0])
        )
    ]
    return render("report_list.html", rows=rows, link=lambda target: relative_url(target, page))


def regimen_list(context: Context, page: str) -> Markup:
    """Every regimen with its drugs and how many published patients received it."""
    rows = [
        (
            id,
            regimen,
            [context.review.label("drug", drug) for drug in regimen.drugs],
            len({course.case.id for course in courses(id, context)}),
        )
        for id, regimen in context.review.regimens.items()
    ]
    return render("regimen_list.html", rows=rows, link=lambda target: relative_url(target, page))


def glossary(context: Context, page: str) -> Markup:
    """Every term of every vocabulary that has a definition, with its synonyms and codes."""
    return render("glossary.html", vocabularies=context.review.vocabularies)


def states(context: Context, page: str) -> Markup:
    """What each state of a value means."""
    rows = [(str(state).replace("_", " "), MEANINGS[state]) for state in State]
    return render("states.html", rows=rows)


LISTS: dict[str, Callable[[Context, str], Markup]] = {
    "report_list": report_list,
    "regimen_list": regimen_list,
    "glossary": glossary,
    "states": states,
}
"""Name -> the function behind `{{ name() }}` in a written page."""
