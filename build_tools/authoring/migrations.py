"""Changes of the files' form: each carries a file in an earlier form over to the present one.

A file bears no version; each change knows the earlier form when it sees it, and leaves all else as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import yaml

from build_tools.authoring.layout import line_starts, offset
from build_tools.authoring.written import written


@dataclass(frozen=True)
class Migration:
    """One change of form: its number, what it does in words, the kind of record, and text -> text."""

    number: int
    title: str
    kind: str
    change: Callable[[str], str]


def migrate(text: str, kind: str) -> tuple[str, tuple[Migration, ...]]:
    """The text in the present form, and which changes it needed; problems of YAML are left to the check."""
    done = []
    for migration in MIGRATIONS:
        if migration.kind == kind and (new := migration.change(text)) != text:
            text = new
            done.append(migration)
    return text, tuple(done)


def _second_reader(text: str) -> str:
    """`second_reader: Name` becomes `second_reading: {by: [Name]}`; its day was never written down."""
    found = _entry(text, "extraction", "second_reader")
    if found is None:
        return text
    start, end, node = found
    if not isinstance(node, yaml.ScalarNode):
        return text
    last = "\n" if node.style in ("|", ">") else ""
    return f"{text[:start]}second_reading: {{by: [{written(node.value.strip())}]}}{last}{text[end:]}"


def _entry(text: str, *path: str) -> tuple[int, int, yaml.Node] | None:
    """Where the entry at a path of keys begins and ends in the text, and its value; None if there is none."""
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    key: yaml.Node | None = None
    for step in path:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        key, node = next(((k, v) for k, v in pairs if k.value == step), (None, None))
    if key is None or node is None:
        return None
    starts = line_starts(text)
    return offset(starts, key.start_mark), offset(starts, node.end_mark), node


def _verdict_of_each_claim(text: str) -> str:
    """The verdict on all claims of a trial together becomes the verdict on each of them."""
    found = _entry(text, "checked", "verdict")
    claims = _entry(text, "claims")
    if found is None or claims is None or not isinstance(claims[2], yaml.SequenceNode):
        return text
    verdict = found[2]
    each = [claim for claim in claims[2].value if isinstance(claim, yaml.MappingNode) and claim.value]
    if not isinstance(verdict, yaml.ScalarNode) or len(each) < len(claims[2].value):
        return text
    starts = line_starts(text)
    said = f"verdict: {written(verdict.value.strip())}"
    pieces = [(*_with_separator(text, "checked", "verdict"), "")]
    for claim in each:
        at = offset(starts, claim.value[0][0].start_mark)
        end = ", " if claim.flow_style else "\n" + " " * claim.value[0][0].start_mark.column
        pieces.append((at, at, said + end))
    for start, end, new in sorted(pieces, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _with_separator(text: str, *path: str) -> tuple[int, int]:
    """Where the entry at a path begins and ends, with its line or its comma."""
    *above, name = path
    block = _entry(text, *above)
    assert block is not None and isinstance(block[2], yaml.MappingNode)
    starts, pairs = line_starts(text), block[2].value
    i = next(i for i, (key, _) in enumerate(pairs) if key.value == name)
    start = offset(starts, pairs[i][0].start_mark)
    if not block[2].flow_style:
        end = offset(starts, pairs[i][1].end_mark)
        rest = text[end:].partition("\n")[0]
        return starts[pairs[i][0].start_mark.line], end if rest.strip() else end + len(rest) + 1
    if i + 1 < len(pairs):
        return start, offset(starts, pairs[i + 1][0].start_mark)
    before = offset(starts, pairs[i - 1][1].end_mark) if i else start
    return min(before, start), offset(starts, pairs[i][1].end_mark)


def _agreement_by_block(text: str) -> str:
    """The agreement on all blocks together goes into words: its whole also counted what one alone said."""
    found = _entry(text, "extraction", "second_reading", "agreement")
    if found is None or not isinstance(found[2], yaml.MappingNode):
        return text
    figures = {key.value: node.value for key, node in found[2].value}
    if figures.keys() != {"same", "compared"}:
        return text
    said = (
        f"Before they talked, {figures['same']} of the {figures['compared']} fields that at least one had "
        "filled in were the same."
    )
    pieces = []
    settled = _entry(text, "extraction", "second_reading", "settled")
    if settled is not None and isinstance(settled[2], yaml.ScalarNode):
        said += f" {settled[2].value.strip()}"
        pieces.append((*_with_separator(text, "extraction", "second_reading", "settled"), ""))
    start, end, _ = found
    pieces.append((start, start + len(text[start:end].rstrip()), f"settled: {written(said)}"))
    for start, end, new in sorted(pieces, reverse=True):
        text = text[:start] + new + text[end:]
    return text


MIGRATIONS = (
    Migration(1, "second_reader becomes second_reading, with a list of readers", "case", _second_reader),
    Migration(2, "the verdict on a trial becomes a verdict on each claim", "trial", _verdict_of_each_claim),
    Migration(
        3,
        "the agreement of two readings stands by block; the former figures go into words",
        "case",
        _agreement_by_block,
    ),
)
"""Every change, in the order in which they were made; a number is never used again."""
