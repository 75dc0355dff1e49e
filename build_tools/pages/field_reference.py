"""The field reference: every field of a kind of record, with what it means and what may stand there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from build_tools.pages.context import Context
from build_tools.records import Kind
from build_tools.records.fields import RecordField, fields
from build_tools.templates.rendering import render


@dataclass(frozen=True)
class Row:
    """A field as the reference shows it: how deep it stands in its block, and what it holds.

    `holds` are words, each followed by the name and title of a vocabulary, or by nothing.
    """

    field: RecordField
    depth: int
    holds: tuple[tuple[str, str, str], ...]


def field_reference(kind: Kind, context: Context, link: Callable[[str], str]) -> Markup:
    """Every field of a kind, a section a block."""
    blocks = []
    plain = []
    for field in fields(kind.model):
        rows = [_row(inner, depth, context) for inner, depth in _inner(field, 0)]
        if rows:
            blocks.append((_row(field, 0, context), rows))
        else:
            plain.append(_row(field, 0, context))
    return render("field_reference.html", kind=kind, blocks=blocks, plain=plain, link=link)


def _inner(field: RecordField, depth: int) -> Iterator[tuple[RecordField, int]]:
    """All fields inside one, each with its depth; of a mapping, what may be said of each key."""
    for inner in (*field.inside, *(field.entry.inside if field.entry else ())):
        yield inner, depth
        yield from _inner(inner, depth + 1)


def _row(field: RecordField, depth: int, context: Context) -> Row:
    pieces = re.split(r"\{(\w+)\}", field.words)
    holds = []
    for words, name in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        holds.append((words, name, context.review.vocabularies[name].title if name else ""))
    return Row(field, depth, tuple(holds))
