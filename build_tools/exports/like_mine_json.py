"""What the page of cases like mine loads: patients, and the weights and ranges of what is compared."""

from __future__ import annotations

import json
from collections.abc import Mapping

from build_tools.exports import browser_json
from build_tools.records.browser import BrowserField
from build_tools.records.like_mine import ComparedField, LikeMineDeclaration
from build_tools.records.values import MEANINGS
from build_tools.review.facts import state_words
from build_tools.review.review import Review

PATH = "data/like-mine.json"
FORMAT = "casebook-like-mine/1"


def text(declared: LikeMineDeclaration, review: Review) -> str:
    """Every patient whose report stands, in all fields; `part` says what a field is for."""
    parts: dict[str, Mapping[str, BrowserField]] = {
        "compared": declared.compared,
        "done": declared.done,
        "happened": declared.happened,
    }
    asked: dict[str, BrowserField] = {w: field for part in parts.values() for w, field in part.items()}
    whole = {
        "format": FORMAT,
        "nearest": declared.nearest,
        "floor": declared.floor,
        "states": {str(state): state_words(state) for state in MEANINGS},
        **browser_json.rows(list(review.standing.cases.values()), asked, review),
    }
    of = {word: name for name, part in parts.items() for word in part}
    for field in whole["fields"]:
        field["part"] = of[field["word"]]
        one = declared.compared.get(field["word"])
        if isinstance(one, ComparedField):
            field["weight"] = one.weight
            if one.range is not None:
                field["range"] = one.range
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
