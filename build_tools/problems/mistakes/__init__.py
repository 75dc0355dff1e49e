"""The mistakes that the generator's own parts find: one module a place, one line a number."""

from __future__ import annotations

from build_tools.problems.mistakes import built, fields, files, pages, run, yaml
from build_tools.problems.problem import Mistake

MISTAKES: tuple[Mistake, ...] = tuple(
    mistake
    for module in (files, yaml, fields, pages, run, built)
    for mistake in vars(module).values()
    if isinstance(mistake, Mistake)
)
"""Every mistake, by number."""
