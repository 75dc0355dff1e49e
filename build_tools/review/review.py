"""The review: everything that was read, linked and frozen, with facts worked out for every case."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from build_tools.reading.records import Files, RecordFile
from build_tools.records.aggregate import Aggregate
from build_tools.records.case import Case
from build_tools.records.estimate import Estimate
from build_tools.records.regimen import Regimen
from build_tools.records.report import Report
from build_tools.records.search import Search
from build_tools.records.statement import Statement
from build_tools.records.trial import Trial
from build_tools.records.values import Record, Source, State
from build_tools.review.facts import Fact, Vocabularies, read_facts

R = TypeVar("R", bound=Record)

ROLES = ("full", "partial", "update", "secondary")
TAKEN_BACK = frozenset({"retracted", "withdrawn"})
"""The states of a report that no longer stands."""
NOT_FACTS = frozenset({"reports", "identity", "extraction", "remarks"})


@dataclass(frozen=True, eq=False)
class PublishedCase:
    """One patient of the review: the record, its file, and its facts with sources resolved."""

    id: str
    record: Case
    origin: RecordFile
    facts: tuple[Fact, ...]

    @cached_property
    def by_path(self) -> Mapping[str, Fact]:
        """Every fact by its path."""
        return {fact.path: fact for top in self.facts for fact in top.walk()}

    @cached_property
    def _by_field(self) -> Mapping[str, tuple[Fact, ...]]:
        found = defaultdict[str, list[Fact]](list)
        for path, fact in self.by_path.items():
            # Items of a list have the list's own name: the list stands for them.
            if not (path.endswith("]") and path.rpartition("[")[0] in self.by_path):
                found[unindexed(path)].append(fact)
        return {field: tuple(facts) for field, facts in found.items()}

    @cached_property
    def _not_there(self) -> dict[str, tuple[Fact, ...]]:
        """What was asked for and is not in the file, so that it is worked out once."""
        return {}

    def find(self, field: str, keep: Callable[[str], bool] | None = None) -> tuple[Fact, ...]:
        """The facts of a field named without indices, such as `surgeries.blood_loss`, in order.

        With `keep` only those whose path it takes.
        """
        found = self._by_field.get(field, ())
        if found := found if keep is None else tuple(fact for fact in found if keep(fact.path)):
            return found
        if keep is not None:
            return self._known_of_parent(field, keep)
        if field not in self._not_there:
            self._not_there[field] = self._known_of_parent(field, None)
        return self._not_there[field]

    def _known_of_parent(self, field: str, keep: Callable[[str], bool] | None) -> tuple[Fact, ...]:
        """The field stands inside something that is not there: what is known of that is known of it."""
        parent = field.rpartition(".")[0]
        return tuple(
            replace(fact, children=(), text="", value=None)
            for fact in (self.find(parent, keep) if parent else ())
            if fact.state is not State.REPORTED
        )

    @cached_property
    def silence(self) -> State:
        """What it means that nothing is said of a field: the report is silent, or nobody has looked."""
        return next((fact.state for fact in self.by_path.values() if fact.missing), State.NOT_EXTRACTED)

    @cached_property
    def report_ids(self) -> tuple[str, ...]:
        """The reports that describe the patient, the patient's own report first."""
        by_role = sorted(self.record.reports, key=lambda link: ROLES.index(link.role))
        return tuple(link.report for link in by_role)

    def named(self, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        """The sources with the report's id at each that leaves it out, as a case with one report may."""
        only = self.report_ids[0] if len(self.record.reports) == 1 else None
        return tuple(s if s.report else Source(report=only, place=s.place) for s in sources)


def unindexed(path: str) -> str:
    """The field of a path: `surgeries.blood_loss` of `surgeries[0].blood_loss`."""
    if "[" not in path:
        return path
    return "".join(part.partition("]")[2] if i else part for i, part in enumerate(path.split("[")))


@dataclass(frozen=True, eq=False)
class Review:
    """Everything that can be said: patients, reports and all other records by id."""

    root: Path
    cases: Mapping[str, PublishedCase]
    reports: Mapping[str, Report]
    regimens: Mapping[str, Regimen]
    aggregates: Mapping[str, Aggregate]
    trials: Mapping[str, Trial]
    statements: Mapping[str, Statement]
    searches: Mapping[str, Search]
    estimates: Mapping[str, Estimate]
    vocabularies: Vocabularies
    files: Files

    @property
    def persons_if_split(self) -> int:
        """How many persons there would be if every probable pair were two."""
        return sum(
            max(1, len([link for link in case.record.reports if link.role in ("full", "partial")]))
            if case.record.identity and case.record.identity.same_patient == "probable"
            else 1
            for case in self.cases.values()
        )

    @cached_property
    def _gone(self) -> Mapping[str, str]:
        """The reports that no longer stand, with why."""
        return {
            id: f"report {report.retraction.state}"
            for id, report in self.reports.items()
            if report.retraction.state in TAKEN_BACK
        }

    def taken_back(self, case: PublishedCase) -> str | None:
        """Why a patient is left out of every count and estimate: a report of theirs no longer stands.

        The patient's page stays, marked; what another report says of them is for a person to sort out.
        """
        if not self._gone:
            return None
        return next((self._gone[id] for id in case.report_ids if id in self._gone), None)

    @cached_property
    def standing(self) -> Review:
        """The review without the patients that are taken back; itself if there is none."""
        standing = {id: case for id, case in self.cases.items() if not self.taken_back(case)}
        return self if len(standing) == len(self.cases) else replace(self, cases=standing)

    @cached_property
    def _by_report(self) -> Mapping[bool, Mapping[str, tuple[PublishedCase, ...]]]:
        """The patients of each report, and under True those of whom it does not only repeat others."""
        found = {own: defaultdict[str, dict[str, PublishedCase]](dict) for own in (False, True)}
        for case in self.cases.values():
            for link in case.record.reports:
                found[False][link.report][case.id] = case
                if link.role != "secondary":
                    found[True][link.report][case.id] = case
        return {
            own: {report: tuple(cases.values()) for report, cases in reports.items()}
            for own, reports in found.items()
        }

    def cases_of(self, report: str, *, own: bool = False) -> tuple[PublishedCase, ...]:
        """The patients that a report describes; with `own`, not those it only repeats from other reports."""
        return self._by_report[own].get(report, ())

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Each patient's short name by id: the first report's, with its label if it tells of several."""
        return {case.id: self._name(case) for case in self.cases.values()}

    def _name(self, case: PublishedCase) -> str:
        link = case.record.reports[0]
        several = len(self.cases_of(link.report, own=True)) > 1
        name = report_label(self.reports[link.report], link.report)
        return f"{name}, {link.label}" if several and link.label else name

    @cached_property
    def names_apart(self) -> Mapping[str, str]:
        """The same names, where several patients would bear one each with the case's id."""
        counts = Counter(self.names.values())
        return {id: name if counts[name] == 1 else f"{name} ({id})" for id, name in self.names.items()}

    @cached_property
    def named_apart(self) -> Mapping[str, str]:
        """The ids of the patients by these names."""
        return {name: id for id, name in self.names_apart.items()}

    def label(self, vocabulary: str, term: str) -> str:
        """The words of a term."""
        return self.vocabularies[vocabulary].terms[term].label


def report_label(report: Report, id: str) -> str:
    """A report's short name: its own label, else author and year, else its id."""
    if report.label:
        return report.label
    if not report.authors:
        return id.replace("-", " ").capitalize()
    return f"{report.authors[0].family} {report.year or '(year unknown)'}"


def link(files: Files) -> Review:
    """The review of all records that were read; problems of the files are not looked at here."""
    reports = _records(files, "report", Report)
    return Review(
        files.root,
        {
            id: _publish(files.records["case"][id], case, files, reports)
            for id, case in _records(files, "case", Case).items()
        },
        reports,
        _records(files, "regimen", Regimen),
        _records(files, "aggregate", Aggregate),
        _records(files, "trial", Trial),
        _records(files, "statement", Statement),
        _records(files, "search", Search),
        _records(files, "estimate", Estimate),
        files.vocabularies,
        files,
    )


def _records(files: Files, kind: str, model: type[R]) -> dict[str, R]:
    """The records of a kind, which `model` reads."""
    found = files.records[kind].items()
    return {id: file.record for id, file in found if isinstance(file.record, model)}


_published_before: dict[tuple[int, str, State], PublishedCase] = {}
"""Cases since the program began, by their file as it was read, the vocabularies, and what silence means."""
_MOST_KEPT = 30_000


def _publish(file: RecordFile, case: Case, files: Files, reports: Mapping[str, Report]) -> PublishedCase:
    own = [link.report for link in case.reports if link.role == "full"]
    read_whole = bool(own) and all(id in reports and reports[id].read == "full" for id in own)
    silence = State.NOT_REPORTED if read_whole else State.NOT_EXTRACTED
    key = (id(file), files.words, silence)
    before = _published_before.get(key)
    if before is not None and before.origin is file:
        return before
    only = case.reports[0].report if len(case.reports) == 1 else None
    facts = read_facts(case, files.vocabularies, silence)
    kept = (fact for fact in facts if fact.path not in NOT_FACTS)
    published = PublishedCase(file.id, case, file, tuple(_with_report(fact, only) for fact in kept))
    if files.words:
        if len(_published_before) >= _MOST_KEPT:
            _published_before.clear()
        _published_before[key] = published
    return published


def _with_report(fact: Fact, report: str | None) -> Fact:
    """The fact with the report's id at every source that leaves it out, as a case with one report may."""
    if report is None:
        return fact
    sources = tuple(s if s.report else _source(report, s.place) for s in fact.sources)
    given = tuple(s if s.report else _source(report, s.place) for s in fact.given)
    children = tuple(_with_report(child, report) for child in fact.children)
    claims = tuple(_with_report(claim, report) for claim in fact.claims)
    kept = [(sources, fact.sources), (given, fact.given), (children, fact.children), (claims, fact.claims)]
    if all(new is old for pair in kept for new, old in zip(*pair, strict=True)):
        return fact
    return replace(fact, sources=sources, given=given, children=children, claims=claims)


@lru_cache(maxsize=1_000)
def _source(report: str, place: str) -> Source:
    return Source(report=report, place=place)
