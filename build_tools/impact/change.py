"""A change: one thing that differs between two casebooks, and the parts of a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

UNREPEATED = "a value that is not repeated here"
"""What was there before it was withheld, since it may have told who the patient is."""


@dataclass(frozen=True)
class Change:
    """One thing that was `old` and is `new`; one of the two is empty where it was added or is gone.

    `where` leads to it from the outside in; `place` is where it stands in a paper.
    """

    where: tuple[str, ...]
    old: str = ""
    new: str = ""
    place: str = ""


@dataclass(frozen=True)
class Counted:
    """A number of the whole review, before and after."""

    name: str
    old: int
    new: int


@dataclass(frozen=True)
class Impact:
    """Everything that differs between a casebook and an older one; `not_made` says why the older one's tables
    and pages could not be made and so are not compared."""

    base: str
    counts: tuple[Counted, ...]
    patients: tuple[Change, ...]
    facts: tuple[Change, ...]
    sources: tuple[Change, ...]
    notes: tuple[Change, ...]
    records: tuple[Change, ...]
    estimates: tuple[Change, ...]
    rows: tuple[Change, ...]
    sentences: tuple[Change, ...]
    pages: tuple[Change, ...]
    not_made: str = ""

    @property
    def sections(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes under their headings, in order of worth; a heading with none is left out."""
        all_of_them = {
            "Patients": self.patients,
            "Facts": self.facts,
            "Sources": self.sources,
            "Notes": self.notes,
            "Other records": self.records,
            "Estimates": self.estimates,
            "Table rows": self.rows,
            "Sentences": self.sentences,
            "Pages": self.pages,
        }
        return {title: changes for title, changes in all_of_them.items() if changes}
