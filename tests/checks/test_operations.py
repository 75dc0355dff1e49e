"""Operations follow each other; times that contradict each other are reported with their cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.authoring.migrations import migrate
from tests.world import EXAMPLE, REPOSITORY, World

HEAD = """
source: Chapter 3
reports: [{report: vesper-2085, label: case 9, role: full}]
extraction: {by: [First Reader], date: "2090-02-03"}
time_zero: surgery
"""


def found(world: World, text: str) -> dict[str, str]:
    """Each rule that a case breaks, with what is said of it."""
    world.write("cases/sound.yml", HEAD + text)
    return {
        problem.rule: f"{problem.field}: {problem.message}; {problem.hint}" for problem in world.problems()
    }


@pytest.mark.parametrize(
    ("text", "rule", "place", "cure"),
    [
        ("surgeries: [{at: 0 months, lesion: recurrence}]", "C415", "surgeries[0].lesion", "negative time"),
        (
            "surgeries: [{at: 0 months, lesion: residual}]",
            "C415",
            "surgeries[0].lesion",
            "previous_operations",
        ),
        ("surgeries: [{at: 9 months}]", "C416", "surgeries[0].at", "add the operation at 0 months"),
        ("surgeries: [{at: 0 months}, {at: 3 months}]", "C417", "surgeries[1]", "lesion: primary"),
        (
            "surgeries: [{at: 0 months}]\nevents: [{event: surgery, at: 0 months}, "
            "{event: local_recurrence, at: -2 months}]",
            "C411",
            "events[1].at",
            "previous_operations",
        ),
        (
            "surgeries: [{at: 0 months, lesion: primary}, {at: 30 months, lesion: recurrence}]\n"
            "follow_up: {last_contact: 12 months}",
            "C402",
            "surgeries[1].at",
            "correct one of the two times",
        ),
        (
            "radiotherapy: [{status: given, start: -3 months}]\nsurgeries: [{at: 0 months}]\n"
            "lesions: [{role: primary, sizes: [{method: mri, size: 5 cm}]}]",
            "C418",
            "lesions[0].sizes[0]",
            "timing: before_treatment",
        ),
    ],
)
def test_a_course_that_contradicts_itself_is_told_with_its_cure(
    world: World, text: str, rule: str, place: str, cure: str
) -> None:
    said = found(world, text + "\n")
    assert rule in said, said
    assert said[rule].startswith(place)
    assert cure in said[rule]


@pytest.mark.parametrize(
    "text",
    [
        "surgeries: [{at: 0 months, lesion: recurrence}]\npresentation: {previous_operations: 1}",
        "surgeries: [{at: -8 months, lesion: primary}, {at: 0 months, lesion: recurrence}]\n"
        "events: [{event: surgery, at: -8 months}, {event: local_recurrence, at: -1 months}, "
        "{event: surgery, at: 0 months}]",
        "surgeries: [{at: 0 months, lesion: primary}, {at: 30 months, lesion: metastasis}]",
        "radiotherapy: [{status: refused, start: -3 months}]\nsurgeries: [{at: 0 months}]\n"
        "lesions: [{role: primary, sizes: [{method: mri, size: 5 cm}]}]",
        "events: [{event: imaging, at: -2 weeks}, {event: surgery, at: 0 months}]",
        "follow_up: {last_contact: several years}",
    ],
)
def test_what_came_before_time_zero_has_room(world: World, text: str) -> None:
    assert found(world, text + "\n") == {}


@pytest.mark.parametrize("written", ["'>3 <12 months'", "'> 3-12 months'", "'>=3 and <=12 months'"])
def test_a_bound_on_both_sides_is_told_to_be_a_range(world: World, written: str) -> None:
    (said,) = found(world, f"follow_up: {{last_contact: {written}}}\n").values()
    assert "write the range alone, such as '3-12 months', or one bound, such as '<12 months'" in said


def test_two_months_before_surgery_is_told_how_it_is_written(world: World) -> None:
    (said,) = found(world, "events: [{event: diagnosis, at: 2 months before surgery}]\n").values()
    assert "write '-2 months'" in said


@pytest.mark.parametrize("root", [REPOSITORY, EXAMPLE], ids=["the casebook", "the example"])
def test_files_in_the_present_form_are_left_as_they_are(root: Path) -> None:
    for path in sorted(root.glob("cases/*.yml")):
        text = path.read_text(encoding="utf-8")
        assert migrate(text, "case") == (text, ())
