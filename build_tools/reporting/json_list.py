"""Problems as one JSON object: a list of all of them, and how many of each level there are."""

from __future__ import annotations

import json

from build_tools.problems.problem import Problem
from build_tools.reporting import Run


def report(run: Run) -> str:
    """`problems` (file, line, column, level, rule, field, message, hint), `counts` by level, `elsewhere`
    (problems of files not asked for, null if not looked for) and `records` (how many of each kind)."""
    whole = {
        "problems": [_one(problem) for problem in run.problems],
        "counts": run.counts,
        "elsewhere": run.elsewhere,
        "records": dict(run.records),
    }
    return json.dumps(whole, indent=2) + "\n"


def _one(problem: Problem) -> dict[str, str | int]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "level": problem.level.value,
        "rule": problem.rule,
        "field": problem.field,
        "message": problem.message,
        "hint": problem.hint,
    }
