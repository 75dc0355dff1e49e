"""What a file may say: one model a kind of record, one folder of files each."""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.records.aggregate import Aggregate
from build_tools.records.case import Case
from build_tools.records.estimate import Estimate
from build_tools.records.regimen import Regimen
from build_tools.records.report import Report
from build_tools.records.search import Search
from build_tools.records.statement import Statement
from build_tools.records.terms import Vocabulary
from build_tools.records.trial import Trial
from build_tools.records.values import Record


@dataclass(frozen=True)
class Kind:
    """A kind of record: its name, its model, and the folder that holds its files."""

    name: str
    model: type[Record]
    folder: str


KINDS = (
    Kind("vocabulary", Vocabulary, "content/vocabulary"),
    Kind("report", Report, "content/reports"),
    Kind("case", Case, "cases"),
    Kind("regimen", Regimen, "content/regimens"),
    Kind("aggregate", Aggregate, "content/aggregates"),
    Kind("trial", Trial, "content/trials"),
    Kind("statement", Statement, "content/statements"),
    Kind("search", Search, "content/searches"),
    Kind("estimate", Estimate, "content/estimates"),
)
"""Every kind, vocabularies first: the others are checked against them."""
