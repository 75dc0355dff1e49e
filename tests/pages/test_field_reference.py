"""The field reference: every field once, with its meaning, what it holds, and links that lead somewhere."""

from __future__ import annotations

import pytest

from build_tools.pages.blanks import Blanks, NoSuchThing
from build_tools.pages.context import Context
from build_tools.reading.settings import read_settings
from build_tools.records import KINDS, Kind
from build_tools.records.fields import fields
from build_tools.review.review import Review
from tests.dom import flat, parse
from tests.world import EXAMPLE


@pytest.fixture
def blanks(example: Review) -> Blanks:
    return Blanks("contribute/fields.md", "fields", None, Context(example, read_settings(EXAMPLE)))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_of_a_kind_is_there_with_its_meaning(blanks: Blanks, kind: Kind) -> None:
    shown = parse(blanks.field_reference(kind.name))
    rows = {element.attributes["id"]: element.text for element in shown if "id" in element.attributes}
    every = [field for top in fields(kind.model) for field in top.walk()]
    assert len(rows) == len({field.path for field in every})
    for field in every:
        words = rows[f"{kind.name}-{field.path}"]
        assert words.startswith(f"{field.title} {field.name}"), field.path
        assert flat(field.description) in words, field.path
        assert "None" not in words


def test_what_a_field_holds_is_said_with_a_link_to_its_terms(blanks: Blanks) -> None:
    text = blanks.field_reference("case")
    assert "each with a term of" in text
    for name in ("sex", "structure", "organ_fate"):
        assert f'href="../../glossary/#{name}"' in text


def test_a_kind_that_does_not_exist_is_told(blanks: Blanks) -> None:
    with pytest.raises(NoSuchThing, match=r"no kind of record 'patient'; there are: .*case"):
        blanks.field_reference("patient")
