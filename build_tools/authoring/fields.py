"""The form of a field: what may be written in it, read off the models."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from build_tools.records.measures import Age, In
from build_tools.records.terms import From
from build_tools.records.values import Source

Form = Literal[
    "term", "text", "word", "number", "flag", "measure", "age", "source", "list", "mapping", "block"
]


@dataclass(frozen=True)
class Content:
    """What a field holds, without the states and long forms around it.

    `valued` tells that a state, a long form or claims may stand in its place; `vocabulary` names the terms of
    a term, or of a mapping's keys; `words` are the only words allowed; `inside` is what a list or a mapping
    holds, `block` the model of a block.
    """

    form: Form
    valued: bool = False
    vocabulary: str = ""
    words: tuple[str, ...] = ()
    dimension: str = ""
    pattern: str = ""
    inside: Content | None = None
    block: type[BaseModel] | None = None


@dataclass(frozen=True)
class FieldForm:
    """One field of a record: its dotted path without indices, what it means and what it may hold."""

    path: str
    title: str
    description: str
    required: bool
    content: Content

    @property
    def name(self) -> str:
        """The last step of the path: the key in the file."""
        return self.path.rpartition(".")[2]


def fields_of(model: type[BaseModel], path: str = "") -> Iterator[FieldForm]:
    """The fields that stand directly in a model, in its order."""
    for name, info in model.model_fields.items():
        if name != "state" or "claims" not in model.model_fields:
            yield FieldForm(
                f"{path}.{name}" if path else name,
                info.title or name,
                " ".join((info.description or "").split()),
                info.is_required(),
                _content(_whole(info)),
            )


def all_fields(model: type[BaseModel], path: str = "") -> Iterator[FieldForm]:
    """Every field of a model and of the blocks inside it; behind a mapping, of what each term holds."""
    for field in fields_of(model, path):
        yield field
        inner: Content | None = field.content
        while inner is not None and inner.block is None:
            inner = inner.inside
        if inner is not None and inner.block is not None:
            yield from all_fields(inner.block, field.path)


def _whole(info: FieldInfo) -> Any:
    """A field's annotation with the metadata that pydantic has set aside."""
    kept: Any = info.annotation
    for mark in info.metadata:
        kept = Annotated[kept, mark]
    return kept


def _content(annotation: Any, marks: tuple[Any, ...] = (), valued: bool = False) -> Content:
    if get_origin(annotation) is Annotated:
        inner, *outer = get_args(annotation)
        if annotation == Age:
            return Content("age", valued)
        return _content(inner, (*marks, *outer), valued)
    if get_origin(annotation) in (Union, types.UnionType):
        parts = [part for part in get_args(annotation) if part is not type(None)]
        return Content("age", valued) if parts == [int, str] else _content(parts[0], marks, valued)
    if get_origin(annotation) is Literal:
        return Content("word", valued, words=tuple(map(str, get_args(annotation))))
    if get_origin(annotation) is tuple:
        inner = _content(get_args(annotation)[0])
        return inner if inner.form == "source" else Content("list", valued, inside=inner)
    if get_origin(annotation) is dict:
        key, value = get_args(annotation)
        return Content("mapping", valued, _content(key).vocabulary, inside=_content(value))
    for mark in marks:
        if isinstance(mark, From):
            return Content("term", valued, mark.vocabulary)
        if isinstance(mark, In):
            return Content("measure", valued, dimension=mark.dimension)
    if annotation is Source:
        return Content("source")
    if issubclass(annotation, BaseModel):
        if "claims" in annotation.model_fields:
            return _content(_whole(annotation.model_fields["value"]), valued=True)
        return Content("block", valued, block=annotation)
    if annotation is bool:
        return Content("flag", valued)
    if annotation in (int, float):
        return Content("number", valued)
    return Content("text", valued, pattern=_pattern(marks))


def _pattern(marks: tuple[Any, ...]) -> str:
    for mark in marks:
        if isinstance(mark, StringConstraints) and mark.pattern:
            return str(mark.pattern)
        if isinstance(mark, FieldInfo):
            found = _pattern(tuple(mark.metadata))
            if found:
                return found
        if getattr(mark, "pattern", None):
            return str(mark.pattern)
    return ""
