"""Every value has a place in a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from build_tools.checks.links import nearest
from build_tools.checks.rule import Finding, rule
from build_tools.reading.records import RecordFile
from build_tools.reading.yaml_tree import Key
from build_tools.records.values import Source
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review


@rule(
    "C311",
    cure="give 'source: report-id: place' here or in the block around it",
    example="""
        time_zero: surgery
        """,
)
def every_value_has_a_place(review: Review) -> Iterator[Finding]:
    """this value has no source"""
    for case in review.cases.values():
        for fact in _values(case):
            if any(not part.sources for part in (fact.claims or (fact,))):
                yield Finding(case.origin, as_key(fact.path))


@rule(
    "C312",
    cure="write the id of one of the case's reports before the place",
    example="""
        time_zero: {value: surgery, source: "another-report: Results"}
        """,
)
def sources_name_a_report_of_the_case(review: Review) -> Iterator[Finding]:
    """a source must name one of the case's reports"""
    for case in review.cases.values():
        hint = f"write one of {', '.join(case.report_ids)} before the place"
        for fact in _values(case):
            for index, source in enumerate(fact.sources):
                if source.report not in case.report_ids:
                    named = (
                        f"'{source.report}' is not one of them" if source.report else "this one names none"
                    )
                    yield Finding(case.origin, _of_list(case.origin, as_key(fact.path), index), named, hint)


@rule(
    "C313",
    cure="write the report's id before the place: 'smith-2020: Results'",
    kind="regimen",
    example="""
        statements:
          - {text: It is given by mouth., source: Discussion}
        """,
)
def every_other_source_names_a_report(review: Review) -> Iterator[Finding]:
    """a source must name a report of this review"""
    known = review.files.ids["report"]
    for file, path, sources, silent_means in _other_sources(review):
        for index, source in enumerate(sources):
            report = source.report or silent_means
            if report not in known:
                named = f"'{report}' is none" if report else "this one names none"
                yield Finding(
                    file,
                    _of_list(file, path[:-1], index) if len(sources) > 1 else path,
                    named,
                    nearest(report or "", known),
                )


@dataclass(frozen=True)
class Coverage:
    """How many values the cases hold, and how many of them have a place in a report."""

    values: int
    with_place: int

    @property
    def words(self) -> str:
        """The coverage in a sentence, for a terminal and for the data page."""
        if self.values == self.with_place:
            return f"all {self.values:,} values have a place in a report"
        return f"{self.with_place:,} of {self.values:,} values have a place in a report"


@lru_cache(maxsize=1)
def coverage(review: Review) -> Coverage:
    """The share of values with a source; of a value that reports dispute each claim must have one."""
    facts = [fact for case in review.cases.values() for fact in _values(case)]
    with_place = sum(all(part.sources for part in fact.claims or (fact,)) for fact in facts)
    return Coverage(len(facts), with_place)


def _other_sources(review: Review) -> Iterator[tuple[RecordFile, Key, tuple[Source, ...], str | None]]:
    """Sources that are not of a case's facts, with their place and the report meant when they name none."""
    files = review.files.records
    for id, regimen in review.regimens.items():
        for i, statement in enumerate(regimen.statements):
            yield files["regimen"][id], ("statements", i, "source"), statement.source, None
    for id, aggregate in review.aggregates.items():
        for i, figure in enumerate(aggregate.figures):
            yield files["aggregate"][id], ("figures", i, "source"), figure.source, aggregate.report
    for id, trial in review.trials.items():
        for i, endpoint in enumerate(trial.endpoints):
            yield files["trial"][id], ("endpoints", i, "source"), endpoint.source, None
        for i, claim in enumerate(trial.claims):
            yield files["trial"][id], ("claims", i, "source"), claim.source, None
    for id, said in review.statements.items():
        for name in ("supported_by", "contradicted_by", "qualified_by"):
            for i, support in enumerate(getattr(said, name)):
                yield files["statement"][id], (name, i, "source"), support.source, None
    for case in review.cases.values():
        only = case.report_ids[0] if len(case.report_ids) == 1 else None
        for name in ("evidence_for", "evidence_against"):
            for i, evidence in enumerate(getattr(case.record.identity, name, ())):
                yield case.origin, ("identity", name, i, "source"), evidence.source, only


def _of_list(file: RecordFile, path: Key, index: int) -> Key:
    """The place of a source in a list of sources, of a value or a block around it; else the value's own."""
    for end in range(len(path), -1, -1):
        whole = (*file.tree.key(path[:end]), "source")
        if whole in file.tree.values:
            return (*whole, index) if (*whole, index) in file.tree.values else path
    return path


def _values(case: PublishedCase) -> Iterator[Fact]:
    for top in case.facts:
        for fact in top.walk():
            if not fact.missing and (not fact.children or fact.claims):
                yield fact


def as_key(path: str) -> Key:
    """A fact's path as the steps of its place in the file."""
    steps: list[str | int] = []
    for part in path.replace("[", ".[").split("."):
        steps.append(int(part[1:-1]) if part.startswith("[") else part)
    return tuple(steps)
