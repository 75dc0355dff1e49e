"""Which reports describe one person."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.checks.links import nearest
from build_tools.checks.rule import Finding, rule
from build_tools.review import Review


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
