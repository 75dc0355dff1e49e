"""Hostile and careless files by the thousand: real cases changed in one place, each with its verdict.

A mutation takes one place of a file (a value, a key, the raw text) and gives what a stranger could have
sent instead. The verdict follows from the mutation alone, never from what the checks happen to say.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from build_tools.records.case import Case
from build_tools.records.fields import Form, RecordField, fields
from build_tools.records.values import WRITTEN_STATES
from tests.hostile import TEXTS

Path = tuple[str | int, ...]
LONG_FORM = frozenset({"value", "claims", "source", "note", "use", "why", "inferred"})


@dataclass(frozen=True)
class Scalar:
    """A key or a value of a file: where it stands, and the path of what it belongs to."""

    path: Path
    is_key: bool
    start: int
    end: int
    text: str
    in_flow: bool


@dataclass(frozen=True)
class Mutant:
    """A file that somebody could send, and what must become of it.

    `line` is where the change stands, or None where the whole file is wrong; `leaf` is the text that must
    come out as it is, where one was written.
    """

    name: str
    content: bytes
    accepted: bool
    line: int | None = None
    leaf: str | None = None


def scalars(text: str) -> Iterator[Scalar]:
    """Every key and value of a file, by PyYAML's own pure parser."""
    stack: list[list[Any]] = []  # path, key or None, next index or None, in flow
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        top = stack[-1] if stack else None
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            sequence = isinstance(event, yaml.SequenceStartEvent)
            flow = event.flow_style or bool(top and top[3])
            stack.append([_next(top), None, 0 if sequence else None, flow])
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            stack.pop()
            if stack:
                _advance(stack[-1])
        elif isinstance(event, yaml.ScalarEvent):
            assert top is not None
            is_key = top[2] is None and top[1] is None
            path = (*top[0], event.value) if is_key else _next(top)
            assert event.start_mark is not None and event.end_mark is not None
            start, end = event.start_mark.index, event.end_mark.index
            if event.style in ("|", ">"):  # their end is the beginning of the next line
                end = start + len(text[start:end].rstrip())
            yield Scalar(path, is_key, start, end, event.value, top[3])
            if is_key:
                top[1] = event.value
            else:
                _advance(top)


def _next(top: list[Any] | None) -> Path:
    if top is None:
        return ()
    return (*top[0], top[1] if top[2] is None else top[2])


def _advance(top: list[Any]) -> None:
    if top[2] is None:
        top[1] = None
    else:
        top[2] += 1


def field_at(path: Path) -> RecordField | None:
    """The field of a case to which a value belongs; None for sources, notes and reasons."""
    inside: tuple[RecordField, ...] = fields(Case)
    found: RecordField | None = None
    for step in path:
        if isinstance(step, int):
            continue
        named = next((field for field in inside if field.name == step), None)
        if named is not None:
            found, inside = named, named.inside
        elif step in ("value", "claims"):
            continue
        elif step in LONG_FORM:
            return None
        elif found is not None and found.form is Form.MAPPING:
            found = found.entry
            inside = found.inside if found else ()
        else:
            return None
    return found


def line_of(text: str, index: int) -> int:
    """The line of a place in a text."""
    return text.count("\n", 0, index) + 1


Change = tuple[str, str, bool]
"""A name, what is written in the place of the old scalar, and whether that is accepted."""


