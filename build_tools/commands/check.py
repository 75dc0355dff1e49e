"""casebook check: what is wrong, where, and what to write instead."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

import click

from build_tools.checks.checking import check_all, check_cases
from build_tools.checks.sources import coverage
from build_tools.commands.shared import ROOT, inside
from build_tools.problems.problem import errors
from build_tools.reporting import FORMATS, Run


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    help="text: for people, with the line; json: a list and counts; github: on the lines of a pull request; "
    "sarif: SARIF 2.1.0 for code hosts and editors. json and sarif alone go to the standard output.",
)
@ROOT
def command(paths: tuple[Path, ...], form: str, root: Path) -> None:
    """Check every file, and print the problems of PATHS or of all.

    What has to be mended first comes first. Each problem has a level: an error stops a build, a warning asks
    for a second look, info is news. The page of rules tells more of its number.

    \b
    Exit code 0: no error, warnings perhaps
              1: errors, all of them printed
              2: wrong use
    """
    wanted = {inside(path, root) for path in paths}
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"there is no file or folder {path}")
    part = check_cases(root, cases) if (cases := _cases(wanted)) else None
    if part is not None:
        review, problems = part
    elif wanted and all(path.endswith(".yml") for path in wanted):
        review, problems = check_all(root)  # no page is filled
    else:
        from build_tools.publishing.generate import check_site  # noqa: PLC0415

        review, _, problems = check_site(root)
    shown = [p for p in problems if not wanted or any(_belongs(p.file, w) for w in wanted)]
    records = {name: len(found) for name, found in review.files.records.items()}
    run = Run(root, shown, None if part else len(problems) - len(shown), records)
    click.echo(import_module(f"build_tools.reporting.{FORMATS[form]}").report(run), nl=False)
    if form in ("text", "github"):
        _sum_up(run)
        covered = coverage(review)
        if review.cases and (not run.problems or covered.with_place < covered.values):
            click.echo(covered.words, err=bool(run.problems))
    if errors(shown):
        sys.exit(1)


def _sum_up(run: Run) -> None:
    if run.elsewhere is None:
        click.echo("other files were not looked at; run 'casebook check' to check them all", err=True)
    elif run.elsewhere:
        click.echo(f"{run.elsewhere} more in other files; run 'casebook check' to see them", err=True)
    if run.problems:
        nouns = {"error": "error", "warning": "warning", "info": "note"}
        parts = [f"{n} {nouns[level]}{'s' if n > 1 else ''}" for level, n in run.counts.items() if n]
        click.echo(", ".join(parts), err=True)
    else:
        click.echo(f"no problems ({', '.join(f'{n} {name}' for name, n in run.records.items())})")


def _cases(wanted: set[str]) -> frozenset[str]:
    """The ids of the cases, if files of cases are wanted and nothing else."""
    found = [re.fullmatch(r"cases/([^/]+)\.yml", path) for path in wanted]
    return frozenset(match[1] for match in found if match) if all(found) else frozenset()


def _belongs(file: str, wanted: str) -> bool:
    return wanted in (".", file) or file.startswith(wanted + "/")
