"""Reports that no longer stand."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.checks.rule import Finding, rule
from build_tools.problems.problem import Level
from build_tools.review.review import TAKEN_BACK, Review


@rule(
    "C341",
    cure="keep its file; take out of the cases what rests on it, if another report tells of them",
    kind="report",
    example="""
        retraction: {state: retracted, checked: "2090-01-31"}
        """,
    level=Level.WARNING,
)
def reports_still_stand(review: Review) -> Iterator[Finding]:
    """this report no longer stands; its patients are left out of all counts and estimates"""
    for id, report in review.reports.items():
        if report.retraction.state in TAKEN_BACK:
            patients = ", ".join(case.id for case in review.cases_of(id)) or "no patient of this review"
            file = review.files.records["report"][id]
            yield Finding(file, ("retraction", "state"), f"{report.retraction.state}: {patients}")
