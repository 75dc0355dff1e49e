"""casebook index: the search index of a site that another engine built."""

from __future__ import annotations

from pathlib import Path

import click

from build_tools.publishing.search import NotIndexed, index


@click.command("index")
@click.argument("site", type=click.Path(path_type=Path, file_okay=False, exists=True))
def command(site: Path) -> None:
    """Make the search index of a built site.

    'casebook build' does it by itself; this is for a site that Zensical made from 'casebook pages'.
    """
    try:
        index(site)
    except NotIndexed as failed:
        raise click.ClickException(str(failed)) from None
    click.echo(f"the search index is in {site / 'pagefind'}")
