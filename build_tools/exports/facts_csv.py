"""Every value of every case as CSV: one line a value, with its state, note and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from build_tools.exports import rows_csv
from build_tools.exports.cases_json import is_value
from build_tools.records.values import Source
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review

PATH = "data/facts.csv"
HEADS = ("case", "path", "title", "state", "value", "inferred", "used", "note", "sources")


def text(review: Review) -> str:
    """The export: of a value on which reports disagree, a line each claim; `used` says which tables take."""
    rows: list[tuple[str, ...]] = []
    for case in review.cases.values():
        for top in case.facts:
            rows += _lines(case, top)
        rows += [(case.id, *row) for row in _about(case)]
    return rows_csv.text(HEADS, rows)


def text_of(facts: Iterable[tuple[PublishedCase, Fact]]) -> str:
    """Some facts, each with its patient, as the export has them; each line stands once."""
    rows = [line for case, fact in facts for line in _lines(case, fact)]
    return rows_csv.text(HEADS, dict.fromkeys(rows))


def _lines(case: PublishedCase, fact: Fact) -> Iterator[tuple[str, ...]]:
    for inner in fact.walk():
        if is_value(inner):
            for row in _rows(inner):
                yield (case.id, *row)


def _rows(fact: Fact) -> Iterator[tuple[str, ...]]:
    for number, claim in enumerate(fact.claims):
        yield _row(claim, used="yes" if number == fact.used else "no")
    if fact.claims:
        if fact.note or fact.why:  # what is said of the disagreement itself
            words = "; ".join(words for words in (fact.why, fact.note) if words)
            yield (fact.path, fact.title, "", "", "", "", words, "")
    else:
        yield _row(fact, used="")


def _about(case: PublishedCase) -> Iterator[tuple[str, ...]]:
    """What is said of the record itself: its reports, who the person is, remarks, and who read."""

    def row(path: str, title: str, words: object, sources: tuple[Source, ...] = ()) -> tuple[str, ...]:
        return (path, title, "", str(words), "", "", "", _places(case.named(sources)))

    for number, link in enumerate(case.record.reports):
        role = f"{link.report} ({link.role}{f': {link.label}' if link.label else ''})"
        yield row(f"reports[{number}]", "Report", role)
    identity = case.record.identity
    if identity:
        yield row("identity.same_patient", "Same patient", identity.same_patient)
        for side in ("evidence_for", "evidence_against"):
            for number, item in enumerate(getattr(identity, side)):
                yield row(f"identity.{side}[{number}]", "Evidence", item.text, item.source)
        if identity.settled_by:
            yield row("identity.settled_by", "What would settle it", identity.settled_by)
    for number, remark in enumerate(case.record.remarks):
        yield row(f"remarks[{number}]", "Remark", remark)
    readers = ", ".join(reader.name for reader in case.record.extraction.by)
    yield row("extraction", "Extraction", f"{readers}, {case.record.extraction.date}")


def _places(sources: tuple[Source, ...]) -> str:
    return "; ".join(f"{source.report}: {source.place}" for source in sources)


def _row(fact: Fact, used: str) -> tuple[str, ...]:
    inferred = "yes" if fact.inferred else ""
    return (
        fact.path,
        fact.title,
        str(fact.state),
        fact.text,
        inferred,
        used,
        fact.note or "",
        _places(fact.sources),
    )
