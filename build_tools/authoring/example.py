"""An example of what a field may hold, and the allowed values in words."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.authoring.fields import Content, FieldForm, fields_of
from build_tools.facts import Vocabularies
from build_tools.records.measures import UNITS, In
from build_tools.records.values import WRITTEN_STATES

SOURCE = "smith-2020: Results"
WORDS = "In your own words."
PATTERNS = {
    r"^\d{4}-\d{2}-\d{2}$": "2026-11-21",
    r"^\d{1,9}$": "12345678",
    r"^PMC\d{1,9}$": "PMC1234567",
    r"^10\.": "10.1000/xyz123",
    r"^[a-z0-9]+(-": "smith-2020",
    r"^[a-z0-9]+(_": "a_term",
    r"^(\d{4}-": "0000-0002-1825-0097",
    r"^[^\W\d_](": "Smith",
    r"^[^\W_](": "Smith, undated",
}
"""An example for each form that a text may have to have, found by how its pattern begins."""


def example_of(content: Content, vocabularies: Vocabularies, rich: int = 2) -> object:
    """A value that may be written there; of a block the required fields and the first `rich` others."""
    match content.form:
        case "term":
            return _first_term(content, vocabularies)
        case "word":
            return content.words[0]
        case "number":
            return 2
        case "flag":
            return True
        case "measure":
            return In(content.dimension).example
        case "age":
            return 61
        case "source":
            return SOURCE
        case "list":
            assert content.inside is not None
            return [example_of(content.inside, vocabularies, rich)]
        case "mapping":
            assert content.inside is not None
            return {_first_term(content, vocabularies): example_of(content.inside, vocabularies, rich)}
        case "block":
            return {f.name: example_of(f.content, vocabularies, 1) for f in _telling(content, rich)}
    return next((e for start, e in PATTERNS.items() if content.pattern.startswith(start)), WORDS)


def _telling(content: Content, rich: int) -> Iterator[FieldForm]:
    """The required fields of a block, and the first few others that are its own."""
    assert content.block is not None
    for field in fields_of(content.block):
        if field.required:
            yield field
        elif rich and field.name not in ("source", "note"):
            rich -= 1
            yield field


def _first_term(content: Content, vocabularies: Vocabularies) -> str:
    found = vocabularies.get(content.vocabulary)
    return next(iter(found.terms)) if found else "term"


def allowed(content: Content, vocabularies: Vocabularies, limit: int = 10) -> str:
    """What may be written, on one line; long vocabularies are cut, and say where the rest stands."""
    match content.form:
        case "term":
            return _terms(content.vocabulary, vocabularies, limit)
        case "word":
            return " | ".join(content.words)
        case "number":
            return "a whole number"
        case "flag":
            return "true | false"
        case "measure":
            units = ", ".join(UNITS[content.dimension])
            return f"a number, a space and a unit{f' ({units})' if units else ''}"
        case "age":
            return "whole years below 90, or '90+'"
        case "source":
            return "a report's id, a colon and a place in it, or a list of these"
        case "list":
            assert content.inside is not None
            return f"a list; each item: {allowed(content.inside, vocabularies, limit)}"
        case "mapping":
            assert content.inside is not None
            keys = _terms(content.vocabulary, vocabularies, limit)
            return f"a line a term ({keys}); behind it: {allowed(content.inside, vocabularies, limit)}"
        case "block":
            assert content.block is not None
            names = (f.name for f in fields_of(content.block) if f.name not in ("source", "note"))
            return f"fields: {', '.join(names)}"
    return "text"


def _terms(vocabulary: str, vocabularies: Vocabularies, limit: int) -> str:
    found = vocabularies.get(vocabulary)
    terms = list(found.terms) if found else []
    more = len(terms) - limit
    if more <= 2:
        return " | ".join(terms)
    return f"{' | '.join(terms[:limit])} and {more} more: casebook explain {vocabulary}"


STATES = " | ".join(sorted(WRITTEN_STATES))
