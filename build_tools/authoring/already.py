"""What of a new source is in the review already: the report, and patients like this one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from build_tools.authoring.citations.citation import Citation
from build_tools.authoring.ids import slug
from build_tools.checks.duplicates import Fingerprint, fingerprint, likeness
from build_tools.reading.yaml_tree import decode, read_tree
from build_tools.records.measures import In
from build_tools.review.review import PublishedCase, Review

ALIKE = 0.9
"""From this share of equal letters on, two titles are taken for one; preprints change a word or two."""


@dataclass(frozen=True)
class SameReport:
    """A report of the review that may be the new one, why, and the patients it describes.

    `apart` says what tells the two apart though they look alike; then it may be another version, or another
    report of the same title.
    """

    id: str
    file: str
    why: str
    certain: bool
    apart: str
    cases: tuple[PublishedCase, ...]


def same_reports(citation: Citation, review: Review) -> Iterator[SameReport]:
    """The reports of the review that are, or may be, the one cited; the certain ones first."""
    found = [(*_why(citation, said), _apart(citation, said), id, file) for id, file, said in _reports(review)]
    for certain, why, apart, id, file in sorted(found, key=lambda item: (not item[0], item[3])):
        if why:
            yield SameReport(id, file, why, certain, "" if certain else apart, review.cases_of(id))


def _reports(review: Review) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every report with its file and what it says, also where something is still to be filled in."""
    for id in sorted(review.files.ids["report"]):
        file = f"content/reports/{id}.yml"
        text, problems = decode(file, (review.root / file).read_bytes())
        data = read_tree(file, text)[0].data if not problems else None
        if isinstance(data, dict):
            yield id, file, data


def _why(citation: Citation, said: dict[str, Any]) -> tuple[bool, str]:
    """Whether it is certainly the same, and what speaks for it; an empty reason if nothing does."""
    for title, new, name in (
        ("DOI", citation.doi, "doi"),
        ("PubMed id", citation.pmid.lstrip("0"), "pmid"),
        ("PMC id", citation.pmcid, "pmcid"),
    ):
        if new and new == str(said.get(name) or "").lstrip("0"):
            return True, f"the {title} is the same"
    if citation.title and isinstance(said.get("title"), str):
        new, old = _letters(citation.title), _letters(said["title"])
        if SequenceMatcher(None, new, old, autojunk=False).ratio() >= ALIKE:
            return False, "the title is nearly the same"
    first = _first_author(said)
    same_year = citation.year is not None and citation.year == said.get("year")
    if same_year and first and citation.authors and slug(citation.authors[0].family) == slug(first):
        return False, "first author and year are the same"
    return False, ""


def _apart(citation: Citation, said: dict[str, Any]) -> str:
    """What the two say differently that one report would not."""
    doi, year = said.get("doi"), said.get("year")
    parts = ["another DOI"] if citation.doi and doi and citation.doi != doi else []
    parts += ["another year"] if citation.year and isinstance(year, int) and citation.year != year else []
    return " and ".join(parts)


def _first_author(said: dict[str, Any]) -> str:
    match said.get("authors"):
        case [{"family": str(family)}, *_]:
            return family
    return ""


def _letters(title: str) -> str:
    return re.sub(r"[\W_]+", " ", title.casefold()).strip()


LIKE = 4
"""What is known of a patient at first is little: sex and age alone are enough to look at the other file."""


def like_patients(
    citation: Citation, known: Mapping[str, object], size: str, review: Review
) -> Iterator[tuple[PublishedCase, list[str]]]:
    """The patients of the review who may be this one, each with what both have in common."""

    def words(path: str) -> frozenset[str]:
        return frozenset({str(known[path])} if path in known else ())

    this = Fingerprint(
        sex=words("patient.sex"),
        ages=frozenset({90 if age == "90+" else int(age) for age in words("patient.age")}),
        sides=words("lesions.side"),
        sizes=frozenset({round(In("length").parse(size).to("cm"), 2)} if size else ()),
        procedure=frozenset(),
        origin=words("lesions.origin"),
        months=frozenset(),
        vital=frozenset(),
        countries=frozenset(),
        years=frozenset({citation.year} if citation.year else ()),
        authors=frozenset(f"{who.family} {who.given[0]}" for who in citation.authors if who.given),
        institutions=frozenset(),
        words={str(value): str(value).replace("_", " ") for value in known.values()},
    )
    for case in review.cases.values():
        common = likeness(this, fingerprint(case, review), LIKE)
        if common:
            yield case, common
