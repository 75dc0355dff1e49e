"""A condition: field -> term, by which tables, counts and estimates choose patients.

No patient meets a condition that no case can meet, and a count of none would look like a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from build_tools.records.case import Case
from build_tools.records.fields import Form, RecordField, fields
from build_tools.records.terms import Vocabulary


def wrong_in(field: str, term: str, vocabularies: Mapping[str, Vocabulary]) -> tuple[str, str] | None:
    """What is wrong with asking for patients whose `field` is `term`, with a hint; None if nothing is.

    The field itself must exist. What no vocabulary rules (a number, a text, an id) may be anything, and so
    may a term of a vocabulary that could not be read.
    """
    names, keys = _ruled_by(field)
    for key, name in keys:
        of_keys = vocabularies.get(name)
        if of_keys is not None and key not in of_keys.terms:
            return f"'{key}' is not a term of {name}", _hint(of_keys.nearest(key))
    if not names or any(name not in vocabularies and name != PRESENT for name in names):
        return None
    known = [vocabularies[name] for name in names if name != PRESENT]
    if any(term in vocabulary.terms for vocabulary in known) or (term == PRESENT and PRESENT in names):
        return None
    named = " or ".join(name for name in names if name != PRESENT)
    near = next(filter(None, (vocabulary.nearest(term) for vocabulary in known)), None)
    return f"'{term}' is not a term of {named or field}", _hint(near)


def vocabularies_of(field: str) -> tuple[str, ...]:
    """The vocabularies from which the terms of a field come."""
    return tuple(name for name in _ruled_by(field)[0] if name != PRESENT)


PRESENT = "present"
"""What stands alone for a block of which nothing more is said."""


@cache
def _ruled_by(path: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The vocabularies from which a field's terms come, and each key of a mapping on the way with its own."""
    inside: tuple[RecordField, ...] = fields(Case)
    found: RecordField | None = None
    keys = list[tuple[str, str]]()
    for step in path.split("."):
        if found is not None and found.form is Form.MAPPING:
            keys.append((step, found.vocabulary or ""))
            found = found.entry
        else:
            found = next((field for field in inside if field.name == step), None)
        if found is None:
            return (), tuple(keys)
        inside = found.inside
    return tuple(_vocabularies(found)) if found is not None else (), tuple(keys)


def _vocabularies(field: RecordField) -> Iterator[str]:
    if field.form in (Form.TERM, Form.MAPPING) and field.vocabulary:
        yield field.vocabulary
    elif field.form is Form.BLOCK:
        yield from dict.fromkeys(f.vocabulary for f in field.inside if f.form is Form.TERM and f.vocabulary)
        if field.short == PRESENT:
            yield PRESENT


def _hint(nearest: str | None) -> str:
    return f"did you mean '{nearest}'?" if nearest else ""
