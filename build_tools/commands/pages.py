"""casebook pages: the source of every page, on disk."""

from __future__ import annotations

from pathlib import Path

import click

from build_tools.commands.shared import ROOT, stop
from build_tools.problems.problem import ProblemsFound
from build_tools.publishing.folder import write
from build_tools.publishing.generate import generate
from build_tools.publishing.target import WrongFolder


@click.command("pages")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Where to write them."
)
@ROOT
def command(out: Path, root: Path) -> None:
    """Write the source of every page and file to a folder.

    For another site builder (Zensical), for reading, and to compare two versions.
    """
    try:
        site = generate(root)
    except ProblemsFound as found:
        stop(found.problems, "nothing was written")
    try:
        written = write(site, root, out)
    except WrongFolder as refused:
        raise click.BadParameter(str(refused), param_hint="--out") from None
    except OSError as error:
        raise click.ClickException(
            f"can't write into {out}: {(error.strerror or str(error)).lower()}"
        ) from None
    click.echo(f"{written} files in {out}")
