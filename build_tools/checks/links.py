"""Ids that a record mentions must belong to a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from build_tools.checks.rule import Finding, rule
from build_tools.reading.records import RecordFile
from build_tools.reading.yaml_tree import Key
from build_tools.review.review import Review


@rule(
    "C301",
    cure="add it to content/reports/",
    example="""
        reports:
          - {report: no-such-report, role: full}
        """,
)
def reports_exist(review: Review) -> Iterator[Finding]:
    """there is no such report"""
    known = review.files.ids["report"]
    for case in review.cases.values():
        for i, link in enumerate(case.record.reports):
            if link.report not in known:
                path: Key = ("reports", i, "report")
                yield Finding(case.origin, path, f"'{link.report}'", nearest(link.report, known))


@rule(
    "C302",
    cure="add it to content/regimens/",
    example="""
        systemic_therapy:
          - {status: given, regimen: no-such-regimen, source: Results}
        """,
)
def regimens_exist(review: Review) -> Iterator[Finding]:
    """there is no such regimen"""
    known = review.files.ids["regimen"]
    for case in review.cases.values():
        for fact in case.find("systemic_therapy.regimen"):
            for said in fact.claims or (fact,):
                if isinstance(said.value, str) and said.value not in known:
                    index = int(fact.path.split("[")[1].split("]")[0])
                    path: Key = ("systemic_therapy", index, "regimen")
                    yield Finding(case.origin, path, f"'{said.value}'", nearest(said.value, known))


@rule(
    "C303",
    cure="write the id of a record, which is its file's name without .yml",
    kind="aggregate",
    example="""
        cases: [no-such-case]
        """,
)
def aggregates_link_to_records(review: Review) -> Iterator[Finding]:
    """an aggregate names a record that does not exist"""
    for id, aggregate in review.aggregates.items():
        file = review.files.records["aggregate"][id]
        wanted: list[tuple[Key, str, str]] = [
            (("report",), "report", aggregate.report),
            *((("overlaps", i), "aggregate", other) for i, other in enumerate(aggregate.overlaps)),
            *((("cases", i), "case", case) for i, case in enumerate(aggregate.cases)),
        ]
        for path, kind, wrong in wanted:
            known = review.files.ids[kind]
            if wrong not in known:
                yield Finding(file, path, f"'{wrong}'", nearest(wrong, known))


@rule(
    "C304",
    cure="write the id of a record, which is its file's name without .yml",
    kind="statement",
    example="""
        trials: [no-such-trial]
        """,
)
def evidence_links_to_records(review: Review) -> Iterator[Finding]:
    """a record names another that does not exist"""
    for file, path, kind, wrong in _evidence_links(review):
        known = review.files.ids[kind]
        if wrong not in known:
            yield Finding(file, path, f"'{wrong}'", nearest(wrong, known))


def _evidence_links(review: Review) -> Iterator[tuple[RecordFile, Key, str, str]]:
    """Every id that a trial, statement or search mentions: file, place, the kind it must be, the id."""
    for id, trial in review.trials.items():
        file = review.files.records["trial"][id]
        yield from ((file, ("regimens", i), "regimen", other) for i, other in enumerate(trial.regimens))
        for name, arm in trial.arms.items():
            if arm.regimen is not None:
                yield file, ("arms", name, "regimen"), "regimen", arm.regimen
    for id, statement in review.statements.items():
        file = review.files.records["statement"][id]
        yield from ((file, ("regimens", i), "regimen", other) for i, other in enumerate(statement.regimens))
        yield from ((file, ("trials", i), "trial", other) for i, other in enumerate(statement.trials))
        yield from ((file, ("cases", i, "case"), "case", e.case) for i, e in enumerate(statement.cases))
    for id, search in review.searches.items():
        file = review.files.records["search"][id]
        for name in ("included", "known"):
            yield from ((file, (name, i), "report", r) for i, r in enumerate(getattr(search, name)))


@rule(
    "C305",
    cure="add it to 'included' or 'known' of a search",
    kind="search",
    example="""
        known: []
        """,
)
def every_report_came_by_a_search(review: Review) -> Iterator[Finding]:
    """no search of the log names this report"""
    listed = {report for s in review.searches.values() for report in (*s.included, *s.known)}
    whole = set(review.searches) == review.files.ids["search"]  # a search with problems may name any report
    for id in review.reports if review.searches and whole else ():
        if id not in listed:
            yield Finding(review.files.records["report"][id])


def nearest(id: str, known: Iterable[str]) -> str:
    """A hint that names the id that was probably meant."""
    close = get_close_matches(id, sorted(known), n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else ""
