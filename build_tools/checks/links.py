"""Ids that a record mentions must belong to a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from build_tools.problems import Problem
from build_tools.review import Review


def reports_exist(review: Review) -> Iterator[Problem]:
    """there is no such report"""
    for case in review.cases.values():
        for i, link in enumerate(case.record.reports):
            if link.report not in review.reports:
                yield case.origin.problem(
                    ("reports", i, "report"),
                    f"{reports_exist.__doc__}: '{link.report}'",
                    nearest(link.report, review.reports, "add it to content/reports/"),
                )


def regimens_exist(review: Review) -> Iterator[Problem]:
    """there is no such regimen"""
    for case in review.cases.values():
        for fact in case.find("systemic_therapy.regimen"):
            if isinstance(fact.value, str) and fact.value not in review.regimens:
                index = int(fact.path.split("[")[1].split("]")[0])
                yield case.origin.problem(
                    ("systemic_therapy", index, "regimen"),
                    f"{regimens_exist.__doc__}: '{fact.value}'",
                    nearest(fact.value, review.regimens, "add it to content/regimens/"),
                )


def aggregates_link_to_records(review: Review) -> Iterator[Problem]:
    """an aggregate names a record that does not exist"""
    for id, aggregate in review.aggregates.items():
        file = review.files.records["aggregate"][id]
        wanted: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
            ("report", [aggregate.report], review.reports),
            ("overlaps", aggregate.overlaps, review.aggregates),
            ("cases", aggregate.cases, review.cases),
        )
        for name, ids, known in wanted:
            for wrong in (i for i in ids if i not in set(known)):
                yield file.problem(
                    (name,), f"{aggregates_link_to_records.__doc__}: '{wrong}'", nearest(wrong, known)
                )


def nearest(id: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the id that was probably meant."""
    close = get_close_matches(id, list(known), n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else otherwise
