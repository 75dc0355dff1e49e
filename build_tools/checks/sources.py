"""Every value has a place in a report."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.facts import Fact
from build_tools.problems import Problem
from build_tools.reading.yaml_tree import Key
from build_tools.review import PublishedCase, Review


def every_value_has_a_place(review: Review) -> Iterator[Problem]:
    """this value has no source"""
    for case in review.cases.values():
        for fact in _values(case):
            if any(not part.sources for part in (fact.claims or (fact,))):
                yield case.origin.problem(
                    as_key(fact.path),
                    str(every_value_has_a_place.__doc__),
                    "give 'source: report-id: place' here or in the block around it",
                )


def sources_name_a_report_of_the_case(review: Review) -> Iterator[Problem]:
    """a source must name one of the case's reports"""
    for case in review.cases.values():
        for fact in _values(case):
            for source in fact.sources:
                if source.report not in case.report_ids:
                    named = (
                        f"'{source.report}' is not one of them" if source.report else "this one names none"
                    )
                    yield case.origin.problem(
                        as_key(fact.path),
                        f"{sources_name_a_report_of_the_case.__doc__}; {named}",
                        f"write one of {', '.join(case.report_ids)} before the place",
                    )
    for id, regimen in review.regimens.items():
        for i, statement in enumerate(regimen.statements):
            for source in statement.source:
                if source.report not in review.reports:
                    yield review.files.records["regimen"][id].problem(
                        ("statements", i, "source"), f"there is no such report: '{source.report}'"
                    )


def _values(case: PublishedCase) -> Iterator[Fact]:
    for top in case.facts:
        for fact in top.walk():
            if not fact.missing and (not fact.children or fact.claims):
                yield fact


def as_key(path: str) -> Key:
    """A fact's path as the steps of its place in the file."""
    steps: list[str | int] = []
    for part in path.replace("[", ".[").split("."):
        steps.append(int(part[1:-1]) if part.startswith("[") else part)
    return tuple(steps)
