"""Facts: each value keeps its words, its state and its source, and nothing is said that no report says."""

from __future__ import annotations

import re

import pytest

from build_tools.records.values import WRITTEN_STATES, State
from build_tools.review.facts import Fact, lower_first, state_words
from build_tools.review.review import Review
from tests.world import World

QUILL = "quill-2081"


def fact(review: Review, path: str, case: str = QUILL) -> Fact:
    return review.cases[case].by_path[path]


def sources(found: Fact) -> list[str]:
    return [f"{source.report}: {source.place}" for source in found.sources]


@pytest.mark.parametrize(
    ("case", "path", "places"),
    [
        (QUILL, "patient.age", ["quill-2081: Case report"]),
        (QUILL, "patient.comorbidities.frostbite.side", ["quill-2081: Case report"]),
        (QUILL, "presentation.symptoms.pain.duration", ["quill-2081: Case report"]),
        (QUILL, "imaging[1].findings.mass", ["quill-2081: Imaging", "quill-2081: Figure 2"]),
        (QUILL, "lesions[0].sizes[2].size", ["quill-2081: Results"]),
        (QUILL, "events[0].event", ["quill-2081: Operation"]),
        (QUILL, "systemic_therapy", ["quill-2081: Course"]),
        (QUILL, "surgeries[0].blood_loss", ["quill-2081: Operation", "quill-2081: Table 2"]),
        ("orrin-2083", "presentation.mode", ["orrin-2083: Case", "pell-2084: Thumb 2"]),
        ("vesper-2085-case-1", "pathology[0].diagnosis", ["vesper-2085: Chapter 3, figure 4"]),
        ("vesper-2085-case-1", "radiotherapy[0].dose", ["vesper-2085: Chapter 3"]),
        ("vesper-2085-case-1", "time_zero", ["vesper-2085: Chapter 3"]),
    ],
)
def test_a_source_holds_for_all_that_is_inside(
    example: Review, case: str, path: str, places: list[str]
) -> None:
    assert sources(fact(example, path, case)) == places


def test_a_fields_own_source_overrides_that_of_its_block(world: World) -> None:
    world.replace("cases/quill-2081.yml", "  age: 61", '  age: {value: 61, source: "quill-2081: Title"}')
    review = world.review()
    assert sources(fact(review, "patient.age")) == ["quill-2081: Title"]
    assert sources(fact(review, "patient.sex")) == ["quill-2081: Case report"]


def test_each_claim_keeps_its_own_source(example: Review) -> None:
    loss = fact(example, "surgeries[0].blood_loss")
    assert [(claim.text, sources(claim)) for claim in loss.claims] == [
        ("200\u00a0ml", ["quill-2081: Operation"]),
        ("250\u00a0ml", ["quill-2081: Table 2"]),
    ]
    assert (loss.text, loss.used, loss.why) == ("200\u00a0ml", 0, "The text says it twice.")


def test_of_a_conflict_left_open_nothing_is_taken(example: Review) -> None:
    age = fact(example, "patient.age", "orrin-2083")
    assert (age.state, age.text, age.value, age.used) == (State.UNCLEAR, "", None, None)
    assert [claim.value for claim in age.claims] == [44, 45]


def test_silence_of_a_report_read_in_full_means_not_reported(example: Review) -> None:
    assert fact(example, "patient.country", "orrin-2083").state is State.NOT_REPORTED
    assert fact(example, "surgeries[1].margins", "vesper-2085-case-1").state is State.NOT_REPORTED


@pytest.mark.parametrize("read", ["text_only", "abstract", "excerpt", "secondary"])
def test_silence_of_a_report_not_read_in_full_means_not_extracted(world: World, read: str) -> None:
    world.replace("content/reports/orrin-2083.yml", "read: full", f"read: {read}")
    case = world.review().cases["orrin-2083"]
    assert {f.state for f in case.by_path.values() if f.missing} == {State.NOT_EXTRACTED}


def test_a_row_of_another_papers_table_is_never_silent_for_the_patients_own_report(example: Review) -> None:
    assert fact(example, "patient.country", "tarn-2079").state is State.NOT_EXTRACTED


@pytest.mark.parametrize("state", sorted(WRITTEN_STATES | {State.REPORTED}))
def test_what_a_report_says_is_never_missing(state: State) -> None:
    assert not Fact("x", "X", state).missing


@pytest.mark.parametrize(
    "path",
    [
        "patient.family_history",
        "patient.comorbidities.diabetes",
        "presentation.symptoms.numbness",
        "systemic_therapy",
        "pathology[0].necrosis",
        "outcome.local_recurrence",
    ],
)
def test_absent_is_never_missing_and_never_a_value(example: Review, path: str) -> None:
    found = fact(example, path)
    assert (found.state, found.missing, found.value) == (State.ABSENT, False, None)
    assert found.sources


def test_a_marker_left_out_was_not_tested_and_has_no_fact(example: Review) -> None:
    stains = fact(example, "pathology[0].immunohistochemistry", "vesper-2085-case-1")
    assert [child.path.rpartition(".")[2] for child in stains.children] == ["glow1", "matt"]


def test_a_detail_that_nobody_asks_for_has_no_fact(example: Review) -> None:
    paths = example.cases[QUILL].by_path
    assert "surgeries[0].vascular_control[1].detail" not in paths
    assert "surgeries[0].vascular_control[0].detail" in paths


