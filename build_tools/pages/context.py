"""What every template may use besides its record: labels, links, and the state of the whole review."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache

from build_tools.pages.page import relative_url
from build_tools.reading.settings import Settings
from build_tools.reading.versions import DataVersion
from build_tools.records.values import Source
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review, report_label


@dataclass(frozen=True)
class Context:
    """The review and the settings, as pages need them."""

    review: Review
    settings: Settings
    versions: tuple[DataVersion, ...] = ()
    """The data versions that were released, the newest first."""

    def report_name(self, id: str) -> str:
        """A report's short name."""
        return report_label(self.review.reports[id], id)

    def case_name(self, case: PublishedCase) -> str:
        """A case's short name: its first report's, with the report's own label where it holds several."""
        return self.review.names[case.id]

    def places(self, sources: tuple[Source, ...], page: str) -> list[tuple[str, str, str]]:
        """Sources as (report's name, place, address from a page)."""
        return [
            (self.report_name(s.report or ""), s.place, relative_url(f"reports/{s.report}/", page))
            for s in sources
        ]

    def evidence(self, case: PublishedCase) -> list[tuple[str, list[tuple[str, tuple[Source, ...]]]]]:
        """What speaks for and against one person, with its sources; a side with nothing is left out."""
        identity = case.record.identity
        sides = (("For", identity.evidence_for), ("Against", identity.evidence_against)) if identity else ()
        return [
            (title, [(item.text, case.named(item.source)) for item in side]) for title, side in sides if side
        ]

    @property
    def data_version(self) -> str:
        """A short fingerprint of every record: two sites with the same one say the same."""
        return _fingerprint(self.review)

    @cached_property
    def last_change(self) -> str:
        """The day of the latest extraction."""
        return max((case.record.extraction.date for case in self.review.cases.values()), default="")

    @cached_property
    def newest(self) -> PublishedCase | None:
        """The case extracted last; of several, the one from the latest report."""

        def age(case: PublishedCase) -> tuple[str, int, str]:
            year = self.review.reports[case.report_ids[0]].year or 0
            return (case.record.extraction.date, year, case.id)

        return max(self.review.cases.values(), key=age, default=None)


@lru_cache(maxsize=1)
def _fingerprint(review: Review) -> str:
    digest = hashlib.sha256()
    for kind, records in sorted(review.files.records.items()):
        for id, file in sorted(records.items()):
            digest.update(f"{kind}/{id}\0{file.record!r}\0".encode())
    return digest.hexdigest()[:8]


def known(facts: tuple[Fact, ...]) -> list[Fact]:
    """The facts that some report says something of."""
    return [fact for fact in facts if not fact.missing]


def silent(facts: tuple[Fact, ...]) -> list[Fact]:
    """The facts that no report says anything of."""
    return [fact for fact in facts if fact.missing]
