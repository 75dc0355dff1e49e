"""What can be said of an address after asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

PATIENCE = 28
"""Days without any answer after which a person should look."""

NO_SERVER = "there is no server of this name"


class Verdict(StrEnum):
    """How an address stands. Only DEAD says that a reader will find nothing."""

    ALIVE = "alive"
    """It answers."""
    MOVED = "moved"
    """It answers, and says that it stands elsewhere for good."""
    DEAD = "dead"
    """Its server says that there is nothing, or there is no such server."""
    BLOCKED = "blocked"
    """Its server refuses programs, or wants a login; a reader may well see the page."""
    UNKNOWN = "unknown"
    """Nothing that can be judged came back: no answer, a broken server, a circle, a refused way."""


@dataclass(frozen=True, order=True)
class Finding:
    """What was found at an address; days are written as YYYY-MM-DD.

    `since` is the day of the first of the findings in a row that say the same.
    """

    address: str
    checked: str
    verdict: Verdict
    detail: str
    since: str

    @property
    def suspected(self) -> bool:
        """Dead for the first time; a server may have a bad day, so a second day has to confirm it."""
        return self.verdict is Verdict.DEAD and self.since == self.checked

    @property
    def needs_a_person(self) -> bool:
        """Dead on two days, or silent for weeks."""
        if self.verdict is Verdict.UNKNOWN:
            return (date.fromisoformat(self.checked) - date.fromisoformat(self.since)).days >= PATIENCE
        return self.verdict is Verdict.DEAD and not self.suspected


class Unanswered(Exception):
    """Raised where asking ends without a status; carries what that means and why."""

    def __init__(self, verdict: Verdict, why: str) -> None:
        self.verdict, self.why = verdict, why
        super().__init__(why)
