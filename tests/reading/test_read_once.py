"""A file is read once as long as neither it nor a vocabulary changes, and anew as soon as one does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from build_tools.reading import records, yaml_tree
from build_tools.review.review import link
from tests.world import World

QUILL = "cases/quill-2081.yml"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read, of whatever was not read before."""
    found: list[str] = []
    read = yaml_tree.read_tree
    monkeypatch.setattr(records, "_read_before", {})

    def counted(file: str, text: str, *rest: int) -> object:
        found.append(file)
        return read(file, text, *rest)

    monkeypatch.setattr(records, "read_tree", counted)
    return found


def test_a_save_reads_the_changed_file_alone(world: World, reads: list[str]) -> None:
    before = records.read_all(world.root)
    every = list(reads)
    assert sorted(every) == sorted(file.file for some in before.records.values() for file in some.values())
    world.replace(QUILL, "sex: male", "sex: female")
    after = records.read_all(world.root)
    assert reads[len(every) :] == [QUILL]
    assert after.records["case"]["quill-2081"] != before.records["case"]["quill-2081"]
    assert after.records["case"]["tarn-2079"] is before.records["case"]["tarn-2079"]


def test_patients_whose_files_are_as_they_were_keep_their_facts(world: World, reads: list[str]) -> None:
    before = link(records.read_all(world.root)).cases
    world.replace(QUILL, "sex: male", "sex: female")
    after = link(records.read_all(world.root)).cases
    assert [id for id in after if after[id] is not before[id]] == ["quill-2081"]
    assert after["quill-2081"].find("patient.sex")[0].value == "female"


@pytest.mark.parametrize(
    "change",
    [
        lambda world: world.replace("content/vocabulary/sex.yml", "label: Man", "label: Male"),
        lambda world: world.replace("content/reports/quill-2081.yml", "read: full", "read: abstract"),
    ],
    ids=["a vocabulary", "how a report was read"],
)
def test_what_a_fact_rests_on_is_never_that_of_before(
    world: World, reads: list[str], change: Callable[[World], object]
) -> None:
    link(records.read_all(world.root))
    change(world)
    kept = link(records.read_all(world.root))
    records._read_before.clear()
    anew = link(records.read_all(world.root))
    assert {id: case.facts for id, case in kept.cases.items()} == {
        id: case.facts for id, case in anew.cases.items()
    }


def test_a_case_deleted_or_renamed_is_gone(world: World, reads: list[str]) -> None:
    records.read_all(world.root)
    (world.root / QUILL).rename(world.root / "cases" / "quill-2082.yml")
    (world.root / "cases" / "tarn-2079.yml").unlink()
    cases = records.read_all(world.root).records["case"]
    assert "quill-2082" in cases and not cases.keys() & {"quill-2081", "tarn-2079"}
    assert cases["quill-2082"].file == "cases/quill-2082.yml"


def test_problems_are_told_again(world: World, reads: list[str]) -> None:
    world.replace(QUILL, "sex: male", "sex: mael")
    first, second = (records.read_all(world.root).problems for _ in range(2))
    assert first == second and any(problem.file == QUILL for problem in first)
