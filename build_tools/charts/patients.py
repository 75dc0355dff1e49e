"""Patients as charts show them: their names, how they fared, and what silence about them means."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from build_tools.charts.chart import Linked
from build_tools.records.values import State
from build_tools.review.derived import STATUS_WORDS, status, status_in_words
from build_tools.review.facts import Fact, lower_first, state_words
from build_tools.review.review import PublishedCase, Review

MOST_LANES = 40
"""So many patients fit in one picture that can be read."""

MOST_NAMES = 12
"""So many names stand in a line or cell of a page."""

DISEASE = ("outcome.vital", "outcome.disease")
CAUSE = ("outcome.vital", "outcome.cause")
LOST = ("follow_up.lost",)
"""What each outcome in words rests on."""

INFERRED = "inferred"
"""What stands with a value that this casebook infers and no report says."""

DOUBTS = ("probable", "possible")
"""The certainties that are short of definite."""

GRID = "rgba(128,128,128,0.3)"
"""Lines of a grid that are faint on either ground, for axes that the page does not recolour itself."""


def patient(case: PublishedCase, name: str) -> Linked:
    """A patient's name in a cell, which leads to the case."""
    return Linked((name, f"cases/{case.id}/"))


def some(names: Sequence[str], between: str = ", ") -> str:
    """Names in a line, of many the first and how many more there are."""
    more = len(names) - MOST_NAMES
    return between.join([*names[:MOST_NAMES], f"and {more} more"] if more > 0 else names)


def listed(names: Sequence[str], between: str, nobody: str) -> Linked:
    """Names in a cell: all in a file, of many the first on a page."""
    made = Linked((between.join(names) or nobody, ""))
    made.pieces = ((some(names, between) or nobody, ""),)
    return made


def people(review: Review, found: Iterable[tuple[str, str]], between: str, nobody: str) -> Linked:
    """Patients in a cell, each a name and what is added to it; the names lead to the cases.

    A file has them all, a page of many the first.
    """
    pieces: list[tuple[str, str]] = []
    for name, added in found:
        pieces += [(between, "")] if pieces else []
        pieces += [(name, f"cases/{review.named_apart[name]}/"), (added, "")]
    made = Linked(*(pieces or [(nobody, "")]))
    steps = 3  # the words between two patients, a name, and what is added to it
    count = len(pieces[::steps])
    if count > MOST_NAMES:
        made.pieces = (*pieces[: steps * MOST_NAMES], (f"and {count - MOST_NAMES} more", ""))
    return made


def silence(case: PublishedCase) -> State:
    """What it means that nothing stands in a field of the case: not reported, or not extracted."""
    return next((fact.state for fact in case.by_path.values() if fact.missing), State.NOT_EXTRACTED)


def fate(case: PublishedCase, review: Review) -> str:
    """How the patient was at the last follow-up, in words; what is inferred for it is said."""
    code = status(case, review)
    if code is not None:
        words = status_in_words(case, code.text)
        rests_on = {"NED": DISEASE, "AWD": DISEASE, "LTFU": LOST}.get(code.text, CAUSE)
        if code.text == "DOD" and words != STATUS_WORDS["DOD"]:  # it says nothing of the cause
            rests_on = DISEASE
        inferred = any(case.by_path[path].inferred for path in rests_on if path in case.by_path)
        return f"{words} ({INFERRED})" if inferred else words
    vital = next(iter(case.find("outcome.vital")), None)
    if vital is None or vital.missing:
        return f"outcome {state_words(silence(case) if vital is None else vital.state)}"
    if vital.state is State.REPORTED:
        mark = f" ({INFERRED})" if vital.inferred else ""
        return f"{vital.inline or vital.text}{mark}, disease not known"
    return f"outcome {state_words(vital.state)}"


def is_inferred(fact: Fact) -> bool:
    """Whether a fact, or any part of it, is inferred."""
    return any(inner.inferred for inner in fact.walk())


def doubt(event: Fact) -> str:
    """The doubt in an event, in words: its certainty, and that it or its time is inferred; else nothing."""
    certainty = event.child("certainty")
    said = [lower_first(certainty.text)] if certainty is not None and certainty.value in DOUBTS else []
    return ", ".join([*said, INFERRED] if is_inferred(event) else said)


def grouped(found: Iterable[tuple[str, str]]) -> str:
    """(name, reason) pairs as one line: 'A, B (not reported); C (not extracted)'; of many names the first."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in found:
        by_reason.setdefault(reason, []).append(name)
    return "; ".join(f"{some(names)} ({reason})" for reason, names in by_reason.items())


def caption(draw: Callable[..., Any]) -> str:
    """The caveats of a chart: the docstring of the function that draws it."""
    return " ".join((draw.__doc__ or "").split())


def plain(figure: Any) -> dict[str, Any]:
    """A Plotly figure as plain JSON."""
    made: dict[str, Any] = json.loads(figure.to_json())
    return made
