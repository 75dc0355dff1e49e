"""Attacks: what a hostile or careless stranger sends ends with a problem, at once."""

from __future__ import annotations

import json
from time import process_time

import pytest
from click.testing import CliRunner

from build_tools.authoring.citations.citation import Unreadable
from build_tools.authoring.citations.csl import read_csl
from build_tools.authoring.handed_in import NotHandedIn, files_of
from build_tools.checks.personal import (
    ADDRESSES,
    AGES,
    FULL_DATES,
    MONTHS_OF_YEARS,
    NAMES,
    NUMBERS,
    PUBLIC_HANDLES,
)
from build_tools.commands.new import command as new
from build_tools.publishing.generate import check_site
from build_tools.reading.yaml_tree import MAX_BYTES
from tests.world import World

QUILL = "cases/quill-2081.yml"
REMARK = "The letter of 2088 gives last follow-up."
PRIVATE = FULL_DATES + MONTHS_OF_YEARS + NAMES + ADDRESSES + NUMBERS + AGES
REPEATED = (
    *("a", "A", "1", " ", ".", "_", "-", "+", "@", "(", "[", "é", "a.", "1 ", "1-", "A.", "+1", "a@"),
    *("(0", "10.1/", "at ", "Jan ", "born in ", "patient ", "MRN ", "tel ", "1 Aa", "hospital no "),
)


@pytest.mark.parametrize("unit", REPEATED)
def test_no_comment_keeps_the_search_for_persons_busy(unit: str) -> None:
    text = (unit * MAX_BYTES)[:MAX_BYTES]
    begun = process_time()
    for pattern in PRIVATE:
        pattern.found_in(text)
    PUBLIC_HANDLES.sub(" ", text)
    assert process_time() - begun < 2


@pytest.mark.parametrize("blank", ["  ", "\t", "\n"])
def test_white_space_says_nothing(world: World, blank: str) -> None:
    world.replace(QUILL, REMARK, json.dumps(blank))
    (problem,) = world.problems()
    assert (problem.field, problem.rule) == ("remarks[0]", "C213")


@pytest.mark.parametrize("day", ["2090-02-30", "2090-13-01", "0000-00-00"])
def test_a_day_stands_in_the_calendar(world: World, day: str) -> None:
    line, _ = world.place(QUILL, '"2090-02-01"')
    world.replace(QUILL, '"2090-02-01"', f'"{day}"')
    (problem,) = world.problems()
    assert (problem.line, problem.field) == (line, "extraction.date")
    assert day in problem.message and problem.hint


@pytest.mark.parametrize("name", ["a" * 81, "a" * 300, "../x", "x\u0000"])
def test_no_issue_names_a_file_that_cannot_be_one(name: str) -> None:
    with pytest.raises(NotHandedIn, match="can't be the name of a file"):
        files_of(f"### The files\n\n# file: cases/{name}.yml\nreports: []\n")


@pytest.mark.parametrize("name", ["con", "a" * 81, "../x", "a\nb"])
def test_no_new_file_has_a_name_that_the_checks_refuse(world: World, name: str) -> None:
    told = CliRunner().invoke(new, ["10.1000/x", "--id", name, "--root", str(world.root)])
    assert (told.exit_code, told.exception.__class__) == (2, SystemExit)
    assert "can't be an id" in told.output


def test_a_number_without_end_is_no_citation() -> None:
    with pytest.raises(Unreadable, match="too long"):
        read_csl("1" * 5000)


def test_a_folder_named_like_a_page_is_no_page(world: World) -> None:
    world.write("content/outcome.md/inner.md", "---\ntitle: Inner\ndescription: Invented.\n---\n# Inner\n")
    assert "content/outcome.md" in {problem.file for problem in check_site(world.root)[2]}


BLANKS = [
    "'a' * 10**9",
    "10**10**8",
    "'%1000000000s' % 1",
    "1 / 0",
    "'x'.encode('zz')",
    "+" + "(" * 3000 + "1",
]
BLANKS += ["cycler.__init__.__globals__", "[].append.__self__", "{}['a']", "''.join(1)"]


@pytest.mark.parametrize("blank", BLANKS, ids=range(len(BLANKS)))
def test_no_blank_of_a_page_fills_the_memory_or_fails(world: World, blank: str) -> None:
    head = "---\ntitle: Outcome\ndescription: Invented.\n---\n# Outcome\n\n"
    world.without_charts().write("content/outcome.md", f"{head}{{{{ {blank} }}}}\n")
    begun = process_time()
    told = [problem for problem in check_site(world.root)[2] if problem.file == "content/outcome.md"]
    assert [problem.rule for problem in told][:1] in (["C243"], ["C244"]) and told[0].hint
    assert process_time() - begun < 5


def test_a_place_of_two_lines_still_names_its_report(world: World) -> None:
    world.replace(QUILL, '"quill-2081: Genetics"', '"quill-2081: Genetics,\\nat the end"')
    assert world.problems() == []
