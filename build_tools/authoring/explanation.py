"""What a name means: a field, a vocabulary, a term, a state or a rule, told in plain lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from build_tools.authoring.example import example_of, first_key
from build_tools.authoring.written import block
from build_tools.checks.rulebook import entries
from build_tools.records import KINDS, Kind
from build_tools.records.fields import Form, RecordField, fields
from build_tools.records.measures import UNITS
from build_tools.records.terms import TermEntry, Vocabulary, adding
from build_tools.records.values import MEANINGS, WORKED_OUT, WRITTEN_STATES, State
from build_tools.review.facts import Vocabularies

Lines = list[str]
STATES = ", ".join(sorted(WRITTEN_STATES))
SHOWN = 12
"""So many terms are shown, unless all are asked for."""


def explain(name: str, vocabularies: Vocabularies, everything: bool = False) -> list[Lines]:
    """What `name` means, a list of lines for each thing of that name; nothing if there is none."""
    limit = 10_000 if everything else SHOWN
    plain = re.sub(r"\[\d+\]", "", name.strip())
    found = _fields(plain, vocabularies, limit)
    if plain in vocabularies and not any(f"  terms of {plain}:" in lines for lines in found):
        found.append(_vocabulary(plain, vocabularies[plain], limit))
    for vocabulary, terms in vocabularies.items():
        if plain in terms.terms:
            found.append(_term(plain, vocabulary, terms.terms[plain]))
    if plain in list(State):
        found.append(_state(State(plain)))
    if plain.upper() in _rules():
        found.append(_rules()[plain.upper()])
    return found


def meant(name: str, vocabularies: Vocabularies) -> list[str]:
    """The names that were probably meant: spelt nearly so, or of which this is a title, label or synonym."""
    if terms := [term for vocabulary in vocabularies.values() if (term := vocabulary.nearest(name))]:
        return list(dict.fromkeys(terms))
    names: dict[str, str] = {}
    for vocabulary, its in vocabularies.items():
        names |= {vocabulary: vocabulary, its.title.lower(): vocabulary}
    for kind in KINDS:
        for field in _walk(kind):
            names |= dict.fromkeys((field.title.lower(), field.name, field.path), field.path)
    names |= {str(state): str(state) for state in State} | {number.lower(): number for number in _rules()}
    wanted = name.strip().lower()
    close = (
        get_close_matches(wanted, names, n=5, cutoff=0.9)
        or get_close_matches(wanted.rpartition(".")[2], names, n=5, cutoff=0.9)  # in another block
        or get_close_matches(wanted, names, n=5, cutoff=0.6)
    )
    return list(dict.fromkeys(names[word] for word in close))


def _fields(name: str, vocabularies: Vocabularies, limit: int) -> list[Lines]:
    """The field at a path, or every field of that name; a path may begin with the kind of record."""
    every = [(kind, field) for kind in KINDS for field in _walk(kind)]
    exact = [(k, f) for k, f in every if name in (f.path, f"{k.name}.{f.path}")]
    if not exact:
        exact = [(k, f) for k, f in every if _behind_a_term(name, f)]
    if not exact and "." not in name:
        exact = [(k, f) for k, f in every if f.name == name]
    if len(exact) > 3:
        return [
            [f"{name}: {len(exact)} fields have this name", *(f"  {f.path} ({k.name})" for k, f in exact)]
        ]
    return [_field(kind, field, vocabularies, limit) for kind, field in exact]


def _walk(kind: Kind) -> Iterator[RecordField]:
    for field in fields(kind.model):
        yield from field.walk()


def _behind_a_term(name: str, field: RecordField) -> bool:
    """Whether a path names a term of a mapping, as `surgeries.organs.liver` does."""
    return field.form is Form.MAPPING and name.rpartition(".")[0] == field.path


def _field(kind: Kind, field: RecordField, vocabularies: Vocabularies, limit: int) -> Lines:
    lines = [f"{field.path} ({kind.name}): {field.title}", f"  {field.description}"]
    lines.append("  required" if field.required else "  left out when the report is silent")
    holds = re.sub(r"\{(\w+)\}", r"\1", field.words)
    lines.append(f"  holds: {holds}" + (f", or one of {STATES}" if field.states else ""))
    if field.measure is not None:
        units = ", ".join(UNITS[field.measure.dimension])
        lines += [f"  units: {units}"] if units else []
    if field.short:
        lines.append(
            "  short: 'present' alone" if field.short == "present" else f"  short: its {field.short} alone"
        )
    if field.form is Form.BLOCK or (field.entry and field.entry.inside):
        inside = field.inside or (field.entry.inside if field.entry else ())
        lines += ["  fields:", *(f"    {one.name}: {one.description}" for one in inside)]
    if field.vocabulary in vocabularies:
        lines += _terms(field.vocabulary or "", vocabularies[field.vocabulary or ""], limit)
    lines += ["  example:", *(f"    {line}" for line in _example(kind, field, vocabularies))]
    return lines


def _example(kind: Kind, field: RecordField, vocabularies: Vocabularies) -> Lines:
    """The field with an example, inside the blocks in which it stands."""
    every = {one.path: one for one in _walk(kind)}
    value = example_of(field, vocabularies)
    *outer, name = field.path.split(".")
    for i in range(len(outer), 0, -1):
        around = every[".".join(outer[:i])]
        value = {name: value}
        if around.form is Form.MAPPING:
            value = {first_key(around, vocabularies): value}
        value, name = [value] if around.many else value, around.name
    return block({name: value}, 0)


def _vocabulary(name: str, vocabulary: Vocabulary, limit: int) -> Lines:
    used = [f"{f.path} ({k.name})" for k in KINDS for f in _walk(k) if f.vocabulary == name]
    lines = [f"{name} (vocabulary): {vocabulary.title}"]
    lines += [f"  {vocabulary.definition}"] if vocabulary.definition else []
    lines += [f"  used in: {', '.join(used)}"] if used else []
    return lines + _terms(name, vocabulary, limit)


def _terms(name: str, vocabulary: Vocabulary, limit: int) -> Lines:
    shown = list(vocabulary.terms.items())[:limit]
    more = len(vocabulary.terms) - len(shown)
    lines = [f"  terms of {name}:"]
    lines += [f"    {term}: {_words(entry)}" for term, entry in shown]
    lines += [f"    and {more} more: casebook explain {name} --all"] if more else []
    lines += [f"  standard: {vocabulary.standard}"] if vocabulary.standard else []
    return [*lines, f"  a term is missing: {adding('a_new_term', name)}"]


def _words(entry: TermEntry) -> str:
    return f"{entry.label}. {entry.definition}" if entry.definition else entry.label


def _term(term: str, vocabulary: str, entry: TermEntry) -> Lines:
    lines = [f"{term} (term of {vocabulary}): {_words(entry)}"]
    lines += [f"  also printed: {', '.join(entry.synonyms)}"] if entry.synonyms else []
    lines += [
        f"  {code.system} {code.code}{'' if code.verified else ' (not verified)'}" for code in entry.codes
    ]
    return lines


def _state(state: State) -> Lines:
    lines = [f"{state} (state): {MEANINGS[state]}"]
    if state in WORKED_OUT:
        lines.append("  worked out, never typed: leave the field out")
    elif state is State.UNCLEAR:
        lines.append("  example: sex: {value: unclear, note: how it can be read}")
    elif state in WRITTEN_STATES:
        lines.append(f"  example: biopsy: {state}")
    return lines


def _rules() -> dict[str, Lines]:
    found = {}
    for entry in entries():
        lines = [f"{entry.number} (rule, {entry.level}): {entry.message}", f"  {entry.cure}"]
        if entry.example:
            lines += [
                "  for example, this breaks it:",
                *(f"    {line}" for line in entry.example.splitlines()),
            ]
        found[entry.number] = lines
    return found
