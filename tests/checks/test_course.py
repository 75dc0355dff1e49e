"""The course runs forwards, and the outcome tells what the time line tells."""

from __future__ import annotations

import pytest

from build_tools.problems.problem import Level
from tests.world import World

QUILL, FIRST, ORRIN = (f"cases/{name}.yml" for name in ("quill-2081", "vesper-2085-case-1", "orrin-2083"))
DEATH = "  - {event: death, at: 1 year, source: Chapter 3}\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "field"),
    [
        (FIRST, DEATH, "", "C406", "outcome.vital"),
        (FIRST, "vital: dead", "vital: unknown", "C407", "events[5]"),
        (FIRST, "cause: disease", "cause: not_applicable", "C408", "outcome.cause"),
        (QUILL, "disease: none", "disease: present", "C409", "outcome.printed"),
        (QUILL, "printed: NED", "printed: awd", "C409", "outcome.printed"),
        (FIRST, "metastasis, at: 8 months, site: forearm", "therapy_stop, at: 1 day", "C410", "events[3].at"),
        (FIRST, "metastasis, at: 8", "local_recurrence, at: 3", "C411", "events[3].at"),
        (FIRST, "diagnosis, at: 0 months", "diagnosis, at: 1 month", "C412", "events[0].at"),
        (FIRST, "    at: 4 months\n", "    at: 5 months\n", "C413", "surgeries[0].at"),
        (QUILL, "last_contact, at: 27", "last_contact, at: 26", "C414", "follow_up.last_contact"),
    ],
)  # fmt: skip
def test_a_course_that_does_not_run_forwards_is_found(
    world: World, file: str, old: str, new: str, rule: str, field: str
) -> None:
    if rule == "C411":
        world.replace(FIRST, "local_recurrence: absent", "local_recurrence: present")
    world.replace(file, old, new)
    (problem,) = world.problems()
    assert (problem.rule, problem.field, problem.file) == (rule, field, file)
    assert problem.level is (Level.WARNING if rule in ("C408", "C413") else Level.ERROR)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (FIRST, "cause: disease", "cause: unknown"),
        (FIRST, "cause: disease", "printed: DOD\n  cause: unknown"),
        (FIRST, "disease: present", "printed: out\n  disease: present"),
        (FIRST, "death, at: 1 year", "death"),
        (FIRST, "surgery, at: 4 months", "surgery, at: 3-5 months"),
        (FIRST, "surgery, at: 4 months", "surgery"),
        (FIRST, "diagnosis, at: 0 months", "diagnosis"),
        (QUILL, "last_contact, at: 27 months", 'last_contact, at: "> 25 months"'),
        (QUILL, "disease: none", "disease: {claims: [none, present], use: 1, why: Text and table differ.}"),
        (QUILL, "at: 27 months,", "at: {claims: [26 months, 27 months], use: 0, why: They differ.},"),
    ],
)
def test_what_may_be_true_or_is_recorded_as_claims_passes(
    world: World, file: str, old: str, new: str
) -> None:
    world.replace(file, old, new)
    assert world.problems() == []


def test_a_report_that_was_not_read_in_full_may_tell_the_cause_of_death_elsewhere(world: World) -> None:
    world.replace(FIRST, "  cause: disease\n", "")
    assert [problem.rule for problem in world.problems()] == ["C408"]
    world.replace("content/reports/vesper-2085.yml", "read: full", "read: abstract")
    assert [problem.rule for problem in world.problems()] == []
