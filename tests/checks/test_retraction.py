"""A retracted report is marked wherever it is named, and its patients are counted nowhere."""

from __future__ import annotations

import pytest

from build_tools.analysis.cohorts import cohort
from build_tools.analysis.declared import estimate
from build_tools.analysis.tallies import tally
from build_tools.problems.problem import Level
from build_tools.publishing.generate import generate
from tests.world import World

REPORT = "content/reports/vesper-2085.yml"
PATIENTS = {"vesper-2085-case-1", "vesper-2085-case-2"}


@pytest.fixture(params=["retracted", "withdrawn"])
def state(request: pytest.FixtureRequest, world: World) -> str:
    world.replace(REPORT, "state: concern", f"state: {request.param}")
    return str(request.param)


def test_a_retracted_report_asks_for_a_second_look(world: World, state: str) -> None:
    (problem,) = world.problems()
    assert (problem.rule, problem.level, problem.field) == ("C341", Level.WARNING, "retraction.state")
    assert all(patient in problem.message for patient in PATIENTS)


def test_its_patients_are_in_no_count_and_the_reason_is_told(world: World, state: str) -> None:
    review, _ = world.check()
    counted = tally(review, "outcome.vital", "dead")
    assert {case.id for case in counted.taken_back} == PATIENTS
    assert not PATIENTS & {c.id for c in (*counted.inside, *counted.outside, *counted.silent)}
    observed = cohort(review, "overall_survival")
    reasons = {left.case.id: (left.reason, left.eligible) for left in observed.outside}
    assert reasons == dict.fromkeys(PATIENTS, (f"report {state}", False))
    (share,) = estimate(review, "alive").shares
    assert {left.case.id for left in share.not_asked_for} == PATIENTS


def test_pooled_counts_of_a_retracted_report_are_left_out(world: World) -> None:
    world.replace("content/reports/quill-2081.yml", "state: corrected", "state: retracted")
    review, _ = world.check()
    assert len(estimate(review, "alive").pooled) == 0


def test_the_pages_tell_of_it(world: World, state: str) -> None:
    site = generate(world.root)
    text = {page.path: page.body for page in site.pages}
    for id in PATIENTS:
        assert f"was {state}.</strong>" in text[f"cases/{id}.md"]
    assert f"This report was {state}." in text["reports/vesper-2085.md"]
    assert f"{state}; read in full" in text["reports/index.md"]
    assert "taken-back" not in text["cases/quill-2081.md"] + text["reports/quill-2081.md"]
    assert f"2 report {state}" in text["compare/kept-thumb.md"]
    assert "Left out: 2 whose report was retracted or withdrawn." in text["charts/index.md"]


def test_a_correction_or_a_concern_leaves_the_patients_in(world: World) -> None:
    review = world.review()  # of quill-2081 a correction, of vesper-2085 a concern is known
    assert not any(review.taken_back(case) for case in review.cases.values())
