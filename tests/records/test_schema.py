"""The schemas that editors read: as the models say, and of use to whoever writes a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from build_tools.reading.records import read_all
from build_tools.reading.yaml_tree import decode, read_tree
from build_tools.records import KINDS, Kind
from build_tools.records.schema import FOLDER, file_name, modeline, schemas
from build_tools.review.review import Review
from tests.world import EXAMPLE, REPOSITORY, World


@pytest.fixture(scope="module")
def validators(example: Review) -> dict[str, Draft202012Validator]:
    texts = schemas(example.vocabularies)
    return {kind.name: Draft202012Validator(json.loads(texts[file_name(kind)])) for kind in KINDS}


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def content(path: Path) -> object:
    """A file's content as an editor sees it."""
    return read_tree(path.name, decode(path.name, path.read_bytes())[0])[0].data


def nodes(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from nodes(inner)


def test_the_committed_schemas_are_the_models_own() -> None:
    committed = {path.name: text(path) for path in (REPOSITORY / FOLDER).iterdir()}
    wanted = schemas(read_all(REPOSITORY).vocabularies)
    assert set(committed) == set(wanted)
    stale = [name for name in wanted if committed[name] != wanted[name]]
    assert stale == [], "run 'casebook schema --write'"


def test_the_same_models_give_the_same_text(example: Review) -> None:
    assert schemas(example.vocabularies) == schemas(dict(reversed(list(example.vocabularies.items()))))


@pytest.mark.parametrize("root", [REPOSITORY, EXAMPLE], ids=["the casebook", "the example"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_file_begins_with_the_line_that_names_its_schema(root: Path, kind: Kind) -> None:
    files = sorted((root / kind.folder).glob("*.yml"))
    assert files
    assert [file.name for file in files if text(file).split("\n")[0] != modeline(kind)] == []
    named = root / kind.folder / modeline(kind).partition("$schema=")[2]
    assert named.resolve() == (root / FOLDER / file_name(kind)).resolve()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_schema_is_one(validators: dict[str, Draft202012Validator], kind: Kind) -> None:
    Draft202012Validator.check_schema(validators[kind.name].schema)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_right_file_is_right_to_an_editor(
    example: Review, validators: dict[str, Draft202012Validator], kind: Kind
) -> None:
    for file in example.files.records[kind.name].values():
        wrong = [f"{file.file}: {e.json_path}" for e in validators[kind.name].iter_errors(file.tree.data)]
        assert wrong == []


@pytest.mark.parametrize(
    ("kind", "file", "old", "new"),
    [
        ("case", "cases/quill-2081.yml", "remarks:", "remark:"),
        ("case", "cases/quill-2081.yml", "  sex: male", "  sexx: male"),
        ("case", "cases/quill-2081.yml", "  sex: male", "  sex: mann"),
        ("case", "cases/quill-2081.yml", "  age: 61", '  age: "61"'),
        ("case", "cases/quill-2081.yml", "  age: 61", "  age: 90"),
        ("case", "cases/quill-2081.yml", "region: hand", "regon: hand"),
        ("case", "cases/quill-2081.yml", "note: read off Figure 1", "nota: read off Figure 1"),
        ("case", "cases/quill-2081.yml", "blood_loss:\n", "blood_los:\n"),
        ("case", "cases/quill-2081.yml", "{value: 250 ml", "{value: 250 pints"),
        ("case", "cases/quill-2081.yml", "matt: negative", "matt: negativ"),
        ("case", "cases/quill-2081.yml", "    diabetes: absent", "    sugar: absent"),
        ("case", "cases/quill-2081.yml", "asa_grade: 2", "asa_grade: not_reported"),
        ("case", "cases/quill-2081.yml", "use: 0", "use: first"),
        ("case", "cases/quill-2081.yml", "role: update", "role: news"),
        ("report", "content/reports/quill-2081.yml", "read: full", "reed: full"),
        ("report", "content/reports/quill-2081.yml", "year: 2081", 'year: "2081"'),
        ("regimen", "content/regimens/dimmerin-shadex.yml", "drugs: [dimmerin, ", "drugs: [dimmer, "),
        ("aggregate", "content/aggregates/quill-2081-table-3.yml", "count: 5", "counts: 5"),
        ("trial", "content/trials/dimmer-1.yml", "alone: 9", "alone: nine"),
        ("statement", "content/statements/not-a-wart.yml", "diagnosis: wart", "diagnosis: worry"),
        ("search", "content/searches/2090-01-31-invented-library.yml", "known:", "knows:"),
        ("vocabulary", "content/vocabulary/symptom.yml", "synonyms: [ache]", "synonym: [ache]"),
    ],
)
def test_a_wrong_file_is_wrong_to_an_editor(
    world: World, validators: dict[str, Draft202012Validator], kind: str, file: str, old: str, new: str
) -> None:
    assert validators[kind].is_valid(content(world.root / file))
    world.replace(file, old, new)
    assert not validators[kind].is_valid(content(world.root / file))


def test_no_editor_offers_a_null(validators: dict[str, Draft202012Validator]) -> None:
    every = [node for v in validators.values() for node in nodes(v.schema)]
    assert not any(node.get("type") == "null" for node in every)
    assert not any("x-vocabulary" in node for node in every)


def test_every_field_of_a_case_says_what_it_means(validators: dict[str, Draft202012Validator]) -> None:
    schema = validators["case"].schema
    for name, field in schema["properties"].items():
        whole = schema["$defs"][field["$ref"].rpartition("/")[2]] | field if "$ref" in field else field
        assert whole.get("title"), name
        assert whole.get("description"), name


def test_terms_are_offered_with_their_definitions(validators: dict[str, Draft202012Validator]) -> None:
    terms = validators["case"].schema["$defs"]["term-approach"]
    assert terms["enum"] == ["open", "keyhole", "through_the_nail"]
    assert terms["markdownEnumDescriptions"][1] == "Keyhole: Through small cuts, with a lens."


def test_a_block_of_terms_stands_once_in_a_schema(validators: dict[str, Draft202012Validator]) -> None:
    blocks = [
        json.dumps(node["properties"])
        for node in nodes(validators["case"].schema)
        if any("markdownDescription" in field for field in node.get("properties", {}).values())
    ]
    assert blocks
    assert len(blocks) == len(set(blocks))


def test_a_vocabulary_that_is_missing_leaves_its_fields_open() -> None:
    texts = schemas({})
    assert json.loads(texts["case.schema.json"])["$defs"]["term-sex"] == {"type": "string"}
