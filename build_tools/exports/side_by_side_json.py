"""What the page of cases side by side loads: one file with its rows, and one file a case."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, NamedTuple

from build_tools.analysis.tables import cell, of_primary
from build_tools.records.case import Case
from build_tools.records.fields import Form, fields
from build_tools.records.values import MEANINGS, State
from build_tools.review.counted import OF_PRIMARY
from build_tools.review.derived import RULES, summary
from build_tools.review.facts import Fact, state_words
from build_tools.review.review import NOT_FACTS, PublishedCase, Review, report_label

Json = dict[str, Any]
FOLDER = "data/side-by-side"
INDEX = f"{FOLDER}/index.json"
OPENED = frozenset({*OF_PRIMARY, "systemic_therapy", "radiotherapy"})
"""Lists of blocks whose fields are rows of their own; of the others each block is one entry of one row."""
_NO_ROW = frozenset({"derived.author", "derived.follow_up_and_status"})


class Line(NamedTuple):
    """A row of the page: a field or a rule as a table names it, with the heading above it."""

    path: str
    section: str
    title: str


@cache
def lines() -> tuple[Line, ...]:
    """Every row that there may be: what is derived, then the fields in the order of a case file."""
    found = [Line(f"derived.{name}", "Derived", title) for name, (title, _) in RULES.items()]
    found = [line for line in found if line.path not in _NO_ROW]
    for top in fields(Case):
        if top.name in NOT_FACTS | {"source", "note"}:
            continue
        opened = top.form is Form.BLOCK and (not top.many or top.name in OPENED)
        inside = top.inside if opened else (top,)
        found += [Line(field.path, top.title, field.title) for field in inside]
    return tuple(found)


def path(id: str) -> str:
    """Where the file of a case goes."""
    return f"{FOLDER}/{id}.json"


def index(review: Review) -> str:
    """The rows, the words of the states, and the cases there are by name."""
    return _written(
        {
            "format": "casebook-side-by-side/1",
            "states": {str(state): state_words(state) for state in MEANINGS},
            "about": of_primary([line.path for line in lines()]),
            "lines": [line._asdict() for line in lines()],
            "cases": dict(sorted(review.names_apart.items())),
        }
    )


def text(case: PublishedCase, review: Review) -> str:
    """What one case says in each row, as tables say it; of a row that is not there nothing is known.

    `silence` is what that means, unless the block above has a state of its own.
    """
    known: dict[str, list[Json]] = {}
    for line in lines():
        entries = [entry for entry in cell(case, line.path, review).entries if not entry.missing]
        if entries and not _of_block(entries, line.path):
            known[line.path] = [_entry(entry) for entry in entries]
    blocks = {top.path: str(top.state) for top in case.facts if top.state is not State.REPORTED}
    return _written(
        {
            "id": case.id,
            "name": review.names_apart[case.id],
            "summary": summary(case, review),
            "taken_back": review.taken_back(case) or "",
            "silence": str(case.silence),
            "blocks": blocks,
            "reports": {id: report_label(review.reports[id], id) for id in case.report_ids},
            "known": known,
        }
    )


def _of_block(entries: list[Fact], path: str) -> bool:
    """Whether a row says no more than what is said of its whole block."""
    return path.partition(".")[0] in {entry.path for entry in entries} and "." in path


def _entry(entry: Fact) -> Json:
    made: Json = {"words": entry.said, "state": str(entry.state)}
    if entry.term is not None and entry.path.endswith(f".{entry.term}"):
        own = entry.inline or entry.text
        plain = "yes" if own in ("", "present", entry.title) else own
        qualified = "".join(f" ({word})" for word in entry.qualifiers)
        made["key"] = entry.title
        made["words"] = (plain if entry.state is State.REPORTED else state_words(entry.state)) + qualified
    if entry.forms != ("reported",):
        made["forms"] = list(entry.forms)
    if entry.sources:
        made["sources"] = [[source.report, source.place] for source in entry.sources]
    notes = [words for words in (entry.conflict, *entry.notes, entry.rule) if words]
    if notes:
        made["notes"] = notes
    return made


def _written(whole: Json) -> str:
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
