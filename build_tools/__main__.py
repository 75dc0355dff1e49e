"""The command line: check a casebook, build its site, write its pages or its schemas."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from build_tools.problems import Problem, ProblemsFound

ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="The casebook's folder, with cases/ and content/ in it.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="casebook")
def main() -> None:
    """Casebook: a living literature review made from one YAML file per published patient."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "github"]), default="text", help="How to print problems."
)
@ROOT
def check(paths: tuple[Path, ...], form: str, root: Path) -> None:
    """Check every file of the casebook, and print the problems of PATHS, or all of them.

    Exit code 0: no problem; 1: problems, all printed; 2: wrong use.
    """
    from build_tools.checking import check_all
    from build_tools.generate import check_site

    wanted = {_inside(path, root) for path in paths}
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"there is no file or folder {path}")
    if wanted and all(path.endswith(".yml") for path in wanted):
        review, problems = check_all(root)  # one file is checked in an instant: no page is filled
    else:
        review, _, problems = check_site(root)
    shown = [p for p in problems if not wanted or any(_belongs(p.file, w) for w in wanted)]
    for problem in shown:
        click.echo(problem.text() if form == "text" else problem.annotation())
    elsewhere = len(problems) - len(shown)
    if elsewhere:
        click.echo(f"{elsewhere} more in other files; run 'casebook check' to see them", err=True)
    if shown:
        click.echo(f"{len(shown)} problem{'s' if len(shown) > 1 else ''}", err=True)
        sys.exit(1)
    counts = ", ".join(f"{len(r)} {name}" for name, r in review.files.records.items())
    click.echo(f"no problems ({counts})")


@main.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Where to write them."
)
@ROOT
def pages(out: Path, root: Path) -> None:
    """Write every page and file of the site's source to a folder, for Zensical and for reading."""
    from build_tools.adapters.folder import write
    from build_tools.generate import generate

    try:
        site = generate(root)
    except ProblemsFound as found:
        _stop(found.problems)
    written = write(site, root, out)
    click.echo(f"{written} files in {out}")


@main.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    help="Where the site goes.",
)
@ROOT
def build(out: Path, root: Path) -> None:
    """Check the casebook, build its site aside, and put it in the old one's place when it is whole."""
    from build_tools.adapters.mkdocs_site import BuildFailed, build_site

    try:
        build_site(root, out)
    except ProblemsFound as found:
        _stop(found.problems)
    except BuildFailed as failed:
        raise click.ClickException(str(failed)) from None
    click.echo(f"the site is in {out}")


@main.command()
@click.option("--write/--check", default=False, help="Write the schemas, or only say which are out of date.")
@ROOT
def schema(write: bool, root: Path) -> None:
    """Compare the committed JSON Schemas with the models and vocabularies, or write them anew."""
    from build_tools.reading.records import read_all
    from build_tools.schema import FOLDER, schemas

    stale = []
    for name, text in schemas(read_all(root).vocabularies).items():
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


def _inside(path: Path, root: Path) -> str:
    """A path as problems name it: relative to the casebook's folder."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise click.UsageError(f"{path} is not inside {root.resolve()}") from None


def _belongs(file: str, wanted: str) -> bool:
    return wanted in (".", file) or file.startswith(wanted + "/")


def _stop(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        click.echo(problem.text(), err=True)
    raise click.ClickException(f"nothing was built: {len(problems)} problem(s); see above")


if __name__ == "__main__":
    main()
