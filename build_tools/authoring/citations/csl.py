"""CSL-JSON and Crossref's own JSON: one item -> a citation."""

from __future__ import annotations

import json
import re
from typing import Any

from build_tools.authoring.citations.citation import TYPES, Citation, Unreadable
from build_tools.authoring.citations.gathering import GENERIC, LEFT_OUT, Said, gathered, known_type
from build_tools.authoring.citations.names import Authors
from build_tools.authoring.citations.plain_text import clean

_TYPES = {word: word for word in TYPES} | {
    "journal-article": "article-journal",
    "article-magazine": "article-journal",
    "posted-content": "article",
    "preprint": "article",
    "manuscript": "article",
    "webpage": GENERIC,
    "book-chapter": "chapter",
    "book-section": "chapter",
    "dissertation": "thesis",
    "report": "report",
    "post": "article",
    "proceedings-article": "paper-conference",
    "journalArticle": "article-journal",
    "bookSection": "chapter",
    "conferencePaper": "paper-conference",
}
_FIELDS = {
    "title": "title",
    "container-title": "container_title",
    "institution": "publisher",
    "publisher": "publisher",
    "issued": "year",
    "published": "year",
    "published-print": "year",
    "published-online": "year",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "number": "article_number",
    "article-number": "article_number",
    "DOI": "doi",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "URL": "address",
    "resource": "address",
    "note": "note",
    "annote": "note",
    "genre": "genre",
    "subtype": "genre",
    **dict.fromkeys(("abstract", "keyword", "reference", "categories", "subject", "accessed"), LEFT_OUT),
}
_OF_CROSSREF = frozenset(
    {
        *(
            "id",
            "type",
            "author",
            "indexed",
            "reference-count",
            "references-count",
            "content-domain",
            "prefix",
        ),
        *("source", "is-referenced-by-count", "member", "deposited", "score", "created", "link", "license"),
        *(
            "issn-type",
            "relation",
            "journal-issue",
            "alternative-id",
            "published-other",
            "accepted",
            "approved",
        ),
        *("original-title", "short-title", "container-title-short", "language", "ISSN", "archive", "posted"),
        *("schema", "system_id", "citation-key"),
    }
)
"""What a registry or a program writes for itself, or says a second time."""
_NAME = frozenset(
    {
        *(
            "family",
            "given",
            "literal",
            "name",
            "suffix",
            "dropping-particle",
            "non-dropping-particle",
            "role",
        ),
        *(
            "sequence",
            "comma-suffix",
            "static-ordering",
            "parse-names",
            "authenticated-orcid",
            "isInstitution",
        ),
    }
)


def read_csl(text: str) -> Citation:
    """The citation of a CSL-JSON item or of a work of Crossref, alone, in a list of one or in an envelope."""
    item = _item(text)
    kind_word = _text(item, "type")
    kind = known_type(kind_word, _TYPES, "CSL types")
    people = item.get("author") or []
    if not isinstance(people, list):
        raise Unreadable("'author' is not a list of objects with 'family' and 'given'")
    authors = Authors()
    said = []
    for person in people:
        said += _author(person, authors)
    if more_authors := item.get("custom") == {"authors_complete": False}:
        authors.others = True
    for name in sorted(item, key=lambda name: _ORDER.get(name, len(_ORDER))):
        if name in _OF_CROSSREF or (name == "custom" and more_authors):
            continue
        if name in ("update-to", "updated-by"):
            said += _updates(name, item[name])
        else:
            said += [Said(name, _FIELDS.get(name, ""), value) for value in _values(item, name)]
    if "container-title-short" in item and "container-title" not in item:
        said.append(Said("container-title-short", "container_title", _text(item, "container-title-short")))
    return gathered(kind, said, authors)


_TEXTS = frozenset({"title", "container-title", "volume", "issue", "page", "DOI", "PMID", "PMCID"})
_ORDER = {name: rank for rank, name in enumerate(_FIELDS)}


