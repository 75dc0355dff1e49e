"""What was found, in words: for a terminal, and in Markdown for an issue.

What others wrote (addresses, answers of servers) stands as code, so that none of it is markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from build_tools.external_links.links import Link, doi_address
from build_tools.external_links.notices import Notice, Unasked, Unnoted
from build_tools.external_links.verdict import PATIENCE, Finding, Verdict
from build_tools.problems.problem import printable

LIMIT = 60_000
"""Characters of the Markdown; GitHub takes no issue of more than 65,536."""


@dataclass(frozen=True)
class Outcome:
    """All that one run found."""

    day: str
    links: Sequence[Link]
    findings: Sequence[Finding]
    unnoted: Sequence[Unnoted]
    unasked: Sequence[Unasked]

    @property
    def needs_a_person(self) -> bool:
        """Whether anything should be mended or looked at."""
        return bool(self.unnoted) or any(finding.needs_a_person for finding in self.findings)

    def places(self, address: str) -> list[Link]:
        """Where an address stands in the casebook."""
        return [link for link in self.links if link.address == address]


GROUPS: tuple[tuple[str, str, Callable[[Finding], bool]], ...] = (
    ("Dead", "Nothing was there on two days.", lambda f: f.verdict is Verdict.DEAD and not f.suspected),
    (
        "No answer for weeks",
        f"For {PATIENCE} days or longer nothing came that says whether the page is there.",
        lambda f: f.verdict is Verdict.UNKNOWN and f.needs_a_person,
    ),
    ("Suspected", "Nothing was there, for the first time. Asked again next time.", lambda f: f.suspected),
    ("Moved", "It answers, and says where it stands now.", lambda f: f.verdict is Verdict.MOVED),
    (
        "Blocked",
        "The server refuses programs; a browser may show the page.",
        lambda f: f.verdict is Verdict.BLOCKED,
    ),
    (
        "Unknown",
        "Nothing came that could be judged. Asked again next time.",
        lambda f: f.verdict is Verdict.UNKNOWN and not f.needs_a_person,
    ),
)


def counts(outcome: Outcome) -> str:
    """How many addresses stand how, in one line."""
    of = [(v, sum(finding.verdict is v for finding in outcome.findings)) for v in Verdict]
    return f"{len(outcome.findings)} addresses: " + ", ".join(f"{n} {verdict}" for verdict, n in of)


def text(outcome: Outcome) -> Iterator[str]:
    """A line for each place that a person should look at, in the form that editors make clickable."""
    for report in outcome.unnoted:
        said = "; ".join(_words(notice) for notice in report.notices)
        yield printable(
            f"{report.file}:{report.line}:1: the record says {report.says}; Crossref says {said}; "
            "read the notice and write what it changes"
        )
    for title, _, belongs in GROUPS[:2]:
        for finding in filter(belongs, outcome.findings):
            for link in outcome.places(finding.address):
                yield printable(
                    f"{link.file}:{link.line}:1: {title.lower()}: {link.address} ({_when(finding)}); "
                    "find the new address, or name another source"
                )


def markdown(outcome: Outcome) -> str:
    """The whole outcome as the text of an issue."""
    lines = [f"External links on {outcome.day}. {counts(outcome)}.", ""]
    lines += _section("Reports with a notice that their record does not mention", _reports(outcome))
    for title, meaning, belongs in GROUPS:
        lines += _section(title, _addresses(outcome, filter(belongs, outcome.findings)), meaning)
    lines += _section(
        "Crossref could not be asked",
        [f"- {_place(r.file, r.line)}: {_code(r.doi)}, {_code(r.why)}" for r in outcome.unasked],
    )
    shown, size = [], 0
    for line in lines:
        size += len(line) + 1
        if size > LIMIT:
            shown.append("And more: run `casebook links` to see all.")
            break
        shown.append(line)
    return "\n".join(shown).rstrip() + "\n"


def _section(title: str, items: list[str], meaning: str = "") -> list[str]:
    if not items:
        return []
    return [f"## {title}", "", *([meaning, ""] if meaning else []), *items, ""]


def _reports(outcome: Outcome) -> list[str]:
    return [
        f"- {_place(report.file, report.line)} says {_code(report.says)}; Crossref says "
        + "; ".join(_code(_words(notice)) for notice in report.notices)
        for report in outcome.unnoted
    ]


def _addresses(outcome: Outcome, findings: Iterable[Finding]) -> list[str]:
    lines = []
    for finding in findings:
        lines.append(f"- {_code(finding.address)}: {_code(_when(finding))}")
        lines += [f"  - {_place(link.file, link.line)}" for link in outcome.places(finding.address)]
    return lines


def _words(notice: Notice) -> str:
    where = f" ({doi_address(notice.doi)})" if notice.doi else ""
    day = f" of {notice.date}" if notice.date else ""
    return f"{notice.type.replace('_', ' ')}{day}{where}"


def _when(finding: Finding) -> str:
    since = f", since {finding.since}" if finding.since != finding.checked else ""
    return f"{finding.detail}{since}"


def _place(file: str, line: int) -> str:
    return f"{_code(file)}, line {line}"


def _code(text: str) -> str:
    return f"`{printable(text).replace('`', '%60')}`"
