"""Reading and checking in one go: the review, and every problem of files and rules."""

from __future__ import annotations

from pathlib import Path

from build_tools import checks
from build_tools.checks.part import files_for
from build_tools.problems.problem import Problem
from build_tools.reading.records import read_all
from build_tools.review.review import Review, link


def check_cases(root: Path, cases: frozenset[str]) -> tuple[Review, list[Problem]] | None:
    """What is wrong with some cases, by id, with nothing read that does not bear on them; None if all does.

    The problems of these cases are those that `check_all` finds; of other files only some are read.
    """
    needed = files_for(root, cases)
    if needed is None:
        return None
    review = link(read_all(root, needed))
    return review, sorted({*review.files.problems, *checks.run(review)})


def check_all(root: Path) -> tuple[Review, list[Problem]]:
    """Everything below `root`, read and checked; the rules run over whatever could be read."""
    review = link(read_all(root))
    return review, sorted({*review.files.problems, *checks.run(review)})
