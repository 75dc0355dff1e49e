"""Where the primary tumours lie: for each term of a field its patients, and who has none and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from build_tools.charts.chart import Drawn, Linked
from build_tools.charts.patients import DOUBTS, INFERRED, is_inferred, people, silence
from build_tools.records.lesion import Lesion
from build_tools.records.values import State, Value
from build_tools.review.facts import Fact, lower_first, state_words
from build_tools.review.review import PublishedCase, Review

MAIN = "primary"
STATED, DOUBTFUL, UNKNOWN = "stated", "doubtful", "unknown"
VOCABULARIES = {"origin": "structure", "segments": "segment"}
"""The fields of a lesion that say where it lies, each with its vocabulary."""


@dataclass(frozen=True)
class Row:
    """A term, or a reason why nothing is known: its words, and its patients by how sure that is."""

    term: str | None
    words: str
    patients: Mapping[str, tuple[str, ...]]
    doubts: Mapping[str, str] = field(default_factory=dict)
    """Patient -> how doubtful the answer is, in words."""

    @property
    def names(self) -> tuple[str, ...]:
        """All its patients."""
        return tuple(name for some in self.patients.values() for name in some)

    @property
    def is_known(self) -> bool:
        """Whether it is a term, and no reason why there is none."""
        return UNKNOWN not in self.patients


def rows_of(review: Review, name: Mapping[str, str], asked: str) -> list[Row]:
    """The rows of `origin` or `segments`: each term with its patients, then each state of who has none."""
    found: dict[str, dict[str, list[str]]] = {}
    doubts: dict[tuple[str, str], str] = {}
    silent: dict[State, list[str]] = {}
    for case in review.cases.values():
        answers = _answers(case, asked)
        reported = [fact for fact in answers if fact.state is State.REPORTED]
        for fact in reported:
            for term, doubt in _terms(case, fact):
                some = found.setdefault(term, {}).setdefault(DOUBTFUL if doubt else STATED, [])
                if doubt:
                    doubts[term, name[case.id]] = doubt
                if name[case.id] not in some:
                    some.append(name[case.id])
        if not reported:
            state = answers[0].state if answers else _state(case)
            silent.setdefault(state, []).append(name[case.id])
    vocabulary = review.vocabularies[VOCABULARIES[asked]].terms
    rows = [
        Row(
            term,
            entry.label,
            {style: tuple(some) for style, some in sorted(found.get(term, {}).items(), reverse=True)},
            {patient: doubt for (of, patient), doubt in doubts.items() if of == term},
        )
        for term, entry in vocabulary.items()
        if term in found or asked == "segments"
    ]
    if asked == "origin":
        rows.sort(key=lambda row: -len(row.names))
    rows += [
        Row(None, state_words(state).capitalize(), {UNKNOWN: tuple(silent[state])})
        for state in State
        if state in silent
    ]
    return rows


def facts_of(review: Review, asked: Iterable[str]) -> Drawn:
    """The facts on which the rows of these fields rest."""
    return tuple(
        (case, fact) for case in review.cases.values() for field in asked for fact in _answers(case, field)
    )


def _answers(case: PublishedCase, asked: str) -> list[Fact]:
    """What is said in a field of each primary tumour."""
    held = case.record.lesions
    lesions: Iterable[Lesion] = held.value if isinstance(held, Value) and held.value else ()
    paths = [f"lesions[{i}].{asked}" for i, lesion in enumerate(lesions) if lesion.role == MAIN]
    return [case.by_path[path] for path in paths if path in case.by_path]


def _terms(case: PublishedCase, fact: Fact) -> list[tuple[str, str]]:
    """The terms of an answer, each with its doubt in words."""
    inferred = [INFERRED] if is_inferred(fact) else []
    if isinstance(fact.value, list):
        return [(str(term), ", ".join(inferred)) for term in fact.value]
    structure = case.by_path.get(f"{fact.path}.structure")
    certainty = case.by_path.get(f"{fact.path}.certainty")
    unsure = [lower_first(certainty.text)] if certainty is not None and certainty.value in DOUBTS else []
    return [(str(structure.value), ", ".join([*unsure, *inferred]))] if structure is not None else []


def _state(case: PublishedCase) -> State:
    """What it means that a patient has no answer: that of the whole tumour, if that is not reported."""
    lesions = next(iter(case.find("lesions")), None)
    return silence(case) if lesions is None or lesions.state is State.REPORTED else lesions.state


def who(row: Row, review: Review) -> Linked:
    """The patients of a row, each leading to the case."""
    found = [(one, f" ({row.doubts[one]})" if one in row.doubts else "") for one in row.names]
    return people(review, found, ", ", "nobody")


def doubt_words(review: Review) -> str:
    """What stands for doubt in an origin, in words."""
    known = review.vocabularies["certainty"].terms
    certainties = [lower_first(known[term].label) for term in DOUBTS if term in known]
    return " or ".join([", ".join(certainties), INFERRED])
