"""The mistakes that reading finds: each example makes its own mistake, under its own number."""

from __future__ import annotations

import re
from string import Formatter
from typing import Any

import pytest

from build_tools.pages.prose import check_written
from build_tools.problems.mistakes import MISTAKES, built, fields, files, pages, run
from build_tools.problems.mistakes import yaml as yaml_mistakes
from build_tools.problems.problem import Mistake
from build_tools.reading.prose import read_prose
from build_tools.reading.yaml_tree import decode, read_tree
from tests.checks.test_rules import SOUND, SOUND_CASE, written_over
from tests.world import REPOSITORY, World

READING = [m for m in vars(yaml_mistakes).values() if isinstance(m, Mistake)]
FIELDS = [m for m in vars(fields).values() if isinstance(m, Mistake)]


def with_example(mistakes: list[Mistake]) -> pytest.MarkDecorator:
    shown = [mistake for mistake in mistakes if mistake.example]
    return pytest.mark.parametrize("mistake", shown, ids=lambda mistake: mistake.number)


@with_example([*READING, files.EMPTY])
def test_an_example_of_yaml_makes_its_mistake_first(mistake: Mistake) -> None:
    text, _ = decode("x.yml", mistake.example.encode())
    _, problems = read_tree("x.yml", text)
    assert sorted(problems)[0].rule == mistake.number


@with_example([*FIELDS, files.NO_MAPPING])
def test_an_example_of_a_field_makes_its_mistake_alone(world: World, mistake: Mistake) -> None:
    whole = mistake.example if mistake is files.NO_MAPPING else written_over(SOUND_CASE, mistake.example)
    world.write(SOUND["case"], whole)
    assert {problem.rule for problem in world.problems()} == {mistake.number}


@with_example([m for m in vars(pages).values() if isinstance(m, Mistake)])
def test_an_example_of_a_page_makes_its_mistakes_alone(world: World, mistake: Mistake) -> None:
    world.write("content/outcome.md", mistake.example + "\n")
    written, problems = read_prose(world.root)
    assert written
    for page in written:
        problems += check_written(page, world.review())
    assert {problem.rule for problem in problems} == {mistake.number}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.number)
def test_a_mistake_tells_all_of_itself(mistake: Mistake) -> None:
    assert re.fullmatch(r"C[129]\d\d", mistake.number)
    assert mistake.cure
    blanks = (blank for _, blank, _, _ in Formatter().parse(mistake.message + mistake.cure) if blank)
    words: dict[str, Any] = dict.fromkeys(blanks, "W")
    problem = mistake.at("x.yml", **words)
    assert (problem.rule, problem.level, problem.rank) == (mistake.number, mistake.level, mistake.rank)
    assert "{" not in problem.message
    assert mistake.about or " " in mistake.message, "a message that is all blank tells nothing"


def test_mistakes_stand_in_order_of_their_numbers() -> None:
    numbers = [mistake.number for mistake in MISTAKES]
    assert numbers == sorted(set(numbers))


def test_every_mistake_is_made_somewhere() -> None:
    """A number that nothing gives would stand on the page of rules for nothing."""
    folder = REPOSITORY / "build_tools"
    code = "".join(
        path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.parent.name != "mistakes"
    )
    for module in (files, yaml_mistakes, fields, pages, run, built):
        names = [name for name, value in vars(module).items() if isinstance(value, Mistake)]
        assert [name for name in names if not re.search(rf"\b{name}\b", code)] == []
