"""Ids that a record mentions must belong to a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from build_tools.problems import Problem
from build_tools.reading.yaml_tree import Key
from build_tools.review import Review


def reports_exist(review: Review) -> Iterator[Problem]:
    """there is no such report"""
    known = review.files.ids["report"]
    for case in review.cases.values():
        for i, link in enumerate(case.record.reports):
            if link.report not in known:
                yield case.origin.problem(
                    ("reports", i, "report"),
                    f"{reports_exist.__doc__}: '{link.report}'",
                    nearest(link.report, known, "add it to content/reports/"),
                )


def regimens_exist(review: Review) -> Iterator[Problem]:
    """there is no such regimen"""
    known = review.files.ids["regimen"]
    for case in review.cases.values():
        for fact in case.find("systemic_therapy.regimen"):
            for said in fact.claims or (fact,):
                if isinstance(said.value, str) and said.value not in known:
                    index = int(fact.path.split("[")[1].split("]")[0])
                    yield case.origin.problem(
                        ("systemic_therapy", index, "regimen"),
                        f"{regimens_exist.__doc__}: '{said.value}'",
                        nearest(said.value, known, "add it to content/regimens/"),
                    )


def aggregates_link_to_records(review: Review) -> Iterator[Problem]:
    """an aggregate names a record that does not exist"""
    for id, aggregate in review.aggregates.items():
        file = review.files.records["aggregate"][id]
        wanted: list[tuple[Key, str, str]] = [
            (("report",), "report", aggregate.report),
            *((("overlaps", i), "aggregate", other) for i, other in enumerate(aggregate.overlaps)),
            *((("cases", i), "case", case) for i, case in enumerate(aggregate.cases)),
        ]
        for path, kind, wrong in wanted:
            known = review.files.ids[kind]
            if wrong not in known:
                yield file.problem(
                    path, f"{aggregates_link_to_records.__doc__}: '{wrong}'", nearest(wrong, known)
                )


def nearest(id: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the id that was probably meant."""
    close = get_close_matches(id, sorted(known), n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else otherwise
