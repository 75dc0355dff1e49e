"""casebook links: do the addresses that the casebook points at still answer?"""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click

from build_tools.commands.shared import ROOT, stop
from build_tools.external_links.cache import NoCache, read_cache, write_cache
from build_tools.external_links.client import Client
from build_tools.external_links.findings import Services, find
from build_tools.external_links.links import links_of
from build_tools.external_links.notices import Unasked, Unnoted, unnoted
from build_tools.external_links.summary import Outcome, counts, markdown, text
from build_tools.external_links.verdict import NO_SERVER
from build_tools.problems.problem import printable
from build_tools.reading.records import read_all
from build_tools.reading.settings import read_settings

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("links")
@click.option(
    "--cache",
    type=FILE,
    default=Path(".cache/external-links.json"),
    show_default=True,
    help="What earlier days found; written anew.",
)
@click.option(
    "--max-age",
    type=click.IntRange(min=0),
    default=30,
    show_default=True,
    help="Days for which a good answer is believed. Bad ones are asked for anew each time.",
)
@click.option("--report", type=FILE, help="Where to write all in Markdown; empty when nobody need look.")
@click.option("--list", "only_list", is_flag=True, help="Print the addresses and their places; ask nobody.")
@click.option("--strict", is_flag=True, help="End with exit code 1 when a person should look.")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="The day to write, if it is not the machine's."
)
@ROOT
def command(
    cache: Path,
    max_age: int,
    report: Path | None,
    only_list: bool,
    strict: bool,
    today: datetime | None,
    root: Path,
) -> None:
    """Ask whether addresses still answer and reports still stand.

    Every address of the casebook is asked, and Crossref of each report with a DOI. An address is called
    dead when two runs on different days found nothing there; at first it is suspected. Blocked and
    unknown are not dead. Nobody has to wait for this: it takes a second or more an address, needs the
    internet, and is no part of 'make test' or of the checks of a pull request.

    Exit code 0, also with dead links, for they are news and no fault of a change; 1: the casebook itself has
    problems, the internet is out of reach, or with --strict a person should look; 2: wrong use.
    """
    files = read_all(root)
    if files.problems:
        stop(files.problems, "no address was asked")
    links = links_of(files)
    if only_list:
        for link in links:
            click.echo(printable(f"{link.file}:{link.line}:1: {link.address}"))
        return
    try:
        earlier = read_cache(cache)
    except NoCache as no_cache:
        raise click.ClickException(str(no_cache)) from None
    client, services = make_client(root)
    day = today.date() if today else date.today()
    notices = tuple(unnoted(files.records["report"].values(), client, services))
    if any(isinstance(notice, Unasked) and notice.why == NO_SERVER for notice in notices):
        raise click.ClickException("not even Crossref's server is found; is this machine on the internet?")
    addresses = sorted({link.address for link in links})
    asking = find(addresses, earlier, client, services, day, max_age)
    with click.progressbar(asking, length=len(addresses), label="Asking", file=sys.stderr) as progress:
        findings = tuple(progress)
    try:
        write_cache(cache, findings)
    except OSError as error:
        raise click.ClickException(f"{cache} can't be written: {error.strerror}") from None
    outcome = Outcome(
        day.isoformat(),
        links,
        findings,
        tuple(n for n in notices if isinstance(n, Unnoted)),
        tuple(n for n in notices if isinstance(n, Unasked)),
    )
    for line in text(outcome):
        click.echo(line)
    click.echo(counts(outcome), err=True)
    if outcome.unasked:
        click.echo(f"Crossref could not be asked of {len(outcome.unasked)} reports", err=True)
    if report:
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(markdown(outcome) if outcome.needs_a_person else "", encoding="utf-8", newline="\n")
    if strict and outcome.needs_a_person:
        sys.exit(1)


def make_client(root: Path) -> tuple[Client, Services]:
    """Who asks, saying where its people can be reached, and whom it asks for ids."""
    return Client(f"casebook-links (+{read_settings(root).repository})"), Services()
