"""The id of a new record: first author and year, in letters that every system can write."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import chain, count
from string import ascii_lowercase

from anyascii import anyascii

from build_tools.authoring.citations.citation import Citation


def id_of(citation: Citation) -> str:
    """`smith-2020`; without author or year from an identifier, to be renamed once they are known."""
    family = slug(citation.authors[0].family)[:60].strip("-") if citation.authors else ""
    if family and citation.year is not None:
        return f"{family}-{citation.year}"
    if citation.pmid:
        return f"pmid-{citation.pmid}"
    if citation.pmcid:
        return citation.pmcid.lower()
    if citation.doi:
        return f"doi-{slug(citation.doi)}"[:80].strip("-")
    return f"{family or slug(citation.title)[:40].strip('-') or 'report'}-undated"


def is_provisional(id: str) -> bool:
    """Whether an id was made without author or year."""
    return re.fullmatch(r"(?:pmid-|doi-|pmc\d).*", id) is not None


def free_id(wanted: str, taken: Collection[str]) -> str:
    """The id itself, or the next free of `smith-2020-b`, `smith-2020-c` ..., and numbers after z."""
    if wanted not in taken:
        return wanted
    ends = chain(ascii_lowercase[1:], map(str, count(27)))
    return next(f"{wanted}-{end}" for end in ends if f"{wanted}-{end}" not in taken)


def slug(text: str) -> str:
    """Text in small ASCII letters, digits and hyphens: `Ångström-Łuc` is `angstrom-luc`."""
    plain = re.sub(r"['’`]", "", anyascii(text).lower())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
