"""What a data version brings, from the comparison with the version before."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import PurePosixPath

from build_tools.impact.facts import NOTHING
from build_tools.impact.patients import compare_facts
from build_tools.reading.versions import Counts, DataVersion
from build_tools.records.values import WORKED_OUT
from build_tools.review.facts import state_words
from build_tools.review.review import Review

_UNSAID = frozenset({NOTHING, *(state_words(state) for state in WORKED_OUT)})


def data_version(name: str, day: str, fingerprint: str, old: Review | None, new: Review) -> DataVersion:
    """The version `name` of `new`; without an `old` one, all its patients are new."""
    before = old.cases if old else {}
    return DataVersion(
        name,
        day,
        fingerprint,
        len(new.cases),
        tuple(id for id in new.cases if id not in before),
        tuple(id for id in before if id not in new.cases),
        _values(old, new) if old else {},
    )


def _values(old: Review, new: Review) -> dict[str, Counts]:
    counted = defaultdict[str, Counter[str]](Counter)
    for change in compare_facts(old, new).facts:
        kind = "added" if change.old in _UNSAID else "withdrawn" if change.new in _UNSAID else "changed"
        counted[PurePosixPath(change.where[0]).stem][kind] += 1
    return {id: Counts(**kinds) for id, kinds in sorted(counted.items())}
