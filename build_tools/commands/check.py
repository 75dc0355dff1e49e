"""casebook check: what is wrong, where, and what to write instead."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from build_tools.checking import check_all
from build_tools.commands.shared import ROOT, inside


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "github"]), default="text", help="How to print problems."
)
@ROOT
def command(paths: tuple[Path, ...], form: str, root: Path) -> None:
    """Check every file of the casebook, and print the problems of PATHS, or all of them.

    Exit code 0: no problem; 1: problems, all printed; 2: wrong use.
    """
    wanted = {inside(path, root) for path in paths}
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"there is no file or folder {path}")
    if wanted and all(path.endswith(".yml") for path in wanted):
        review, problems = check_all(root)  # one file is checked in an instant: no page is filled
    else:
        from build_tools.generate import check_site  # noqa: PLC0415

        review, _, problems = check_site(root)
    shown = [p for p in problems if not wanted or any(_belongs(p.file, w) for w in wanted)]
    for problem in shown:
        click.echo(problem.text() if form == "text" else problem.annotation())
    elsewhere = len(problems) - len(shown)
    if elsewhere:
        click.echo(f"{elsewhere} more in other files; run 'casebook check' to see them", err=True)
    if shown:
        click.echo(f"{len(shown)} problem{'s' if len(shown) > 1 else ''}", err=True)
        sys.exit(1)
    counts = ", ".join(f"{len(r)} {name}" for name, r in review.files.records.items())
    click.echo(f"no problems ({counts})")


def _belongs(file: str, wanted: str) -> bool:
    return wanted in (".", file) or file.startswith(wanted + "/")