def _hidden(text: str) -> list[Change]:
    half = max(1, len(text) // 2)
    marks = {"bidi": "\u202e", "zero width": "\u200b", "tag": "\U000e0041", "soft hyphen": "\u00ad"}
    raw = [(name, json.dumps(text[:half] + mark + text[half:], ensure_ascii=False), False)
           for name, mark in marks.items()]  # fmt: skip
    escaped = [(f"{name} by escape", f'"{text[:half]}{mark}{text[half:]}"'.replace("\n", " "), False)
               for name, mark in (("NUL", r"\0"), ("bell", r"\a"), ("bidi", r"\u202e"))]  # fmt: skip
    word = re.search(r"[A-Za-z]{2,}[aeopc][A-Za-z]", text)
    if word:  # a Cyrillic letter that looks like the Latin one
        at = word.end() - 2
        alike = dict(zip("aeopc", "\u0430\u0435\u043e\u0440\u0441", strict=True))[text[at]]
        raw.append(("look-alike", json.dumps(text[:at] + alike + text[at + 1 :], ensure_ascii=False), False))
    return [*raw, *([] if '"' in text or "\\" in text else escaped)]


YAML_TRAPS: list[Change] = [
    ("nothing", "", False),
    ("null", "~", False),
    ("null word", "null", False),
    ("tag", "!!python/object/apply:os.system [id]", False),
    ("text tag", "!!str x", False),
    ("anchor", "&a x", False),
    ("alias", "*a", False),
]
TEXT_TRAPS: list[Change] = [
    ("yes", "yes", False),
    ("off", "Off", False),
    ("base sixty", "12:30", False),
    ("a date", "2020-01-31", False),
    ("a number", "12", False),
    ("octal", "0123", False),
    ("infinity", ".inf", False),
    ("not a number", ".nan", False),
    ("true", "true", False),
    ("a list", "[]", False),
    ("a mapping", "{x: y}", False),
    ("empty", '""', False),
    ("too long", json.dumps("long " * 200), False),
]


def _term(text: str, field: RecordField) -> list[Change]:
    changes: list[Change] = [
        ("misspelt", text + "x", False),
        ("capitals", text.upper(), False),
        ("a script", json.dumps("<script>alert(1)</script>"), False),
        ("a number", "7", False),
        ("a state worked out", "not_reported", False),
        ("look-alike", text.replace("e", "\u0435").replace("a", "\u0430") + "\u0430", False),
    ]
    return changes


def _measure(text: str, field: RecordField) -> list[Change]:
    assert field.measure is not None
    unit = field.measure.example.rpartition(" ")[2]
    bad = ["5", f"5,5 {unit}", f"-5 {unit}", f"NaN {unit}", f"1e3 {unit}", f"9-3 {unit}", f"5{unit}", unit]
    bad += [f"5  {unit}", f"5 {unit} or so", f"\u22125 {unit}", f"\uff15 {unit}", "9" * 400 + f" {unit}"]
    bad += [] if field.measure.dimension == "laboratory" else ["5 parsecs"]
    if field.name == "at":  # a time may lie before time zero
        bad.remove(f"-5 {unit}")
    return [(f"measure {value[:12]!r}", json.dumps(value, ensure_ascii=False), False) for value in bad]


def _number(text: str, field: RecordField) -> list[Change]:
    bad = ['"3"', "3.5", "-3", "true", "0x3", "03", "1_0", "1e1", ".inf", "three", "9" * 40]
    bad += ["90", "-0"] if field.form is Form.AGE else []
    return [(f"number {value[:12]}", value, False) for value in bad]


def changes(scalar: Scalar) -> list[Change]:
    """What could stand in the place of a value."""
    field = field_at(scalar.path)
    traps = YAML_TRAPS[1:] if scalar.in_flow else YAML_TRAPS  # [a, ] is a list of one, and no mistake
    if field is None or field.form is Form.TEXT:
        own = field is not None and field.pattern is None and "extraction" not in scalar.path
        return [*traps, *_hidden(scalar.text), *(TEXT_TRAPS if own else ())]
    if scalar.text in WRITTEN_STATES:
        return traps
    match field.form:
        case Form.TERM:
            return [*traps, *_term(scalar.text, field), *_hidden(scalar.text)]
        case Form.MEASURE:
            return [*traps, *_measure(scalar.text, field)]
        case Form.INTEGER | Form.AGE:
            return [*traps, *_number(scalar.text, field)]
        case _:
            return traps


AT_EACH_PLACE = 4
"""So many of the possible changes are made at one place; the next place goes on where it stopped."""


def values_changed(name: str, text: str) -> Iterator[Mutant]:
    """The file with each value changed in several ways, and in every way at some value."""
    turn: Counter[Form | None] = Counter()
    for scalar in scalars(text):
        if scalar.is_key:
            continue
        field = field_at(scalar.path)
        form = field.form if field else None
        possible = changes(scalar)
        for number in range(min(AT_EACH_PLACE, len(possible))):
            what, written, accepted = possible[(turn[form] + number) % len(possible)]
            yield _mutant(name, text, scalar, what, written, accepted)
        turn[form] += AT_EACH_PLACE


def texts_replaced(name: str, text: str) -> Iterator[Mutant]:
    """The file with a hostile or clinical text in the place of each text; all are accepted as they are."""
    number = 0
    for scalar in scalars(text):
        if _is_free(scalar):
            for payload in (TEXTS[number % len(TEXTS)], TEXTS[(number + 31) % len(TEXTS)]):
                written = json.dumps(payload, ensure_ascii=False)
                yield _mutant(name, text, scalar, f"text {payload[:20]!r}", written, True, payload)
            number += 1


def all_texts_replaced(text: str, first: int) -> tuple[str, list[str]]:
    """The file with a text of the list, from `first` on, in the place of each of its texts, and these."""
    free = [scalar for scalar in scalars(text) if _is_free(scalar)]
    written = [TEXTS[(first + number) % len(TEXTS)] for number in range(len(free))]
    for scalar, payload in reversed(list(zip(free, written, strict=True))):
        text = text[: scalar.start] + json.dumps(payload, ensure_ascii=False) + text[scalar.end :]
    return text, written


def _is_free(scalar: Scalar) -> bool:
    """Whether any text may stand there."""
    if scalar.is_key or scalar.text in WRITTEN_STATES:
        return False
    field = field_at(scalar.path)
    own = field is not None and field.form is Form.TEXT and field.pattern is None
    return own or scalar.path[-1] in ("note", "why")


def keys_changed(name: str, text: str) -> Iterator[Mutant]:
    """The file with each key changed: misspelt, in capitals, twice, a number, a word that is no text."""
    for scalar in scalars(text):
        if scalar.is_key:
            for written in (scalar.text + scalar.text[-1] + "q", scalar.text.upper() + "Q", "7", "yes", "~"):
                yield _mutant(name, text, scalar, f"key {written}", written, False)
            if scalar.in_flow:
                twice = f"{scalar.text}: unknown, {scalar.text}"
                yield _mutant(name, text, scalar, "key twice", twice, False)


def raw_changed(name: str, text: str) -> Iterator[Mutant]:
    """The file damaged as a whole: cut, merged badly, saved wrongly, or with more than one thing in it."""
    lines = text.splitlines(keepends=True)
    last = len(lines)
    for part in range(20):  # what follows the last cut is the extraction, without which nothing stands
        cut = "".join(lines[: (last - 1) * part // 20])
        yield Mutant(f"{name}: cut {part}", cut.encode(), False)
    for part in range(10):
        at = last * part // 10
        for mark in ("<<<<<<< HEAD\n", "=======\n", ">>>>>>> theirs\n"):
            damaged = "".join([*lines[:at], mark, *lines[at:]])
            yield Mutant(f"{name}: {mark.strip()} at {at + 1}", damaged.encode(), False, at + 1)
        tabbed = "".join([*lines[:at], "\t" + lines[at], *lines[at + 1 :]])
        if lines[at].strip() and not lines[at].startswith("#"):
            yield Mutant(f"{name}: tab at {at + 1}", tabbed.encode(), False, at + 1)
    yield Mutant(f"{name}: CRLF", text.replace("\n", "\r\n").encode(), True)
    yield Mutant(f"{name}: BOM", ("\ufeff" + text).encode(), True)
    yield Mutant(f"{name}: begins with ---", ("---\n" + text).encode(), True)
    yield Mutant(f"{name}: with a comment", (text + "# read twice\n").encode(), True)
    yield Mutant(f"{name}: CR", text.replace("\n", "\r").encode(), False)
    yield Mutant(f"{name}: UTF-16", text.encode("utf-16"), False)
    yield Mutant(f"{name}: Latin-1", ("# Angstr\xf6m\n" + text).encode("latin-1", "replace"), False)
    yield Mutant(f"{name}: two documents", (text + "---\n" + text).encode(), False, last + 1)
    yield Mutant(f"{name}: twice", (text + text).encode(), False, last + 1)
    yield Mutant(f"{name}: too large", (text + "# " + "x" * 70_000 + "\n").encode(), False)
    yield Mutant(f"{name}: too deep", (text + "remarks: " + "[" * 30_000 + "\n").encode(), False, last + 1)
    bomb = "remarks: [&a [x, x], &b [*a, *a], [*b, *b]]\n"
    yield Mutant(f"{name}: bomb", (text + bomb).encode(), False, last + 1)
    yield Mutant(f"{name}: a NUL", (text + "\0").encode(), False, last + 1)
    yield Mutant(f"{name}: HTML", b"<!doctype html><title>x</title>", False)
    yield Mutant(f"{name}: JSON", json.dumps(yaml.safe_load(text), default=str).encode(), True)


def _mutant(
    name: str, text: str, scalar: Scalar, what: str, written: str, accepted: bool, leaf: str | None = None
) -> Mutant:
    changed = text[: scalar.start] + written + text[scalar.end :]
    place = ".".join(map(str, scalar.path))
    label = f"{name}: {place}: {what}"
    return Mutant(label, changed.encode(), accepted, line_of(text, scalar.start), leaf)


FAMILIES: dict[str, Callable[[str, str], Iterator[Mutant]]] = {
    "values": values_changed,
    "texts": texts_replaced,
    "keys": keys_changed,
    "raw text": raw_changed,
}
