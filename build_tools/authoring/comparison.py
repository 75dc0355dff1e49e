"""Two extractions of one patient, field by field: what both say, what one says, and where they differ.

Agreement is counted over fields that at least one reader filled in. What stands in a reader's own words is
set side by side but not counted, for two people never choose the same words. No kappa is given: the chance
of agreeing on a field left out has no sound estimate here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from build_tools.authoring.written import written
from build_tools.records.case import Case
from build_tools.records.fields import Form, RecordField, fields
from build_tools.records.values import WRITTEN_STATES

Data = dict[str, Any]


class Verdict(StrEnum):
    """How two readings of one field stand to each other."""

    SAME = "same"
    OTHER_SOURCE = "other source"
    DIFFERS = "differs"
    ONLY_A = "only A"
    ONLY_B = "only B"
    OWN_WORDS = "own words"


AGREED = frozenset({Verdict.SAME, Verdict.OTHER_SOURCE})


@dataclass(frozen=True)
class Line:
    """One field with both readings as they are written; `path` names a list's item by what it is of."""

    path: str
    verdict: Verdict
    a: object = None
    b: object = None

    @property
    def block(self) -> str:
        """The block of the case in which the field stands."""
        return self.path.partition(".")[0].partition("[")[0]


@dataclass(frozen=True)
class Open:
    """A field on which the readers disagree: both readings, until a person keeps one."""

    a: object
    b: object


@dataclass(frozen=True)
class Told:
    """A value with what the second reader says of it besides."""

    value: object
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """All lines in the order of a case file, and both readings in one tree (with `Open` and `Told` in it)."""

    lines: tuple[Line, ...]
    merged: Data

    def agreement(self, block: str = "") -> tuple[int, int]:
        """In how many of the fields that were counted both say the same; of one block, or of all."""
        counted = [
            line for line in self.lines if line.verdict is not Verdict.OWN_WORDS and block in ("", line.block)
        ]
        return sum(line.verdict in AGREED for line in counted), len(counted)

    @property
    def blocks(self) -> tuple[str, ...]:
        """The blocks that at least one reading fills in, in their order."""
        return tuple(dict.fromkeys(line.block for line in self.lines))


NOT_COMPARED = frozenset({"identity", "remarks", "extraction"})
"""Identity and remarks are a reader's own account; who read is what makes the two readings two."""


def compare(a: Data, b: Data) -> Comparison:
    """The comparison of two case files, given as the strict reader reads them."""
    comparer = _Comparer(_only_report(a), _only_report(b))
    known = tuple(field for field in fields(Case) if field.name not in NOT_COMPARED)
    merged = comparer.block(known, "", a, b, None, None)
    for name in ("identity", "remarks"):
        if name in a or name in b:
            merged[name] = _own_account(name, a.get(name), b.get(name))
    return Comparison(tuple(comparer.lines), merged)


def _only_report(data: Data) -> str | None:
    reports = [link["report"] for link in data["reports"]]
    return reports[0] if len(reports) == 1 else None


def _own_account(name: str, a: Any, b: Any) -> object:
    """Remarks of both, each once; two different accounts of identity are left open."""
    if a is None or b is None or a == b:
        return b if a is None else a
    return [*a, *(remark for remark in b if remark not in a)] if name == "remarks" else Open(a, b)


