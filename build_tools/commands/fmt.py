"""casebook fmt: the keys of files in the order of the model, comments and all else kept."""

from __future__ import annotations

from pathlib import Path

import click

from build_tools.authoring.files import replace
from build_tools.authoring.layout import laid_out
from build_tools.commands.shared import ROOT, readable, record_files, stop
from build_tools.problems.problem import Problem


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Change nothing; only say which files are out of order.")
@ROOT
def command(paths: tuple[Path, ...], check: bool, root: Path) -> None:
    """Put the keys of PATHS, or of every record, in order.

    Nothing else is rewritten. Exit code 0: all in order (now); 1: files are out of order (--check) or
    can't be read.
    """
    changed, broken = 0, list[Problem]()
    for path, kind, name in record_files(root, paths):
        text, problems = readable(path, name)
        broken += problems
        new = text if problems else laid_out(text, kind.model)
        if problems or new.encode() == path.read_bytes():
            continue
        changed += 1
        click.echo(f"{name}: {'out of order' if check else 'put in order'}")
        if not check:
            replace(path, new)
    if broken:
        stop(broken, "some files can't be read and were left as they are")
    if check and changed:
        raise click.ClickException("run 'casebook fmt' and commit the result")
    if not changed:
        click.echo("all in order")
