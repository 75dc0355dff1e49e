"""A new report's file: what the citation says, and marked places for what it can't say."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from build_tools.authoring.citations.citation import Citation, Person
from build_tools.authoring.written import entry, written
from build_tools.records import KINDS
from build_tools.records.fields import RecordField, fields
from build_tools.records.report import Author, Report
from build_tools.records.schema import modeline

HEAD = """# What is not known is left out, never guessed. A field without a value is one to fill;
# 'casebook check' asks for it, and 'casebook explain FIELD' tells what it means."""
LATER = ("label", "licence", "institution", "reading_note", "care", "jbi", "caveats")
"""Fields that come from reading the report; they stand in the file as a reminder."""


def report_text(citation: Citation, read: str = "") -> str:
    """The file of a report that a citation names; `read` says how much of it was read, if known."""
    kind = next(kind for kind in KINDS if kind.model is Report)
    people = [person for person in citation.authors if _is_name(person)]
    unwritten = not_names(citation)
    known: dict[str, object] = {
        "type": citation.type,
        "design": "unknown",
        "title": citation.title,
        "authors": [_author(person) for person in people],
        "year": citation.year,
        "container_title": citation.container_title,
        "volume": citation.volume,
        "issue": citation.issue,
        "page": citation.page,
        "doi": citation.doi,
        "pmid": citation.pmid,
        "pmcid": citation.pmcid,
        "read": read,
        "retraction": {"state": "not_checked"},
    }
    if people and (citation.others or unwritten):
        known["authors_complete"] = False
    lines = [modeline(kind), HEAD]
    for field in fields(Report):
        lines += _lines(field, known.get(field.name))
    for person in unwritten:
        lines.append(f"# Author not taken over, for a name holds letters alone: {written(_author(person))}")
    for name, value in citation.rest:
        lines.append(f"# Also in the citation, without a field here: {name}: {written(value)}")
    lines += [f"# Look at this: {written(told)}" for told in citation.told]
    return "\n".join(lines) + "\n"


def not_names(citation: Citation) -> list[Person]:
    """The authors who can't stand in a report's file; they are kept in a comment."""
    return [person for person in citation.authors if not _is_name(person)]


def _lines(field: RecordField, value: object) -> Iterator[str]:
    choices = " | ".join(field.choices)
    about = f"{field.title}: {field.description}" + (f" One of: {choices}." if choices else "")
    if value not in (None, "", [], {}):
        lines = entry(field.name, value)
        if field.name in ("design", "retraction"):
            lines[-1] += f"  # {choices or 'look whether it was corrected or withdrawn, then write it here'}"
        yield from lines
    elif field.required:
        yield f"# {about}"
        yield f"{field.name}:"
    elif field.name in LATER or field.name in ("title", "authors", "year", "container_title"):
        yield f"# {field.name}:  # {about}"


def _author(person: Person) -> dict[str, str]:
    said = {"family": person.family, "given": person.given, "suffix": person.suffix}
    return {name: value for name, value in said.items() if value}


def _is_name(person: Person) -> bool:
    try:
        Author.model_validate(_author(person))
    except ValidationError:
        return False
    return True
