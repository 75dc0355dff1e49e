"""Plausible ranges: an impossible value is refused, an unusual one is questioned, the rest passes."""

from __future__ import annotations

import pytest

from build_tools.checks.ranges import RANGES
from build_tools.problems.problem import Level
from build_tools.records.case import Case
from build_tools.records.fields import fields
from tests.world import World

QUILL, FIRST, ORRIN = (f"cases/{name}.yml" for name in ("quill-2081", "vesper-2085-case-1", "orrin-2083"))


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        (ORRIN, "size: 2-3 cm", "size: 120-130 cm", "lesions[0].sizes[0].size"),
        (QUILL, "mass: {size: 4.1 cm}", "mass: {size: 410 cm}", "imaging[0].findings.mass.size"),
        (QUILL, "percent: 30 %", "percent: 130 %", "pathology[0].immunohistochemistry.gleam.percent"),
        (QUILL, "duration: 224 min", "duration: 224 h", "surgeries[0].duration"),
        (QUILL, "amount: 2 units", "amount: 2000 units", "surgeries[0].transfusions[0].amount"),
        (QUILL, "pack_years: 12", "pack_years: 1200", "patient.smoking.pack_years"),
        (QUILL, "stay: 10 days", "stay: 10 years", "surgeries[0].stay"),
        (FIRST, "dose: 50.4 Gy", "dose: 5040 Gy", "radiotherapy[0].dose"),
        (FIRST, "dose: 75 mg", "dose: 7500 g", "systemic_therapy[0].drugs.dimmerin.dose"),
        (FIRST, "fractions: 28", "fractions: 0", "radiotherapy[0].fractions"),
        (FIRST, "cycle_length: 3 weeks", "cycle_length: 3 years", "systemic_therapy[0].cycle_length"),
    ],
)
def test_what_no_patient_can_have_is_refused(world: World, file: str, old: str, new: str, field: str) -> None:
    world.replace(file, old, new)
    (problem,) = world.problems()
    assert (problem.rule, problem.level, problem.field) == ("C501", Level.ERROR, field)


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        (QUILL, "duration: 224 min", "duration: 30 h", "C502"),
        (QUILL, "stay: 10 days", "stay: 200 days", "C502"),
        (FIRST, "dose: 50.4 Gy", "dose: 90 Gy", "C502"),
        (FIRST, "dose: 50.4 Gy", "dose: {value: 90 Gy, note: By implants.}", None),
        (FIRST, 'blood_loss: "> 1 l"', 'blood_loss: "> 15 l"', None),
        (
            QUILL,
            "- {method: specimen, size: 5.5 x 4.5 x 3.8 cm}\n",
            "- {method: specimen, size: 16 cm}\n",
            None,
        ),
    ],
)
def test_what_is_unusual_is_questioned_until_a_note_says_so(
    world: World, file: str, old: str, new: str, rule: str | None
) -> None:
    world.replace(file, old, new)
    problems = world.problems()
    assert [p.rule for p in problems] == ([rule] if rule else [])
    assert all(problem.level is Level.WARNING for problem in problems)


def test_a_large_tumour_is_possible(world: World) -> None:
    world.replace(ORRIN, "size: 2-3 cm", "size: 60 cm")
    assert {(p.rule, p.level) for p in world.problems()} == {("C502", Level.WARNING)}


def test_what_two_reports_dispute_is_recorded_not_judged(world: World) -> None:
    claims = "claims: [{value: 20000 Gy}, {value: 50 Gy}], use: 0, why: The text and the table differ."
    world.replace(FIRST, "dose: 50.4 Gy", f"dose: {{{claims}}}")
    assert world.problems() == []


def test_a_report_is_not_read_before_its_year(world: World) -> None:
    world.replace(FIRST, 'date: "2090-02-03"', 'date: "2084-02-03"')
    assert world.problems() == []  # online in the year before
    world.replace(FIRST, 'date: "2084-02-03"', 'date: "2083-02-03"')
    (problem,) = world.problems()
    assert (problem.rule, problem.field) == ("C503", "extraction.date")
    assert "vesper-2085 is of 2085" in problem.message


def test_every_range_is_of_a_field_and_in_order() -> None:
    known = {field.path for top in fields(Case) for field in top.walk()}
    for one in RANGES:
        assert one.low <= one.from_ <= one.to <= one.high and one.reason
        for field in one.fields:
            assert field in known or field.replace(".*", "") in known, field
