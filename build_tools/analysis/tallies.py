"""Tallies: how many patients something holds for, among those of whom it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from build_tools.records.values import State
from build_tools.review.counted import GIVEN, NOT_TOLD, counted
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review, unindexed

DOUBTFUL = frozenset({State.UNCLEAR, State.UNKNOWN, State.WITHHELD})
"""States that neither say yes nor no: such a patient is left out of the denominator."""
TREATMENTS = frozenset({"systemic_therapy", "radiotherapy"})
"""Blocks of which a report that says 'not done' says that nothing of it was given."""


class Answer(Enum):
    """What a patient answers to a question of a count; only a yes and a no are in the denominator."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not known"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True)
class Tally:
    """The patients for whom something holds, for whom it does not, and of whom it is not known.

    `not_applicable` are those of whom it can't be asked: who was never operated on has no margin.
    `taken_back` are those who are left out whatever is said of them: their report was retracted.
    """

    inside: tuple[PublishedCase, ...]
    outside: tuple[PublishedCase, ...]
    silent: tuple[PublishedCase, ...]
    taken_back: tuple[PublishedCase, ...] = ()
    not_applicable: tuple[PublishedCase, ...] = ()

    @property
    def n(self) -> int:
        """The denominator: patients of whom it is known."""
        return len(self.inside) + len(self.outside)


def tally(
    review: Review, field: str, term: str | None = None, where: Mapping[str, str] | None = None
) -> Tally:
    """Counts patients whose `field` is `term`, or is reported at all; `where` keeps only some patients."""
    found: dict[Answer, list[PublishedCase]] = {answer: [] for answer in Answer}
    taken_back: list[PublishedCase] = []
    for case in review.cases.values():
        if not all(holds(case, name, wanted) for name, wanted in (where or {}).items()):
            continue
        if review.taken_back(case):
            taken_back.append(case)
        else:
            found[answer_to(case, field, term)].append(case)
    inside, outside, silent, not_applicable = (tuple(found[answer]) for answer in Answer)
    return Tally(inside, outside, silent, tuple(taken_back), not_applicable)


def holds(case: PublishedCase, field: str, term: str | None) -> bool:
    """Whether the answer is a yes."""
    return answer_to(case, field, term) is Answer.YES


def answer_to(case: PublishedCase, field: str, term: str | None) -> Answer:
    """Whether a field is `term`, or reported at all without a term, of the primary tumour.

    Of several facts one that is `term` is enough for a yes, and one in doubt keeps from a no. In a mapping
    (symptoms, markers) a term that is not there was not mentioned, which is not a no.
    """
    answers = {_answer(fact, field, term) for fact in counted(case, field) if not fact.missing}
    for answer in (Answer.YES, Answer.NOT_KNOWN, Answer.NO, Answer.NOT_APPLICABLE):
        if answer in answers:
            return answer
    return Answer.NOT_KNOWN


def _answer(fact: Fact, field: str, term: str | None) -> Answer | None:
    """What one fact answers; None where it does not mention what is asked."""
    if fact.state in DOUBTFUL:
        return Answer.NOT_KNOWN
    if fact.state is State.REPORTED:
        return Answer.YES if term is None else _says(fact, field, term)
    if _cannot_be_asked(fact, field, term):
        return Answer.NOT_APPLICABLE
    return Answer.NO


def _cannot_be_asked(fact: Fact, field: str, term: str | None) -> bool:
    """Whether there is nothing of which it could be asked: no operation, or a test that was not done."""
    block = field.partition(".")[0]
    inherited = unindexed(fact.path) != field
    if fact.path == "surgeries" and inherited:
        return True
    if fact.state is State.NOT_APPLICABLE:
        return True
    return fact.state is State.NOT_DONE and block not in TREATMENTS and (inherited or term is not None)


def _says(fact: Fact, field: str, term: str) -> Answer | None:
    if isinstance(fact.value, list):
        return _yes(term in fact.value)
    if not fact.children:
        if field.partition(".")[0] in TREATMENTS and field.endswith(".status") and term == "given":
            return Answer.NOT_KNOWN if fact.value in NOT_TOLD else _yes(fact.value in GIVEN)
        return _yes(str(fact.value) == term)
    entries = [child for child in fact.children if child.path == f"{fact.path}.{child.term}"]
    if not entries:
        return _yes(any(child.term == term for child in fact.children))
    entry = next((child for child in entries if child.term == term), None)
    if entry is None or entry.missing:
        return None
    if entry.state in DOUBTFUL:
        return Answer.NOT_KNOWN
    if entry.state in (State.NOT_DONE, State.NOT_APPLICABLE):
        return Answer.NOT_APPLICABLE
    return _yes(entry.state is State.REPORTED)


def _yes(holds: bool) -> Answer:
    return Answer.YES if holds else Answer.NO
