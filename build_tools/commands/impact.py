"""casebook impact: what a change does to the review, before anyone merges it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from build_tools.commands.shared import ROOT, stop
from build_tools.impact.base import CannotBeRead, NoSuchCommit, read_base, take_out
from build_tools.impact.compare import compare
from build_tools.impact.words import as_markdown, as_text, nothing_compared
from build_tools.problems.problem import ProblemsFound, printable
from build_tools.publishing.generate import generate


@click.command("impact")
@click.option("--base", required=True, metavar="REV", help="The commit to compare with, such as main.")
@click.option(
    "--head",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The casebook with the change; left out, it is --root as it lies there, committed or not.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown"]), default="text", help="How to print it."
)
@ROOT
def command(base: str, head: Path | None, form: str, root: Path) -> None:
    """Say what a change does to the review, before and after.

    Told are facts, patients, estimates, table rows, sentences of prose and pages. Both sides are made by
    this generator, so that only data and prose count. Exit code 0: compared, or the commit is no casebook
    that can be compared with; 1: the change has problems, all printed; 2: wrong use.
    """
    with TemporaryDirectory(prefix="casebook-") as folder:
        try:
            take_out(base, root, Path(folder))
        except NoSuchCommit as error:
            raise click.BadParameter(f"{printable(base, 80)!r}: {error}", param_hint="--base") from None
        try:
            new = generate(head or root)
        except ProblemsFound as found:
            stop(found.problems, "nothing was compared")
        try:
            old = read_base(Path(folder))
        except CannotBeRead as error:
            click.echo(nothing_compared(base, str(error), markdown=form == "markdown"))
            return
    impact = compare(base, old, new)
    click.echo(as_text(impact) if form == "text" else as_markdown(impact), nl=False)
