"""casebook new: a report's file and a case's file from a citation, and what is here already."""

from __future__ import annotations

import datetime
import re
import sys
from dataclasses import replace
from pathlib import Path

import click

from build_tools.authoring.already import SameReport, like_patients, same_reports
from build_tools.authoring.case_file import case_text
from build_tools.authoring.citations.citation import Citation, Person, Unreadable
from build_tools.authoring.citations.source import read_source
from build_tools.authoring.files import AlreadyThere, write_new
from build_tools.authoring.ids import free_id, id_of, is_provisional
from build_tools.authoring.report_file import not_names, report_text
from build_tools.checks.checking import check_all
from build_tools.commands.shared import ROOT
from build_tools.problems.mistakes.fields import NEAREST_TERM, NOT_A_TERM, OTHER_NAME
from build_tools.reading.records import DEVICES, FILE_NAME, LONGEST_ID, some
from build_tools.records.measures import In
from build_tools.records.terms import adding
from build_tools.review.review import Review


@click.command("new")
@click.argument("source")
@click.option("--id", "wanted", help="The id of report and case, instead of first author and year.")
@click.option("--age", default="", help="The patient's age in years, or 90+.")
@click.option("--sex", default="", help="The patient's sex, as the vocabulary has it.")
@click.option("--side", default="", help="The side of the tumour, as the vocabulary has it.")
@click.option("--origin", default="", help="The structure it grew from, as the vocabulary has it.")
@click.option(
    "--size", default="", help="Its size, such as '5.5 cm'; only to look for a patient like this one."
)
@click.option("--by", default="", help="Who reads the report and writes the case.")
@click.option("--date", default="", help="The day of reading, such as 2026-11-21; today if left out.")
@click.option(
    "--anyway", is_flag=True, help="Go on although this report is here, for one more patient of it."
)
@ROOT
def command(
    source: str,
    wanted: str | None,
    age: str,
    sex: str,
    side: str,
    origin: str,
    size: str,
    by: str,
    date: str,
    anyway: bool,
    root: Path,
) -> None:
    """Write a report file and a case file for SOURCE.

    If the report is here already, or perhaps the patient, that is reported first.
    SOURCE is a DOI, a PubMed or PMC id, an address that holds one, or a file with one reference: BibTeX, RIS,
    CSL-JSON, Crossref's JSON, PubMed's .nbib, EndNote's XML. Nothing is looked up: of a DOI or
    PubMed id alone, the rest is left open. No file is ever written over.
    """
    try:
        citation = read_source(source)
    except Unreadable as error:
        raise click.ClickException(str(error)) from None
    review, _ = check_all(root)
    here = list(same_reports(citation, review))
    _tell(here)
    same = next((report for report in here if report.certain), None)
    if any(not report.apart for report in here) and not anyway:
        raise click.ClickException(
            "nothing was written; correct the file that is here, or add '--anyway' for "
            + ("one more patient of this report" if same else "a report that is another one")
        )
    given = {"patient.age": age, "patient.sex": sex, "lesions.side": side, "lesions.origin": origin}
    known = _known(review, given if any(given.values()) else _asked_of_patient(given))
    for case, common in like_patients(citation, known, _checked("length", size), review):
        click.echo(f"a patient like this one: {case.origin.file} ({', '.join(common)})")
    if not wanted and not same and is_provisional(id_of(citation)):
        citation = _asked(citation)
    ids = review.files.ids
    name = wanted or (
        free_id(same.id, ids["case"]) if same else free_id(id_of(citation), ids["case"] | ids["report"])
    )
    if not FILE_NAME.fullmatch(f"{name}.yml") or name in DEVICES or len(name) > LONGEST_ID:
        raise click.UsageError(f"{name!r} can't be an id; use small letters, digits and hyphens")
    report = same.id if same else name
    day = date or datetime.date.today().isoformat()
    files = {root / "cases" / f"{name}.yml": case_text(report, review.vocabularies, day, by, known)}
    if same is None:
        files[root / "content" / "reports" / f"{report}.yml"] = report_text(citation)
    try:
        write_new(files)
    except AlreadyThere as error:
        raise click.ClickException(f"{error} is there already; choose another id with --id") from None
    except OSError as error:
        raise click.ClickException(f"nothing was written: {error.filename}: {error.strerror}") from None
    for path in files:
        click.echo(f"written: {path.as_posix()}")
    if same is None:
        _tell_the_rest(citation)
    _next_steps(name, report, review, provisional=is_provisional(name))


