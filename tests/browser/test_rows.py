"""What the case browser reckons, without a page: choices, counts, order, addresses and files."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from build_tools.exports import browser_json, references_bib, references_ris, rows_csv
from build_tools.reading.prose import read_prose
from build_tools.review.review import Review
from tests.javascript import ASSETS, answer
from tests.world import EXAMPLE

ROWS = "browser/rows.js"
ADDRESS = "browser/address.js"
FILES = "browser/files.js"


@pytest.fixture(scope="module")
def data(example: Review) -> dict[str, Any]:
    from build_tools.analysis.tables import fill

    (page,) = [page for page in read_prose(EXAMPLE)[0] if page.path == "cases/index.md"]
    assert page.front.table is not None
    assert page.front.browser is not None
    table = fill("cases", page.front.table, example)
    made: dict[str, Any] = json.loads(browser_json.text(table, page.front.table, page.front.browser, example))
    return made


def number(*bounds: float | None) -> dict[str, Any]:
    cell = {"words": ["as printed"], "bounds": list(bounds)} if bounds else "not_reported"
    field = {"word": "size", "title": "Size", "kind": "number", "steps": [2, 5, 10]}
    case = {"id": "a", "name": "A", "reports": [], "sources": [], "cells": [cell]}
    return {"states": {"not_reported": "not reported"}, "fields": [field], "cases": [case]}


@pytest.mark.parametrize(
    ("bounds", "choice"),
    [
        ((5, 5), "5-10"),
        ((9.9, 9.9), "5-10"),
        ((1, 1), "under_2"),
        ((10, 10), "10_and_more"),
        ((6, 8), "5-10"),
        ((4, 6), "other"),
        ((0, 5), "other"),
        ((12, None), "10_and_more"),
        ((4, None), "other"),
        ((), "not_reported"),
    ],
)
def test_a_number_falls_under_a_range_that_holds_it_whole(
    bounds: tuple[float | None, ...], choice: str
) -> None:
    found = answer(
        ROWS, "(d => m.choicesOf(d.fields[0], d.cases[0]))(m.prepared(data))", data=number(*bounds)
    )
    assert found == [choice]


def test_every_address_that_the_browser_writes_is_read_again(data: dict[str, Any]) -> None:
    address = (
        "?sex=female&read=full,secondary&size=5-10&filter=a%20b%26c&sort=-age&columns=sex,margins&fold=yes"
    )
    script = (
        "import('{0}').then(r => m.read(address, r.prepared(data))).then(p => [m.write(p.state), p.dropped])"
    )
    assert answer(ADDRESS, script.format((ASSETS / ROWS).as_uri()), address=address, data=data) == [
        address,
        [],
    ]


def test_a_file_of_what_is_shown_is_harmless_and_holds_numbers(data: dict[str, Any]) -> None:
    data["cases"][0]["name"] = "=1+1"
    script = "import('{0}').then(r => {{ const d = r.prepared(data); return m.csv(d.fields, d.cases) }})"
    text = answer(FILES, script.format((ASSETS / ROWS).as_uri()), data=data)
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert lines[0]["patient"] == "'=1+1"
    assert "=1+1" not in text.replace("'=1+1", "")
    assert len(lines) == len(data["cases"])
    for line in lines:
        assert line["size_cm"] == "" or float(line["size_cm"]) > 0
        assert not [cell for cell in line.values() if cell.startswith(rows_csv.FORMULA_SIGNS)]
        assert bool(line["age_words"]) == bool(line["age_sources"])


def test_references_are_those_of_the_reports_asked_for(example: Review) -> None:
    ids = sorted(example.reports)[:2]
    for name, export, start in (("bibtex", references_bib, "@"), ("ris", references_ris, "TY  - ")):
        text = answer(FILES, f"m.{name}(all, new Set(ids))", all=export.text(example), ids=ids)
        assert text.count("\n" + start) + text.startswith(start) == 2
        assert all(id in text for id in ids)
        whole = answer(
            FILES, f"m.{name}(all, new Set(ids))", all=export.text(example), ids=sorted(example.reports)
        )
        assert sorted(whole.split()) == sorted(export.text(example).split())
