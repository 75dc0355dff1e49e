"""Where the primary tumours lie: for each term of a field its patients, and who has none and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from build_tools.charts.chart import Linked
from build_tools.charts.patients import people, silence
from build_tools.records.lesion import Lesion
from build_tools.records.values import State, Value
from build_tools.review.facts import Fact, lower_first, state_words
from build_tools.review.review import PublishedCase, Review

MAIN = "primary"
DOUBTS = ("probable", "possible")
STATED, DOUBTFUL, UNKNOWN = "stated", "doubtful", "unknown"
VOCABULARIES = {"origin": "structure", "segments": "segment"}
"""The fields of a lesion that say where it lies, each with its vocabulary."""


@dataclass(frozen=True)
class Row:
    """A term, or a reason why nothing is known: its words, and its patients by how sure that is."""

    term: str | None
    words: str
    patients: Mapping[str, tuple[str, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """All its patients."""
        return tuple(name for some in self.patients.values() for name in some)

    @property
    def is_known(self) -> bool:
        """Whether it is a term, and no reason why there is none."""
        return UNKNOWN not in self.patients


def rows_of(review: Review, name: Mapping[str, str], field: str) -> list[Row]:
    """The rows of a field: each term with its patients, then each state of who has none."""
    found: dict[str, dict[str, list[str]]] = {}
    silent: dict[State, list[str]] = {}
    for case in review.cases.values():
        answers = _answers(case, field)
        reported = [fact for fact in answers if fact.state is State.REPORTED]
        for fact in reported:
            for term, style in _terms(case, fact):
                some = found.setdefault(term, {}).setdefault(style, [])
                if name[case.id] not in some:
                    some.append(name[case.id])
        if not reported:
            state = answers[0].state if answers else _state(case)
            silent.setdefault(state, []).append(name[case.id])
    vocabulary = review.vocabularies[VOCABULARIES[field]].terms
    rows = [
        Row(
            term,
            entry.label,
            {style: tuple(some) for style, some in sorted(found.get(term, {}).items(), reverse=True)},
        )
        for term, entry in vocabulary.items()
        if term in found or field == "segments"
    ]
    if field == "origin":
        rows.sort(key=lambda row: -len(row.names))
    rows += [
        Row(None, state_words(state).capitalize(), {UNKNOWN: tuple(silent[state])})
        for state in State
        if state in silent
    ]
    return rows


def _answers(case: PublishedCase, field: str) -> list[Fact]:
    """What is said in a field of each primary tumour."""
    held = case.record.lesions
    lesions: Iterable[Lesion] = held.value if isinstance(held, Value) and held.value else ()
    paths = [f"lesions[{i}].{field}" for i, lesion in enumerate(lesions) if lesion.role == MAIN]
    return [case.by_path[path] for path in paths if path in case.by_path]


def _terms(case: PublishedCase, fact: Fact) -> list[tuple[str, str]]:
    """The terms of an answer, each with its style."""
    if isinstance(fact.value, list):
        return [(str(term), STATED) for term in fact.value]
    structure = case.by_path.get(f"{fact.path}.structure")
    certainty = case.by_path.get(f"{fact.path}.certainty")
    style = DOUBTFUL if certainty is not None and certainty.value in DOUBTS else STATED
    return [(str(structure.value), style)] if structure is not None else []


def _state(case: PublishedCase) -> State:
    """What it means that a patient has no answer: that of the whole tumour, if that is not told."""
    lesions = next(iter(case.find("lesions")), None)
    return silence(case) if lesions is None or lesions.state is State.REPORTED else lesions.state


def who(row: Row, review: Review) -> Linked:
    """The patients of a row, each leading to the case."""
    added = f" ({doubt_words(review)})"
    found = [
        (one, added if style == DOUBTFUL else "") for style, some in row.patients.items() for one in some
    ]
    return people(review, found, ", ", "nobody")


def doubt_words(review: Review) -> str:
    """What stands for doubt in an origin, in words."""
    known = review.vocabularies["certainty"].terms
    return " or ".join(lower_first(known[term].label) for term in DOUBTS if term in known)