def test_a_block_without_any_value_says_nothing(example: Review) -> None:
    diagnosis = fact(example, "diagnosis", "vesper-2085-case-2")
    assert (diagnosis.state, diagnosis.text) == (State.NOT_REPORTED, "")
    assert all(child.missing for child in diagnosis.children)


def test_something_written_as_present_is_reported(example: Review) -> None:
    assert fact(example, "presentation.symptoms.glow_at_night").value == "present"
    assert fact(example, "follow_up.lost", "vesper-2085-case-2").value == "present"


@pytest.mark.parametrize(
    ("case", "path", "words"),
    [
        (QUILL, "patient.age", "61"),
        ("tarn-2079", "patient.age", "90+"),
        (QUILL, "patient.sex", "Man"),
        (QUILL, "lesions[0].sizes[0].size", "41\u00a0mm"),
        (QUILL, "lesions[0].sizes[2].size", "5.5 × 4.5 × 3.8\u00a0cm"),
        (QUILL, "presentation.delay", "5–6\u00a0months"),
        (QUILL, "presentation.symptoms.weight_loss.duration", "about 6\u00a0weeks"),
        (QUILL, "surgeries[0].margin_distance", "at least 2\u00a0mm"),
        ("orrin-2083", "lesions[0].sizes[1].size", "less than 4\u00a0cm"),
        ("vesper-2085-case-1", "surgeries[0].blood_loss", "more than 1\u00a0l"),
        (QUILL, "pathology[0].immunohistochemistry.gleam.percent", "30%"),
        (QUILL, "laboratory[2].result", "1250000\u00a0/ul"),
        (QUILL, "surgeries[0].procedures", "Local excision; Removal of the nail"),
        (QUILL, "surgeries[0].findings", "The pulp glowed.; Nothing else did."),
        (QUILL, "surgeries[0].conversion.reason", "the hole was #2 and too small"),
        ("vesper-2085-case-1", "outcome.local_recurrence", ""),
    ],
)
def test_a_value_is_put_in_words(example: Review, case: str, path: str, words: str) -> None:
    assert fact(example, path, case).text == words


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("lesions[0].vessels", ["Thumb vein", "abutted", "free", "PGA arch", "free"]),
        ("patient.smoking", ["former", "12"]),
        ("patient.comorbidities", ["High blood pressure", "Diabetes", "none", "Frostbite", "left", "2"]),
        ("pathology[0].grade", ["Glow score", "G1", "1", "1", "0"]),
        ("imaging", ["Ultrasound", "hand", "mass", "MRI", "whole arm", "mass", "none"]),
        ("surgeries[0].transfusions", ["Red cells", "2\u00a0units", "Plasma", "200\u00a0ml"]),
    ],
)
def test_what_is_inside_is_said_in_order(example: Review, path: str, words: list[str]) -> None:
    assert re.search(".*".join(map(re.escape, words)), fact(example, path).text, re.IGNORECASE)


def test_a_mapping_is_titled_by_its_terms(example: Review) -> None:
    found = fact(example, "patient.comorbidities")
    assert [child.title for child in found.children] == ["High blood pressure", "Diabetes", "Frostbite"]


def test_an_item_of_a_list_is_titled_by_what_it_is(example: Review) -> None:
    assert [child.title for child in fact(example, "imaging").children] == ["Ultrasound", "MRI"]
    assert fact(example, "imaging[0]").term == "ultrasound"
    assert fact(example, "lesions[0].origin").title == "Origin"


def test_notes_and_inference_are_kept(example: Review) -> None:
    assert fact(example, "biopsy").note == "The authors feared the light."
    assert (
        fact(example, "radiotherapy", "vesper-2085-case-1").note == "Planned as one course and given as one."
    )
    assert fact(example, "outcome.disease", "vesper-2085-case-2").inferred
    assert not fact(example, "outcome.disease").inferred


def test_all_of_an_inferred_block_is_inferred(world: World) -> None:
    world.replace(
        "cases/orrin-2083.yml",
        "{structure: thumb_vein, certainty: probable, alternatives: [pga_arch, nail_bed]}",
        "{value: {structure: thumb_vein, certainty: probable}, inferred: true, note: By its place.}",
    )
    review = world.review()
    assert fact(review, "lesions[0].origin.structure", "orrin-2083").inferred
    assert not fact(review, "lesions[0].growth", "orrin-2083").inferred


def test_a_child_is_found_by_its_name(example: Review) -> None:
    patient = fact(example, "patient")
    assert patient.child("age") is fact(example, "patient.age")
    assert patient.child("nowhere") is None


def test_facts_stand_in_the_order_of_the_model(example: Review) -> None:
    tops = [top.path for top in example.cases[QUILL].facts]
    assert tops.index("patient") < tops.index("surgeries") < tops.index("outcome")
    assert not {"reports", "identity", "extraction", "remarks"} & set(tops)


def test_a_state_has_words() -> None:
    assert state_words(State.ABSENT) == "none"
    assert state_words(State.NOT_REPORTED) == "not reported"


def test_an_abbreviation_keeps_its_capitals_inside_a_line() -> None:
    assert lower_first("Thumb pulp") == "thumb pulp"
    assert lower_first("PGA arch") == "PGA arch"
    assert lower_first("") == ""


def test_a_measure_taken_once_has_a_time_and_needs_no_duration(example: Review) -> None:
    once = fact(example, "surgeries[0].preparation[1].before")
    assert (once.title, once.text) == ("Time before the operation", "1\xa0day")
