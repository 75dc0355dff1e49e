"""What stands among the files and is none is told before an engine waits on it or copies it into a site."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.world import World


@pytest.mark.parametrize("folder", ["cases", "content", "content/reports", "content/new", "overrides/assets"])
def test_a_pipe_is_told(world: World, folder: str) -> None:
    place = world.root / folder
    place.mkdir(parents=True, exist_ok=True)
    os.mkfifo(place / "pipe.png")
    (problem,) = world.problems()
    assert (problem.file, problem.rule) == (f"{folder}/pipe.png", "C105")


@pytest.mark.parametrize("file", ["overrides/assets/x.svg", "content/x.png", "content/schema/x.schema.json"])
def test_a_link_that_leads_outside_is_refused(world: World, tmp_path: Path, file: str) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("private")
    link = world.root / file
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside)
    (problem,) = world.problems()
    assert (problem.file, problem.rule) == (file, "C105")


def test_a_link_to_a_folder_outside_is_refused(world: World, tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    (world.root / "overrides").mkdir()
    (world.root / "overrides" / "assets").symlink_to(tmp_path / "private")
    assert [problem.file for problem in world.problems()] == ["overrides/assets"]


def test_a_source_in_a_list_is_blamed_on_its_own_line(world: World) -> None:
    world.write(
        "cases/new-2090.yml",
        "reports: [{report: quill-2081, role: full, label: case 9}]\n"
        "patient:\n"
        "  source:\n"
        '    - "quill-2081: Results"\n'
        '    - "orrin-2083: Results"\n'
        "  age: 44\n"
        'extraction: {by: [A Reader], date: "2090-02-01"}\n',
    )
    (problem,) = (problem for problem in world.problems() if "orrin-2083" in problem.message)
    assert (problem.line, problem.field) == (5, "patient.source[1]")


def test_a_ligature_is_told_with_its_letters(world: World) -> None:
    world.write("cases/quill-2081.yml", world.read("cases/quill-2081.yml") + "# well-de\ufb01ned\n")
    (problem,) = world.problems()
    assert (problem.rule, problem.hint) == ("C163", "write 'fi'")
