"""Operations follow each other, and what was measured stands before or after treatment."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.checks.rule import Finding, rule
from build_tools.checks.sources import as_key
from build_tools.checks.undisputed import state_at, word_at
from build_tools.problems.problem import Level
from build_tools.review.counted import enters_at_recurrence
from build_tools.review.derived import is_treated_before_operation
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review
from build_tools.review.times import bounds_in_months

LATER = frozenset({"recurrence", "residual"})
"""Lesions that an operation can only leave behind, or that come back after one."""


@rule(
    "C415",
    cure="add the operation before it, with a negative time if it was before time zero; of one of which no "
    "more is reported write previous_operations in the presentation",
    example="""
        surgeries:
          - {source: Results, lesion: recurrence}
        """,
)
def a_second_operation_has_a_first(review: Review) -> Iterator[Finding]:
    """an operation on a recurrence or on residual tumour has no operation before it"""
    for case in review.cases.values():
        lesions = [word_at(case, f"{one.path}.lesion") for one in _operations(case)]
        for i, lesion in enumerate(lesions):
            if lesion in LATER and i == 0 and not enters_at_recurrence(case):
                yield Finding(case.origin, ("surgeries", i, "lesion"))


@rule(
    "C416",
    cure="add the operation at 0 months, or correct time_zero or the times of the operations",
    example="""
        time_zero: {value: surgery, source: Results}
        surgeries:
          - {source: Results, at: 9 months}
        """,
)
def an_operation_is_at_time_zero(review: Review) -> Iterator[Finding]:
    """times are counted from an operation, but every operation that is reported came later"""
    for case in review.cases.values():
        times = [bounds_in_months(case, f"{one.path}.at") for one in _operations(case)]
        known = [time for time in times if time is not None]
        told = word_at(case, "time_zero") == "surgery" and known and len(known) == len(times)
        if told and all(low > 0 for low, _ in known):
            yield Finding(case.origin, ("surgeries", 0, "at"), f"the first is at {known[0][0]:g} months")


@rule(
    "C417",
    cure="write 'lesion: primary', recurrence, metastasis or residual at each; of those that say nothing "
    "only the first is taken for the operation on the primary tumour",
    example="""
        surgeries:
          - {source: Results, at: 0 months}
          - {source: Results, at: 9 months}
        """,
    level=Level.WARNING,
)
def each_of_several_operations_names_its_lesion(review: Review) -> Iterator[Finding]:
    """of several operations this one does not say on which lesion it was"""
    for case in review.cases.values():
        operations = _operations(case)
        for i, one in enumerate(operations):
            if len(operations) > 1 and state_at(case, f"{one.path}.lesion") is None:
                yield Finding(case.origin, ("surgeries", i))


@rule(
    "C418",
    cure="write 'timing: before_treatment', or after which treatment it was measured; if the report does not "
    "say it, write 'timing: unknown'",
    example="""
        lesions:
          - role: primary
            source: Results
            sizes:
              - {method: mri, size: 5.5 cm}
        surgeries:
          - {source: Results, at: 0 months}
        radiotherapy:
          - {source: Results, status: given, start: -3 months}
        """,
    level=Level.WARNING,
)
def sizes_stand_before_or_after_treatment(review: Review) -> Iterator[Finding]:
    """the tumour was treated before the operation, and nothing says whether this size is from before that"""
    for case in review.cases.values():
        if not is_treated_before_operation(case):
            continue
        for lesion in _items(case, "lesions"):
            sizes = lesion.child("sizes")
            for size in sizes.children if sizes is not None and lesion.term == "primary" else ():
                told = [size.child(name) for name in ("timing", "at")]
                if size.term != "specimen" and all(one is None or one.missing for one in told):
                    yield Finding(case.origin, as_key(size.path))


def _operations(case: PublishedCase) -> tuple[Fact, ...]:
    return _items(case, "surgeries")


def _items(case: PublishedCase, block: str) -> tuple[Fact, ...]:
    found = state_at(case, block)
    return found.children if found is not None else ()
