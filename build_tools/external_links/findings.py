"""What the answers mean: address -> verdict, with what earlier days found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote

from build_tools.external_links.client import Client
from build_tools.external_links.verdict import Finding, Unanswered, Verdict

NOT_THERE = (404, 410)
REFUSES = (401, 402, 403, 407, 429, 451, 999)
DOI = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/(10\.\d{4,9}/.+)", re.I)
REGISTERED = re.compile(r"https?://(?:www\.)?clinicaltrials\.gov/(?:study|ct2/show(?:/record)?)/(NCT\d{8})/?")
ANSWER_SIZE = 8_000_000


@dataclass(frozen=True)
class Services:
    """Where ids are asked for, because the pages behind them refuse programs or answer to anything.

    `handles`: DOI handbook, REST API; `studies`: ClinicalTrials.gov, API 2; `works`: Crossref, REST API.
    """

    handles: str = "https://doi.org/api/handles/"
    studies: str = "https://clinicaltrials.gov/api/v2/studies/"
    works: str = "https://api.crossref.org/works/"


def find(
    addresses: Iterable[str],
    earlier: Mapping[str, Finding],
    client: Client,
    services: Services,
    today: date,
    max_age: int,
) -> Iterator[Finding]:
    """What is found at each address; one that answered less than `max_age` days ago is not asked again."""
    for address in addresses:
        before = earlier.get(address)
        if before and is_fresh(before, today, max_age):
            yield before
            continue
        verdict, detail = judge(address, client, services)
        day = today.isoformat()
        since = before.since if before and before.verdict is verdict else day
        yield Finding(address, day, verdict, detail, since)


def is_fresh(finding: Finding, today: date, max_age: int) -> bool:
    """Whether a good answer is young enough to be believed; a bad one is always asked for anew."""
    age = (today - date.fromisoformat(finding.checked)).days
    return finding.verdict in (Verdict.ALIVE, Verdict.MOVED) and 0 <= age < max_age


def judge(address: str, client: Client, services: Services) -> tuple[Verdict, str]:
    """The verdict on an address, and why, in a few words."""
    try:
        if doi := DOI.fullmatch(address):
            return _judge_doi(unquote(doi[1]), client, services)
        if study := REGISTERED.fullmatch(address):
            return _judge_status(client.ask(services.studies + study[1]).status)
        answer = client.ask(address)
    except Unanswered as unanswered:
        return unanswered.verdict, unanswered.why
    verdict, detail = _judge_status(answer.status)
    if verdict is Verdict.ALIVE and answer.settled != address:
        return Verdict.MOVED, answer.settled
    return verdict, detail


def _judge_doi(doi: str, client: Client, services: Services) -> tuple[Verdict, str]:
    """By the response code of the handle system: 1 found, 100 no such handle, 200 no such value in it."""
    answer = client.ask(f"{services.handles}{quote(doi, safe='/')}?type=URL", ANSWER_SIZE)
    try:
        code = json.loads(answer.body)["responseCode"]
    except (ValueError, TypeError, KeyError, RecursionError):
        code = None
    match code:
        case 1:
            return Verdict.ALIVE, ""
        case 100:
            return Verdict.DEAD, "there is no such DOI"
        case 200:
            return Verdict.UNKNOWN, "the DOI is registered and leads nowhere"
    verdict, detail = _judge_status(answer.status)
    if verdict in (Verdict.ALIVE, Verdict.DEAD):  # of the service, which says nothing of the DOI
        return Verdict.UNKNOWN, "the DOI service gave no answer to be read"
    return verdict, detail


def _judge_status(status: int) -> tuple[Verdict, str]:
    if 200 <= status < 300:
        return Verdict.ALIVE, ""
    detail = f"its server answers {status}"
    if status in NOT_THERE:
        return Verdict.DEAD, detail
    return (Verdict.BLOCKED if status in REFUSES else Verdict.UNKNOWN), detail
