"""casebook explain: what a field, a vocabulary, a term, a state or a rule means."""

from __future__ import annotations

from pathlib import Path

import click

from build_tools.authoring.explanation import explain, meant
from build_tools.commands.shared import ROOT
from build_tools.problems.problem import printable
from build_tools.reading.records import read_all


@click.command("explain")
@click.argument("field")
@click.option("--all", "everything", is_flag=True, help="Show every term of a long vocabulary.")
@ROOT
def command(field: str, everything: bool, root: Path) -> None:
    """Tell what a field, vocabulary, term, state or rule means.

    Of a field also what may be written there, with an example, and where a standard says so. FIELD is the
    path of a field (surgeries.blood_loss), a vocabulary (margin), a term, a state (not_done) or the
    number of a rule (C401).
    """
    vocabularies = read_all(root).vocabularies
    found = explain(field, vocabularies, everything)
    if not found:
        close = meant(field, vocabularies)
        raise click.ClickException(
            f"there is no field, vocabulary, term, state or rule {printable(field, 80)!r}"
            + (f"; did you mean {' or '.join(close)}?" if close else "")
            + "; a term that is missing is added by a line in its vocabulary, content/vocabulary/NAME.yml"
        )
    click.echo("\n\n".join("\n".join(lines) for lines in found))
