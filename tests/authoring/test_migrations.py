"""casebook migrate: a file of an earlier form says the same in the present one."""

from __future__ import annotations

import pytest
import yaml

from build_tools.authoring.migrations import MIGRATIONS, migrate
from tests.commands.test_command_line import casebook
from tests.world import World

ORRIN = "cases/orrin-2083.yml"
OLD = 'extraction: {by: [First Reader], date: "2090-02-02"}'


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("extraction: {by: [A], second_reader: Ann B., date: '1'}\n", "Ann B."),
        ("extraction:\n  second_reader: Ann, B. [x]  # why\n  by: [A]\n", "Ann, B. [x]"),
        ("extraction:\n  by: [A]\n  second_reader: 'it''s: me'\n", "it's: me"),
        ("extraction:\n  by: [A]\n  second_reader: >-\n    Ann\n    Bee\n# end\n", "Ann Bee"),
        ('é: 1\nextraction: {second_reader: "Zoë"}', "Zoë"),
    ],
)
def test_a_second_reader_becomes_a_second_reading(written: str, name: str) -> None:
    new, done = migrate(written, "case")
    before, after = yaml.safe_load(written), yaml.safe_load(new)
    del before["extraction"]["second_reader"]
    assert after["extraction"].pop("second_reading") == {"by": [name]}
    assert after == before
    assert [migration.number for migration in done] == [1]
    assert new.count("#") == written.count("#")
    assert migrate(new, "case") == (new, ())


FIGURES = "agreement: {same: 98, compared: 104}"


@pytest.mark.parametrize(
    "second",
    [
        f"\n    by: [B]\n    {FIGURES}  # ours\n",
        "\n    agreement:\n      same: 98\n      compared: 104\n    settled: By talk.\n    by: [B]\n",
        f"\n    {FIGURES}\n    settled: >-\n      By\n      talk.\n",
        f" {{by: [B], {FIGURES}, settled: By talk.}}\n",
    ],
)
def test_an_agreement_that_counts_what_one_alone_said_goes_into_words(second: str) -> None:
    written = f"extraction:\n  by: [A]\n  second_reading:{second}"
    new, done = migrate(written, "case")
    before, after = yaml.safe_load(written), yaml.safe_load(new)
    del before["extraction"]["second_reading"]["agreement"]
    said = after["extraction"]["second_reading"].pop("settled")
    assert "98 of the 104 fields" in said
    assert said.endswith(before["extraction"]["second_reading"].pop("settled", ""))
    assert after == before
    assert [migration.number for migration in done] == [3]
    assert migrate(new, "case") == (new, ())


def test_an_agreement_by_block_is_left() -> None:
    text = "extraction: {second_reading: {agreement: [{block: patient, both: 3, same: 3}]}}\n"
    assert migrate(text, "case") == (text, ())


def test_the_check_points_to_the_command_and_the_command_mends_it(world: World) -> None:
    world.replace(ORRIN, OLD, OLD.replace("}", ", second_reader: Second Reader}"))
    (problem,) = world.problems()
    assert "casebook migrate" in problem.hint
    asked = casebook("migrate", "--check", "--root", world.root)
    assert asked.exit_code == 1
    assert asked.stdout == f"{ORRIN}: needs: 1 ({MIGRATIONS[0].title})\n"
    done = casebook("migrate", "--root", world.root)
    assert (done.exit_code, done.stdout) == (0, f"{ORRIN}: done: 1 ({MIGRATIONS[0].title})\n")
    assert world.problems() == []
    assert casebook("migrate", "--root", world.root).stdout == "all in the present form\n"


def test_a_file_of_another_kind_or_without_yaml_is_left(world: World) -> None:
    assert migrate("extraction: {second_reader: A}", "report")[1] == ()
    world.write(ORRIN, "b: [\n")
    result = casebook("migrate", "--root", world.root)
    assert (result.exit_code, world.read(ORRIN)) == (1, "b: [\n")


def test_numbers_go_up_and_are_listed() -> None:
    numbers = [migration.number for migration in MIGRATIONS]
    assert numbers == sorted(set(numbers))
    assert len(casebook("migrate", "--list").stdout.splitlines()) == len(MIGRATIONS)
