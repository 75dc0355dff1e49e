"""How far two readers of the same reports agreed, over all patients who were read twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from build_tools.records.case import Case
from build_tools.records.extraction import Agreement, SecondReading
from build_tools.review.review import PublishedCase, Review


@dataclass(frozen=True)
class Counted:
    """Fields of one block, or of all (`title` is then empty), as two readings filled them in.

    `same` of `both` is the agreement; what one reading alone says stands apart. `cases` holds the same four
    counts for each patient who has any, in this order: both, same, only the first, only the second.
    """

    title: str
    cases: tuple[tuple[PublishedCase, tuple[int, int, int, int]], ...]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Over all patients: both, same, only the first, only the second."""
        both, same, first, second = (
            sum(column) for column in zip(*(of for _, of in self.cases), strict=True)
        )
        return both, same, first, second


def read_twice(review: Review) -> dict[str, SecondReading]:
    """The second reading of each patient who has one, by case."""
    found = {id: case.record.extraction.second_reading for id, case in review.cases.items()}
    return {id: second for id, second in found.items() if second is not None}


def ways_of_choosing(review: Review) -> Counter[str]:
    """How the patients were chosen for a second reading, and how many in each way."""
    return Counter(second.chosen for second in read_twice(review).values() if second.chosen)


def by_block(review: Review) -> tuple[Counted, ...]:
    """The agreement on each block in the order of a case file, and on all of them at last."""
    rows: dict[str, list[tuple[PublishedCase, tuple[int, int, int, int]]]] = {}
    total = []
    for id, second in read_twice(review).items():
        for row in second.agreement:
            rows.setdefault(row.block, []).append((review.cases[id], _counts(row)))
        if second.agreement:
            total.append((review.cases[id], second.total))
    known = Case.model_fields
    found = [Counted(str(known[name].title), tuple(rows[name])) for name in known if name in rows]
    return (*found, Counted("", tuple(total))) if total else ()


def _counts(row: Agreement) -> tuple[int, int, int, int]:
    return row.both, row.same, row.only_first, row.only_second
