"""Who read the reports, once or twice: names as credited, ORCID iDs, and how far two readers agreed."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.authoring.comparison import GIVEN, NOT_COMPARED
from build_tools.publishing.generate import generate
from build_tools.records.case import Case
from build_tools.records.extraction import Agreement, check_character
from tests.dom import parse
from tests.world import World

QUILL, ORRIN = "cases/quill-2081.yml", "cases/orrin-2083.yml"


def said(world: World, case: str) -> str:
    """What a case page says of its readers."""
    (page,) = [page for page in generate(world.root).pages if page.path == f"cases/{case}.md"]
    return " ".join(parse(page.body).one("p", "extraction").text.split())


def test_a_case_page_tells_single_from_double_extraction(world: World) -> None:
    world.without_charts()
    assert said(world, "quill-2081") == (
        "Double extraction: by First Reader and Third Reader (ORCID) on 2090-02-01, and independently by "
        "Second Reader on 2090-02-04. Chosen for it: drawn at random with the seed 2090. Before they talked, "
        "they agreed in 98 of 100 fields that both filled in; the first alone filled in 1 more, the second "
        "alone 4. Both looked again at the page."
    )
    assert said(world, "orrin-2083").startswith("Single extraction: by First Reader on 2090-02-02.")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0098", "'0000-0002-1825-0098' is not an ORCID iD"),
        ("0000-0002-1825-0097", "0000-0002-1825-97", "does not have the right form"),
        ("same: 19", "same: 21", "more fields are the same than both readings filled in"),
        ("block: lesions", "block: patient", "the agreement on a block is given twice"),
        ("block: lesions", "block: lesion", "'lesion' is not allowed"),
        ("by: [Second Reader]", "by: []", "this is empty"),
        ("by: [Second Reader]", "by: [first reader]", "a second reading is somebody else's"),
        (
            "by: [Second Reader]",
            "by: [{name: T. Reader, orcid: 0000-0002-1825-0097}]",
            "a second reading is somebody else's",
        ),
    ],
)
def test_what_can_t_be_a_reading_is_refused(world: World, old: str, new: str, message: str) -> None:
    world.replace(QUILL, old, new)
    (problem,) = world.problems()
    assert message in problem.message
    assert problem.field.startswith("extraction.")


def test_the_former_name_of_a_field_points_to_migrate(world: World) -> None:
    place = world.replace(ORRIN, '"2090-02-02"}', '"2090-02-02", »second_reader: Second Reader}')
    (problem,) = world.problems()
    assert (problem.line, problem.column) == place
    assert problem.message == "the field has another name and form now"
    assert problem.hint == "'casebook migrate' writes 'second_reading' for it"


def test_agreement_is_told_of_every_block_that_is_compared_but_the_given_one() -> None:
    named = set(get_args(Agreement.model_fields["block"].annotation))
    assert named == Case.model_fields.keys() - NOT_COMPARED - {GIVEN, "note"}


@given(st.text("0123456789", min_size=15, max_size=15), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(digits: str, place: int, by: int) -> None:
    other = str((int(digits[place]) + by) % 10)
    assert check_character(digits) != check_character(digits[:place] + other + digits[place + 1 :])
