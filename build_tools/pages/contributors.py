"""Who read the reports: every reader that a case names, with the cases read first or a second time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import Markup

from build_tools.pages.context import Context
from build_tools.records.extraction import Reader
from build_tools.review.review import PublishedCase
from build_tools.templates.rendering import render


@dataclass
class Contributor:
    """A person as cases credit them: the same ORCID iD is one person, else the same name."""

    name: str
    orcid: str | None
    extracted: list[PublishedCase] = field(default_factory=list)
    read_again: list[PublishedCase] = field(default_factory=list)


def contributors(context: Context) -> list[Contributor]:
    """Everyone in the order of their names."""
    known: dict[str, Contributor] = {}

    def credit(reader: Reader) -> Contributor:
        return known.setdefault(reader.orcid or reader.name, Contributor(reader.name, reader.orcid))

    for case in context.review.cases.values():
        extraction = case.record.extraction
        for reader in extraction.by:
            credit(reader).extracted.append(case)
        for reader in extraction.second_reading.by if extraction.second_reading else ():
            credit(reader).read_again.append(case)
    return sorted(known.values(), key=lambda one: (one.name.casefold(), one.orcid or ""))


def contributor_list(context: Context, link: Callable[[str], str]) -> Markup:
    """Everyone with their cases."""
    return render("contributors.html", everyone=contributors(context), context=context, link=link)
