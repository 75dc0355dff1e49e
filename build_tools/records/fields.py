"""The fields of a record as data: what forms, references and explanations need to know of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, WithJsonSchema

from build_tools.records.measures import AgeForm, In
from build_tools.records.terms import From, Term
from build_tools.records.values import Block, Mentioned, Source, Termed


class Form(StrEnum):
    """What may be written in a field, apart from a state."""

    TERM = "term"
    MAPPING = "mapping"
    MEASURE = "measure"
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    AGE = "age"
    CHOICE = "choice"
    SOURCE = "source"
    BLOCK = "block"


@dataclass(frozen=True)
class RecordField:
    """A field of a record: where it stands, what it means, and what may be written in it.

    `path` names it without indices (`surgeries.blood_loss`). `many` tells that it holds a list, `states`
    that a state such as `absent` may stand there. `vocabulary` is that of a term, or of a mapping's keys;
    `inside` are the fields of a block; `entry` is what a mapping says of each key. `short` is what may
    stand alone for a whole block: the name of its main field, or `present`. `sourced` tells that a block has
    a source and a note of its own, `longest` how many characters a text may have.
    """

    name: str
    path: str
    title: str
    description: str
    form: Form = Form.TEXT
    many: bool = False
    states: bool = False
    required: bool = False
    vocabulary: str | None = None
    measure: In | None = None
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    longest: int | None = None
    sourced: bool = False
    inside: tuple[RecordField, ...] = ()
    entry: RecordField | None = None
    short: str | None = None

    @property
    def words(self) -> str:
        """What may be written in the field, in words; a vocabulary is named in braces: `a term of {sex}`."""
        one = self._words()
        if self.many:
            return "a list of blocks" if self.form is Form.BLOCK else f"a list: {one}"
        return one

    def _words(self) -> str:
        match self.form:
            case Form.TERM:
                return f"a term of {{{self.vocabulary}}}"
            case Form.MAPPING:
                assert self.entry is not None
                each = "the fields below" if self.entry.form is Form.BLOCK else self.entry.words
                keys = f"terms of {{{self.vocabulary}}}" if self.vocabulary else "names"
                return f"{keys}, each with {each}"
            case Form.MEASURE:
                assert self.measure is not None
                return f"a number with its unit, such as '{self.measure.example}'"
            case Form.TEXT if self.pattern and self.pattern.startswith("^[a-z0-9]+("):
                return "the name of a file without its ending"
            case Form.CHOICE:
                return "one of " + ", ".join(self.choices)
            case form:
                return PLAIN_WORDS[form]

    def walk(self) -> Iterator[RecordField]:
        """The field and all fields inside it, in the order of the model."""
        yield self
        for field in (self.entry,) if self.entry else ():
            yield from field.inside_walk()
        yield from self.inside_walk()

    def inside_walk(self) -> Iterator[RecordField]:
        """All fields inside this one."""
        for field in self.inside:
            yield from field.walk()


PLAIN_WORDS = {
    Form.TEXT: "text",
    Form.INTEGER: "a whole number",
    Form.NUMBER: "a number",
    Form.BOOLEAN: "true or false",
    Form.AGE: "years, a whole number below 90, or '90+'",
    Form.SOURCE: "a place in a report, such as 'smith-2020: Table 2'",
    Form.BLOCK: "a block of fields",
}


@cache
def fields(model: type[BaseModel], below: str = "") -> tuple[RecordField, ...]:
    """The fields of a record's model, in order; each block's `source` and `note` are left to the block."""
    found = []
    for name, info in model.model_fields.items():
        if below and issubclass(model, Block) and name in ("source", "note"):
            continue
        path = f"{below}.{name}" if below else name
        field = RecordField(
            name,
            path,
            info.title or name,
            " ".join((info.description or "").split()),
            required=info.is_required(),
        )
        for mark in info.metadata:
            field = _marked(field, mark)
        found.append(_formed(field, info.annotation))
    return tuple(found)


def field_at(model: type[BaseModel], steps: Sequence[str]) -> RecordField | None:
    """The field at a path as a file writes it, with indices, terms and long forms on the way."""
    inside, here = fields(model), None
    for step in steps:
        if step.isdecimal() or (here is not None and step in ("value", "claims")):
            continue
        if here is not None and here.form is Form.MAPPING:
            here = here.entry
        else:
            here = next((field for field in inside if field.name == step), None)
        if here is None:
            return None
        inside = here.inside
    return here


def _formed(field: RecordField, annotation: Any) -> RecordField:
    """The field with all that its annotation tells of it, peeled from the outside in."""
    if field.form in (Form.MEASURE, Form.AGE):  # the mark has told it; what it wraps says less
        return field
    origin, parts = get_origin(annotation), get_args(annotation)
    if hasattr(annotation, "__metadata__"):
        for mark in annotation.__metadata__:
            field = _marked(field, mark)
        return _formed(field, parts[0])
    if origin is Literal:
        return replace(field, form=Form.CHOICE, choices=tuple(str(part) for part in parts))
    if origin is tuple:
        return _formed(replace(field, many=True), parts[0])
    if origin is dict:
        return _mapping(field, *parts)
    if parts and origin is not None and not isinstance(annotation, type):  # a union
        (only,) = [part for part in parts if part is not NoneType]
        return _formed(field, only)
    return _plain(field, annotation)


def _mapping(field: RecordField, key: Any, value: Any) -> RecordField:
    keys = _formed(field, key)
    entry = _formed(RecordField(field.name, field.path, field.title, ""), value)
    return replace(field, form=Form.MAPPING, vocabulary=keys.vocabulary, entry=entry, many=False)


def _plain(field: RecordField, kind: Any) -> RecordField:
    if kind is Source:
        return replace(field, form=Form.SOURCE)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if "claims" in kind.model_fields:
            return _formed(replace(field, states=True), kind.model_fields["value"].annotation)
        short = kind.main if issubclass(kind, Termed) else "present" if issubclass(kind, Mentioned) else None
        inside = fields(kind, field.path)
        return replace(field, form=Form.BLOCK, inside=inside, short=short, sourced=issubclass(kind, Block))
    forms = {Term: Form.TERM, str: Form.TEXT, int: Form.INTEGER, float: Form.NUMBER, bool: Form.BOOLEAN}
    return replace(field, form=forms[kind])


def _schema_pattern(mark: Any) -> str | None:
    """The pattern that a schema states for a text whose messages are in words of our own."""
    return mark.json_schema.get("pattern") if isinstance(mark, WithJsonSchema) and mark.json_schema else None


def _marked(field: RecordField, mark: Any) -> RecordField:
    """The field with what one mark of `Annotated` or `Field` tells of it."""
    if isinstance(mark, From):
        return replace(field, vocabulary=mark.vocabulary)
    if isinstance(mark, In):
        return replace(field, form=Form.MEASURE, measure=mark)
    if mark is AgeForm:
        return replace(field, form=Form.AGE)
    for constraint in (mark, *getattr(mark, "metadata", ())):
        field = replace(
            field,
            minimum=getattr(constraint, "ge", None) if field.minimum is None else field.minimum,
            maximum=getattr(constraint, "le", None) if field.maximum is None else field.maximum,
            pattern=getattr(constraint, "pattern", None) or _schema_pattern(constraint) or field.pattern,
            longest=getattr(constraint, "max_length", None) or field.longest,
        )
    return field
