"""Tallies: how many patients something holds for, among those of whom it is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from build_tools.records.values import State
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review

DOUBTFUL = frozenset({State.UNCLEAR, State.UNKNOWN, State.WITHHELD, State.NOT_APPLICABLE})
"""States that neither say yes nor no: such a patient is left out of the denominator."""


@dataclass(frozen=True)
class Tally:
    """The patients for whom something holds, for whom it does not, and of whom it is not known.

    `taken_back` are those who are left out whatever is said of them: their report was retracted.
    """

    inside: tuple[PublishedCase, ...]
    outside: tuple[PublishedCase, ...]
    silent: tuple[PublishedCase, ...]
    taken_back: tuple[PublishedCase, ...] = ()

    @property
    def n(self) -> int:
        """The denominator: patients of whom it is known."""
        return len(self.inside) + len(self.outside)


def tally(
    review: Review, field: str, term: str | None = None, where: Mapping[str, str] | None = None
) -> Tally:
    """Counts patients whose `field` is `term`, or is reported at all; `where` keeps only some patients."""
    inside: list[PublishedCase] = []
    outside: list[PublishedCase] = []
    silent: list[PublishedCase] = []
    taken_back: list[PublishedCase] = []
    for case in review.cases.values():
        if not all(holds(case.find(name), wanted) for name, wanted in (where or {}).items()):
            continue
        if review.taken_back(case):
            taken_back.append(case)
            continue
        answer = holds(case.find(field), term)
        (silent if answer is None else inside if answer else outside).append(case)
    return Tally(tuple(inside), tuple(outside), tuple(silent), tuple(taken_back))


def holds(facts: Iterable[Fact], term: str | None) -> bool | None:
    """Whether any of a field's facts is `term`, or reported at all without a term; None if not known.

    In a mapping (symptoms, markers) a term that is not there was not mentioned, which is not a no.
    """
    answers = [_says(fact, term) for fact in facts if not fact.missing and fact.state not in DOUBTFUL]
    known = [answer for answer in answers if answer is not None]
    return any(known) if known else None


def _says(fact: Fact, term: str | None) -> bool | None:
    if fact.state is not State.REPORTED or term is None:
        return fact.state is State.REPORTED
    if isinstance(fact.value, list):
        return term in fact.value
    if not fact.children:
        return str(fact.value) == term
    entries = [child for child in fact.children if child.path == f"{fact.path}.{child.term}"]
    if not entries:
        return any(child.term == term for child in fact.children)
    entry = next((child for child in entries if child.term == term), None)
    if entry is None or entry.state in DOUBTFUL:
        return None
    return entry.state is State.REPORTED