def _item(text: str) -> dict[str, Any]:
    try:
        item: Any = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"this is not JSON: {error.msg} (line {error.lineno})") from None
    except ValueError:  # Python reads no integer of thousands of digits
        raise Unreadable("this is not CSL-JSON: it holds a number that is too long") from None
    except RecursionError:
        raise Unreadable("this is not CSL-JSON: it nests too deep") from None
    for _ in range(3):  # {"message": {"items": [work]}}
        if isinstance(item, dict) and "type" not in item:
            item = next((item[name] for name in ("message", "items", "item") if name in item), item)
        if isinstance(item, list):
            if len(item) != 1:
                raise Unreadable(
                    f"the file holds {len(item)} items; keep one, for each report has a file of its own"
                )
            item = item[0]
    if not isinstance(item, dict):
        raise Unreadable("this is not CSL-JSON; an item is an object with 'type', 'title' and 'author'")
    return item


def _values(item: dict[str, Any], name: str) -> list[str]:
    """What a field says, as one or several texts."""
    value = item[name]
    if value in (None, "", []) or (value == {} and name not in _TEXTS):
        return []
    if _FIELDS.get(name) == LEFT_OUT:
        return [name]
    if _FIELDS.get(name) == "year":
        return [_date(item, name)]
    if name == "resource":
        return [match[0] for match in re.finditer(r"https?://[^\"\s]+", json.dumps(value))][:1]
    if name in ("title", "container-title") and isinstance(value, list):
        return [_text({name: one}, name) for one in value]
    if isinstance(value, list) and all(isinstance(one, dict) and "name" in one for one in value):
        return [_text(one, "name") for one in value]
    if name in _FIELDS:
        return [_text(item, name)]
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ["; ".join(value)]
    return [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)]


def _text(item: dict[str, Any], name: str) -> str:
    value = "" if item.get(name) is None else item[name]
    if isinstance(value, list) and not value:
        value = ""
    if isinstance(value, list) and len(value) == 1:  # as Crossref writes titles
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Unreadable(f"'{name}' is not text")
    return str(value)


def _date(item: dict[str, Any], name: str) -> str:
    date = item[name]
    if isinstance(date, str | int):
        return str(date)
    if not isinstance(date, dict):
        raise Unreadable(f"'{name}' is not an object with 'date-parts'")
    parts = date.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return "-".join(str(part) for part in parts[0] if part is not None)
    return str(date.get("raw") or date.get("literal") or date.get("date-time") or json.dumps(date))


def _author(person: object, authors: Authors) -> list[Said]:
    """Adds one author; returns what is said of him or her besides the name."""
    if person is None or isinstance(person, str):
        authors.add(person or "")
        return []
    if not isinstance(person, dict):
        raise Unreadable("'author' is not a list of objects with 'family' and 'given'")
    family = " ".join(
        filter(None, (_text(person, n) for n in ("dropping-particle", "non-dropping-particle", "family")))
    )
    whole = _text(person, "literal") or _text(person, "name")
    if family.strip():
        authors.add_person(family, _text(person, "given"), _text(person, "suffix"))
    elif whole and "," in whole:
        authors.add(whole)
    elif whole:
        authors.add_group(whole)
    else:
        authors.add(_text(person, "given"))
    of = clean(family or whole or _text(person, "given"))
    more = {
        key: value for key, value in person.items() if key not in _NAME and value not in (None, "", [], {})
    }
    return [Said(f"{key} of {of}", "", _shown(value)) for key, value in more.items()]


def _updates(name: str, updates: object) -> list[Said]:
    """Crossref's word that this work is a notice of another, or that a notice of it exists."""
    told = []
    for update in updates if isinstance(updates, list) else ():
        if isinstance(update, dict):
            kind = str(update.get("label") or update.get("type") or "update").replace("_", " ").capitalize()
            word = "of" if name == "update-to" else "in"
            told.append(Said(name, "", f"{kind} {word}: {update.get('DOI', '')}"))
    return told


def _shown(value: object) -> str:
    if isinstance(value, list):
        names = [one.get("name") if isinstance(one, dict) else None for one in value]
        if all(isinstance(name, str) for name in names):
            return "; ".join(map(str, names))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