def _tell(here: list[SameReport]) -> None:
    for found in here:
        click.echo(
            f"{'already here' if found.certain else 'perhaps already here'}: {found.file} ({found.why}"
            + (f"; but {found.apart}, so look whether it is another version)" if found.apart else ")")
        )
        for case in found.cases:
            click.echo(f"  describes {case.origin.file}")


def _tell_the_rest(citation: Citation) -> None:
    """What of the citation is not in a field of the report, or has to be looked at."""
    for told in citation.told:
        click.echo(f"look at this: {told}")
    for person in not_names(citation):
        click.echo(
            f"kept as a comment, for a name holds letters alone: the author {person.family} {person.given}"
        )
    for name, value in citation.rest:
        click.echo(f"kept as a comment: {name}: {value}")
    if citation.left_out:
        click.echo(f"left out: {', '.join(citation.left_out)}")


def _asked(citation: Citation) -> Citation:
    """First author and year, asked for where the source does not name them and someone can answer."""
    if not _someone_answers():
        return citation
    family = click.prompt("First author's family name (Enter if unknown)", default="", show_default=False)
    year = click.prompt("Year", type=click.IntRange(1800, 2100)) if family else None
    return replace(citation, authors=(Person(family),), others=True, year=year) if family else citation


def _someone_answers() -> bool:
    """Whether a person sits at the terminal; without one, nothing is asked."""
    return sys.stdin.isatty()


def _asked_of_patient(given: dict[str, str]) -> dict[str, str]:
    """Age, sex and side of the patient, asked for where someone can answer; Enter leaves one open."""
    if not _someone_answers():
        return given
    click.echo("Of the patient, to see whether the same person is here already (Enter if unknown):")
    asked = {"patient.age": "Age", "patient.sex": "Sex", "lesions.side": "Side of the tumour"}
    return given | {
        path: click.prompt(f"  {title}", default="", show_default=False) for path, title in asked.items()
    }


def _known(review: Review, given: dict[str, str]) -> dict[str, object]:
    """What was told of the patient, checked as the check would."""
    known: dict[str, object] = {path: word for path, word in given.items() if word}
    for path, name in (("patient.sex", "sex"), ("lesions.side", "side"), ("lesions.origin", "structure")):
        word, vocabulary = given[path], review.vocabularies.get(name)
        if word and vocabulary is not None and word not in vocabulary.terms:
            nearest = vocabulary.nearest(word)
            said = {"nearest": nearest, "terms": some(vocabulary.terms), "adding": adding(word, name)}
            near = OTHER_NAME if vocabulary.named(word) else NEAREST_TERM
            hint = (near if nearest else NOT_A_TERM.cure).format(**said)
            raise click.UsageError(f"{word!r} is not a term of {name}; {hint}")
    if age := given["patient.age"]:
        if not re.fullmatch(r"90\+|[1-8]?\d", age):
            raise click.UsageError(f"{age!r} is not an age; write whole years below 90, or 90+")
        known["patient.age"] = age if age == "90+" else int(age)
    return known


def _checked(dimension: str, written: str) -> str:
    """A measure as it was given; wrong use if it is none."""
    try:
        return In(dimension).parse(written).text if written else ""
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _next_steps(case: str, report: str, review: Review, provisional: bool) -> None:
    """What is left to do, in its order."""
    steps = ["read the report, and fill in every open field of both files"]
    if provisional:
        steps.insert(
            0,
            "rename both files to the first author and year, such as smith-2020.yml, "
            f"and write that name for {report} in the case",
        )
    if review.searches:
        steps.append(
            f"name {report} under 'included' of the search in content/searches/ that found it, and count it "
            "in 'records'; or write a search of its own"
        )
    steps += [f"casebook check cases/{case}.yml content/reports/{report}.yml", "casebook fmt"]
    click.echo("next:")
    for number, step in enumerate(steps, 1):
        click.echo(f"  {number}. {step}")
