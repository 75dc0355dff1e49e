"""casebook build: the site, whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import click

from build_tools.commands.shared import ROOT, stop
from build_tools.problems.problem import ProblemsFound, printable
from build_tools.publishing.lock import Busy
from build_tools.publishing.mkdocs_site import BuildFailed, NotVerified, build_site
from build_tools.publishing.target import WrongFolder
from build_tools.reading.settings import read_settings

_FULL = "free some space: until the new site is finished, the old one stands beside it"
_MOUNTED = "it is a disk of its own; give --out a folder inside it"
_CURES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: "allow bigger files (ulimit -f)",
    errno.EXDEV: _MOUNTED,
    errno.EBUSY: _MOUNTED,
}
_NO_ADDRESS = (
    "mkdocs.yml names no address, so the site map is empty and no page says where it stands; "
    "write 'site_url: https://...', the address at which the site will be"
)
_CURE = "give --out a folder in which you may write"


@click.command("build")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    help="Where the site goes.",
)
@ROOT
def command(out: Path, root: Path) -> None:
    """Check the casebook, build its site, verify it, swap it in.

    The new site is made aside, and takes the old one's place only if it is whole.
    Exit code 0: the site is new; 1: it is as it was; 2: wrong use.
    """
    try:
        built = build_site(root, out)
    except NotVerified as found:
        stop(found.problems, "the new site was not whole, so the old one stays")
    except ProblemsFound as found:
        stop(found.problems, "nothing was built")
    except (BuildFailed, Busy) as failed:
        raise click.ClickException(str(failed)) from None
    except WrongFolder as refused:
        raise click.BadParameter(str(refused), param_hint="--out") from None
    except OSError as error:
        raise click.ClickException(_in_words(error, out)) from None
    click.echo(f"the site is in {out}: {built.pages} pages, {built.size / 1_000_000:.1f} MB")
    if not read_settings(root).address:
        click.echo(_NO_ADDRESS)


def _in_words(error: OSError, out: Path) -> str:
    """What the system refused, on one line with the cure; to people, what stands beside `out` is `out`."""
    what = (error.strerror or str(error)).lower()
    file, place = Path(error.filename2 or error.filename or out).absolute(), out.resolve()
    aside = file.is_relative_to(place.parent) and str(file).startswith((f"{place}.aside-", f"{place}.lock"))
    if aside or file.is_relative_to(place) or place.is_relative_to(file):
        return printable(f"can't build into {out}: {what}; {_CURES.get(error.errno or 0, _CURE)}")
    return printable(f"can't use {file}: {what}")
