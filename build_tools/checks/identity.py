"""Which reports describe one person."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.checks.links import nearest
from build_tools.problems import Problem
from build_tools.review import Review


def ids_differ_between_identity_and_case(review: Review) -> Iterator[Problem]:
    """the other case must be another case of this review"""
    known = review.files.ids["case"]
    for id, case in review.cases.items():
        identity = case.record.identity
        if (
            identity
            and identity.other_case
            and (identity.other_case == id or identity.other_case not in known)
        ):
            yield case.origin.problem(
                ("identity", "other_case"),
                str(ids_differ_between_identity_and_case.__doc__),
                nearest(identity.other_case, known - {id}),
            )
