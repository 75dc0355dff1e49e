"""An example of what a field may hold, and the allowed words on one line."""

from __future__ import annotations

from build_tools.records.fields import Form, RecordField
from build_tools.review.facts import Vocabularies

SOURCE = "smith-2020: Results"
WORDS = "In your own words."
PATTERNS = {
    r"^\d{4}-\d{2}-\d{2}$": "2026-11-21",
    r"^\d{1,9}$": "12345678",
    r"^PMC": "PMC1234567",
    r"^10": "10.1000/xyz123",
    r"^[a-z0-9]+(-": "smith-2020",
    r"^[a-z0-9]+(_": "a_term",
    r"^\d{4}-\d{4}": "0000-0002-1825-0097",
    r"^[A-Z0-9 ": "NCT00000000",
    r"^\d+": "1-4",
    r"^[^\W\d_](": "Smith",
    r"^[^\W_](?:[^\W_]|[ .])": "Jr",
    r"^[^\W_](": "Smith (undated)",
}
"""An example for each form that a text may have to have, found by how its pattern begins."""


def example_of(field: RecordField, vocabularies: Vocabularies, rich: int = 2) -> object:
    """A value that may be written there; of a block the required fields and the first `rich` others."""
    one = _one(field, vocabularies, rich)
    return [one] if field.many and field.form is not Form.SOURCE else one


def _one(field: RecordField, vocabularies: Vocabularies, rich: int) -> object:
    match field.form:
        case Form.TERM:
            return _terms(field, vocabularies)[0]
        case Form.CHOICE:
            return field.choices[0]
        case Form.INTEGER | Form.NUMBER:
            return 2 if field.minimum is None else max(2, int(field.minimum))
        case Form.BOOLEAN:
            return True
        case Form.MEASURE:
            assert field.measure is not None
            return field.measure.example
        case Form.AGE:
            return 61
        case Form.SOURCE:
            return SOURCE
        case Form.MAPPING:
            assert field.entry is not None
            return {first_key(field, vocabularies): example_of(field.entry, vocabularies, rich)}
        case Form.BLOCK:
            more = [f.name for f in field.inside if not f.required][:rich]
            shown = [f for f in field.inside if f.required or f.name in more]
            return {f.name: example_of(f, vocabularies, 1) for f in shown}
    pattern = field.pattern or ""
    return next((example for start, example in PATTERNS.items() if pattern.startswith(start)), WORDS)


def allowed_words(field: RecordField, vocabularies: Vocabularies, limit: int) -> str:
    """The words that may stand in a field, or nothing; of many the first, and where to see all."""
    words = list(field.choices) or (_terms(field, vocabularies) if field.vocabulary else [])
    if field.form is Form.MAPPING or len(words) > limit + 2:
        words, more = words[:limit], len(words) - limit
        return " | ".join(words) + (
            f" and {more} more: casebook explain {field.vocabulary}" if more > 0 else ""
        )
    return " | ".join(words)


def first_key(field: RecordField, vocabularies: Vocabularies) -> str:
    """A key of a mapping: the first term of its vocabulary, or any name."""
    return _terms(field, vocabularies)[0]


def _terms(field: RecordField, vocabularies: Vocabularies) -> list[str]:
    found = vocabularies.get(field.vocabulary or "")
    return list(found.terms) if found else ["term"]
