"""casebook fmt: keys change places, and nothing else does."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.authoring.layout import KEEP_THEIR_PLACE, laid_out
from build_tools.authoring.written import block, written
from build_tools.reading.yaml_tree import read_tree
from build_tools.records import KINDS
from build_tools.records.case import Case
from build_tools.records.fields import RecordField, fields
from tests.commands.test_command_line import casebook
from tests.world import EXAMPLE, REPOSITORY, World

QUILL = "cases/quill-2081.yml"
FILES = [
    (path, kind.model)
    for kind in KINDS
    for path in sorted((EXAMPLE / kind.folder).glob("*.yml"))
    if kind.name != "vocabulary" or path.stem == "structure"
]


def data(text: str) -> object:
    tree, problems = read_tree("", text)
    assert not [problem for problem in problems if problem.rank == 0]
    return tree.data


def shuffled(value: object, random: Random) -> object:
    """The same value, its keys in any order."""
    if isinstance(value, dict):
        items = [(key, shuffled(inner, random)) for key, inner in value.items()]
        random.shuffle(items)
        return dict(items)
    return [shuffled(item, random) for item in value] if isinstance(value, list) else value


def commented(lines: list[str], random: Random) -> list[str]:
    """The lines with comments and blank lines in between, and behind some."""
    found = []
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if random.random() < 0.2:
            found.append(" " * indent + f"# comment {number} é")
        if random.random() < 0.1:
            found.append("")
        found.append(
            line + (f"  # behind {number}" if random.random() < 0.2 and line[-1] not in "|>" else "")
        )
    return found


@settings(max_examples=100)
@given(st.sampled_from(FILES), st.randoms(use_true_random=False))
def test_any_order_becomes_one_order_and_nothing_is_lost(file: tuple[Path, Any], random: Random) -> None:
    path, model = file
    whole = shuffled(data(path.read_text(encoding="utf-8")), random)
    text = "\n".join(commented(block(whole, 0), random)) + "\n"
    assert data(text) == whole
    new = laid_out(text, model)
    assert data(new) == whole
    assert sorted("".join(new.split())) == sorted("".join(text.split()))
    assert laid_out(new, model) == new
    assert in_order(data(new), fields(model))


def in_order(value: object, known: tuple[RecordField, ...]) -> bool:
    """Whether keys stand in the order of the fields, but for those that keep their place."""
    if isinstance(value, list):
        return all(in_order(item, known) for item in value)
    if not isinstance(value, dict) or "value" in value or "claims" in value:
        return True
    names = [field.name for field in known if field.name not in KEEP_THEIR_PLACE]
    here = [names.index(key) for key in value if key in names]
    inside = {field.name: field.inside for field in known}
    return here == sorted(here) and all(in_order(v, inside[k]) for k, v in value.items() if k in inside)


@pytest.mark.parametrize(("path", "model"), FILES, ids=lambda value: getattr(value, "stem", ""))
def test_one_row_in_braces_is_put_in_order_in_its_row(path: Path, model: Any) -> None:
    whole = shuffled(data(path.read_text(encoding="utf-8")), Random(1))
    assert isinstance(whole, dict)
    text = "".join(f"{key}: {written(value)}\n" for key, value in whole.items())
    new = laid_out(text, model)
    assert data(new) == whole
    assert in_order(data(new), fields(model))


def test_a_comment_goes_with_the_field_below_it_and_blank_lines_stay() -> None:
    text = """\
# head
extraction: {date: "2090-01-01", by: [A]}  # last

# of the sex, in two lines
#   and more
patient:
  # why
  sex: male  # really
  age: 61
  # at the end

reports:
  - role: full
    # which
    report: a-b
"""
    assert (
        laid_out(text, Case)
        == """\
# head
reports:
  # which
  - report: a-b
    role: full

# of the sex, in two lines
#   and more
patient:
  age: 61
  # why
  sex: male  # really
  # at the end

extraction: {by: [A], date: "2090-01-01"}  # last
"""
    )


@pytest.mark.parametrize(
    "text",
    [
        "b: [\n",
        "patient: {sex: male, age: 61, sex: female}\n",
        "patient: {sex: male, # a comment\n  age: 61}\n",
        "- a list\n",
        "patient: text\nextraction: 5\n",
        "shoe: 1\nsize: 2\n",
        "",
    ],
)
def test_what_can_t_be_moved_safely_stays(text: str) -> None:
    assert laid_out(text, Case) == (text if text else "")


def test_a_block_of_text_keeps_its_lines() -> None:
    text = "remarks:\n  - |\n    # no comment\n    text\n\n# of the patient\npatient:\n  age: 6\n"
    assert laid_out(text, Case) == (
        "# of the patient\npatient:\n  age: 6\n\nremarks:\n  - |\n    # no comment\n    text\n"
    )


def test_the_command_puts_files_in_order_once(world: World) -> None:
    world.replace(QUILL, "  age: 61\n  sex: male\n", "  sex: male\n  age: 61\n")
    asked = casebook("fmt", "--check", "--root", world.root, world.root / QUILL)
    assert (asked.exit_code, asked.stdout) == (1, f"{QUILL}: out of order\n")
    assert casebook("fmt", "--root", world.root, world.root / QUILL).stdout == f"{QUILL}: put in order\n"
    assert casebook("fmt", "--root", world.root).stdout == "all in order\n"
    assert "  age: 61\n  sex: male\n" in world.read(QUILL)


def test_line_ends_become_those_of_the_repository(world: World) -> None:
    world.write(QUILL, world.read(QUILL).replace("\n", "\r\n"))
    casebook("fmt", "--root", world.root)
    assert "\r" not in world.read(QUILL)
    assert world.problems() == []


def test_a_file_that_can_t_be_read_is_named_and_left(world: World) -> None:
    world.write(QUILL, "b: [\n")
    result = casebook("fmt", "--root", world.root)
    assert result.exit_code == 1
    assert f"{QUILL}:2:1: " in result.stderr
    assert world.read(QUILL) == "b: [\n"


@pytest.mark.parametrize("root", [EXAMPLE, REPOSITORY], ids=["example", "repository"])
def test_every_file_here_is_in_order(root: Path) -> None:
    result = casebook("fmt", "--check", "--root", root)
    assert result.exit_code == 0, result.output
