"""Every value of every case as JSON: with its state, its source and its words."""

from __future__ import annotations

import json

from build_tools.records.values import MEANINGS, Source
from build_tools.review.derived import RULES, derive, summary
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review

PATH = "data/cases.json"


def text(review: Review) -> str:
    """The export: a list of cases, each a list of facts by path, in the order of the case file."""
    whole = {
        "format": "casebook-cases/1",
        "states": {str(state): meaning for state, meaning in MEANINGS.items()},
        "persons": len(review.cases),
        "persons_if_probable_pairs_are_split": review.persons_if_split,
        "cases": [_case(case, review) for case in review.cases.values()],
    }
    return json.dumps(whole, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _case(case: PublishedCase, review: Review) -> dict[str, object]:
    derived = {}
    for name in RULES:
        fact = derive(case, name, review)
        if not fact.missing:
            derived[name] = {
                "title": fact.title,
                "state": str(fact.state),
                "text": fact.words,
                "value": fact.value,
                "forms": list(fact.forms),
                "rule": fact.rule,
                "inputs": [one.path for one in fact.inputs],
                "sources": [_source(source) for source in fact.sources],
                "notes": list(fact.notes),
            }
    return {
        "id": case.id,
        "file": case.origin.file,
        "summary": summary(case, review),
        "reports": [link.model_dump(exclude_none=True) for link in case.record.reports],
        "identity": _identity(case),
        "extraction": case.record.extraction.model_dump(exclude_none=True),
        "remarks": list(case.record.remarks),
        "facts": [_fact(fact) for top in case.facts for fact in top.walk() if is_value(fact)],
        "derived": derived,
    }


def is_value(fact: Fact) -> bool:
    """Whether a fact says something itself, and does not only hold others."""
    return not fact.children or bool(fact.claims) or fact.note is not None


def _fact(fact: Fact) -> dict[str, object]:
    entry: dict[str, object] = {"path": fact.path, "title": fact.title, "state": str(fact.state)}
    if fact.value is not None:
        entry["value"] = fact.value
    if fact.text:
        entry["text"] = fact.text
    if fact.inferred:
        entry["inferred"] = True
    if fact.sources:
        entry["sources"] = [_source(source) for source in fact.sources]
    for name in ("note", "why"):
        if getattr(fact, name) is not None:
            entry[name] = getattr(fact, name)
    if fact.claims:
        entry["claims"] = [_fact(claim) for claim in fact.claims]
        entry["used"] = fact.used
    return entry


def _identity(case: PublishedCase) -> object:
    identity = case.record.identity
    if identity is None:
        return None
    sides = {}
    for side in ("evidence_for", "evidence_against"):
        sides[side] = [
            {"text": item.text, "sources": [_source(s) for s in case.named(item.source)]}
            for item in getattr(identity, side)
        ]
    return {
        "same_patient": identity.same_patient,
        "other_case": identity.other_case,
        "settled_by": identity.settled_by,
        **sides,
    }


def _source(source: Source) -> dict[str, str | None]:
    return {"report": source.report, "place": source.place}
