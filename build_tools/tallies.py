"""Tallies: how many patients something holds for, among those of whom it is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from build_tools.facts import Fact
from build_tools.records.values import State
from build_tools.review import PublishedCase, Review

DOUBTFUL = frozenset({State.UNCLEAR, State.UNKNOWN, State.WITHHELD})


@dataclass(frozen=True)
class Tally:
    """The patients for whom something holds, for whom it does not, and of whom it is not known."""

    inside: tuple[PublishedCase, ...]
    outside: tuple[PublishedCase, ...]
    silent: tuple[PublishedCase, ...]

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
    for case in review.cases.values():
        if not all(holds(case.find(name), wanted) for name, wanted in (where or {}).items()):
            continue
        answer = holds(case.find(field), term)
        (silent if answer is None else inside if answer else outside).append(case)
    return Tally(tuple(inside), tuple(outside), tuple(silent))


def holds(facts: Iterable[Fact], term: str | None) -> bool | None:
    """Whether any of a field's facts is `term`, or reported at all without a term; None if not known."""
    known = [fact for fact in facts if not fact.missing and fact.state not in DOUBTFUL]
    if not known:
        return None
    reported = [fact for fact in known if fact.state is State.REPORTED]
    if term is None:
        return bool(reported)
    return any(term in _words(fact) for fact in reported)


def _words(fact: Fact) -> set[object]:
    """The terms that a fact holds: its value, each of its values, or the terms of what is inside it."""
    if isinstance(fact.value, list):
        return set(fact.value)
    if isinstance(fact.value, str | int):
        return {fact.value}
    return {
        str(child.term) for child in fact.children if child.term is not None and child.state is State.REPORTED
    }
