"""A value as YAML text that the strict reader reads back as the same value."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from build_tools.reading.yaml_tree import read_tree

WIDTH = 100
PLAIN = re.compile(r"[^\W_](?:[\w ().;/+%'-]*[\w).%'])?")


def written(value: object) -> str:
    """The value on one line: text plain where it may be, else in double quotes."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case Mapping():
            return "{" + ", ".join(f"{_text(str(k))}: {written(v)}" for k, v in value.items()) + "}"
        case Sequence():
            return "[" + ", ".join(map(written, value)) + "]"
    return str(value)


def entry(key: str, value: object, indent: int = 0) -> list[str]:
    """The lines of one field: on one line if it fits, else as a block below its key."""
    space = " " * indent
    line = f"{space}{_text(key)}: {written(value)}"
    if len(line) <= WIDTH or not value or isinstance(value, str | int | float):
        return [line]
    return [f"{space}{_text(key)}:", *block(value, indent + 2)]


def block(value: object, indent: int) -> list[str]:
    """The lines of what stands below a key: fields of a mapping, or items of a list."""
    if isinstance(value, Mapping):
        return [line for key, inner in value.items() for line in entry(str(key), inner, indent)]
    assert isinstance(value, Sequence)
    lines: list[str] = []
    for item in value:
        short = f"{' ' * indent}- {written(item)}"
        if len(short) <= WIDTH or not isinstance(item, Mapping | Sequence) or isinstance(item, str):
            lines.append(short)
        else:
            inner = block(item, indent + 2)
            lines += [f"{' ' * indent}- {inner[0].lstrip()}", *inner[1:]]
    return lines


def key(name: str) -> str:
    """A field's name or a term as a key."""
    return _text(name)


def _text(text: str) -> str:
    """Plain only where the strict reader takes it for the same text, so that no word is a trap."""
    if PLAIN.fullmatch(text) and len(text) < WIDTH:
        tree, problems = read_tree("", f"[{text}]")
        if not problems and tree.data == [text]:
            return text
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")
