"""Problems as workflow commands of GitHub Actions, which shows them on the lines of a pull request."""

from __future__ import annotations

from build_tools.problems.problem import Level, Problem, printable
from build_tools.reporting import Run

LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


def report(run: Run) -> str:
    """One command a line; nothing where there are no problems."""
    return "".join(annotation(problem) + "\n" for problem in run.problems)


def annotation(problem: Problem) -> str:
    """The command for one problem."""
    place = f"file={_property(printable(problem.file))},line={problem.line},col={problem.column}"
    title = f",title={_property(problem.rule)}" if problem.rule else ""
    return f"::{LEVELS[problem.level]} {place}{title}::{_data(problem.says)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
