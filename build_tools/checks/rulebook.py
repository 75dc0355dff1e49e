"""The book of rules: every number that a problem can carry, with its message, cure and example."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter

from build_tools.checks import RULES
from build_tools.problems.mistakes import MISTAKES
from build_tools.problems.problem import Level, Mistake

CHAPTERS = {
    "C1": "Files and YAML",
    "C2": "Fields, terms and pages",
    "C3": "Links and sources",
    "C4": "Course and outcome",
    "C5": "Values",
    "C6": "One person, one case",
    "C7": "Privacy",
    "C8": "Declared estimates",
    "C9": "The run itself, and the built site",
}
"""The first figure of a number -> what such rules are about."""


@dataclass(frozen=True)
class Entry:
    """One rule as people read of it; `kind` is the kind of record of which the example is a part."""

    number: str
    level: Level
    message: str
    cure: str
    example: str
    kind: str


def entries() -> tuple[Entry, ...]:
    """Every rule over the review and every mistake that the parts themselves find, by number."""
    found = [Entry(r.number, r.level, r.message, r.cure, r.example, r.kind) for r in RULES]
    found += [_of(mistake) for mistake in MISTAKES]
    return tuple(sorted(found, key=lambda entry: entry.number))


def _of(mistake: Mistake) -> Entry:
    message = mistake.about or _with_gaps(mistake.message)
    return Entry(mistake.number, mistake.level, message, _with_gaps(mistake.cure), mistake.example, "")


def _with_gaps(text: str) -> str:
    """The text with a gap at each blank."""
    return "".join(
        words + ("…" if blank is not None else "") for words, blank, _, _ in Formatter().parse(text)
    )
