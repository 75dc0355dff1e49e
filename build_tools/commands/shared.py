"""What several commands need: where the casebook is, and how to stop for its problems."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from build_tools.problems import Problem

ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="The casebook's folder, with cases/ and content/ in it.",
)


def inside(path: Path, root: Path) -> str:
    """A path as problems name it: relative to the casebook's folder; wrong use if it is not in there."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise click.UsageError(f"{path} is not inside {root.resolve()}") from None


def stop(problems: Sequence[Problem], message: str) -> NoReturn:
    """Prints the problems and ends with exit code 1."""
    for problem in problems:
        click.echo(problem.text(), err=True)
    raise click.ClickException(f"{message}: {len(problems)} problem(s); see above")
