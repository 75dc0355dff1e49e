"""The forms in which a file may write one and the same thing: short or long, its items in any order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.records.fields import Form, RecordField
from build_tools.records.measures import ALONE, UNITS
from build_tools.records.values import WRITTEN_STATES

Data = dict[str, Any]


def places(source: Any, only: str | None) -> tuple[str, ...]:
    """Sources with the report's id before each place, also where a case with one report leaves it out."""
    given = [] if source is None else source if isinstance(source, list) else [source]
    return tuple(sorted(place if ": " in place or only is None else f"{only}: {place}" for place in given))


def keys(value: Any) -> tuple[str, ...]:
    """The keys of what is written, if it is a mapping."""
    return tuple(value) if isinstance(value, dict) else ()


def is_long(value: Any) -> bool:
    """Whether a value stands in its long form."""
    return isinstance(value, dict) and ("value" in value or "claims" in value)


def long(value: Any) -> Data:
    """The long form of what is written."""
    return value if is_long(value) else {"value": value}


def content(value: Any) -> Any:
    """What is said, without source, note and other words around it; None where claims stand."""
    return long(value).get("value")


def is_told(value: Any) -> bool:
    """Whether words of the reader's own stand there, and no state."""
    return content(value) is not None and content(value) not in list(WRITTEN_STATES)


def expanded(field: RecordField, value: Any) -> Any:
    """A block for which `present` or its main term alone was written, as a block."""
    if field.form is Form.BLOCK and isinstance(value, str) and field.short is not None:
        if field.short == "present":
            return {} if value == "present" else value
        return {field.short: value}
    return value


def plain(field: RecordField, value: Any) -> object:
    """What is compared of a value: lists in any order, measures by what they mean, no source, no note."""
    if is_long(value) and "claims" in value:
        return [(plain(field, claim), value.get("use")) for claim in value["claims"]]
    inner = expanded(field, content(value))
    if isinstance(inner, list):
        return sorted(_letters(str(item)) for item in inner)
    if field.form is Form.MEASURE and field.measure is not None and isinstance(inner, str):
        try:
            measure = field.measure.parse(inner)
        except ValueError:  # a state stands there
            return inner
        factor = UNITS[measure.dimension].get(measure.unit) if measure.unit not in ALONE.values() else None
        if factor is None:
            return measure.op, measure.axes, _letters(measure.unit)
        axes = [[round(end * factor, 6) for end in axis] for axis in measure.axes]
        kind = "units" if measure.dimension == "blood product" else ""
        return measure.op, axes, kind
    if isinstance(inner, str):
        return _letters(inner) if not field.many else [_letters(inner)]
    return [str(inner)] if field.many else inner


def _letters(text: str) -> str:
    """A text with one character for each that looks alike: the sign for micro is the Greek letter mu."""
    return unicodedata.normalize("NFKC", text)


def explicit(value: Any, source: Any) -> Any:
    """A value with the source that held for it in its own file."""
    return value if source is None or "source" in long(value) else {**long(value), "source": source}


def with_source(field: RecordField, value: Any, source: Any) -> Any:
    """What only the second reader says, so that its source holds for it in the first reader's block, too."""
    if source is None or (isinstance(value, dict) and "source" in value):
        return value
    if isinstance(value, list) and field.form is Form.BLOCK:
        return (
            [{**row, "source": source} if "source" not in row else row for row in value]
            if field.sourced
            else value
        )
    if field.states:
        return explicit(value, source)
    return {**value, "source": source} if field.sourced and isinstance(value, dict) else value


def _heading(field: RecordField) -> str | None:
    """The field that tells what an item of a list is of, such as the modality of an imaging study."""
    return next((one.name for one in field.inside if one.required), None)


def paired(field: RecordField, a: list[Any], b: list[Any]) -> Iterator[tuple[str, Data | None, Data | None]]:
    """The items of both lists with a name: same heading and time first, then same heading in order."""
    heading = _heading(field)
    rest = [expanded(field, row) for row in b]
    first = [expanded(field, row) for row in a]
    pairs: list[Data | None] = [None] * len(first)
    for exact in (True, False):
        for i, row in enumerate(first):
            if pairs[i] is None:
                pairs[i] = next((other for other in rest if _is_like(row, other, heading, exact)), None)
                rest = [other for other in rest if other is not pairs[i]]
    seen: dict[str, int] = {}
    for one, other in [*zip(first, pairs, strict=True), *((None, other) for other in rest)]:
        name = str((one or other or {}).get(heading, "")) if heading else ""
        seen[name] = seen.get(name, 0) + 1
        yield f"{name} {seen[name]}".strip() if seen[name] > 1 or not name else name, one, other


def _is_like(row: Data, other: Data, heading: str | None, exact: bool) -> bool:
    same = heading is None or row.get(heading) == other.get(heading)
    return same and (not exact or content(row.get("at")) == content(other.get("at")))


def leaves(field: RecordField, path: str, value: Any, named: bool = False) -> Iterator[tuple[str, object]]:
    """Every field inside a value that only one reader gives, with its path."""
    inner = expanded(field, content(value))
    if field.form is Form.BLOCK and isinstance(inner, list):
        for name, row, _ in paired(field, inner, []):
            yield from _inside(field.inside, path if named else f"{path}[{name}]", row or {})
    elif field.form is Form.BLOCK and isinstance(inner, dict) and inner:
        yield from _inside(field.inside, path, inner)
    elif field.form is Form.MAPPING and isinstance(inner, Mapping) and field.entry is not None:
        for term, entry in inner.items():
            yield from leaves(field.entry, f"{path}.{term}", entry)
    else:
        yield path, value


def _inside(inside: tuple[RecordField, ...], path: str, value: Data) -> Iterator[tuple[str, object]]:
    for field in inside:
        if field.name in value:
            yield from leaves(field, f"{path}.{field.name}", value[field.name])
