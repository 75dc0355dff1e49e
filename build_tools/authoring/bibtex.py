"""BibTeX: one entry -> a citation, with LaTeX accents as letters."""

from __future__ import annotations

import re

from pybtex.database import BibliographyDataError, parse_string
from pybtex.database import Person as BibPerson
from pybtex.exceptions import PybtexError
from pylatexenc.latex2text import LatexNodes2Text

from build_tools.authoring.citation import NOT_TAKEN, Citation, Person, Unreadable, clean, known_type, year_of
from build_tools.authoring.identifiers import doi_or_nothing

TYPES = {
    "article": "article-journal",
    "misc": "article",
    "unpublished": "article",
    "online": "article",
    "incollection": "chapter",
    "inbook": "chapter",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
}
_TAKEN = frozenset(
    {"title", "year", "date", "journal", "journaltitle", "booktitle", "volume", "number"}
    | {"issue", "pages", "doi", "pmid", "pmcid"}
)


def read_bibtex(text: str) -> Citation:
    """The citation of the only entry in a BibTeX text."""
    try:
        entries = parse_string(text, "bibtex").entries
    except BibliographyDataError as error:
        raise Unreadable(f"{_first_line(error)}; keep one entry") from None
    except PybtexError as error:
        raise Unreadable(f"this is not BibTeX: {_first_line(error)}; compare its braces and commas") from None
    if len(entries) != 1:
        keys = ", ".join(map(clean, entries))
        raise Unreadable(
            f"the file holds {len(entries)} entries ({keys}); keep one, for each report has a file of its own"
            if entries
            else "the file holds no BibTeX entry; one begins with '@article{key,'"
        )
    entry = next(iter(entries.values()))
    field = {name.lower(): plain(value) for name, value in entry.fields.items()}
    people = entry.persons.get("author", [])
    named = [person for person in people if str(person) != "others"]
    kind = known_type(entry.type.lower(), TYPES, "BibTeX types")
    container = field.get("journal") or field.get("journaltitle") or field.get("booktitle", "")
    rest = {n: v for n, v in field.items() if v and n not in _TAKEN | NOT_TAKEN}
    doi = doi_or_nothing(field.get("doi", ""))
    for name, kept in (("doi", doi), ("year", year_of(field.get("year") or field.get("date", "")))):
        if field.get(name) and not kept:
            rest[name] = field[name]
    if "$" in entry.fields.get("title", ""):  # a formula may not survive as letters
        rest["title, as written"] = clean(entry.fields["title"])
    return Citation(
        type=kind,
        title=field.get("title", ""),
        authors=tuple(person for person in map(_person, named) if person.family),
        others=len(named) < len(people),
        year=year_of(field.get("year") or field.get("date", "")),
        container_title=container,
        volume=field.get("volume", ""),
        issue=field.get("number") or field.get("issue", ""),
        page=field.get("pages", "").replace("--", "-").replace("–", "-"),
        doi=doi,
        pmid=field.get("pmid", ""),
        pmcid=field.get("pmcid", ""),
        rest=tuple(rest.items()),
    )


def plain(latex: str) -> str:
    r"""The text that LaTeX prints: `{\"U}ber` is Über; braces that only keep capitals fall away."""
    kept = re.sub(r"(?<!\\)%", r"\\%", latex)  # in a field, a per cent sign is no comment
    return clean(LatexNodes2Text(math_mode="text").latex_to_text(kept, tolerant_parsing=True))


def _person(person: BibPerson) -> Person:
    family = " ".join([*person.prelast_names, *person.last_names, *person.lineage_names])
    return Person(plain(family), plain(" ".join([*person.first_names, *person.middle_names])))


def _first_line(error: Exception) -> str:
    return clean(str(error).partition("\n")[0])
