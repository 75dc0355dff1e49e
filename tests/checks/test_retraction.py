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
    assert f">2</a> report {state}" in text["compare/kept-thumb.md"]
    assert "Left out: 2 whose report was retracted or withdrawn." in text["charts/index.md"]


def test_a_correction_or_a_concern_leaves_the_patients_in(world: World) -> None:
    review = world.review()  # of quill-2081 a correction, of vesper-2085 a concern is known
    assert not any(review.taken_back(case) for case in review.cases.values())


def test_correction_and_concern_stand_beside_the_name_of_the_report(world: World) -> None:
    text = {page.path: page.body for page in generate(world.root).pages}
    assert "expression of concern" in text["cases/vesper-2085-case-1.md"]
    assert "expression of concern; read in full" in text["reports/index.md"]
    assert "<strong>corrected</strong>" in text["cases/quill-2081.md"]
    assert "expression of concern" not in text["cases/quill-2081.md"]


def titled(world: World, title: str, state: str) -> list[str]:
    """The rules that a title breaks beside a state."""
    report = "content/reports/orrin-2083.yml"
    old = next(line for line in world.read(report).splitlines() if line.startswith("title:"))
    world.replace(report, old, f'title: "{title}"')
    world.replace(report, "state: none_found", f"state: {state}")
    return [problem.rule for problem in world.problems() if problem.rule in ("C342", "C343")]


@pytest.mark.parametrize(
    ("title", "state", "rules"),
    [
        ("RETRACTED: A thumb", "none_found", ["C342"]),
        ("A thumb (Retracted Article. See vol. 3)", "not_checked", ["C342"]),
        ("Expression of concern: A thumb", "none_found", ["C342"]),
        ("RETRACTED: A thumb", "retracted", []),
        ("RETRACTED: A thumb", "withdrawn", []),
        ("The nail was retracted in a thumb", "none_found", []),
        ("Erratum to: A thumb", "none_found", ["C343"]),
    ],
)
def test_a_title_that_tells_another_state_is_warned_of(
    world: World, title: str, state: str, rules: list[str]
) -> None:
    assert titled(world, title, state) == rules
