"""The data of the form: nothing of a case is left out, and the same review gives the same bytes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from build_tools.exports import form_json
from build_tools.reading.settings import read_settings
from build_tools.records.case import Case
from build_tools.records.fields import fields
from build_tools.review.review import Review
from tests.world import EXAMPLE


@pytest.fixture(scope="module")
def data(example: Review) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(form_json.text(example, read_settings(EXAMPLE)))
    return loaded


def test_every_field_of_a_case_stands_in_one_step(data: dict[str, Any]) -> None:
    stepped = [name for step in data["steps"] for name in step["fields"]]
    assert sorted(stepped) == sorted(field.name for field in fields(Case))


def test_every_field_that_the_form_names_exists() -> None:
    paths = {field.path for top in fields(Case) for field in top.walk()}
    assert paths >= form_json.FOLDED | form_json.REFERENCES.keys() | form_json.ITEMS.keys() - {"authors"}


def test_every_vocabulary_that_a_field_asks_for_is_there(data: dict[str, Any]) -> None:
    def asked(node: object) -> set[str]:
        if isinstance(node, list):
            return {name for inner in node for name in asked(inner)}
        if not isinstance(node, dict):
            return set()
        own = {node["vocabulary"]} if "vocabulary" in node else set()
        return own | {name for inner in node.values() for name in asked(inner)}

    assert asked(data["case"]) | asked(data["report"]) <= data["vocabularies"].keys()


def test_the_same_review_gives_the_same_bytes(example: Review) -> None:
    settings = read_settings(EXAMPLE)
    assert form_json.text(example, settings) == form_json.text(example, settings)
