"""The problems of a run in words for one kind of reader: one module a format, each with `report`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_tools.problems.problem import Level, Problem

FORMATS = {"text": "text", "json": "json_list", "github": "github", "sarif": "sarif"}
"""The name of a format -> its module."""


@dataclass(frozen=True)
class Run:
    """What a run found: the problems to show, how many stand elsewhere, and how many records were read."""

    root: Path
    problems: Sequence[Problem]
    elsewhere: int | None
    records: Mapping[str, int]

    @property
    def counts(self) -> dict[str, int]:
        """How many problems of each level are shown."""
        found = Counter(problem.level for problem in self.problems)
        return {level.value: found[level] for level in Level}
