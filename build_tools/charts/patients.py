"""Patients as charts show them: their names, how they fared, and what silence about them means."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from build_tools.charts.chart import Linked
from build_tools.records.values import State
from build_tools.review.derived import STATUS_WORDS, status
from build_tools.review.facts import state_words
from build_tools.review.review import PublishedCase, Review

GRID = "rgba(128,128,128,0.3)"
"""Lines of a grid that are faint on either ground, for axes that the page does not recolour itself."""


def patient(case: PublishedCase, name: str) -> Linked:
    """A patient's name in a cell, which leads to the case."""
    return Linked((name, f"cases/{case.id}/"))


def people(review: Review, found: Iterable[tuple[str, str]], between: str, nobody: str) -> Linked:
    """Patients in a cell, each a name and what is added to it; the names lead to the cases."""
    pieces: list[tuple[str, str]] = []
    for name, added in found:
        pieces += [(between, "")] if pieces else []
        pieces += [(name, f"cases/{review.named_apart[name]}/"), (added, "")]
    return Linked(*(pieces or [(nobody, "")]))


def silence(case: PublishedCase) -> State:
    """What it means that nothing stands in a field of the case: not reported, or not extracted."""
    return next((fact.state for fact in case.by_path.values() if fact.missing), State.NOT_EXTRACTED)


def fate(case: PublishedCase, review: Review) -> str:
    """How the patient was at the last news, in words."""
    code = status(case, review)
    if code is not None:
        return STATUS_WORDS.get(code.text, code.text)
    vital = next(iter(case.find("outcome.vital")), None)
    if vital is None or vital.missing:
        return f"outcome {state_words(silence(case) if vital is None else vital.state)}"
    if vital.state is State.REPORTED:
        return f"{vital.inline or vital.text}, disease not known"
    return f"outcome {state_words(vital.state)}"


def grouped(found: Iterable[tuple[str, str]]) -> str:
    """(name, reason) pairs as one line: 'A, B (not reported); C (not extracted)'."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in found:
        by_reason.setdefault(reason, []).append(name)
    return "; ".join(f"{', '.join(some)} ({reason})" for reason, some in by_reason.items())


def caption(draw: Callable[..., Any]) -> str:
    """The caveats of a chart: the docstring of the function that draws it."""
    return " ".join((draw.__doc__ or "").split())


def plain(figure: Any) -> dict[str, Any]:
    """A Plotly figure as plain JSON."""
    made: dict[str, Any] = json.loads(figure.to_json())
    return made
