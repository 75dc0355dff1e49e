"""RIS in its dialects, and EndNote's tagged format: one reference -> a citation."""

from __future__ import annotations

import re

from build_tools.authoring.citations.citation import Citation, Unreadable
from build_tools.authoring.citations.gathering import GENERIC, LEFT_OUT, Said, gathered, known_type
from build_tools.authoring.citations.names import authors_of
from build_tools.authoring.citations.tagged import ENDNOTE, RIS, tagged

TYPES = {
    "JOUR": "article-journal",
    "EJOUR": "article-journal",
    "MGZN": "article-journal",
    "JFULL": "article-journal",
    "INPR": GENERIC,
    "UNPB": "article",
    "GEN": GENERIC,
    "RPRT": "report",
    "ELEC": GENERIC,
    "MANSCPT": "article",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "THES": "thesis",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "ABST": "paper-conference",
}
_FIELDS = {
    **dict.fromkeys(("TI", "T1", "CT"), "title"),
    **dict.fromkeys(("T2", "JF", "JO", "BT", "JA", "J2", "J1"), "container_title"),
    **dict.fromkeys(("PY", "Y1", "YR"), "year"),
    "DA": "year",
    "VL": "volume",
    **dict.fromkeys(("IS", "CP"), "issue"),
    "SP": "start_page",
    "EP": "end_page",
    "C7": "article_number",
    **dict.fromkeys(("DO", "DI"), "doi"),
    "PM": "pmid",
    **dict.fromkeys(("C2", "PC"), "pmcid"),
    **dict.fromkeys(("UR", "LK", "L1", "L2", "L3", "L4"), "address"),
    **dict.fromkeys(("N1", "RN", "U1", "C1"), "note"),
    **dict.fromkeys(("M3", "DT"), "genre"),
    "PB": "publisher",
    **dict.fromkeys(("TY", "ER", "ID", "AB", "N2", "KW", "Y2", "DB", "DP"), LEFT_OUT),
}
_MACHINE = ("TY", "ER", "ID", "DB", "DP")
_ORDER = tuple(_FIELDS)
_AUTHORS = ("A1", "AU")


def read_ris(text: str) -> Citation:
    """The citation of the only reference in a RIS text."""
    lines = tagged(text, RIS)
    begun = [i for i, (tag, _) in enumerate(lines) if tag == "TY"]
    if not begun:
        raise Unreadable("this is not RIS; a reference begins with a line 'TY  - JOUR'")
    if len(begun) > 1:
        raise Unreadable(
            f"the file holds {len(begun)} references; keep one, for each report has a file of its own"
        )
    if not any(tag == "ER" for tag, _ in lines):
        raise Unreadable("the reference has no end; its last line is 'ER  - '")
    return _citation(lines)


_ENDNOTE_TYPES = {
    "Journal Article": "JOUR",
    "Electronic Article": "JOUR",
    "Book Section": "CHAP",
    "Conference Paper": "CPAPER",
    "Conference Proceedings": "CONF",
    "Thesis": "THES",
    "Generic": "GEN",
    "Report": "RPRT",
    "Unpublished Work": "UNPB",
    "Manuscript": "MANSCPT",
    "Web Page": "ELEC",
}
_ENDNOTE_TAGS = {
    pair[0]: pair[2:]
    for pair in [
        "0=TY",
        "A=AU",
        "T=TI",
        "J=JO",
        "B=T2",
        "D=PY",
        "V=VL",
        "N=IS",
        "P=SP",
        "&=SP",
        "R=DO",
        "M=AN",
        "X=AB",
        "K=KW",
        "U=UR",
        "Z=N1",
        "I=PB",
        "C=CY",
        "@=SN",
        "[=Y2",
        "+=AD",
        "1=C1",
        "2=C2",
        "7=C7",
        "9=M3",
        "8=DA",
        "W=DB",
        "~=DP",
        "G=LA",
        "E=A2",
        "F=ID",
        "(=OP",
        "!=ST",
    ]
}


def read_enw(text: str) -> Citation:
    """The citation of the only reference in EndNote's tagged format, whose lines begin with %."""
    lines = tagged(text, ENDNOTE)
    kinds = [value for tag, value in lines if tag == "0"]
    if len(kinds) != 1:
        raise Unreadable(
            f"the file holds {len(kinds)} references; keep one, for each report has a file of its own"
            if kinds
            else "this is not EndNote's format; a reference begins with a line '%0 Journal Article'"
        )
    known_type(kinds[0], _ENDNOTE_TYPES, "EndNote's types")
    mended = [(_ENDNOTE_TAGS.get(tag, f"%{tag}"), value) for tag, value in lines]
    return _citation([(tag, _ENDNOTE_TYPES[value] if tag == "TY" else value) for tag, value in mended])


def _citation(lines: list[tuple[str, str]]) -> Citation:
    kind = known_type(next(text for tag, text in lines if tag == "TY").strip(), TYPES, "RIS types")
    before = [tag for tag, _ in lines[: next(i for i, (tag, _) in enumerate(lines) if tag == "TY")]]
    base = " ".join(text for tag, text in lines if tag in ("DB", "DP", "AN", "L2", "C1"))
    authors = authors_of(text for tag, text in lines if tag in _AUTHORS)
    if tags := ", ".join(filter(None, before)):
        authors.told.append(f"{tags} stood before the line TY; taken as part of the reference")
    said = []
    for tag, text in lines:
        if tag in _AUTHORS:
            continue
        if tag == "C5" and re.search("embase", base, re.I) and text.isdigit():
            authors.told.append(f"C5 of Embase is taken as the PubMed id {text}; look whether it is")
            said.append(Said(tag, "pmid", text))
        elif tag == "AN" and text.isdigit() and re.search("medline|pubmed|nlm", base, re.I):
            said.append(Said(tag, "pmid", text))
        elif tag == "C2" and not re.match(r"PMC ?\d+$", text):
            said.append(Said(tag, "", text))
        elif tag == "M1" and not any(other in ("IS", "CP") for other, _ in lines):
            said.append(Said(tag, "issue", text))
        elif re.fullmatch(r"L\d", tag) and not text.startswith("http"):
            said.append(Said(f"{tag} (a file)", LEFT_OUT, text))
        elif tag not in _MACHINE:
            said.append(Said(tag or "a line without a tag", _FIELDS.get(tag, ""), text))
    order = {tag: rank for rank, tag in enumerate(_ORDER)}
    return gathered(kind, sorted(said, key=lambda one: order.get(one.name, len(order))), authors)
