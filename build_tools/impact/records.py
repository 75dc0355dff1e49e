"""Records of other kinds as trees of facts, so that they are set side by side as cases are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pydantic import BaseModel

from build_tools.impact.change import Change
from build_tools.impact.facts import Differences, compare
from build_tools.reading.records import RecordFile
from build_tools.records import KINDS
from build_tools.records.measures import Measure
from build_tools.records.values import Record, Source, State
from build_tools.review.facts import Fact
from build_tools.review.review import NOT_FACTS, Review


def compare_records(old: Review, new: Review) -> Differences:
    """The differences of all records; of cases those fields that are no facts."""
    found = Differences()
    for kind in KINDS:
        before, after = old.files.records[kind.name], new.files.records[kind.name]
        for id in sorted({*before, *after}):
            one, other = before.get(id), after.get(id)
            if one and other and one.record == other.record:
                continue
            if one and other:
                found += compare(as_facts(one), as_facts(other)).inside(other.file)
            elif kind.name != "case":
                file = f"{kind.folder}/{id}.yml"
                change = Change((file,), kind.name if one else "", kind.name if other else "")
                found += Differences(facts=(change,))
    return found


def as_facts(file: RecordFile) -> tuple[Fact, ...]:
    """What a record's file says, field by field; of a case only what is not said of the patient."""
    top = _fields(file.record, "")
    if file.kind.name != "case":
        return tuple(top)
    return tuple(fact for fact in top if fact.path in NOT_FACTS)


def _fields(record: Record, path: str) -> Iterator[Fact]:
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if value is None or value in ((), {}) or (path and name in ("source", "note")):
            continue
        if value is False and name not in record.model_fields_set:  # a mark that nobody set
            continue
        yield _fact(value, f"{path}.{name}" if path else name, info.title or name)


def _fact(value: object, path: str, title: str) -> Fact:
    fact = Fact(path, title, State.REPORTED)
    if isinstance(value, Source):
        return replace(fact, value=str(value), text=_place(value))
    if isinstance(value, Record):
        sources, note = getattr(value, "source", ()), getattr(value, "note", None)
        return _group(
            replace(fact, sources=sources if isinstance(sources, tuple) else (), note=note),
            tuple(_fields(value, path)),
        )
    if isinstance(value, Mapping):
        return _group(fact, tuple(_fact(inner, f"{path}.{key}", str(key)) for key, inner in value.items()))
    if isinstance(value, tuple) and any(
        isinstance(item, BaseModel) and not isinstance(item, Source) for item in value
    ):
        return _group(fact, tuple(_fact(item, f"{path}[{i}]", title) for i, item in enumerate(value)))
    if isinstance(value, tuple):
        items = [_fact(item, path, title) for item in value]
        return replace(
            fact, value=[item.value for item in items], text="; ".join(item.text for item in items)
        )
    if isinstance(value, Measure):
        return replace(fact, value=value.as_json(), text=value.text)
    if isinstance(value, bool):
        return replace(fact, value=value, text="yes" if value else "no")
    return replace(fact, value=str(value), text=str(value))


def _group(fact: Fact, children: tuple[Fact, ...]) -> Fact:
    return replace(fact, children=children, text="; ".join(child.text for child in children))


def _place(source: Source) -> str:
    return f"{source.report}: {source.place}" if source.report else source.place
