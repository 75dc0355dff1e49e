"""Every value of every case as CSV: one line a value, with its state, note and sources."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.exports import rows_csv
from build_tools.exports.cases_json import is_value
from build_tools.facts import Fact
from build_tools.review import Review

PATH = "data/facts.csv"
HEADS = ("case", "path", "title", "state", "value", "inferred", "used", "note", "sources")


def text(review: Review) -> str:
    """The export: of a value on which reports disagree, a line each claim; `used` says which tables take."""
    rows = []
    for case in review.cases.values():
        for fact in (fact for top in case.facts for fact in top.walk() if is_value(fact)):
            rows += [(case.id, *row) for row in _rows(fact)]
    return rows_csv.text(HEADS, rows)


def _rows(fact: Fact) -> Iterator[tuple[str, ...]]:
    for number, claim in enumerate(fact.claims):
        yield _row(claim, used="yes" if number == fact.used else "no")
    if fact.claims:
        if fact.note or fact.why:  # what is said of the disagreement itself
            yield (
                fact.path,
                fact.title,
                "",
                "",
                "",
                "",
                "; ".join(w for w in (fact.why, fact.note) if w),
                "",
            )
    else:
        yield _row(fact, used="")


def _row(fact: Fact, used: str) -> tuple[str, ...]:
    sources = "; ".join(f"{source.report}: {source.place}" for source in fact.sources)
    inferred = "yes" if fact.inferred else ""
    return (fact.path, fact.title, str(fact.state), fact.text, inferred, used, fact.note or "", sources)
