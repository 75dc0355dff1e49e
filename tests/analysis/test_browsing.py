"""The rows of the case browser: they count as sentences count, and no bound becomes a number."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest

from build_tools.analysis.browsing import Known, as_word, is_number, is_question, known
from build_tools.analysis.tallies import tally
from build_tools.reading.prose import read_prose
from build_tools.records.browser import BrowserDeclaration, BrowserField
from build_tools.records.values import State
from build_tools.review.review import Review
from tests import sixty
from tests.world import EXAMPLE, REPOSITORY, World


def browser_of(review: Review) -> BrowserDeclaration:
    root = EXAMPLE if review.root == EXAMPLE or "thumb_pulp" in str(review.vocabularies) else REPOSITORY
    (page,) = [page for page in read_prose(root)[0] if page.path == "cases/index.md"]
    assert page.front.browser is not None
    return page.front.browser


@pytest.fixture(params=["example", "sixty", "casebook"])
def review(request: pytest.FixtureRequest) -> Review:
    if request.param == "sixty":
        world: World = request.getfixturevalue("world")
        sixty.written(world)
        return world.check()[0]
    found: Review = request.getfixturevalue(request.param)
    return found


def test_a_choice_keeps_the_patients_whom_a_sentence_counts(review: Review) -> None:
    compared = 0
    for field in browser_of(review).fields.values():
        if field.field.startswith("derived.") or is_number(field):
            continue
        found = {id: known(case, field, review) for id, case in review.cases.items()}
        for value in {value for one in found.values() for value in one.values}:
            term = field.term if is_question(field) else value
            counted = tally(review, field.field, term)
            wanted = counted.outside if value == "no" else counted.inside
            assert {id for id, one in found.items() if value in one.values} == {case.id for case in wanted}
            compared += 1
    assert compared > 10


def test_what_is_not_reported_has_a_state_and_no_value(review: Review) -> None:
    for field in browser_of(review).fields.values():
        for case in review.cases.values():
            one = known(case, field, review)
            if one.state is not State.REPORTED:
                assert not one.values
                assert one.bounds is None


@pytest.fixture
def age(world: World) -> Any:
    def with_age(written: str) -> Known:
        world.replace("cases/quill-2081.yml", "age: 61", f"age: {written}")
        review = world.review()
        return known(review.cases["quill-2081"], BrowserField(field="patient.age"), review)

    return with_age


@pytest.mark.parametrize(("written", "bounds"), [("40", (40, 40)), ('"90+"', (90, inf)), ("unknown", None)])
def test_a_number_is_known_between_its_bounds(age: Any, written: str, bounds: object) -> None:
    assert age(written).bounds == bounds


def test_a_word_of_an_address_is_plain() -> None:
    assert as_word("No operation, radiotherapy") == "no_operation_radiotherapy"


HEAD = "---\ntitle: T\ndescription: D.\ntable: {caption: C., columns: [patient.sex]}\nbrowser:\n  fields:\n"
MISTAKES = {
    "    sex: {field: patient.shoe}\n": "there is no field 'patient.shoe'",
    "    sex: {field: patient.sex, column: derived.shoe}\n": "there is no field 'derived.shoe'",
    "    sex: {field: patient.sex, term: femal}\n": "'femal' is not a term of sex",
    "    sort: {field: patient.sex}\n": "'sort' says something else in an address",
    "    sex: {field: patient.sex}\n  facets: [age]\n": "the browser has no field for 'age'",
    "    age: {field: patient.age}\n": "the browser has no field for the column 'patient.sex'",
}


@pytest.mark.parametrize("written", MISTAKES)
def test_a_browser_of_what_does_not_exist_is_told_at_its_line(world: World, written: str) -> None:
    from build_tools.publishing.generate import check_site

    world.write("content/compare/kept-thumb.md", HEAD + written + "---\n{{ browser() }}\n")
    found = [p for p in check_site(world.root)[2] if p.file == "content/compare/kept-thumb.md"]
    assert MISTAKES[written] in [problem.message for problem in found]
    assert all(problem.line > 3 for problem in found)
