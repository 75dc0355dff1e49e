"""Reports that no longer stand, or whose title says so."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.checks.rule import Finding, rule
from build_tools.problems.problem import Level
from build_tools.records.notice import is_notice_of_another, notice_in_title
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


@rule(
    "C342",
    cure="look it up, and write what you find as the state, with the day under 'checked'",
    kind="report",
    example="""
        title: "RETRACTED: An invented title"
        retraction: {state: none_found, checked: "2090-01-31"}
        """,
    level=Level.WARNING,
)
def titles_agree_with_the_state(review: Review) -> Iterator[Finding]:
    """the title tells another state of the report than 'state' does"""
    for id, report in review.reports.items():
        title, state = report.title or "", report.retraction.state
        told = notice_in_title(title)
        agrees = told == state or (told in TAKEN_BACK and state in TAKEN_BACK)
        if told and not agrees and not is_notice_of_another(title):
            file = review.files.records["report"][id]
            yield Finding(file, ("retraction", "state"), f"title: {told}; state: {state}")


@rule(
    "C343",
    cure="give the report itself; what the notice says goes into its 'retraction'",
    kind="report",
    example="""
        title: "Erratum to: An invented title"
        """,
    level=Level.WARNING,
)
def a_notice_is_no_report(review: Review) -> Iterator[Finding]:
    """this title is that of a notice about another publication"""
    for id, report in review.reports.items():
        if report.title and is_notice_of_another(report.title):
            yield Finding(review.files.records["report"][id], ("title",))
