"""The spread of a number over patients: median and range, and of whom it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from build_tools.analysis.tallies import DOUBTFUL, holds
from build_tools.records.measures import UNITS
from build_tools.review.counted import counted
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review


@dataclass(frozen=True)
class Spread:
    """Median and range of a field over patients, in `unit` (empty for a plain number such as an age).

    `cases` holds each patient who counts with the value. `left_out` are patients whose value is a bound, a
    range or in doubt: none of these is one number.
    """

    unit: str
    cases: tuple[tuple[PublishedCase, float], ...]
    left_out: tuple[PublishedCase, ...]

    @property
    def median(self) -> float:
        """The middle value; of an even number the mean of the middle two."""
        return median(value for _, value in self.cases)

    @property
    def low(self) -> float:
        """The smallest value."""
        return min(value for _, value in self.cases)

    @property
    def high(self) -> float:
        """The largest value."""
        return max(value for _, value in self.cases)


def spread(review: Review, field: str, where: Mapping[str, str] | None = None) -> Spread:
    """The spread of `field`, the first value of each patient, over those who meet `where`.

    Values are converted to the unit of the first patient; a retracted report's patients are left out.
    """
    unit, known, left_out = "", list[tuple[PublishedCase, float]](), list[PublishedCase]()
    for case in review.cases.values():
        if review.taken_back(case) or not all(
            holds(case, name, wanted) for name, wanted in (where or {}).items()
        ):
            continue
        fact = next((f for f in counted(case, field) if not f.missing and f.state not in DOUBTFUL), None)
        if fact is None or fact.value is None:
            continue
        found = _number(fact)
        if found is None or (unit and found[1] and factor(unit, found[1]) is None):
            left_out.append(case)
            continue
        number, printed = found
        unit = unit or printed
        known.append((case, number * (factor(unit, printed) or 1)))
    return Spread(unit, tuple(known), tuple(left_out))


def _number(fact: Fact) -> tuple[float, str] | None:
    """The one number of a fact, with its unit; None for a bound, a range or words."""
    value = fact.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value), ""
    if isinstance(value, dict) and not value.get("op") and isinstance(value.get("number"), int | float):
        return float(value["number"]), str(value["unit"])
    return None


def factor(unit: str, printed: str) -> float | None:
    """What a value in `printed` is multiplied with to stand in `unit`; None if the two don't convert."""
    for units in UNITS.values():
        if unit in units and printed in units:
            return units[printed] / units[unit]
    return 1 if unit == printed else None
