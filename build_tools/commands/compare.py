"""casebook compare: two extractions of one patient side by side, and in one file."""

from __future__ import annotations

from pathlib import Path

import click

from build_tools.authoring.comparison import AGREED, Comparison, Line, Verdict, compare
from build_tools.authoring.files import AlreadyThere, write_new
from build_tools.authoring.forms import Data
from build_tools.authoring.merge import comments_of, merged_text
from build_tools.authoring.written import written
from build_tools.commands.shared import ROOT, readable, stop
from build_tools.problems.problem import printable
from build_tools.reading.records import read_all, validate
from build_tools.reading.yaml_tree import Tree, read_tree
from build_tools.records.case import Case
from build_tools.review.facts import Vocabularies


@click.command("compare")
@click.argument("a", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("b", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--all", "everything", is_flag=True, help="Show fields on which both agree, too.")
@click.option(
    "--merge", type=click.Path(path_type=Path, dir_okay=False), help="Write both readings into one new file."
)
@ROOT
def command(a: Path, b: Path, everything: bool, merge: Path | None, root: Path) -> None:
    """Compare two readers' files of one patient, field by field.

    The files A and B may stand anywhere; their words are those of the casebook at --root. With --merge,
    what both say stands once, what one says keeps its source, and what differs is left open with both
    readings.

    Below, by block: in how many of the fields that both filled in they agree, and how many fields A alone
    or B alone filled in. What one says alone is no disagreement and is never counted as one; but a high
    agreement beside much that one says alone means that fields were missed. Both stand in the merged file.
    """
    vocabularies = read_all(root).vocabularies
    (tree_a, data_a), (tree_b, data_b) = (_read(path, vocabularies) for path in (a, b))
    comparison = compare(data_a, data_b)
    _show(comparison, data_a, data_b, everything)
    if merge is None:
        return
    for path, data in ((a, data_a), (b, data_b)):
        if "second_reading" in data["extraction"]:
            raise click.ClickException(f"{path} holds a second reading already; compare single readings")
    try:
        write_new({merge: merged_text(comparison, data_a, data_b, comments_of(tree_a, tree_b))})
    except AlreadyThere:
        raise click.ClickException(f"{merge} is there already; give the name of a new file") from None
    except OSError as error:
        raise click.ClickException(f"{merge} can't be written: {error.strerror}") from None
    click.echo(f"\nwritten: {merge}")
    click.echo("settle every field without a value; 'casebook check' asks for each")


def _read(path: Path, vocabularies: Vocabularies) -> tuple[Tree, Data]:
    """A case file and what it says; ends with its problems if it has any."""
    text, problems = readable(path, path.as_posix())
    tree, found = read_tree(path.as_posix(), text)
    problems = problems or found or validate(path.as_posix(), tree, Case, vocabularies)[1]
    if problems:
        stop(problems, "both files must be readable to be compared")
    assert isinstance(tree.data, dict)
    return tree, tree.data


def _show(comparison: Comparison, a: Data, b: Data, everything: bool) -> None:
    click.echo(f"A: {_readers(a)}\nB: {_readers(b)}\n")
    shown = [
        line
        for line in comparison.lines
        if everything or line.verdict not in AGREED - {Verdict.OTHER_SPELLING}
    ]
    for line in shown:
        click.echo(f"{line.path}: {line.verdict}")
        click.echo("".join(f"    {name}: {_value(value)}\n" for name, value in _sides(line)), nl=False)
    if not shown:
        click.echo("both say the same")
    click.echo("\nagreement where both say something; fields that one alone filled in")
    for block in (*comparison.blocks, ""):
        both, same, only_a, only_b = comparison.agreement(block)
        share = f" ({100 * same / both:.0f} %)" if both else ""
        click.echo(f"  {block or 'all'}: {same} of {both}{share}; only A {only_a}, only B {only_b}")


def _sides(line: Line) -> list[tuple[str, object]]:
    return [(name, value) for name, value in (("A", line.a), ("B", line.b)) if value is not None]


def _value(value: object) -> str:
    return printable(written(value), 200)


def _readers(data: Data) -> str:
    names = [by if isinstance(by, str) else by["name"] for by in data["extraction"]["by"]]
    return f"{', '.join(names)}, {data['extraction']['date']}"
