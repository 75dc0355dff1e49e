"""EndNote's XML: one record -> a citation."""

from __future__ import annotations

from xml.etree import ElementTree

from build_tools.authoring.citations.citation import Citation, Unreadable
from build_tools.authoring.citations.gathering import GENERIC, LEFT_OUT, Said, gathered, known_type
from build_tools.authoring.citations.names import authors_of
from build_tools.authoring.citations.plain_text import clean

TYPES = {
    "Journal Article": "article-journal",
    "Electronic Article": "article-journal",
    "Magazine Article": "article-journal",
    "Book Section": "chapter",
    "Conference Paper": "paper-conference",
    "Conference Proceedings": "paper-conference",
    "Thesis": "thesis",
    "Generic": GENERIC,
    "Report": "report",
    "Unpublished Work": "article",
    "Manuscript": "article",
    "Web Page": GENERIC,
}
_FIELDS = {
    "titles/title": "title",
    "titles/secondary-title": "container_title",
    "periodical/full-title": "container_title",
    "periodical/abbr-1": "container_title",
    "alt-periodical/full-title": "container_title",
    "titles/alt-title": "container_title",
    "pages": "page",
    "custom7": "article_number",
    "volume": "volume",
    "number": "issue",
    "dates/year": "year",
    "electronic-resource-num": "doi",
    "custom2": "pmcid",
    "urls/related-urls/url": "address",
    "urls/web-urls/url": "address",
    "notes": "note",
    "research-notes": "note",
    "custom1": "note",
    "work-type": "genre",
    "publisher": "publisher",
    **dict.fromkeys(("abstract", "keywords/keyword", "dates/pub-dates/date", "access-date"), LEFT_OUT),
}
_OF_THE_PROGRAM = frozenset(
    {
        *("rec-number", "ref-type", "database", "source-app", "foreign-keys/key", "language"),
        "remote-database-provider",
    }
)
_AUTHOR = "contributors/authors/author"


def read_endnote(text: str) -> Citation:
    """The citation of the only record in EndNote's XML."""
    if "<!ENTITY" in text or "<!DOCTYPE" in text:
        raise Unreadable("this is not EndNote's XML, which defines no entities of its own")
    try:
        records = list(ElementTree.fromstring(text).iter("record"))
    except ElementTree.ParseError as error:
        raise Unreadable(f"this is not XML: look at line {error.position[0]}") from None
    if len(records) != 1:
        raise Unreadable(
            f"the file holds {len(records)} records; keep one, for each report has a file of its own"
            if records
            else "this is not EndNote's XML; it holds no <record>"
        )
    record = records[0]
    found = [(path, value) for path, value in _leaves(record) if value]
    type_name = next((e.get("name") or "" for e in record.iter("ref-type")), "")
    kind = known_type(type_name, TYPES, "EndNote's types")
    base = " ".join(value for path, value in found if path == "remote-database-name")
    of_pubmed = any(name in base.lower() for name in ("medline", "pubmed", "nlm"))
    said = []
    for path, value in found:
        if path == "accession-num" and value.isdigit() and of_pubmed:
            said.append(Said(path, "pmid", value))
        elif path not in _OF_THE_PROGRAM and path not in (_AUTHOR, "remote-database-name"):
            said.append(Said(path, _FIELDS.get(path, ""), value))
    order = {name: rank for rank, name in enumerate(_FIELDS)}
    said.sort(key=lambda one: order.get(one.name, len(order)))
    return gathered(kind, said, authors_of(value for path, value in found if path == _AUTHOR))


def _leaves(element: ElementTree.Element, path: str = "") -> list[tuple[str, str]]:
    """Each piece of text with its path; EndNote cuts one text into several <style>."""
    found: list[tuple[str, str]] = []
    for child in element:
        below = f"{path}/{child.tag}".strip("/")
        if len(child) and any(inner.tag != "style" for inner in child):
            found += _leaves(child, below)
        else:
            found.append((below, clean("".join(child.itertext()))))
    return found
