"""The JSON Schema of every record kind: made from the models and vocabularies, read by editors."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from build_tools.records import KINDS, Kind
from build_tools.records.messages import SHAPES
from build_tools.records.terms import TermEntry, Vocabulary

FOLDER = Path("content/schema")


def schemas(vocabularies: Mapping[str, Vocabulary]) -> dict[str, str]:
    """File name -> JSON text, a schema a kind, with the terms of the vocabularies as they are now."""
    return {file_name(kind): _text(_schema(kind, vocabularies)) for kind in KINDS}


def file_name(kind: Kind) -> str:
    """The schema's file name."""
    return f"{kind.name}.schema.json"


def modeline(kind: Kind) -> str:
    """The first line of a file, by which an editor finds the schema."""
    up = "../" if kind.folder.startswith("content/") else "../content/"
    return f"# yaml-language-server: $schema={up}schema/{file_name(kind)}"


def _schema(kind: Kind, vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    used: set[str] = set()
    mappings: dict[str, Any] = {}
    schema: dict[str, Any] = _filled(_of_model(kind), vocabularies, used, mappings)
    schema = _shared(schema | ({"$defs": schema.get("$defs", {}) | mappings} if mappings else {}))
    definitions = schema.setdefault("$defs", {})
    definitions |= {f"term-{name}": _terms(name, vocabularies.get(name)) for name in sorted(used)}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


@cache
def _of_model(kind: Kind) -> dict[str, Any]:
    """What the model alone says: it takes a second for all kinds, and no file can change it."""
    return kind.model.model_json_schema()


def _filled(
    node: Any, vocabularies: Mapping[str, Vocabulary], used: set[str], mappings: dict[str, Any]
) -> Any:
    """The schema with vocabularies in place of their names, and without nulls, which no file may hold.

    A block that has the terms of a vocabulary as its fields goes to `mappings`, for it stands in many places.
    """
    if isinstance(node, list):
        return [_filled(item, vocabularies, used, mappings) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: value for key, value in node.items() if key != "default"}
    choices = [choice for choice in node.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        node = {**{key: value for key, value in node.items() if key != "anyOf"}, **choices[0]}
    elif choices:
        node["anyOf"] = choices
    if node.get("pattern") in SHAPES:
        node["patternErrorMessage"] = _sentence(SHAPES[node["pattern"]])
    if "x-vocabulary" in node:
        used.add(node["x-vocabulary"])
        said = {key: value for key, value in node.items() if key in ("title", "description")}
        return {"$ref": f"#/$defs/term-{node['x-vocabulary']}", **said}
    if "x-vocabulary" in node.get("propertyNames", {}):
        vocabulary = vocabularies.get(node["propertyNames"]["x-vocabulary"])
        block = {key: value for key, value in node.items() if key != "propertyNames"}
        block["properties"] = {
            term: {"markdownDescription": _words(entry), **node["additionalProperties"]}
            for term, entry in (vocabulary.terms if vocabulary else {}).items()
        }
        block["additionalProperties"] = False
        block = {key: _filled(value, vocabularies, used, mappings) for key, value in block.items()}
        alike = (name for name, other in mappings.items() if other == block)
        name = next(alike, f"by-{node['propertyNames']['x-vocabulary']}-{len(mappings) + 1}")
        mappings[name] = block
        return {"$ref": f"#/$defs/{name}"}
    return {key: _filled(value, vocabularies, used, mappings) for key, value in node.items()}


def _shared(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with fields that stand in every value (note, source ...) written once."""
    counts: Counter[str] = Counter()
    titles: dict[str, str] = {}

    def count(node: Any) -> None:
        for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            count(inner)
        if isinstance(node, dict) and isinstance(node.get("title"), str) and "description" in node:
            key = json.dumps(node, sort_keys=True)
            counts[key] += 1
            titles[key] = node["title"]

    count(schema)
    often = {key: f"shared-{titles[key].lower()}" for key, times in counts.items() if times > 10}

    def replaced(node: Any) -> Any:
        if isinstance(node, list):
            return [replaced(inner) for inner in node]
        if not isinstance(node, dict):
            return node
        name = often.get(json.dumps(node, sort_keys=True))
        return {"$ref": f"#/$defs/{name}"} if name else {key: replaced(inner) for key, inner in node.items()}

    whole: dict[str, Any] = replaced(schema)
    whole.setdefault("$defs", {}).update({name: json.loads(key) for key, name in often.items()})
    return whole


def _terms(name: str, vocabulary: Vocabulary | None) -> dict[str, Any]:
    if vocabulary is None:  # which is a problem of its own, and told as one
        return {"type": "string"}
    return {
        "title": vocabulary.title,
        "enum": list(vocabulary.terms),
        "errorMessage": f"This is no term of {name}. Choose one; if none means it, add a line to "
        f"content/vocabulary/{name}.yml.",
        "markdownEnumDescriptions": [_words(entry) for entry in vocabulary.terms.values()],
    }


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _words(entry: TermEntry) -> str:
    return entry.label + (f": {entry.definition}" if entry.definition else "")


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
