"""How much is known: each field that every case is asked for, patient by patient."""

from __future__ import annotations

from collections import Counter
from typing import Any

from build_tools.charts import matrix
from build_tools.charts.chart import Chart
from build_tools.charts.matrix import Cell, Kind
from build_tools.charts.patients import caption, names, plain, silence
from build_tools.facts import Fact, lower_first, state_words
from build_tools.records.values import Block, State, Value
from build_tools.review import PublishedCase, Review

TITLE = "What is known of each patient"
ROW_HEIGHT = 19
OF_STATE = {
    State.REPORTED: "known",
    State.ABSENT: "absent",
    State.NOT_DONE: "absent",
    State.NOT_APPLICABLE: "absent",
    State.UNKNOWN: "unclear",
    State.WITHHELD: "unclear",
    State.UNCLEAR: "unclear",
    State.NOT_REPORTED: "silent",
    State.NOT_EXTRACTED: "unread",
}
ANSWERS = ("known", "absent")
KINDS = {
    "known": Kind("Known", matrix.BLUE, "+"),
    "absent": Kind("Absent, not done or not applicable", matrix.BROWN, "\N{MINUS SIGN}"),
    "unclear": Kind("Unclear, unknown or withheld", matrix.RED, "?"),
    "silent": Kind("Not reported", matrix.GREY, marker="x"),
    "unread": Kind("Not extracted", matrix.GREY, marker="circle-open"),
}


def draw(review: Review, block: str | None = None) -> Chart:
    """Each row is a field that every case is asked for, with the number of patients for whom there is an
    answer, each column a patient; who is known best stands first. That something is absent, was not done or
    can't apply is an answer too. Not reported: the patient's report was read in full and is silent. Not
    extracted: nobody has read it in full, so it may say more. A known field can still hold little, and an
    answer is not a correct answer.
    """
    chart = "coverage" if block is None else f"coverage-{block.replace('_', '-')}"
    fields = _fields(review, block)
    if not fields:
        return Chart(chart, TITLE, "There is no patient who could be asked.", "", None)
    name = names(review)
    table = {
        field: {case.id: _answer(case, field) for case in review.cases.values()} for field in fields
    }
    known = Counter(
        id for answers in table.values() for id, fact in answers.items() if OF_STATE[fact.state] in ANSWERS
    )
    order = sorted(review.cases, key=lambda id: (-known[id], name[id]))
    counts = {
        field: sum(OF_STATE[fact.state] in ANSWERS for fact in answers.values())
        for field, answers in table.items()
    }
    rows = {field: f"{title} {counts[field]}/{len(order)}" for field, title in fields.items()}
    cells = {
        (rows[field], name[id]): Cell(OF_STATE[fact.state], _words(fact))
        for field, answers in table.items()
        for id, fact in answers.items()
    }
    made = matrix.figure(
        list(rows.values()),
        [name[id] for id in order],
        cells,
        KINDS,
        ROW_HEIGHT,
        {name[id]: f"cases/{id}/" for id in order},
    )
    return Chart(
        chart,
        TITLE if block is None else f"{TITLE}: {lower_first(_title(review, block))}",
        _message(fields, counts, len(order)),
        caption(draw),
        plain(made),
        ("Field", "Answered", *(name[id] for id in order)),
        tuple(
            (title, f"{counts[field]} of {len(order)}", *(_words(table[field][id]) for id in order))
            for field, title in fields.items()
        ),
    )


def _message(fields: dict[str, str], counts: dict[str, int], patients: int) -> str:
    all_known = sum(counts[field] == patients for field in fields)
    none = [lower_first(title) for field, title in fields.items() if not counts[field]]
    share = f"{sum(counts.values())} of {len(fields) * patients} questions have an answer"
    asked = f"{len(fields)} fields of {patients} patient{'' if patients == 1 else 's'}"
    nobody = f" Of nobody known: {', '.join(none)}." if none else ""
    return f"{share} ({asked}); {all_known} of the fields are known of everyone.{nobody}"


def _fields(review: Review, block: str | None) -> dict[str, str]:
    """The fields that every case is asked for, with their titles; those inside one block, if it is named."""
    found: dict[str, str] = {}
    for case in review.cases.values():
        for top in case.facts:
            if block is not None:
                if top.path == block:
                    found |= _inside(case, top)
            elif isinstance(getattr(case.record, top.path), Block):
                found |= {inner.path: _full_title(top, inner) for inner in top.children}
            else:
                found[top.path] = top.title
    return found


def _inside(case: PublishedCase, top: Fact) -> dict[str, str]:
    """The fields of a block, or of the items of a list of blocks, that every such item is asked for."""
    held = getattr(case.record, top.path)
    value = held.value if isinstance(held, Value) else held
    found: dict[str, str] = {}
    pairs = zip(value, top.children, strict=True) if isinstance(value, tuple) else [(value, top)]
    for item, fact in pairs:
        if getattr(type(item), "asked", False):
            found |= {
                f"{top.path}.{inner.path.rpartition('.')[2]}": inner.title
                for inner in fact.children
                if isinstance(getattr(item, inner.path.rpartition(".")[2]), Value | None)
            }
    return found


def _full_title(top: Fact, inner: Fact) -> str:
    """A title that says what it belongs to, where the word alone is too general."""
    return inner.title


def _title(review: Review, block: str) -> str:
    return next(top.title for case in review.cases.values() for top in case.facts if top.path == block)


def _answer(case: PublishedCase, field: str) -> Fact:
    """What is known in a field: of several, as for two operations, the one that says most."""
    found = case.find(field) or (Fact(field, "", silence(case)),)
    rank = list(KINDS)
    return min(found, key=lambda fact: rank.index(OF_STATE[fact.state]))


def _words(fact: Fact) -> str:
    if fact.claims:
        return "reports disagree"
    return "known" if fact.state is State.REPORTED else state_words(fact.state)


