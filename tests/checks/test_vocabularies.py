"""One name means one term of a vocabulary."""

from __future__ import annotations

import pytest

from tests.world import World

MARKERS = "content/vocabulary/marker.yml"


@pytest.mark.parametrize("name", ["Matt antigen", "MATT", "mib1", "MIB-1", "ki 67", "Glow-1"])
def test_two_names_of_one_marker_are_found(world: World, name: str) -> None:
    world.replace(MARKERS, "gleam: Gleam", f"gleam: {{label: Gleam, synonyms: [{name}]}}")
    (problem,) = world.problems()
    assert (problem.rule, problem.file) == ("C331", MARKERS)
    assert "means '" in problem.message


def test_names_of_one_term_and_of_other_vocabularies_may_be_alike(world: World) -> None:
    world.replace(MARKERS, "gleam: Gleam", "gleam: {label: Gleam, synonyms: [GLEAM, wart, '+', '-']}")
    assert world.problems() == []
