"""A case's page as Markdown, for programs that read text: the same values, states and places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.exports.cases_json import is_value
from build_tools.review.derived import summary
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review


def path(case: PublishedCase) -> str:
    """Beside the page; the ending is `.txt`, since engines make a page of each `.md`."""
    return f"cases/{case.id}.txt"


def text(case: PublishedCase, review: Review) -> str:
    """A heading a block and a line a value; what no report says anything of is named at the end."""
    lines = [
        f"# {_plain(summary(case, review))}",
        "",
        f"Case {case.id}. Reports: {', '.join(case.report_ids)}.",
    ]
    silent: dict[str, list[str]] = {}
    for top in case.facts:
        if not top.missing:
            lines += ["", f"## {_plain(top.title)}", ""]
        for fact in top.walk():
            if fact.missing:
                silent.setdefault(str(fact.state), []).append(fact.path)
            elif is_value(fact):
                lines += _lines(fact)
    for state, paths in silent.items():
        lines += ["", f"{state.replace('_', ' ').capitalize()}: {', '.join(paths)}."]
    return "\n".join(lines) + "\n"


def _lines(fact: Fact) -> Iterator[str]:
    for number, claim in enumerate(fact.claims or (fact,)):
        used = " (used in tables)" if fact.claims and number == fact.used else ""
        inferred = " (inferred)" if claim.inferred else ""
        places = "; ".join(f"{source.report}: {source.place}" for source in claim.sources)
        words = claim.text if claim.state == "reported" else claim.words
        note = f" Note: {claim.note}" if claim.note else ""
        yield f"- `{fact.path}`: " + _plain(
            f"{words}{inferred}{used}{f' [{places}]' if places else ''}.{note}"
        )
    if fact.claims and fact.why:
        yield f"  - {_plain(fact.why)}"


def _plain(words: str) -> str:
    """Words in which Markdown sees no markup."""
    return re.sub(r"([\\`*_<>#|])", r"\\\1", " ".join(words.split()))
