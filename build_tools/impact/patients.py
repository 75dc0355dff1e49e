"""Patients side by side: who came, who is gone, and what is now said otherwise of the others."""

from __future__ import annotations

from build_tools.impact.change import Change, Counted
from build_tools.impact.facts import Differences, compare
from build_tools.review.derived import summary
from build_tools.review.review import PublishedCase, Review


def count(old: Review, new: Review) -> tuple[Counted, ...]:
    """The denominators of the whole review."""
    return (
        Counted("patients", len(old.cases), len(new.cases)),
        Counted("patients if probable pairs are two", old.persons_if_split, new.persons_if_split),
        Counted("facts", _known(old), _known(new)),
        Counted("reports", len(old.reports), len(new.reports)),
    )


def compare_patients(old: Review, new: Review) -> tuple[Change, ...]:
    """Patients added and gone, each with its summary and the number of its facts."""
    came = [
        Change((case.origin.file,), "", _words(case, new))
        for id, case in new.cases.items()
        if id not in old.cases
    ]
    gone = [
        Change((case.origin.file,), _words(case, old), "")
        for id, case in old.cases.items()
        if id not in new.cases
    ]
    return (*came, *gone)


def compare_facts(old: Review, new: Review) -> Differences:
    """What is said otherwise of patients who stand on both sides."""
    found = Differences()
    for id, case in new.cases.items():
        before = old.cases.get(id)
        if before is not None and before.record != case.record:
            told = tuple(one.named(one.record.source) for one in (before, case))
            found += compare(before.facts, case.facts, (told[0], told[1])).inside(case.origin.file)
    return found


def _words(case: PublishedCase, review: Review) -> str:
    return f"{summary(case, review)} ({facts_of(case)} facts)"


def facts_of(case: PublishedCase) -> int:
    """How many facts are known of a patient."""
    return sum(not fact.missing and not fact.children for fact in case.by_path.values())


def _known(review: Review) -> int:
    return sum(facts_of(case) for case in review.cases.values())
