"""The rows of the case browser as JSON: terms, numbers, states and sources, loaded when a reader asks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import inf
from typing import Any

from build_tools.analysis import browsing
from build_tools.analysis.browsing import Known
from build_tools.analysis.tables import Table
from build_tools.records.browser import BrowserDeclaration, BrowserField
from build_tools.records.table import TableDeclaration
from build_tools.records.values import MEANINGS, State
from build_tools.review.facts import Fact, state_words
from build_tools.review.review import PublishedCase, Review, report_label

Json = dict[str, Any]
PATH = "data/browser.json"
FORMAT = "casebook-browser/1"


def text(table: Table, declared: TableDeclaration, browser: BrowserDeclaration, review: Review) -> str:
    """The rows of a page's table in every field of its browser; `shown` tells the table's own columns."""
    cases = [row.case for row in table.rows]
    whole = {
        "format": FORMAT,
        "states": {str(state): state_words(state) for state in MEANINGS if state is not State.REPORTED},
        **rows(cases, browser.fields, review),
    }
    shown = {column: number for number, column in enumerate(declared.columns, 1)}
    for field, (word, asked) in zip(whole["fields"], browser.fields.items(), strict=True):
        if asked.shown in shown:
            field["shown"] = shown[asked.shown]
        if word in browser.facets:
            field["facet"] = browser.facets.index(word) + 1
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def rows(cases: Sequence[PublishedCase], asked: dict[str, BrowserField], review: Review) -> Json:
    """Fields with their terms, cases with what is known of each field in the same order, names of reports."""
    columns = {w: [browsing.known(case, field, review) for case in cases] for w, field in asked.items()}
    return {
        "fields": [_field(word, field, columns[word], review) for word, field in asked.items()],
        "cases": [
            _case(case, [(field.shown, columns[word][number]) for word, field in asked.items()], review)
            for number, case in enumerate(cases)
        ],
        "reports": {
            id: report_label(review.reports[id], id)
            for id in dict.fromkeys(id for case in cases for id in case.report_ids)
        },
    }


def _field(word: str, field: BrowserField, known: Sequence[Known], review: Review) -> Json:
    kind = _kind(field)
    entry: Json = {"word": word, "title": browsing.title(field), "kind": kind}
    if kind == "term" and browsing.has_several(field):
        entry["several"] = True
    if field.unit:
        entry["unit"] = field.unit
    if field.steps:
        entry["steps"] = [_short(step) for step in field.steps]
    if terms := browsing.labels(field, known, review):
        entry["terms"] = terms
    return entry


def _kind(field: BrowserField) -> str:
    if browsing.is_question(field):
        return "question"
    if browsing.is_number(field):
        return "number"
    return "term" if browsing.has_terms(field) else "text"


def _case(case: PublishedCase, known: Sequence[tuple[str, Known]], review: Review) -> Json:
    places: dict[str, int] = {}
    cells = [_cell(column, one, places) for column, one in known]
    return {
        "id": case.id,
        "name": review.names[case.id],
        "reports": list(case.report_ids),
        "sources": list(places),
        "cells": cells,
    }


def _cell(column: str, known: Known, places: dict[str, int]) -> Json | str:
    """What is known; the state alone where nothing else is."""
    shown = known.cell
    sources = [places.setdefault(f"{s.report}: {s.place}", len(places)) for s in shown.sources]
    forms = sorted({form for entry in shown.entries for form in entry.forms} - {"reported"})
    notes = list(dict.fromkeys(note for entry in shown.entries for note in entry.notes))
    silent = all(entry.state is not State.REPORTED for entry in shown.entries)
    if known.state is not State.REPORTED and silent and not sources and not notes:
        return str(known.state)
    cell: Json = {"words": [_without_name(entry, column) for entry in shown.entries]}
    if known.state is not State.REPORTED:
        cell["state"] = str(known.state)
    if known.values:
        cell["values"] = list(known.values)
    if known.bounds:
        cell["bounds"] = [_short(end) for end in known.bounds]
    for name, what in (("sources", sources), ("forms", forms), ("notes", notes)):
        if what:
            cell[name] = what
    return cell


def _without_name(entry: Fact, column: str) -> str:
    """The words of an entry; in a column of one entry of a mapping the head names it."""
    named = entry.term is not None and column.endswith(f".{entry.term}")
    return entry.said.removeprefix(f"{entry.title}: ") if named else entry.said


def _short(number: float) -> float | None:
    """A whole number without its point; an open end as null."""
    if abs(number) == inf:
        return None
    return int(number) if number == int(number) else number
