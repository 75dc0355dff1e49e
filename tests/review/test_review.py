"""The review: patients, not reports, are counted, and each is linked to all that describes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.records.values import Source, State
from build_tools.review.review import Review
from tests.world import World


def test_a_patient_reported_twice_counts_once(example: Review) -> None:
    assert len(example.cases) == 5
    assert [case.id for case in example.cases_of("orrin-2083")] == ["orrin-2083"]
    assert [case.id for case in example.cases_of("pell-2084")] == ["orrin-2083"]


def test_every_probable_pair_would_be_two_if_split(example: Review) -> None:
    assert example.persons_if_split == 6


def test_a_certain_pair_is_one_person_even_if_split(world: World) -> None:
    world.replace("cases/orrin-2083.yml", "same_patient: probable", "same_patient: certain")
    assert world.review().persons_if_split == 5


def test_later_news_of_a_person_is_no_second_person(world: World) -> None:
    world.replace("cases/orrin-2083.yml", "role: partial", "role: update")
    assert world.review().persons_if_split == 5


def test_a_probable_pair_known_from_tables_alone_is_still_one_person(world: World) -> None:
    world.replace("cases/orrin-2083.yml", "role: full", "role: secondary")
    world.replace("cases/orrin-2083.yml", "role: partial", "role: secondary")
    assert world.review().persons_if_split == 5


def test_a_report_that_only_repeats_a_patient_can_be_told_apart(example: Review) -> None:
    assert [case.id for case in example.cases_of("quill-2081")] == ["quill-2081", "tarn-2079"]
    assert [case.id for case in example.cases_of("quill-2081", own=True)] == ["quill-2081"]


def test_sources_get_the_id_of_the_only_report(example: Review) -> None:
    facts = example.cases["vesper-2085-case-1"].by_path.values()
    assert {source.report for fact in facts for source in fact.sources} == {"vesper-2085"}


def test_evidence_too_names_the_only_report_and_never_one_of_several(example: Review) -> None:
    silent, said = Source(place="Chapter 3"), Source(report="quill-2081", place="Table 3")
    alone, several = example.cases["vesper-2085-case-2"], example.cases["tarn-2079"]
    assert alone.named((silent, said)) == (Source(report="vesper-2085", place="Chapter 3"), said)
    assert several.named((silent, said)) == (silent, said)


def test_claims_get_the_id_of_the_only_report_too(world: World) -> None:
    world.replace(
        "cases/vesper-2085-case-1.yml",
        "  age: 39",
        "  age: {claims: [{value: 39, source: Title}, 40], use: 0, why: A slip.}",
    )
    age = world.review().cases["vesper-2085-case-1"].by_path["patient.age"]
    assert [[(s.report, s.place) for s in claim.sources] for claim in age.claims] == [
        [("vesper-2085", "Title")],
        [("vesper-2085", "Chapter 3")],
    ]


def test_the_patients_own_report_comes_first_wherever_it_is_written(world: World) -> None:
    own, table = (
        "  - {report: tarn-2079, role: full}\n",
        "  - {report: quill-2081, label: row 3, role: secondary}\n",
    )
    world.replace("cases/tarn-2079.yml", own + table, table + own)
    assert world.review().cases["tarn-2079"].report_ids == ("tarn-2079", "quill-2081")


@pytest.mark.parametrize(
    ("case", "field", "values"),
    [
        ("quill-2081", "patient.sex", ["male"]),
        ("vesper-2085-case-1", "surgeries.procedures", [["local_excision"], ["thumb_amputation"]]),
        ("quill-2081", "lesions.sizes.method", ["ultrasound", "mri", "specimen"]),
        ("quill-2081", "imaging.findings.mass.size", [{"text": "4.1 cm", "unit": "cm", "number": 4.1}]),
        ("vesper-2085-case-1", "surgeries", [None]),
        ("quill-2081", "surgeries.nonsense", []),
    ],
)
def test_a_field_is_found_without_indices(
    example: Review, case: str, field: str, values: list[object]
) -> None:
    assert [fact.value for fact in example.cases[case].find(field)] == values


@pytest.mark.parametrize(
    ("case", "field", "state"),
    [
        ("vesper-2085-case-2", "surgeries.blood_loss", State.NOT_DONE),
        ("quill-2081", "biopsy.result", State.NOT_DONE),
        ("quill-2081", "systemic_therapy.drugs.dimmerin", State.ABSENT),
        ("vesper-2085-case-2", "lesions.sizes.size", State.NOT_REPORTED),
        ("tarn-2079", "surgeries.blood_loss", State.NOT_EXTRACTED),
    ],
)
def test_a_field_of_something_that_is_not_there_has_the_state_of_that(
    example: Review, case: str, field: str, state: State
) -> None:
    (fact,) = example.cases[case].find(field)
    assert (fact.state, fact.text, fact.value) == (state, "", None)


def test_records_of_every_kind_are_linked(example: Review) -> None:
    assert set(example.regimens) == {"dimmerin-shadex", "lamp-rays", "local-excision"}
    assert set(example.aggregates) == {"quill-2081-table-3", "vesper-2085-series"}
    assert example.reports["vesper-2085"].year == 2085
    assert example.label("sex", "female") == "Woman"


def test_a_casebook_without_cases_is_a_review_without_cases(tmp_path: Path) -> None:
    review, _ = World(tmp_path).check()
    assert review.cases == {}
    assert review.persons_if_split == 0


def test_reading_twice_gives_the_same(example: Review, world: World) -> None:
    assert [case.facts for case in world.review().cases.values()] == [
        case.facts for case in example.cases.values()
    ]
