"""casebook schema: what editors know of the files, kept in step with the models."""

from __future__ import annotations

from pathlib import Path

import click

from build_tools.commands.shared import ROOT, stop
from build_tools.reading.records import read_all
from build_tools.records.schema import FOLDER, schemas


@click.command("schema")
@click.option("--write/--check", default=False, help="Write the schemas, or only say which are out of date.")
@ROOT
def command(write: bool, root: Path) -> None:
    """Compare the JSON Schemas with the models, or write them.

    Told are the files of content/schema/ that no longer say what models and vocabularies say.
    """
    files = read_all(root)
    broken = [problem for problem in files.problems if problem.file.startswith("content/vocabulary/")]
    if broken:  # a schema made without them would allow any word
        stop(broken, "no schema can be made")
    stale = []
    for name, text in schemas(files.vocabularies).items():
        path = root / FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(path.as_posix())
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
    for file in stale:
        click.echo(f"{file}: {'written' if write else 'out of date'}")
    if stale and not write:
        raise click.ClickException("run 'casebook schema --write' and commit the result")
    if not stale:
        click.echo("all as the models and vocabularies say")
