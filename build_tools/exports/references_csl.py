"""Every report as CSL-JSON, which reference managers and word processors read."""

from __future__ import annotations

import json

from build_tools.records.notice import STANDING
from build_tools.records.report import Author, Report
from build_tools.review.review import Review

PATH = "data/references.json"


def text(review: Review) -> str:
    """The export: a list with one item a report, in the order of their ids."""
    items = [item(id, report) for id, report in sorted(review.reports.items())]
    return json.dumps(items, indent=1, ensure_ascii=False) + "\n"


def item(id: str, report: Report) -> dict[str, object]:
    """One report; `custom` says that authors are missing, for which CSL has no word."""
    said: dict[str, object] = {
        "id": id,
        "type": report.type,
        "title": report.title,
        "author": [_name(author) for author in report.authors],
        "issued": {"date-parts": [[report.year]]} if report.year else None,
        "container-title": report.container_title,
        "volume": report.volume,
        "issue": report.issue,
        "page": report.page,
        "DOI": report.doi,
        "PMID": report.pmid,
        "PMCID": report.pmcid,
        "note": STANDING.get(report.retraction.state, "").capitalize(),
        "custom": None if report.authors_complete else {"authors_complete": False},
    }
    return {name: value for name, value in said.items() if value}


def _name(author: Author) -> dict[str, str]:
    if author.given is None and author.suffix is None:
        return {"literal": author.family}  # a group, or a person with one name
    said = {"family": author.family, "given": author.given, "suffix": author.suffix}
    return {name: value for name, value in said.items() if value}
