"""casebook from-issue: the files that an issue hands in, taken over if the checks accept them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from build_tools.authoring.handed_in import NotHandedIn, answer, files_of, refusal, take
from build_tools.commands.shared import ROOT


@click.command("from-issue")
@click.argument("body", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--answer",
    "to",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Where the answer to the issue goes, in Markdown.",
)
@ROOT
def command(body: Path, to: Path, root: Path) -> None:
    """Write the files that stand in BODY, the text of an issue.

    Their paths are printed. Exit code 0: written and without errors; 1: nothing was written, and the
    answer says why.
    """
    if not body.is_file():
        raise click.UsageError(f"there is no file {body}")
    try:
        taken = take(files_of(body.read_text(encoding="utf-8", errors="replace")), root)
    except NotHandedIn as why:
        to.write_text(refusal([str(why)]), encoding="utf-8")
        raise click.ClickException(str(why)) from None
    to.write_text(answer(taken), encoding="utf-8")
    if taken.problems:
        for problem in taken.problems:
            click.echo(problem.text(), err=True)
        sys.exit(1)
    for name in taken.files:
        click.echo(name)
