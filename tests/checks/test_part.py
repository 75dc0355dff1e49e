"""The check of some cases reads only what bears on them, and finds what a check of everything finds there."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.checks.checking import check_all, check_cases
from build_tools.checks.part import files_for
from build_tools.problems.problem import Problem
from build_tools.records import KINDS
from tests.world import World

CASE = next(kind for kind in KINDS if kind.name == "case")


def of(problems: list[Problem], case: str) -> list[Problem]:
    return [problem for problem in problems if problem.file == f"cases/{case}.yml"]


DOUBT = "\nidentity: {same_patient: possible, other_case: %s}\ntime_zero:"
CLAIMS = "  age: {claims: [{value: 61}, {value: 60}], use: 0, why: Both are printed.}"
CHANGES = {
    "as they are": [],
    "no such report": [("cases/orrin-2083.yml", "{report: orrin-2083,", "{report: orrin-2038,")],
    "a doubt in one file": [
        (
            "cases/orrin-2083.yml",
            "\ntime_zero:",
            DOUBT % "copy-a",
        )
    ],
    "a doubt that leads on": [
        (
            "cases/orrin-2083.yml",
            "\ntime_zero:",
            DOUBT % "copy-a",
        ),
        (
            "cases/copy-b.yml",
            "\ntime_zero:",
            DOUBT % "tarn-2079",
        ),
    ],
    "an age between": [("cases/copy-a.yml", "  age: 61", "  age: 62")],
    "an age apart": [("cases/copy-a.yml", "  age: 61", "  age: 70")],
    "an age in a claim": [
        (
            "cases/copy-a.yml",
            "  age: 61",
            "  age: {claims: [{value: 61}, {value: 60}], use: 0, why: Both are printed.}",
        )
    ],
    "no age": [("cases/copy-a.yml", "  age: 61\n", "")],
    "a file that is no YAML": [("cases/copy-a.yml", "  age: 61", "  age: [61")],
    "an unknown word": [("cases/copy-b.yml", "sex: male", "sex: mael")],
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_check_of_a_case_finds_what_a_check_of_everything_finds_in_it(world: World, change: str) -> None:
    for name in ("copy-a", "copy-b"):
        world.add_case(name, like="quill-2081")
    # One patient more in a report of another's own, so that likeness is asked.
    world.write("content/reports/lone.yml", world.read("content/reports/tarn-2079.yml"))
    text = world.read("cases/copy-a.yml").replace("quill-2081", "lone").replace("quill-2088", "tarn-2079")
    world.write("cases/lone.yml", text)
    for file, old, new in CHANGES[change]:
        world.replace(file, old, new)
    everything = check_all(world.root)[1]
    for path in sorted((world.root / "cases").glob("*.yml")):
        part = check_cases(world.root, frozenset({path.stem}))
        if part is not None:
            assert of(part[1], path.stem) == of(everything, path.stem), path.stem
    if change == "as they are":
        assert any(problem.rule == "C611" for problem in everything)


def test_a_case_needs_only_its_own_reports_and_those_who_may_be_the_same_person(world: World) -> None:
    for number in range(40):
        world.add_case(f"copy-{number:02}", like="quill-2081")
        world.write(f"content/reports/other-{number:02}.yml", world.read("content/reports/tarn-2079.yml"))
        text = world.read(f"cases/copy-{number:02}.yml").replace("  age: 61", f"  age: {10 + number}")
        text = text.replace("quill-2081", f"other-{number:02}").replace("quill-2088", f"other-{number:02}")
        world.write(f"cases/copy-{number:02}.yml", text)
    needed = files_for(world.root, frozenset({"quill-2081"}))
    assert needed is not None
    cases = {path.stem for path in (world.root / "cases").glob("*.yml") if needed(CASE, path)}
    assert "quill-2081" in cases and len(cases) < 10


@pytest.mark.parametrize("form", ["age: 61 years", "age: {claims: []}", "# age: 5\n  age: 61", "age: 6.1"])
def test_an_age_in_an_unusual_form_makes_everything_needed(world: World, form: str) -> None:
    world.replace("cases/quill-2081.yml", "age: 61", form)
    assert files_for(world.root, frozenset({"quill-2081"})) is None


def test_an_escape_or_a_file_that_is_not_there_makes_everything_needed(world: World, tmp_path: Path) -> None:
    assert files_for(world.root, frozenset({"nobody"})) is None
    text = world.read("cases/quill-2081.yml")
    world.write("cases/quill-2081.yml", text.replace("hill people", '"hill \\x70eople"'))
    assert files_for(world.root, frozenset({"quill-2081"})) is None
