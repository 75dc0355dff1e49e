"""CSL-JSON: one item -> a citation."""

from __future__ import annotations

import json
from typing import Any

from build_tools.authoring.citation import (
    NOT_TAKEN,
    TYPES,
    Citation,
    Person,
    Unreadable,
    clean,
    known_type,
    year_of,
)
from build_tools.authoring.identifiers import doi_or_nothing

_TAKEN = frozenset(
    {"id", "type", "title", "author", "issued", "container-title", "volume", "issue", "page"}
    | {"DOI", "PMID", "PMCID"}
)


def read_csl(text: str) -> Citation:
    """The citation of a CSL-JSON item, alone or in a list of one."""
    try:
        item: Any = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"this is not JSON: {error.msg} (line {error.lineno})") from None
    except ValueError:  # Python reads no integer of thousands of digits
        raise Unreadable("this is not CSL-JSON: it holds a number that is too long") from None
    except RecursionError:
        raise Unreadable("this is not CSL-JSON: it nests too deep") from None
    if isinstance(item, list):
        if len(item) != 1:
            raise Unreadable(
                f"the file holds {len(item)} items; keep one, for each report has a file of its own"
            )
        item = item[0]
    if not isinstance(item, dict):
        raise Unreadable("this is not CSL-JSON; an item is an object with 'type', 'title' and 'author'")
    kind = known_type(_text(item, "type"), {word: word for word in TYPES}, "CSL types")
    people = item.get("author", [])
    if not isinstance(people, list) or not all(isinstance(person, dict) for person in people):
        raise Unreadable("'author' is not a list of objects with 'family' and 'given'")
    doi = doi_or_nothing(_text(item, "DOI"))
    rest = {name: item[name] for name in item if name not in _TAKEN and name.lower() not in NOT_TAKEN}
    if _text(item, "DOI") and not doi:
        rest["DOI"] = item["DOI"]
    if item.get("issued") and _year(item) is None:
        rest["issued"] = item["issued"]
    return Citation(
        type=kind,
        title=_text(item, "title"),
        authors=tuple(person for person in map(_person, people) if person.family),
        year=_year(item),
        container_title=_text(item, "container-title"),
        volume=_text(item, "volume"),
        issue=_text(item, "issue"),
        page=_text(item, "page").replace("–", "-"),
        doi=doi,
        pmid=_text(item, "PMID"),
        pmcid=_text(item, "PMCID"),
        rest=tuple((clean(name), _shown(value)) for name, value in rest.items()),
    )


def _text(item: dict[str, Any], name: str) -> str:
    value = "" if item.get(name) is None else item[name]
    if isinstance(value, list) and len(value) == 1:  # as Crossref writes titles
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Unreadable(f"'{name}' is not text")
    return clean(str(value))


def _year(item: dict[str, Any]) -> int | None:
    issued = item.get("issued") or {}
    if not isinstance(issued, dict):
        raise Unreadable("'issued' is not an object with 'date-parts'")
    return year_of(json.dumps(issued))


def _person(person: dict[str, Any]) -> Person:
    if "family" not in person:
        return Person(_text(person, "literal") or _text(person, "given"))
    particle = _text(person, "non-dropping-particle") or _text(person, "dropping-particle")
    parts = (particle, _text(person, "family"), _text(person, "suffix"))
    return Person(" ".join(part for part in parts if part), _text(person, "given"))


def _shown(value: object) -> str:
    return clean(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
