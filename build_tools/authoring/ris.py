"""RIS: one reference -> a citation."""

from __future__ import annotations

import re
from typing import Any

import rispy

from build_tools.authoring.citation import NOT_TAKEN, Citation, Person, Unreadable, clean, known_type, year_of
from build_tools.authoring.identifiers import doi_or_nothing

TYPES = {
    "JOUR": "article-journal",
    "EJOUR": "article-journal",
    "MGZN": "article-journal",
    "INPR": "article",
    "UNPB": "article",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "THES": "thesis",
}
_TITLES = ("title", "primary_title")
_CONTAINERS = ("journal_name", "secondary_title", "alternate_title3", "alternate_title2", "alternate_title1")
_YEARS = ("year", "publication_year", "date")
_TAKEN = frozenset(
    {"type_of_reference", "authors", "first_authors", "volume", "number", "start_page", "end_page", "doi"}
    | {*_TITLES, *_CONTAINERS, *_YEARS}
)


def read_ris(text: str) -> Citation:
    """The citation of the only reference in a RIS text."""
    begun = len(re.findall(r"^TY {0,2}-", text, re.M))
    if not begun:
        raise Unreadable("this is not RIS; a reference begins with a line 'TY  - JOUR'")
    if begun > 1:
        raise Unreadable(
            f"the file holds {begun} references; keep one, for each report has a file of its own"
        )
    if not re.search(r"^ER {0,2}-", text, re.M):
        raise Unreadable("the reference has no end; its last line is 'ER  - '")
    try:
        found: list[dict[str, Any]] = rispy.loads(text)
    except Exception as error:  # rispy raises what its parsing happens to raise
        raise Unreadable(f"this is not RIS: {clean(str(error))}") from None
    if len(found) != 1:
        raise Unreadable("this is not RIS; a line is a tag, two spaces, '- ' and a text: 'TI  - A title'")
    said = found[0]
    kind = known_type(str(said.get("type_of_reference", "")).strip(), TYPES, "RIS types")
    people = [*said.get("first_authors", ()), *said.get("authors", ())]
    pages = [clean(str(said[name])) for name in ("start_page", "end_page") if said.get(name)]
    doi = doi_or_nothing(str(said.get("doi", "")))
    year = year_of(_first(said, _YEARS))
    rest = [(name, value) for name, value in _rest(said) if value]
    if said.get("doi") and not doi:
        rest.append(("DO", clean(str(said["doi"]))))
    if year is None and _first(said, _YEARS):
        rest.append(("PY", _first(said, _YEARS)))
    pmid = clean(str(said.get("accession_number", "")))
    from_pubmed = bool(re.search("pubmed|medline", str(said.get("name_of_database", "")), re.I))
    return Citation(
        type=kind,
        title=_first(said, _TITLES),
        authors=tuple(person for person in map(_person, map(str, people)) if person.family),
        year=year,
        container_title=_first(said, _CONTAINERS),
        volume=clean(str(said.get("volume", ""))),
        issue=clean(str(said.get("number", ""))),
        page="-".join(dict.fromkeys(pages)),
        doi=doi,
        pmid=pmid if from_pubmed and pmid.isdigit() else "",
        rest=tuple(rest),
    )


def _first(said: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((clean(str(said[name])) for name in names if said.get(name)), "")


def _rest(said: dict[str, Any]) -> list[tuple[str, str]]:
    """What the reference says beyond the fields of a citation; unknown tags as they stand."""
    rest = []
    for name, value in said.items():
        if name == "unknown_tag":
            rest += [(tag, clean("; ".join(map(str, lines)))) for tag, lines in value.items()]
        elif name not in _TAKEN | NOT_TAKEN:
            rest.append((name, clean("; ".join(map(str, value)) if isinstance(value, list) else str(value))))
    return rest


def _person(name: str) -> Person:
    family, _, given = clean(name).partition(",")
    return Person(family.strip(), given.replace(",", " ").strip())
