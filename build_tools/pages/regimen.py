"""A page a regimen: what reports say of it, and the published patients who received it, never pooled."""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.derived import Derived, survival
from build_tools.facts import Fact
from build_tools.pages.context import Context
from build_tools.pages.page import Page, relative_url
from build_tools.rendering import render
from build_tools.review import PublishedCase


@dataclass(frozen=True)
class Course:
    """One course of the regimen that a published patient received."""

    case: PublishedCase
    fact: Fact
    survival: Derived | None


def page(id: str, context: Context) -> Page:
    """The page of one regimen."""
    path = f"regimens/{id}.md"
    regimen = context.review.regimens[id]
    file = context.review.files.records["regimen"][id].file
    body = render(
        "regimen.html",
        id=id,
        regimen=regimen,
        drugs=[context.review.label("drug", drug) for drug in regimen.drugs],
        courses=courses(id, context),
        context=context,
        file=file,
        page=path,
        link=lambda target: relative_url(target, path),
    )
    return Page(
        path,
        regimen.title,
        f"{regimen.title}: reports and published patients.",
        body,
        file,
        True,
        ("navigation", "toc"),
    )


def courses(id: str, context: Context) -> list[Course]:
    """The courses of a regimen, in the order of the cases."""
    found = []
    for case in context.review.cases.values():
        top = next((t for t in case.facts if t.path == "systemic_therapy"), None)
        for fact in top.children if top else ():
            regimen = fact.child("regimen")
            if regimen is not None and regimen.value == id:
                found.append(Course(case, fact, survival(case, context.review)))
    return found
