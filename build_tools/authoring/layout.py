"""The layout of a file: its keys in the order of the model, and every other byte as it was written.

Whole pieces of text change places; nothing is written anew, so comments, quotes and line breaks stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel

from build_tools.reading.yaml_tree import MAX_DEPTH, read_tree
from build_tools.records.shape import models_in

KEEP_THEIR_PLACE = frozenset({"source", "note", "detail"})
"""Words that belong to all beside them stand where the eye wants them: on top of a block, or at its end."""


def laid_out(text: str, model: type[BaseModel]) -> str:
    """The text with the keys of every mapping in order; unchanged where that can't be done safely."""
    before, problems = read_tree("", text)
    if any(problem.rank == 0 for problem in problems):
        return text
    new = text.replace("\r\n", "\n").rstrip("\n") + "\n"
    for _ in range(MAX_DEPTH):  # from the outside in: what moves takes along what is inside it
        for node, order in reversed(_disordered(new, model)):
            new = _reordered(new, node, order)
    after, _ = read_tree("", new)
    return new if after.data == before.data and _letters(new) == _letters(text) else text


def _letters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


Order = Sequence[int]


def _disordered(text: str, model: type[BaseModel]) -> list[tuple[yaml.MappingNode, Order]]:
    """The mappings that are out of order and not inside another such, with the order of their entries."""
    found: list[tuple[yaml.MappingNode, Order]] = []
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    for node, names in _mappings(root, model):
        if found and node.start_mark.index < found[-1][0].end_mark.index:
            continue
        keys = [key.value for key, _ in node.value]
        slots = [i for i, key in enumerate(keys) if key in names and key not in KEEP_THEIR_PLACE]
        sorted_slots = iter(sorted(slots, key=lambda i: names.index(keys[i])))
        order = [next(sorted_slots) if i in slots else i for i in range(len(keys))]
        if order != sorted(order) and len(set(keys)) == len(keys) and _is_movable(text, node):
            found.append((node, order))
    return found


def _mappings(node: yaml.Node | None, kind: Any) -> Iterator[tuple[yaml.MappingNode, list[str]]]:
    """Every mapping of the file that a model describes, with the names of the model's fields in order."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _mappings(item, kind)
    if not isinstance(node, yaml.MappingNode):
        return
    keys = {key.value for key, _ in node.value}
    model = next(iter(models_in(kind)), None)
    if model is not None and not _is_said(model):
        if not _holds_dict(kind):
            yield from _fields(node, model)
            return
    elif model is not None and keys & {"value", "claims"}:
        yield from _fields(node, model)
        return
    elif model is not None and not _holds_dict(kind):
        yield from _mappings(node, model.model_fields["value"].annotation)
        return
    for _, value in node.value:  # a mapping from terms keeps the order in which they were written
        yield from _mappings(value, _of_terms(kind))


def _fields(node: yaml.MappingNode, model: type[BaseModel]) -> Iterator[tuple[yaml.MappingNode, list[str]]]:
    yield node, list(model.model_fields)
    for key, value in node.value:
        if key.value in model.model_fields:
            yield from _mappings(value, model.model_fields[key.value].annotation)


def _is_said(model: type[BaseModel]) -> bool:
    """Whether a model is a claim or a value: something that may stand in a short form."""
    return {"value", "inferred"} <= model.model_fields.keys()


def _holds_dict(kind: Any) -> bool:
    return get_origin(kind) is dict or any(_holds_dict(part) for part in get_args(kind))


def _of_terms(kind: Any) -> Any:
    """What a mapping from terms holds behind each term."""
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    return next((found for part in get_args(kind) if (found := _of_terms(part)) is not None), None)


def _is_movable(text: str, node: yaml.MappingNode) -> bool:
    """Whether the entries can change places: in braces, no comment may stand between them."""
    if not node.flow_style:
        return True
    starts = line_starts(text)
    ends = [offset(starts, value.end_mark) for _, value in node.value]
    begins = [*(offset(starts, key.start_mark) for key, _ in node.value[1:]), offset(starts, node.end_mark)]
    return not any("#" in text[end:begin] for end, begin in zip(ends, begins, strict=True))


def _reordered(text: str, node: yaml.MappingNode, order: Order) -> str:
    return _in_line(text, node, order) if node.flow_style else _in_lines(text, node, order)


def _in_line(text: str, node: yaml.MappingNode, order: Order) -> str:
    """A mapping in braces: what stands between its entries stays, the entries change places."""
    starts = line_starts(text)
    spans = [(offset(starts, k.start_mark), offset(starts, v.end_mark)) for k, v in node.value]
    ends = [*(start for start, _ in spans[1:]), spans[-1][1]]
    pieces = [text[slice(*spans[old])] + text[spans[i][1] : ends[i]] for i, old in enumerate(order)]
    return text[: spans[0][0]] + "".join(pieces) + text[spans[-1][1] :]


def _in_lines(text: str, node: yaml.MappingNode, order: Order) -> str:
    """A mapping in lines: each entry moves with the comments directly above it; blank lines stay."""
    lines = text.split("\n")
    column = node.value[0][0].start_mark.column
    key_lines = [key.start_mark.line for key, _ in node.value]
    lead = lines[key_lines[0]][:column]  # of an item of a list, the hyphen
    head_stays = column == 0 or bool(lead.strip())
    first = key_lines[0] if head_stays else _begin(lines, key_lines[0], -1, column)
    begins = [first, *(_begin(lines, key, before, column) for before, key in pairwise(key_lines))]
    end = _end(node.value[-1][1])
    gaps, entries = [], []
    for begin, stop, key in zip(begins, [*begins[1:], end], key_lines, strict=True):
        told = next(i for i in range(begin, stop) if lines[i].strip())
        gaps.append(lines[begin:told])
        entries.append((lines[told:key], lines[key:stop]))
    new: list[str] = []
    for i, old in enumerate(order):
        above, (head, *rest) = entries[old]
        if i == 0:  # above the hyphen, comments stand where it stands
            above = [" " * (len(lead) - len(lead.lstrip())) + line.lstrip() for line in above]
        new += [*gaps[i], *above, (lead if i == 0 else " " * column) + head[column:], *rest]
    return "\n".join([*lines[: begins[0]], *new, *lines[end:]])


def _begin(lines: list[str], key: int, before: int, column: int) -> int:
    """The first of the blank lines and comments that stand directly above a key."""
    begin = key
    while begin - 1 > before:
        line = lines[begin - 1]
        indent = len(line) - len(line.lstrip())
        if line.strip() and not (line.lstrip().startswith("#") and indent <= column):
            break
        begin -= 1
    return begin


def _end(node: yaml.Node) -> int:
    """The line after the last one that a value stands on."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _end(last[1] if isinstance(node, yaml.MappingNode) else last)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return int(node.end_mark.line)
    return int(node.end_mark.line) + 1


def line_starts(text: str) -> list[int]:
    """Where each line begins."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def offset(starts: list[int], mark: yaml.Mark) -> int:
    """Where a mark stands in the text whose lines begin at `starts`."""
    return starts[mark.line] + mark.column
