"""PubMed's tagged text, as its .nbib files and its format 'PubMed' have it: one record -> a citation."""

from __future__ import annotations

import re

from build_tools.authoring.citations.citation import Citation, Unreadable
from build_tools.authoring.citations.gathering import LEFT_OUT, Said, gathered
from build_tools.authoring.citations.names import Authors
from build_tools.authoring.citations.tagged import PUBMED, tagged

_FIELDS = {
    "PMID": "pmid",
    "PMC": "pmcid",
    "TI": "title",
    "BTI": "container_title",
    "JT": "container_title",
    "DP": "year",
    "VI": "volume",
    "IP": "issue",
    "PG": "page",
    "GN": "note",
    **dict.fromkeys(("AB", "OAB", "OT", "MH", "RN", "CI", "IR", "FIR", "COIS"), LEFT_OUT),
}
_NOTICES = {
    "RIN": "Retraction in",
    "EIN": "Erratum in",
    "ECI": "Expression of concern in",
    "CRI": "Corrected and republished in",
    "ROF": "Retraction of",
    "EFR": "Erratum for",
    "ECF": "Expression of concern for",
}
"""Tags of a notice about the record, or of what the record is a notice of."""
_OF_THE_LIBRARY = frozenset(
    [
        "OWN",
        "STAT",
        "LR",
        "DCOM",
        "EDAT",
        "MHDA",
        "CRDT",
        "PHST",
        "PST",
        "DEP",
        "JID",
        "SB",
        "SO",
        "OTO",
        "IS",
        "VTI",
        "NM",
        "SI",
        "GR",
        "OID",
        "CTDT",
        "PL",
        "DA",
        "LA",
        "OCI",
    ]
)
"""What the library writes for itself, or says twice; language and ISSN are in PubMed under the id."""


def read_pubmed(text: str) -> Citation:
    """The citation of the only record in PubMed's tagged text."""
    lines = tagged(text, PUBMED)
    count = sum(tag == "PMID" for tag, _ in lines)
    if count != 1:
        raise Unreadable(
            f"the file holds {count} records; keep one, for each report has a file of its own"
            if count
            else "this is not PubMed's format; a record begins with a line 'PMID- 12345678'"
        )
    authors = Authors()
    full = any(tag == "FAU" for tag, _ in lines)
    said = []
    for tag, value in lines:
        if tag == "FAU" or (tag == "AU" and not full):
            authors.add(value)
        elif tag == "CN":
            authors.add_group(value)
        elif tag in ("LID", "AID") and value.endswith("[doi]"):
            said.append(Said(tag, "doi", value))
        elif tag == "PT" and value != "Journal Article":
            said.append(Said(tag, "genre", value))
        elif tag in _NOTICES:
            said.append(Said(tag, "", f"{_NOTICES[tag]}: {value}"))
        elif tag not in _OF_THE_LIBRARY and tag not in ("AU", "PT", "AUID", "TA", "AID"):
            said.append(Said(tag or "a line without a tag", _FIELDS.get(tag, ""), value))
    if not any(one.field == "container_title" for one in said):
        said += [Said(tag, "container_title", value) for tag, value in lines if tag == "TA"]
    kinds = {value for tag, value in lines if tag == "PT"}
    kind = "chapter" if any(tag == "BTI" for tag, _ in lines) else "article-journal"
    if "Congress" in kinds or "Meeting Abstract" in kinds:
        kind = "paper-conference"
    return gathered(kind, said, authors)


_LINE = re.compile(
    r"(?:\d+[.:] )?(?P<authors>[^.]+?)\. (?P<title>.+?[.?!]) (?P<container_title>[^.;]+(?:\.[^.;]+)*?)\. "
    r"(?P<year>\d{4})[^;:.]*(?:;(?P<volume>[^(:;.]+)?(?:\((?P<issue>[^)]+)\))?(?::(?P<page>[^.;]+))?)?\.(?P<after>.*)",
    re.S,
)


def read_summary(text: str) -> Citation:
    """The citation in a line as PubMed's formats 'Summary' and 'Cite' print it."""
    one = " ".join(text.split())
    found = _LINE.fullmatch(one)
    if found is None:
        raise Unreadable("this is not a reference as PubMed prints it")
    authors = Authors()
    for name in found["authors"].split(", "):
        authors.add(name)
    fields = ("title", "container_title", "year", "volume", "issue", "page")
    said = [Said(field, field, found[field] or "") for field in fields]
    said.append(Said("the rest of the line", "note", found["after"]))
    return gathered("article-journal", said, authors)
