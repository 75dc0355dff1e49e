"""Every report as RIS, which every reference manager imports."""

from __future__ import annotations

from build_tools.authoring.citations.gathering import MORE_AUTHORS
from build_tools.records.notice import STANDING
from build_tools.records.report import Author, Report
from build_tools.review.review import Review

PATH = "data/references.ris"
_TYPES = {
    "article-journal": "JOUR",
    "article": "UNPB",
    "chapter": "CHAP",
    "paper-conference": "CPAPER",
    "thesis": "THES",
}


def text(review: Review) -> str:
    """The export: one reference a report, in the order of their ids."""
    return "\n".join(reference(id, report) for id, report in sorted(review.reports.items()))


def reference(id: str, report: Report) -> str:
    """One report, with what RIS has no tag for in notes."""
    first, last = _pages(report.page or "")
    ids = {"PMID": report.pmid, "PMCID": report.pmcid}
    lines = [
        ("TY", _TYPES[report.type]),
        ("ID", id),
        *(("AU", _name(author)) for author in report.authors),
        ("TI", report.title),
        ("T2", report.container_title),
        ("PY", report.year),
        ("VL", report.volume),
        ("IS", report.issue),
        ("SP", first),
        ("EP", last),
        ("DO", report.doi),
        ("N1", "; ".join(f"{name}: {value}" for name, value in ids.items() if value)),
        ("N1", STANDING.get(report.retraction.state, "").capitalize()),
        ("N1", "" if report.authors_complete else MORE_AUTHORS),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n"


def _pages(page: str) -> tuple[str, str]:
    first, _, last = page.partition("-")
    return (first, last) if first and last and first != last and "-" not in last else (page, "")


def _name(author: Author) -> str:
    """A comma ends a name of one part, so that no program takes its last word for the family."""
    if author.given is None and author.suffix is None:
        return f"{author.family},"
    return ", ".join(filter(None, (author.family, author.given, author.suffix)))
