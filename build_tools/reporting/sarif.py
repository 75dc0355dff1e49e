"""Problems as SARIF 2.1.0 (OASIS), which code hosts and editors read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from build_tools.checks.rulebook import Entry, entries
from build_tools.problems.problem import Level, Problem, printable
from build_tools.reporting import Run

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def report(run: Run) -> str:
    """One run with the rules that it broke and a result for each problem."""
    broken = {problem.rule for problem in run.problems}
    rules = [entry for entry in entries() if entry.number in broken]
    index = {entry.number: i for i, entry in enumerate(rules)}
    driver = {"name": "casebook", "rules": [_rule(entry) for entry in rules]}
    one = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, index) for problem in run.problems],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [one]}, indent=2) + "\n"


def _rule(entry: Entry) -> dict[str, Any]:
    example = f"\n\nSuch as:\n\n{entry.example}" if entry.example else ""
    return {
        "id": entry.number,
        "shortDescription": {"text": entry.message},
        "help": {"text": f"{entry.message}; {entry.cure}{example}"},
        "defaultConfiguration": {"level": LEVELS[entry.level]},
    }


def _result(problem: Problem, index: Mapping[str, int]) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": quote(problem.file, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": problem.line, "startColumn": problem.column},
    }
    known = {"ruleIndex": index[problem.rule]} if problem.rule in index else {}
    return {
        "ruleId": problem.rule,
        **known,
        "level": LEVELS[problem.level],
        "message": {"text": printable(problem.says)},
        "locations": [{"physicalLocation": place}],
    }
