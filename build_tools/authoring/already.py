"""What of a new source is in the review already: the report, and patients like this one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from build_tools.authoring.citation import Citation
from build_tools.authoring.ids import slug
from build_tools.records.report import Report
from build_tools.review import PublishedCase, Review

ALIKE = 0.9
"""From this share of equal letters on, two titles are taken for one; preprints change a word or two."""


@dataclass(frozen=True)
class SameReport:
    """A report of the review that may be the new one, why, and the patients it describes."""

    id: str
    file: str
    why: str
    certain: bool
    cases: tuple[PublishedCase, ...]


def same_reports(citation: Citation, review: Review) -> Iterator[SameReport]:
    """The reports of the review that are, or may be, the one cited; the certain ones first."""
    found = [(*_why(citation, report), id) for id, report in review.reports.items()]
    for certain, why, id in sorted(found, key=lambda item: (not item[0], item[2])):
        if why:
            yield SameReport(id, review.files.records["report"][id].file, why, certain, review.cases_of(id))


def _why(citation: Citation, report: Report) -> tuple[bool, str]:
    """Whether it is certainly the same, and what speaks for it; an empty reason if nothing does."""
    for title, new, old in (
        ("DOI", citation.doi, report.doi),
        ("PubMed id", citation.pmid.lstrip("0"), (report.pmid or "").lstrip("0")),
        ("PMC id", citation.pmcid, report.pmcid),
    ):
        if new and new == old:
            return True, f"the {title} is the same"
    if citation.title and report.title:
        new, old = _letters(citation.title), _letters(report.title)
        if SequenceMatcher(None, new, old, autojunk=False).ratio() >= ALIKE:
            return False, "the title is nearly the same"
    if citation.year and citation.year == report.year and citation.authors and report.authors:
        new, old = (slug(authors[0].family) for authors in (citation.authors, report.authors))
        if new == old:
            return False, "first author and year are the same"
    return False, ""


def _letters(title: str) -> str:
    return re.sub(r"[\W_]+", " ", title.casefold()).strip()
