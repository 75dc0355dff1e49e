"""C901-C909: the run itself."""

from __future__ import annotations

from build_tools.problems.problem import Mistake

CRASHED = Mistake(
    "C901",
    0,
    "the rule {number} ({name}) failed: {error}",
    "this is a mistake of the rule, not of your file; please report it",
)
NOTHING_CHECKED = Mistake(
    "C902",
    0,
    "nothing was checked: {what}",
    "run it in the casebook's folder, with cases/ and content/ in it",
)