class _Comparer:
    """Walks two readings at once; notes a line a field and returns the readings in one."""

    def __init__(self, report_a: str | None, report_b: str | None) -> None:
        self.report_a, self.report_b = report_a, report_b
        self.lines: list[Line] = []
        self.told: list[tuple[tuple[str, ...], tuple[str, ...]]] = []  # other places, told at a block around

    def block(
        self, inside: tuple[RecordField, ...], path: str, a: Data, b: Data, above_a: Any, above_b: Any
    ) -> Data:
        """The fields of one block; a source given for the block holds for those that name none."""
        source_a, source_b = a.get("source", above_a), b.get("source", above_b)
        known = {field.name: field for field in inside}
        merged: Data = {}
        places = (self.places_a(source_a), self.places_b(source_b))
        told = "source" in a and places[0] != places[1]
        self.told += [places] if told else []
        for name in [*a, *(name for name in b if name not in a)]:
            place = f"{path}.{name}" if path else name
            if name in known:
                merged[name] = self.field(known[name], place, a.get(name), b.get(name), source_a, source_b)
            elif name == "source" and name in a:
                merged[name] = Told(a[name], (_elsewhere(places[1]),)) if told else a[name]
            elif name == "note":
                merged[name] = _words(a.get(name), b.get(name))
        if told:
            self.told.pop()
        return merged

    def field(self, field: RecordField, path: str, a: Any, b: Any, above_a: Any, above_b: Any) -> object:
        """One field; what only the second reader says carries its source along."""
        if a is None or b is None:
            verdict = Verdict.ONLY_A if b is None else Verdict.ONLY_B
            for place, value in _leaves(field, path, a if b is None else b):
                self.note(place, verdict, value if b is None else None, None if b is None else value)
            if b is None or self.places_b(above_b) == self.places_a(above_a):
                return a if b is None else b
            return _with_source(field, b, above_b)
        if "claims" in (*_keys(a), *_keys(b)) or _content(a) is None or _content(b) is None:
            return self.leaf(field, path, a, b, above_a, above_b)
        one, other = _expanded(field, _content(a)), _expanded(field, _content(b))
        place_a, place_b = _long(a).get("source", above_a), _long(b).get("source", above_b)
        if isinstance(one, list) and isinstance(other, list) and field.form is Form.BLOCK:
            inner: object = self.rows(field, path, one, other, place_a, place_b)
        elif not isinstance(one, dict) or not isinstance(other, dict):
            return self.leaf(field, path, a, b, above_a, above_b)
        elif field.form is Form.MAPPING and field.entry is not None:
            inner = {
                term: self.field(
                    field.entry, f"{path}.{term}", one.get(term), other.get(term), place_a, place_b
                )
                for term in [*one, *(term for term in other if term not in one)]
            }
        else:
            inner = self.block(field.inside, path, one, other, place_a, place_b)
            if field.states and not {*one, *other} - {"source", "note"}:
                self.note(path, Verdict.SAME, a, b)  # both say no more than that it is there
        if a == b and self.places_a(above_a) == self.places_b(above_b):
            return a  # as it was written, short forms and all
        if not _is_long(a) and not _is_long(b):
            return inner
        return self.around(inner, _long(a), _long(b))

    def around(self, inner: object, a: Data, b: Data) -> object:
        """A long form around a value that both give: the first reader's, with what the second adds."""
        merged: Data = {"value": inner} | {
            key: value for key, value in a.items() if key not in ("value", "note")
        }
        if "source" in b and "source" not in a:
            merged["source"] = b["source"]
        if "note" in a or "note" in b:
            merged["note"] = _words(a.get("note"), b.get("note"))
        remarks = _on_inference(a, b)
        return Told(merged, remarks) if remarks else merged

    def rows(
        self, field: RecordField, path: str, a: list[Any], b: list[Any], above_a: Any, above_b: Any
    ) -> list[Any]:
        """The items of two lists, paired by what they are of."""
        merged = []
        for name, one, other in _paired(field, a, b):
            place = f"{path}[{name}]"
            if one is not None and other is not None:
                merged.append(self.block(field.inside, place, one, other, above_a, above_b))
                continue
            single = one if other is None else other
            assert single is not None
            verdict = Verdict.ONLY_A if other is None else Verdict.ONLY_B
            for inner, value in _leaves(field, place, [single], named=True):
                self.note(inner, verdict, value if other is None else None, None if other is None else value)
            foreign = other is not None and self.places_b(above_b) != self.places_a(above_a)
            merged.append(_with_source(field, [single], above_b)[0] if foreign else single)
        return merged

    def leaf(self, field: RecordField, path: str, a: Any, b: Any, above_a: Any, above_b: Any) -> object:
        """A field that both fill in, and that holds no others."""
        places_a = self.places_a(_long(a).get("source", above_a))
        places_b = self.places_b(_long(b).get("source", above_b))
        if _plain(field, a) == _plain(field, b):
            same = places_a == places_b
            self.note(path, Verdict.SAME if same else Verdict.OTHER_SOURCE, a, b)
            note = _long(b).get("note") if _long(b).get("note") != _long(a).get("note") else None
            inherited = "source" not in _long(a) and "source" not in _long(b)
            silent = same or (inherited and (places_a, places_b) in self.told)
            remarks: tuple[str, ...] = () if silent else (_elsewhere(places_b),)
            remarks += (f"B notes: {note}",) if note else ()
            remarks += _on_inference(a, b)
            return Told(a, remarks) if remarks else a
        if field.form is Form.TEXT and not field.pattern and _is_told(a) and _is_told(b):
            self.note(path, Verdict.OWN_WORDS, a, b)
            return _words(a, b)
        self.note(path, Verdict.DIFFERS, a, b)
        return Open(a, _explicit(b, above_b) if places_a != places_b else b)

    def note(self, path: str, verdict: Verdict, a: object, b: object) -> None:
        self.lines.append(Line(path, verdict, a, b))

    def places_a(self, source: Any) -> tuple[str, ...]:
        return _places(source, self.report_a)

    def places_b(self, source: Any) -> tuple[str, ...]:
        return _places(source, self.report_b)


