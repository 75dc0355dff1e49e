"""casebook build: the site, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import click

from build_tools.adapters.mkdocs_site import BuildFailed, build_site
from build_tools.commands.shared import ROOT, stop
from build_tools.problems import ProblemsFound


@click.command("build")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    help="Where the site goes.",
)
@ROOT
def command(out: Path, root: Path) -> None:
    """Check the casebook, build its site aside, and put it in the old one's place when it is whole."""
    try:
        build_site(root, out)
    except ProblemsFound as found:
        stop(found.problems, "nothing was built")
    except BuildFailed as failed:
        raise click.ClickException(str(failed)) from None
    click.echo(f"the site is in {out}")
