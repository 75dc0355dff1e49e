"""BibTeX and biblatex: one entry -> a citation, with LaTeX accents as letters."""

from __future__ import annotations

import re

from pybtex.bibtex.utils import split_name_list, split_tex_string
from pybtex.database import Person as BibPerson
from pybtex.database.input.bibtex import LowLevelParser
from pybtex.exceptions import PybtexError

from build_tools.authoring.citations.citation import Citation, Unreadable
from build_tools.authoring.citations.gathering import GENERIC, LEFT_OUT, Said, gathered, known_type
from build_tools.authoring.citations.names import Authors
from build_tools.authoring.citations.plain_text import clean, from_latex, unknown_commands

TYPES = {
    "article": "article-journal",
    "misc": GENERIC,
    "unpublished": "article",
    "online": "article",
    "electronic": GENERIC,
    "preprint": "article",
    "incollection": "chapter",
    "inbook": "chapter",
    "techreport": "report",
    "report": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
}
_FIELDS = {
    "title": "title",
    **dict.fromkeys(("journal", "journaltitle", "booktitle", "fjournal", "school"), "container_title"),
    **dict.fromkeys(("howpublished", "institution", "publisher", "archiveprefix", "eprinttype"), "publisher"),
    **dict.fromkeys(("year", "date"), "year"),
    "volume": "volume",
    **dict.fromkeys(("number", "issue"), "issue"),
    "pages": "page",
    **dict.fromkeys(
        ("art_number", "article-number", "articleno", "article_number", "eid", "elocation-id", "article"),
        "article_number",
    ),
    "doi": "doi",
    "pmid": "pmid",
    **dict.fromkeys(("pmcid", "pmc"), "pmcid"),
    **dict.fromkeys(("url", "link", "bdsk-url-1", "ee"), "address"),
    **dict.fromkeys(("note", "annote", "annotation", "addendum", "comment"), "note"),
    **dict.fromkeys(("type", "document_type", "entrysubtype", "pubstate", "howpublishedtype"), "genre"),
    **dict.fromkeys(
        (
            *("abstract", "keywords", "keyword", "author_keywords", "keywords-plus", "urldate", "timestamp"),
            *("month", "mendeley-tags", "groups", "file", "date-added", "date-modified", "references"),
        ),
        LEFT_OUT,
    ),
}
_ORDER = {name: rank for rank, name in enumerate(_FIELDS)}
_HEAD = re.compile(r"@\s*(?!(?:comment|string|preamble)\b)(\w+)\s*([{(])", re.I)
_FIRST_FIELD = re.compile(r"[,\s]\s*([A-Za-z][\w:.+/-]*)\s*=")


def read_bibtex(text: str) -> Citation:
    """The citation of the only entry in a BibTeX text."""
    try:
        found = [(kind, entry) for kind, entry in LowLevelParser(_with_keys(text)) if _is_entry(kind)]
    except PybtexError as error:
        first = clean(str(error).partition("\n")[0])
        raise Unreadable(f"this is not BibTeX: {first}; compare its braces and commas") from None
    if len(found) != 1:
        keys = ", ".join(clean(key) for _, (key, _) in found)
        raise Unreadable(
            f"the file holds {len(found)} entries ({keys}); keep one, for each report has a file of its own"
            if found
            else "the file holds no BibTeX entry; one begins with '@article{key,'"
        )
    kind, (_, fields) = found[0]
    written = [(name.lower(), "".join(parts)) for name, parts in fields]
    authors = Authors()
    for name, value in written:
        if name == "author":
            for one in split_name_list(" ".join(value.split())):
                person = re.sub(r"^(?:and\s+)+|(?:\s+and)+$", "", one.strip())
                _add(person, authors)
                if person != one.strip():  # two 'and' in a row
                    authors.add("")
    of_pubmed = any(n in ("eprinttype", "archiveprefix") and v.lower() == "pubmed" for n, v in written)
    fields_here = _FIELDS | ({"eprint": "pmid", "eprinttype": LEFT_OUT} if of_pubmed else {})
    said = [Said(n, fields_here.get(n, ""), _plain(n, value)) for n, value in written if n != "author"]
    said += [
        Said(f"{name}, as written", "", clean(value))
        for name, value in written
        if _FIELDS.get(name) in ("title", "container_title") and unknown_commands(value)
    ]
    said.sort(key=lambda one: _ORDER.get(one.name, len(_ORDER)))
    return gathered(known_type(kind.lower(), TYPES, "BibTeX types"), said, authors)


def _is_entry(kind: str) -> bool:
    return kind.lower() not in ("string", "preamble", "comment")


def _with_keys(text: str) -> str:
    """The text with a key in every entry: programs write keys with commas and spaces, or none at all."""
    made, end, count = "", 0, 0
    for head in _HEAD.finditer(text):
        field = _FIRST_FIELD.search(text, head.end() - 1)
        if head.start() < end or field is None:
            continue
        between = text[head.end() : field.start() + 1]
        if "@" in between or "=" in between or "}" in between:
            continue
        count += 1
        key = re.sub(r"[^\w:.-]+", "-", between.strip().rstrip(",")).strip("-") or f"entry-{count}"
        made += f"{text[end : head.end()]}{key},{chr(10) * between.count(chr(10))}"
        end = field.start(1)
    return made + text[end:]


def _plain(name: str, value: str) -> str:
    if _FIELDS.get(name) in ("doi", "address"):
        value = value.replace("--", "-{}-")
    return from_latex(value)


_EXTENDED = re.compile(r"\s*([a-z-]+)\s*=\s*(.*)", re.S)


def _add(name: str, authors: Authors) -> None:
    """One name between two 'and': BibTeX's three forms, biblatex's own, or what other programs write."""
    parts = split_tex_string(name, ",")
    extended = [_EXTENDED.fullmatch(part) for part in parts]
    if any(match and match[1] in ("family", "given") for match in extended):
        said = {match[1]: from_latex(match[2].strip().strip('"')) for match in extended if match}
        family = " ".join(filter(None, (said.get("prefix", ""), said.get("family", ""))))
        authors.add_person(family, said.get("given", said.get("given-i", "")), said.get("suffix", ""))
        return
    whole = name.strip()
    if whole.startswith("{") and len(split_tex_string(whole, r"\s")) == 1 and whole.endswith("}"):
        if "," in whole:
            authors.add(from_latex(whole))
        else:
            authors.add_group(from_latex(whole))
    elif len(parts) == 1:
        person = BibPerson(name)
        authors_before = len(authors.people)
        authors.add(from_latex(name), bibtex=True)
        if person.prelast_names and len(authors.people) == authors_before + 1:
            authors.people.pop()
            family = " ".join([*person.prelast_names, *person.last_names])
            authors.add_person(
                from_latex(family), from_latex(" ".join([*person.first_names, *person.middle_names]))
            )
    elif any("{" in part for part in parts) and len(parts) <= 3:
        authors.add_parts([from_latex(part) for part in parts], bibtex=True)
    else:
        authors.add(from_latex(name), bibtex=True)
