"""Two extractions of one patient, field by field: what both say, what one says, and where they differ.

Agreement is counted over fields that both readers filled in: a value against a value. What one alone filled
in is counted apart, for each reader: the other may have missed it, or this one may have read too much. Both
figures belong together; neither tells the whole. The rows of a list are paired by what they are of, such as
a study by its modality: that name agrees wherever both have the row, and is one alone's where only one has.

What stands in a reader's own words is set side by side but not counted, for two people never choose the same
words. Nor are the reports, which a second reader is given. No kappa is printed: the chance of agreeing on a
field left out has no sound estimate here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from build_tools.authoring.forms import (
    Data,
    content,
    expanded,
    explicit,
    is_long,
    is_told,
    keys,
    leaves,
    long,
    paired,
    places,
    plain,
    with_source,
)
from build_tools.authoring.written import written
from build_tools.records.case import Case
from build_tools.records.fields import Form, RecordField, fields


class Verdict(StrEnum):
    """How two readings of one field stand to each other."""

    SAME = "same"
    OTHER_SPELLING = "same value, other spelling"
    OTHER_SOURCE = "other source"
    DIFFERS = "differs"
    ONLY_A = "only A"
    ONLY_B = "only B"
    OWN_WORDS = "own words"


AGREED = frozenset({Verdict.SAME, Verdict.OTHER_SPELLING, Verdict.OTHER_SOURCE})


ONLY = {Verdict.ONLY_A: "Only A says this.", Verdict.ONLY_B: "Only B says this."}
"""What stands above a field of the merged file that one reader left out."""


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


class Counts(NamedTuple):
    """Fields that both filled in, those of them with the same, and fields that one alone filled in."""

    both: int
    same: int
    only_a: int
    only_b: int


@dataclass(frozen=True)
class Comparison:
    """All lines in the order of a case file, and both readings in one tree (with `Open` and `Told` in it)."""

    lines: tuple[Line, ...]
    merged: Data

    def agreement(self, block: str = "") -> Counts:
        """How often both speak and agree, and how often one speaks alone; of one block, or of all."""
        of = Counter(line.verdict for line in self.lines if block in ("", line.block) and line.block != GIVEN)
        same = sum(of[verdict] for verdict in AGREED)
        return Counts(same + of[Verdict.DIFFERS], same, of[Verdict.ONLY_A], of[Verdict.ONLY_B])

    @property
    def blocks(self) -> tuple[str, ...]:
        """The blocks in which something is counted, in their order."""
        return tuple(
            block for block in dict.fromkeys(line.block for line in self.lines) if any(self.agreement(block))
        )


GIVEN = "reports"
"""The block that a second reader is given: which reports to read, and what they call the patient."""

NOT_COMPARED = frozenset({"identity", "remarks", "extraction", "source"})
"""Identity and remarks are a reader's own account; who read is what makes the two readings two. A source that
holds for the whole file is the place of what is compared."""


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
            for place, value in leaves(field, path, a if b is None else b):
                self.note(place, verdict, value if b is None else None, None if b is None else value)
            if b is None:
                return Told(a, (ONLY[Verdict.ONLY_A],))
            foreign = self.places_b(above_b) != self.places_a(above_a)
            return Told(with_source(field, b, above_b) if foreign else b, (ONLY[Verdict.ONLY_B],))
        if "claims" in (*keys(a), *keys(b)) or content(a) is None or content(b) is None:
            return self.leaf(field, path, a, b, above_a, above_b)
        one, other = expanded(field, content(a)), expanded(field, content(b))
        place_a, place_b = long(a).get("source", above_a), long(b).get("source", above_b)
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
        if not is_long(a) and not is_long(b):
            return inner
        return self.around(inner, long(a), long(b))

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
        merged: list[Any] = []
        for name, one, other in paired(field, a, b):
            place = f"{path}[{name}]"
            if one is not None and other is not None:
                merged.append(self.block(field.inside, place, one, other, above_a, above_b))
                continue
            single = one if other is None else other
            assert single is not None
            verdict = Verdict.ONLY_A if other is None else Verdict.ONLY_B
            for inner, value in leaves(field, place, [single], named=True):
                self.note(inner, verdict, value if other is None else None, None if other is None else value)
            foreign = other is not None and self.places_b(above_b) != self.places_a(above_a)
            whole = with_source(field, [single], above_b)[0] if foreign else single
            merged.append(Told(whole, (ONLY[verdict],)))
        return merged

    def leaf(self, field: RecordField, path: str, a: Any, b: Any, above_a: Any, above_b: Any) -> object:
        """A field that both fill in, and that holds no others."""
        places_a = self.places_a(long(a).get("source", above_a))
        places_b = self.places_b(long(b).get("source", above_b))
        if plain(field, a) == plain(field, b):
            same = places_a == places_b
            self.note(path, _agreement(a, b) if same else Verdict.OTHER_SOURCE, a, b)
            note = long(b).get("note") if long(b).get("note") != long(a).get("note") else None
            inherited = "source" not in long(a) and "source" not in long(b)
            silent = same or (inherited and (places_a, places_b) in self.told)
            remarks: tuple[str, ...] = () if silent else (_elsewhere(places_b),)
            remarks += (f"B notes: {note}",) if note else ()
            remarks += _on_inference(a, b)
            return Told(a, remarks) if remarks else a
        if field.form is Form.TEXT and not field.pattern and is_told(a) and is_told(b):
            self.note(path, Verdict.OWN_WORDS, a, b)
            return _words(a, b)
        self.note(path, Verdict.DIFFERS, a, b)
        return Open(a, explicit(b, above_b) if places_a != places_b else b)

    def note(self, path: str, verdict: Verdict, a: object, b: object) -> None:
        self.lines.append(Line(path, verdict, a, b))

    def places_a(self, source: Any) -> tuple[str, ...]:
        return places(source, self.report_a)

    def places_b(self, source: Any) -> tuple[str, ...]:
        return places(source, self.report_b)


def _agreement(a: Any, b: Any) -> Verdict:
    """Whether two readings that say the same are written alike."""
    texts = [content(value) for value in (a, b)]
    spelt = all(isinstance(text, str) for text in texts) and texts[0] != texts[1]
    return Verdict.OTHER_SPELLING if spelt else Verdict.SAME


def _on_inference(a: Any, b: Any) -> tuple[str, ...]:
    """A remark where one reader inferred what the other found said."""
    inferred = [bool(long(value).get("inferred")) for value in (a, b)]
    if inferred[0] == inferred[1]:
        return ()
    return ("B calls this inferred",) if inferred[1] else ("B does not call this inferred",)


def _elsewhere(places: tuple[str, ...]) -> str:
    return f"B gives as its place: {'; '.join(places) or 'none'}"


def _words(a: Any, b: Any) -> object:
    """Two readers' own words: the first reader's stand, the second's beside them."""
    if a is None or b is None or content(a) == content(b):
        return b if a is None else a
    return Told(a, (f"B: {written(b) if is_long(b) else b}",))
