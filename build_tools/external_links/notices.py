"""Retractions and corrections: what Crossref knows of a report beside what its record says.

A work of Crossref's REST API has its notices in `updated-by`; each entry holds the DOI of the notice, a
type, a date as `updated.date-parts`, and a source: the publisher or Retraction Watch. See "Get Retraction
Watch metadata from Crossref's API" (Crossref tutorials, January 2025). A work without entries is no proof
that it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from build_tools.external_links.client import Client
from build_tools.external_links.findings import ANSWER_SIZE, Services
from build_tools.external_links.verdict import Unanswered
from build_tools.reading.records import RecordFile
from build_tools.records.report import Report

# The word of our records for each type of Crossref; new editions and versions do not touch what was said.
STATES = {
    "addendum": "corrected",
    "clarification": "corrected",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
    "expression_of_concern": "concern",
    "partial_retraction": "retracted",
    "removal": "retracted",
    "retraction": "retracted",
    "withdrawal": "withdrawn",
    "new_edition": "",
    "new_version": "",
}
GRAVITY = {"none_found": 0, "not_checked": 0, "corrected": 1, "concern": 2, "retracted": 3, "withdrawn": 3}
TYPE = re.compile(r"[a-z_]{1,40}")
NOTICE_DOI = re.compile(r"10\.\d{4,9}/[\x21-\x7e]{1,200}")


@dataclass(frozen=True, order=True)
class Notice:
    """A notice on a report: when, of what type, and its DOI; what Crossref leaves out is empty."""

    date: str
    type: str
    doi: str

    @property
    def state(self) -> str:
        """What the record should say for it; the type itself where we have no word for it."""
        return STATES.get(self.type, self.type)


@dataclass(frozen=True)
class Unnoted:
    """A report whose record does not yet say what Crossref says."""

    file: str
    line: int
    doi: str
    says: str
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class Unasked:
    """A report of which Crossref could not be asked, and why."""

    file: str
    line: int
    doi: str
    why: str


def unnoted(reports: Iterable[RecordFile], client: Client, services: Services) -> Iterator[Unnoted | Unasked]:
    """The reports with a notice that is graver, or newer, than what their record says."""
    for file in reports:
        if not isinstance(file.record, Report) or not file.record.doi:
            continue
        doi, said = file.record.doi, file.record.retraction
        line = file.tree.mark(("retraction", "state"))[0]
        try:
            answer = client.ask(services.works + quote(doi, safe=""), ANSWER_SIZE)
            notices = notices_in(answer.body) if answer.status != 404 else ()  # 404: registered elsewhere
        except Unanswered as unanswered:
            yield Unasked(file.file, line, doi, unanswered.why)
            continue
        if notices is None:
            yield Unasked(file.file, line, doi, f"Crossref answers {answer.status}, and not in its own form")
            continue
        news = tuple(n for n in notices if n.state and _is_news(n, said.state, said.checked or ""))
        if news:
            says = said.state + (f", checked {said.checked}" if said.checked else "")
            yield Unnoted(file.file, line, doi, says, news)


def notices_in(body: bytes) -> tuple[Notice, ...] | None:
    """The notices of a work in Crossref's JSON; None where it has another form."""
    try:
        work = json.loads(body)["message"]
        entries = work.get("updated-by") or []
        return tuple(sorted({_notice(entry) for entry in entries}))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _notice(entry: dict[str, object]) -> Notice:
    kind, doi = str(entry.get("type", "")).lower().replace("-", "_"), str(entry.get("DOI", "")).lower()
    updated = entry.get("updated")
    parts = updated.get("date-parts") if isinstance(updated, dict) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    day = "-".join(f"{part:02}" for part in first if isinstance(part, int))
    return Notice(
        day, kind if TYPE.fullmatch(kind) else "of no type", doi if NOTICE_DOI.fullmatch(doi) else ""
    )


def _is_news(notice: Notice, state: str, checked: str) -> bool:
    """Graver than the record's state, or of the same gravity and after the day that someone looked."""
    gravity, known = GRAVITY.get(notice.state, 1), GRAVITY[state]
    return gravity > known or (gravity == known and notice.date > checked)
