"""Reading and checking in one go: the review, and every problem of files and rules."""

from __future__ import annotations

from pathlib import Path

from build_tools import checks
from build_tools.problems.problem import Problem
from build_tools.reading.records import read_all
from build_tools.review.review import Review, link


def check_all(root: Path) -> tuple[Review, list[Problem]]:
    """Everything below `root`, read and checked; the rules run over whatever could be read."""
    review = link(read_all(root))
    return review, sorted({*review.files.problems, *checks.run(review)})
