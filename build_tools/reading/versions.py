"""The data versions that were released, as `casebook release` wrote them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PATH = "data/versions.json"
FILE = Path(PATH)
FORMAT = "casebook-versions/1"


@dataclass(frozen=True)
class Counts:
    """How many values of one patient were added, changed and withdrawn."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0


@dataclass(frozen=True)
class DataVersion:
    """A state of the data with a name: what it holds, and what differs from the version before.

    `fingerprint` is that of every record, `date` the day of release (2026-11-21); patients are named by id.
    """

    version: str
    date: str
    fingerprint: str
    patients: int
    added: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    values: Mapping[str, Counts] = field(default_factory=dict, hash=False)

    def says_of(self, case: str) -> str:
        """What the version brought for a patient, in words; empty if nothing."""
        if case in self.added:
            return "added"
        counts = self.values.get(case)
        if counts is None:
            return ""
        numbers = ((counts.added, "added"), (counts.changed, "changed"), (counts.withdrawn, "withdrawn"))
        said = [f"{n} {'value' if n == 1 else 'values'} {what}" for n, what in numbers if n]
        return ", ".join(said)


class NotVersions(Exception):
    """The file is not as `casebook release` writes it."""


def read_versions(root: Path) -> tuple[DataVersion, ...]:
    """All versions, the newest first; none where nothing was released. NotVersions if the file is broken."""
    file = root / FILE
    if not file.is_file():
        return ()
    try:
        told = json.loads(file.read_text(encoding="utf-8"))["versions"]
        return tuple(_version(one) for one in told)
    except (ValueError, LookupError, TypeError, AttributeError):
        raise NotVersions from None


def _version(told: Mapping[str, object]) -> DataVersion:
    values = told["values"]
    if not isinstance(values, Mapping):
        raise TypeError
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return DataVersion(**{**given, "values": {id: Counts(**counts) for id, counts in values.items()}})  # type: ignore[arg-type]
