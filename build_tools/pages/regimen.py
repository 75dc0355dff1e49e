"""A page a regimen: what reports say of it, and the published patients who received it, never pooled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from build_tools.pages.cite_this import cite_this
from build_tools.pages.context import Context
from build_tools.pages.page import Page, relative_url
from build_tools.records.regimen import Regimen
from build_tools.review.counted import treatments_given
from build_tools.review.derived import derive
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase
from build_tools.templates.rendering import render


@dataclass(frozen=True)
class Course:
    """One course of the regimen that a published patient received."""

    case: PublishedCase
    fact: Fact
    follow_up_and_status: Fact


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
        trials={t: trial for t, trial in context.review.trials.items() if id in trial.regimens},
        claims={s: claim for s, claim in context.review.statements.items() if id in claim.regimens},
        context=context,
        file=file,
        page=path,
        cite=cite_this(regimen.title, path, context),
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


@lru_cache(maxsize=1)
def treatments(context: Context) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The treatments that each patient received: id of the case -> (id, title) of treatments with a page."""
    found = defaultdict[str, dict[str, str]](dict)
    for id, regimen in context.review.regimens.items():
        for course in courses(id, context):
            found[course.case.id][id] = regimen.title
    return {case: tuple(given.items()) for case, given in found.items()}


def courses(id: str, context: Context) -> list[Course]:
    """What published patients had of this treatment: drug courses, radiotherapy or operations, in order."""
    regimen = context.review.regimens[id]
    block, holds = {
        "surgery": ("surgeries", _has_procedure),
        "radiotherapy": ("radiotherapy", _is_timed),
    }.get(regimen.kind, ("systemic_therapy", _is_regimen))
    found = []
    for case in context.review.cases.values():
        items = _items(case, block) if block == "surgeries" else treatments_given(case, block)
        given = [fact for fact in items if holds(fact, id, regimen)]
        given += [fact for fact in _preparations(case) if _is_preparation(fact, regimen)]
        found += [Course(case, fact, derive(case, "follow_up_and_status", context.review)) for fact in given]
    return found


def _items(case: PublishedCase, block: str) -> tuple[Fact, ...]:
    return next((top.children for top in case.facts if top.path == block), ())


def _preparations(case: PublishedCase) -> list[Fact]:
    return [item for fact in case.find("surgeries.preparation") for item in fact.children]


def _is_preparation(fact: Fact, regimen: Regimen) -> bool:
    """The drug was given to make an operation safe."""
    return regimen.kind == "drug" and fact.term in regimen.drugs


def _is_regimen(fact: Fact, id: str, regimen: Regimen) -> bool:
    """The course names this regimen, or this single drug is among its drugs."""
    named = fact.child("regimen")
    if named is not None and named.value == id:
        return True
    drugs = fact.child("drugs")
    given = {child.term for child in drugs.children} if drugs else set()
    return regimen.kind == "drug" and bool(given & set(regimen.drugs))


def _has_procedure(fact: Fact, id: str, regimen: Regimen) -> bool:
    procedures = fact.child("procedures")
    done = procedures.value if procedures is not None and isinstance(procedures.value, list) else []
    return bool(set(done) & set(regimen.procedures))


def _is_timed(fact: Fact, id: str, regimen: Regimen) -> bool:
    """The course was given at a time that this regimen is for."""
    timing = fact.child("timing")
    return timing is not None and timing.value in regimen.settings
