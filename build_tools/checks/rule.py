"""A rule: one thing that must hold over the whole review, told with its number, level, cure and example."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from textwrap import dedent

from build_tools.problems.problem import Level, Problem
from build_tools.reading.records import RecordFile
from build_tools.reading.yaml_tree import Key, Mark
from build_tools.review.review import Review


@dataclass(frozen=True)
class Finding:
    """One place that breaks a rule: `detail` says what stands there, `hint` what to write if the rule's
    own cure can be made more exact, `mark` its line and column where the path does not tell (a comment)."""

    file: RecordFile
    path: Key = ()
    detail: str = ""
    hint: str = ""
    mark: Mark | None = None


Find = Callable[[Review], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A function over the review with what people need to know of it; its docstring is the message.

    `number` never changes its meaning; `example` is a fragment of a file of `kind` that breaks the rule,
    written over a sound record by the tests (its fields in place of the record's own) and shown on the page
    of rules. What a `secret` rule found may identify somebody: no message, line or log repeats it.
    """

    number: str
    level: Level
    cure: str
    kind: str
    example: str
    find: Find
    secret: bool = False

    @property
    def name(self) -> str:
        """The function's name."""
        return self.find.__name__

    @property
    def message(self) -> str:
        """What is wrong, in the function's own words."""
        return " ".join((self.find.__doc__ or "").split())

    def problems(self, review: Review) -> Iterator[Problem]:
        """Every place of the review that breaks the rule."""
        for finding in self.find(review):
            message = f"{self.message}: {finding.detail}" if finding.detail else self.message
            problem = finding.file.problem(
                finding.path, message, finding.hint or self.cure, level=self.level, rule=self.number
            )
            line, column = finding.mark or (problem.line, problem.column)
            yield replace(problem, line=line, column=column, secret=self.secret)


def rule(
    number: str,
    *,
    cure: str,
    example: str,
    kind: str = "case",
    level: Level = Level.ERROR,
    secret: bool = False,
) -> Callable[[Find], Rule]:
    """Makes a rule of the function below."""

    def make(find: Find) -> Rule:
        return Rule(number, level, cure, kind, dedent(example).strip() + "\n", find, secret)

    return make