def _places(source: Any, only: str | None) -> tuple[str, ...]:
    """Sources with the report's id before each place, also where a case with one report leaves it out."""
    given = [] if source is None else source if isinstance(source, list) else [source]
    return tuple(sorted(place if ": " in place or only is None else f"{only}: {place}" for place in given))


def _on_inference(a: Any, b: Any) -> tuple[str, ...]:
    """A remark where one reader inferred what the other found said."""
    inferred = [bool(_long(value).get("inferred")) for value in (a, b)]
    if inferred[0] == inferred[1]:
        return ()
    return ("B calls this inferred",) if inferred[1] else ("B does not call this inferred",)


def _elsewhere(places: tuple[str, ...]) -> str:
    return f"B gives as its place: {'; '.join(places) or 'none'}"


def _keys(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, dict) else ()


def _is_long(value: Any) -> bool:
    return isinstance(value, dict) and ("value" in value or "claims" in value)


def _long(value: Any) -> Data:
    return value if _is_long(value) else {"value": value}


def _content(value: Any) -> Any:
    return _long(value).get("value")


def _is_told(value: Any) -> bool:
    """Whether words of the reader's own stand there, and no state."""
    return _content(value) is not None and _content(value) not in list(WRITTEN_STATES)


def _expanded(field: RecordField, value: Any) -> Any:
    """A block for which `present` or its main term alone was written, as a block."""
    if field.form is Form.BLOCK and isinstance(value, str) and field.short is not None:
        if field.short == "present":
            return {} if value == "present" else value
        return {field.short: value}
    return value


def _plain(field: RecordField, value: Any) -> object:
    """What is compared of a value: lists in any order, measures by what they mean, no source, no note."""
    if _is_long(value) and "claims" in value:
        return [(_plain(field, claim), value.get("use")) for claim in value["claims"]]
    content = _expanded(field, _content(value))
    if isinstance(content, list):
        return sorted(map(str, content))
    if field.form is Form.MEASURE and field.measure is not None and isinstance(content, str):
        try:
            measure = field.measure.parse(content)
        except ValueError:  # a state stands there
            return content
        return measure.op, measure.axes, measure.unit
    return [str(content)] if field.many else content


def _words(a: Any, b: Any) -> object:
    """Two readers' own words: the first reader's stand, the second's beside them."""
    if a is None or b is None or _content(a) == _content(b):
        return b if a is None else a
    return Told(a, (f"B: {written(b) if _is_long(b) else b}",))


def _explicit(value: Any, source: Any) -> Any:
    """A value with the source that held for it in its own file."""
    return value if source is None or "source" in _long(value) else {**_long(value), "source": source}


def _with_source(field: RecordField, value: Any, source: Any) -> Any:
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
        return _explicit(value, source)
    return {**value, "source": source} if field.sourced and isinstance(value, dict) else value


def _heading(field: RecordField) -> str | None:
    """The field that tells what an item of a list is of, such as the modality of an imaging study."""
    return next((one.name for one in field.inside if one.required), None)


def _paired(field: RecordField, a: list[Any], b: list[Any]) -> Iterator[tuple[str, Data | None, Data | None]]:
    """The items of both lists with a name: same heading and time first, then same heading in order."""
    heading = _heading(field)
    rest = [_expanded(field, row) for row in b]
    first = [_expanded(field, row) for row in a]
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
    return same and (not exact or _content(row.get("at")) == _content(other.get("at")))


def _leaves(field: RecordField, path: str, value: Any, named: bool = False) -> Iterator[tuple[str, object]]:
    """Every field inside a value that only one reader gives, with its path."""
    content = _expanded(field, _content(value))
    if field.form is Form.BLOCK and isinstance(content, list):
        for name, row, _ in _paired(field, content, []):
            yield from _inside(field.inside, path if named else f"{path}[{name}]", row or {})
    elif field.form is Form.BLOCK and isinstance(content, dict) and content:
        yield from _inside(field.inside, path, content)
    elif field.form is Form.MAPPING and isinstance(content, Mapping) and field.entry is not None:
        for term, inner in content.items():
            yield from _leaves(field.entry, f"{path}.{term}", inner)
    else:
        yield path, value


def _inside(inside: tuple[RecordField, ...], path: str, value: Data) -> Iterator[tuple[str, object]]:
    for field in inside:
        if field.name in value:
            yield from _leaves(field, f"{path}.{field.name}", value[field.name])
