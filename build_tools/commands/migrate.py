"""casebook migrate: files of an earlier form in the present one."""

from __future__ import annotations

from pathlib import Path

import click

from build_tools.authoring.files import replace
from build_tools.authoring.migrations import MIGRATIONS, migrate
from build_tools.commands.shared import ROOT, readable, record_files, stop
from build_tools.problems.problem import Problem


@click.command("migrate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Change nothing; only say which files have an earlier form.")
@click.option("--list", "listed", is_flag=True, help="Tell every change of form there has been.")
@ROOT
def command(paths: tuple[Path, ...], check: bool, listed: bool, root: Path) -> None:
    """Carry PATHS, or every record, over from earlier forms.

    Comments and layout stay. Exit code 0: all are in the present form (now); 1: some are not (--check),
    or can't be read.
    """
    if listed:
        for migration in MIGRATIONS:
            click.echo(f"{migration.number} ({migration.kind}): {migration.title}")
        return
    outdated, broken = 0, list[Problem]()
    for path, kind, name in record_files(root, paths):
        text, problems = readable(path, name)
        broken += problems
        new, done = migrate(text, kind.name) if not problems else (text, ())
        for migration in done:
            click.echo(f"{name}: {'needs' if check else 'done'}: {migration.number} ({migration.title})")
        outdated += bool(done)
        if done and not check:
            replace(path, new)
    if broken:
        stop(broken, "some files can't be read and were left as they are")
    if check and outdated:
        raise click.ClickException("run 'casebook migrate' and commit the result")
    if not outdated:
        click.echo("all in the present form")
