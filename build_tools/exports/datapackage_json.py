"""The tidy tables as a Data Package (datapackage.org, version 2): what each file and column is.

Missing values are labelled: a state in the place of a value says why there is none. `absent` says no, so it
is a value in a column of texts, and missing only where numbers stand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from build_tools.analysis.tidy import Column, TidyTable
from build_tools.exports import tidy_csv
from build_tools.records.values import MEANINGS, State

PATH = "data/datapackage.json"
_NO_VALUES = [state for state in State if state not in (State.REPORTED, State.ABSENT)]
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


@dataclass(frozen=True)
class About:
    """What a package says of itself; `day` is that of the data (2026-11-21), `address` that of the site."""

    title: str
    description: str
    version: str
    day: str
    address: str
    people: tuple[str, ...]


def text(tables: Iterable[TidyTable], files: Mapping[str, bytes], about: About) -> str:
    """The descriptor of the tables, whose CSV files are `files` by path."""
    whole: dict[str, object] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "casebook",
        "title": about.title,
        "description": about.description,
        "version": about.version,
        "licenses": [LICENCE],
        "contributors": [{"title": name, "roles": ["data extraction"]} for name in about.people],
        "resources": [_resource(table, files[tidy_csv.path(table)]) for table in tables],
    }
    if about.day:
        whole["created"] = f"{about.day}T00:00:00Z"
    if about.address:
        whole["homepage"] = about.address
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _resource(table: TidyTable, content: bytes) -> dict[str, object]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": tidy_csv.path(table).removeprefix("data/"),
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": _missing(()),
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": list(here), "reference": {"resource": other, "fields": list(there)}}
                for here, other, there in table.links
            ],
        },
    }


def _field(column: Column) -> dict[str, object]:
    field: dict[str, object] = {"name": column.name, "type": column.type, "title": column.title}
    field["description"] = column.description
    if column.vocabulary:
        field["vocabulary"] = column.vocabulary
    if column.type == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.has_states:
        numeric = column.type != "string"
        field["missingValues"] = _missing([*_NO_VALUES, State.ABSENT] if numeric else _NO_VALUES)
    return field


def _missing(states: Iterable[State]) -> list[dict[str, str]]:
    empty = {"value": "", "label": "Nothing to say here"}
    return [empty, *({"value": str(state), "label": MEANINGS[state]} for state in states)]
