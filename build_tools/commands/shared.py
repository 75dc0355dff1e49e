"""What several commands need: where the casebook is, and how to stop for its problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import click

from build_tools.problems.mistakes import files
from build_tools.problems.problem import Problem
from build_tools.reading.yaml_tree import decode, read_tree
from build_tools.records import KINDS, Kind


def _casebook(context: click.Context, option: click.Parameter, root: Path) -> Path:
    """The folder, if a casebook is in it; else every vocabulary would be told to be missing."""
    if not (root / "content" / "vocabulary").is_dir():
        raise click.UsageError(f"{root} is no casebook: there is no content/vocabulary in it")
    return root


ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    callback=_casebook,
    help="The casebook's folder, with cases/ and content/ in it.",
)


def inside(path: Path, root: Path) -> str:
    """A path as problems name it: relative to the casebook's folder; wrong use if it is not in there."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise click.UsageError(f"{path} is not inside {root.resolve()}") from None


def record_files(root: Path, paths: Sequence[Path]) -> Iterator[tuple[Path, Kind, str]]:
    """The files of records among `paths`, or all of them: the path, the kind, and the name for problems."""
    wanted = {inside(path, root) for path in paths}
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"there is no file or folder {path}")
    for kind in KINDS:
        for path in sorted((root / kind.folder).glob("*.yml")):
            name = path.relative_to(root).as_posix()
            asked = not wanted or any(w in (".", name) or name.startswith(f"{w}/") for w in wanted)
            if asked and path.is_file() and not path.is_symlink():
                yield path, kind, name


def readable(path: Path, name: str) -> tuple[str, list[Problem]]:
    """The text of a file, or why it is no YAML that could be changed."""
    try:
        text, problems = decode(name, path.read_bytes())
    except OSError as error:
        return "", [files.UNREADABLE.at(name, why=error.strerror)]
    if not problems:
        _, found = read_tree(name, text)
        problems = [problem for problem in found if problem.rank == 0]
    return text, problems


def stop(problems: Sequence[Problem], message: str) -> NoReturn:
    """Prints the problems and ends with exit code 1."""
    for problem in problems:
        click.echo(problem.text(), err=True)
    raise click.ClickException(f"{message}: {len(problems)} problem(s); see above")
