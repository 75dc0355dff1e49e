"""Which reports describe one person."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.checks.links import nearest
from build_tools.checks.rule import Finding, rule
from build_tools.review.review import Review


@rule(
    "C601",
    cure="write the id of the other case, which is its file's name without .yml",
    example="""
        identity:
          same_patient: possible
          other_case: no-such-case
        """,
)
def ids_differ_between_identity_and_case(review: Review) -> Iterator[Finding]:
    """the other case must be another case of this review"""
    known = review.files.ids["case"]
    for id, case in review.cases.items():
        identity = case.record.identity
        if (
            identity
            and identity.other_case
            and (identity.other_case == id or identity.other_case not in known)
        ):
            hint = nearest(identity.other_case, known - {id})
            yield Finding(case.origin, ("identity", "other_case"), hint=hint)


@rule(
    "C602",
    cure="name it once, with the most that it is: full before partial, update and secondary",
    example="""
        reports:
          - {report: vesper-2085, label: case 3, role: full}
          - {report: vesper-2085, label: the third, role: update}
        """,
)
def a_report_is_named_once_in_a_case(review: Review) -> Iterator[Finding]:
    """a report is named twice in one case"""
    for case in review.cases.values():
        ids = [link.report for link in case.record.reports]
        for index, id in enumerate(ids):
            if id in ids[:index]:
                yield Finding(case.origin, ("reports", index, "report"), f"'{id}'")


@rule(
    "C603",
    cure="name the other report in 'reports', or leave 'identity' out",
    example="""
        identity: {same_patient: probable}
        """,
)
def one_report_is_no_question_of_identity(review: Review) -> Iterator[Finding]:
    """whether reports describe one person is no question with a single report"""
    for case in review.cases.values():
        identity = case.record.identity
        together = identity is not None and identity.same_patient in ("certain", "probable")
        if together and len(set(case.report_ids)) < 2:
            yield Finding(case.origin, ("identity", "same_patient"))


@rule(
    "C604",
    cure="write the same in the other file, with this case in its other_case",
    example="""
        identity:
          same_patient: possible
          other_case: quill-2081
        """,
)
def a_doubt_stands_in_both_files(review: Review) -> Iterator[Finding]:
    """the other case says nothing of this one, or something else"""
    for id, case in review.cases.items():
        identity = case.record.identity
        other = review.cases.get(identity.other_case or "") if identity else None
        if identity is None or other is None or other.id == id:
            continue  # C601 tells of a case that is not there
        back = other.record.identity
        if back is not None and back.other_case not in (None, *review.cases.keys() - {other.id}):
            continue
        if back is None or back.other_case != id or back.same_patient != identity.same_patient:
            yield Finding(case.origin, ("identity", "other_case"), f"'{other.id}'")
