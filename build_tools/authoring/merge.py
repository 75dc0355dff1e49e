"""Two extractions in one file: what both say once, what one says with its source, what differs left open.

A disagreement between readers is none between reports, so it never becomes `claims`: both readings stand as
comments above a field without a value, which the check refuses until a person has settled it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from build_tools.authoring.comparison import Comparison, Open, Told
from build_tools.authoring.forms import Data
from build_tools.authoring.layout import laid_out
from build_tools.authoring.written import entry, key, written
from build_tools.reading.yaml_tree import Tree
from build_tools.records import KINDS
from build_tools.records.case import Case
from build_tools.records.schema import modeline


def merged_text(comparison: Comparison, a: Data, b: Data, comments: Sequence[str]) -> str:
    """The file of both readings; `comments` are those of the two files, kept at its end."""
    kind = next(kind for kind in KINDS if kind.model is Case)
    whole = {**comparison.merged, "extraction": _extraction(comparison, a["extraction"], b["extraction"])}
    lines = [
        modeline(kind),
        "# Two readings in one. Settle every field that is open, then delete the comments.",
    ]
    for name, value in whole.items():
        lines += _entry(name, value, 0)
    if comments:
        lines += ["# Comments of the two files:", *(f"#   {comment}" for comment in comments)]
    return laid_out("\n".join(lines) + "\n", Case)


def _extraction(comparison: Comparison, a: Data, b: Data) -> Data:
    rows = [
        dict(zip(("block", "both", "same", "only_first", "only_second"), (block, *counts), strict=True))
        for block in comparison.blocks
        for counts in [comparison.agreement(block)]
    ]
    second = {"by": b["by"], "date": b["date"]} | ({"agreement": rows} if rows else {})
    return {"by": a["by"], "date": a["date"], "second_reading": second}


def _entry(name: str, value: Any, indent: int) -> list[str]:
    space = " " * indent
    if isinstance(value, Open):
        return [
            f"{space}# The readers disagree: keep one reading, with its source.",
            f"{space}# A: {written(value.a)}",
            f"{space}# B: {written(value.b)}",
            f"{space}{key(name)}:",
        ]
    if isinstance(value, Told):
        remarks = [f"{space}# {remark}".replace("\n", "\\n") for remark in value.remarks]
        return [*remarks, *_entry(name, value.value, indent)]
    if not _is_marked(value):
        return entry(name, value, indent)
    return [f"{space}{key(name)}:", *_block(value, indent + 2)]


def _block(value: Any, indent: int) -> list[str]:
    if isinstance(value, dict):
        return [line for name, inner in value.items() for line in _entry(name, inner, indent)]
    lines: list[str] = []
    for given in value:
        item = given.value if isinstance(given, Told) else given
        if isinstance(given, Told):
            lines += [f"{' ' * indent}# {remark}" for remark in given.remarks]
        if _is_marked(item):
            first, *rest = _block(item, indent + 2)
            comment = first.lstrip().startswith("#")  # then the hyphen stands on a line of its own
            lines += [" " * indent + "-", first] if comment else [" " * indent + "- " + first.lstrip()]
            lines += rest
        else:
            lines.append(f"{' ' * indent}- {written(item)}")
    return lines


def _is_marked(value: Any) -> bool:
    """Whether something in a value is open or has a remark."""
    if isinstance(value, dict):
        return any(map(_is_marked, value.values()))
    return isinstance(value, Open | Told) or (isinstance(value, list) and any(map(_is_marked, value)))


def comments_of(a: Tree, b: Tree) -> list[str]:
    """Each reader's own comments with their lines; what both files hold, such as a scaffold's, is none."""
    both = {*a.comments.values()} & {*b.comments.values()}
    return [
        f"{name}, line {line}: {words}"
        for name, tree in (("A", a), ("B", b))
        for (line, _), words in tree.comments.items()
        if words not in both and "yaml-language-server" not in words
    ]
