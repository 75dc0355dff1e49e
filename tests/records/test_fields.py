"""Fields as data: nothing of the models is lost, and what is said of a field is what the models hold."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from pydantic import BaseModel

from build_tools.records import KINDS
from build_tools.records.case import Case
from build_tools.records.fields import Form, RecordField, fields
from build_tools.records.report import Report
from build_tools.records.shape import inner_models, models_in, title_at
from build_tools.review.review import Review
from tests.world import EXAMPLE

ALL = {field.path: field for top in fields(Case) for field in top.walk()}


def test_every_field_has_a_title_and_a_meaning() -> None:
    for kind in KINDS:
        for field in chain.from_iterable(top.walk() for top in fields(kind.model)):
            assert field.title, field.path
            assert field.description.endswith((".", ")")) or field.path.endswith("terms"), field.path


def test_titles_are_those_of_the_models() -> None:
    checked = 0
    for path, field in ALL.items():
        title = title_at(Case, path.split("."))
        if title is not None and not any(path.startswith(f.path + ".") for f in ALL.values() if f.entry):
            assert field.title == title, path
            checked += 1
    assert checked > 100


def test_every_vocabulary_that_a_field_names_exists_and_every_term_field_names_one(example: Review) -> None:
    for field in ALL.values():
        assert (field.vocabulary is not None) == (field.form in (Form.TERM, Form.MAPPING)), field.path
        assert field.vocabulary is None or field.vocabulary in example.vocabularies


def test_every_measure_has_an_example_that_it_accepts() -> None:
    measures = [field.measure for field in ALL.values() if field.measure is not None]
    assert len(measures) > 20
    for measure in measures:
        assert measure.parse(measure.example).text == measure.example


@pytest.mark.parametrize(
    ("path", "form", "many", "states"),
    [
        ("patient.age", Form.AGE, False, True),
        ("patient.sex", Form.TERM, False, True),
        ("surgeries", Form.BLOCK, True, True),
        ("surgeries.procedures", Form.TERM, True, True),
        ("surgeries.organs", Form.MAPPING, False, True),
        ("surgeries.blood_loss", Form.MEASURE, False, True),
        ("lesions.origin", Form.BLOCK, False, True),
        ("reports.role", Form.CHOICE, False, False),
        ("events", Form.BLOCK, True, False),
        ("remarks", Form.TEXT, True, False),
    ],
)
def test_a_field_tells_what_may_be_written_in_it(path: str, form: Form, many: bool, states: bool) -> None:
    field = ALL[path]
    assert (field.form, field.many, field.states) == (form, many, states)


def test_a_block_for_which_one_word_may_stand_says_which() -> None:
    assert ALL["lesions.origin"].short == "structure"
    assert ALL["outcome.metastasis"].short == "present"
    assert ALL["patient"].short is None


def test_what_a_mapping_says_of_each_term_is_told() -> None:
    fate, stain = ALL["surgeries.organs"].entry, ALL["pathology.immunohistochemistry"].entry
    assert fate is not None and fate.vocabulary == "organ_fate"
    assert stain is not None and stain.short == "result"
    assert [field.name for field in stain.inside] == ["result", "percent", "detail"]


def test_no_field_of_a_model_is_left_out() -> None:
    blocks: list[tuple[type[BaseModel], RecordField]] = []
    for info, field in zip(Case.model_fields.values(), fields(Case), strict=True):
        blocks += [(m, field) for value in models_in(info.annotation) for m in inner_models(value)]
    checked = 0
    while blocks:
        model, field = blocks.pop()
        if field.form is Form.BLOCK:
            by_name = {inner.name: inner for inner in field.inside}
            assert by_name.keys() | {"source", "note"} >= set(model.model_fields), field.path
            checked += 1
            blocks += [
                (inner, by_name[name])
                for name, info in model.model_fields.items()
                if name in by_name
                for value in models_in(info.annotation)
                for inner in inner_models(value)
            ]
    assert checked > 25


def test_the_example_writes_in_every_form() -> None:
    written = (EXAMPLE / "cases").glob("*.yml")
    text = "\n".join(path.read_text(encoding="utf-8") for path in written)
    assert all(f"{field.name}:" in text for field in ALL.values() if "." not in field.path)


def test_a_field_with_messages_of_its_own_still_states_its_pattern() -> None:
    patterns = {form.path: form.pattern for top in fields(Report) for form in top.walk()}
    assert re.search(patterns["doi"] or "", "10.5555/toe.1")
    assert not re.search(patterns["doi"] or "", "https://doi.org/10.5555/toe.1")
    assert not re.search(patterns["authors.family"] or "", "<b>")
