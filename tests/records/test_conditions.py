"""A condition that no case can meet is a mistake, wherever it stands."""

from __future__ import annotations

import pytest

from build_tools.publishing.generate import check_site
from build_tools.records.conditions import wrong_in
from build_tools.review.review import Review
from tests.world import World

PAGE = "content/review/index.md"


@pytest.mark.parametrize(
    ("field", "term", "said"),
    [
        ("patient.sex", "female", None),
        ("patient.sex", "alive", "'alive' is not a term of sex"),
        ("patient.sex", "femal", "did you mean 'female'?"),
        ("patient.age", "61", None),
        ("systemic_therapy.regimen", "dimmerin-shadex", None),
        ("surgeries.organs.thumb_pulp", "preserved", None),
        ("surgeries.organs.thumb", "preserved", "'thumb' is not a term of structure"),
        ("surgeries.organs.thumb_pulp", "present", "'present' is not a term of organ_fate"),
        ("presentation.symptoms", "pain", None),
        ("presentation.symptoms", "glow", "'glow' is not a term of symptom"),
        ("presentation.symptoms.pain", "present", None),
        ("pathology.immunohistochemistry.glow1", "positive", None),
        ("pathology.immunohistochemistry.glow1", "present", "'present' is not a term of stain_result"),
        ("events", "death", None),
        ("events", "deth", "did you mean 'death'?"),
        ("imaging.modality", "mri", None),
        ("surgeries.procedures", "mri", "'mri' is not a term of procedure"),
    ],
)
def test_a_field_is_asked_for_terms_of_its_own_vocabulary(
    example: Review, field: str, term: str, said: str | None
) -> None:
    found = wrong_in(field, term, example.vocabularies)
    assert (found is None) if said is None else (found is not None and said in found)


@pytest.mark.parametrize(
    ("blank", "said"),
    [
        ('count("patient.sex", "femal")', "'femal' is not a term of sex; did you mean 'female'?"),
        ('share("outcome.vital", "male")', "'male' is not a term of vital_status"),
        (
            'count("patient.sex", "female", {"outcome.vital": "alve"})',
            "'alve' is not a term of vital_status",
        ),
        ('count("presentation.symptoms.ache", "present")', "'ache' is not a term of symptom"),
    ],
)
def test_a_count_of_what_cannot_be_is_a_problem_not_none(world: World, blank: str, said: str) -> None:
    world.write(PAGE, world.read(PAGE) + f"\n{{{{ {blank} }}}}\n")
    _, _, problems = check_site(world.root)
    assert [said in problem.message for problem in problems] == [True]


def test_a_table_chooses_by_terms_of_the_field(world: World) -> None:
    table = "content/compare/kept-thumb.md"
    world.replace(table, "surgeries.procedures: local_excision", "surgeries.procedures: preserved")
    _, _, problems = check_site(world.root)
    assert ["'preserved' is not a term of procedure" in problem.message for problem in problems] == [True]
