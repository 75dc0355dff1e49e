"""casebook release: a state of the data gets a name, and what it brings is written down."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from build_tools.commands.shared import ROOT, stop
from build_tools.exports import versions_json
from build_tools.impact.base import CannotBeRead, NoSuchCommit, read_base, take_out
from build_tools.impact.versions import data_version
from build_tools.pages.context import Context
from build_tools.problems.mistakes import pages as wrong
from build_tools.problems.problem import errors, printable
from build_tools.publishing.generate import check_site
from build_tools.reading.settings import Settings, read_settings
from build_tools.reading.versions import FILE, DataVersion, NotVersions, read_versions
from build_tools.review.review import Review

ZENODO, CITATION = ".zenodo.json", "CITATION.cff"


@click.command("release")
@click.argument("version")
@click.option("--base", metavar="REV", help="The commit of the version before; left out, all is new.")
@click.option("--date", "day", metavar="DAY", help="The day of release, such as 2026-11-21; left out, today.")
@ROOT
def command(version: str, base: str | None, day: str | None, root: Path) -> None:
    """Write a data version, with what changed since the one before.

    It goes to data/versions.json, which the site publishes with a feed of new and changed cases;
    CITATION.cff and .zenodo.json get its name and day. Commit the files and tag the commit.
    Exit code 0: written; 1: the casebook has problems; 2: wrong use.
    """
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z.-]{0,30}", version):
        raise click.BadParameter("write digits, letters, full stops and hyphens, such as 1.2.0")
    day = _day(day)
    try:
        before = read_versions(root)
    except NotVersions:
        stop([wrong.BROKEN_VERSIONS.at(FILE.as_posix())], "nothing was released")
    if version in (one.version for one in before):
        raise click.BadParameter(f"{version} was released already; take another name")
    review, _, problems = check_site(root)
    if found := errors(problems):
        stop(found, "nothing was released")
    context = Context(review, read_settings(root))
    new = data_version(version, day, context.data_version, _older(base, root), review)
    (root / FILE).parent.mkdir(parents=True, exist_ok=True)
    (root / FILE).write_text(versions_json.text((new, *before)), encoding="utf-8", newline="\n")
    _cite(root, new, context.settings)
    click.echo(_words(new))


def _day(given: str | None) -> str:
    try:
        return date.fromisoformat(given).isoformat() if given else date.today().isoformat()
    except ValueError:
        raise click.BadParameter("write year-month-day, such as 2026-11-21", param_hint="--date") from None


def _older(base: str | None, root: Path) -> Review | None:
    """The review at a commit."""
    if base is None:
        return None
    with TemporaryDirectory(prefix="casebook-") as folder:
        try:
            take_out(base, root, Path(folder))
            return read_base(Path(folder)).review
        except (NoSuchCommit, CannotBeRead) as error:
            raise click.BadParameter(f"{printable(base, 80)!r}: {error}", param_hint="--base") from None


def _cite(root: Path, new: DataVersion, settings: Settings) -> None:
    """Name and day of the version in what citation tools and Zenodo read."""
    file = root / CITATION
    if file.is_file():
        text = re.sub(r"(?m)^(version|date-released):.*\n", "", file.read_text(encoding="utf-8"))
        text = text.rstrip("\n") + f'\nversion: "{new.version}"\ndate-released: "{new.date}"\n'
        file.write_text(text, encoding="utf-8", newline="\n")
    whole = {
        "title": settings.name,
        "description": settings.description,
        "upload_type": "dataset",
        "access_right": "open",
        "license": "cc-by-4.0",
        "version": new.version,
        "publication_date": new.date,
        "creators": [{"name": "The Casebook contributors"}],
    }
    written = json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
    (root / ZENODO).write_text(written, encoding="utf-8", newline="\n")


def _words(new: DataVersion) -> str:
    """What a version brings, for a changelog."""
    lines = [f"Data version {new.version}, {new.date}: {new.patients} patients"]
    for title, ids in (("added", new.added), ("withdrawn", new.withdrawn)):
        if ids:
            lines.append(f"{len(ids)} {title}: {', '.join(ids)}")
    lines += [f"{id}: {new.says_of(id)}" for id in new.values]
    return "\n".join(lines)
