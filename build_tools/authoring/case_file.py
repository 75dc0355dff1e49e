"""A new case's file: the fields not to be forgotten stand open on top, all others wait as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from build_tools.authoring.example import allowed_words, example_of
from build_tools.authoring.written import written
from build_tools.records import KINDS
from build_tools.records.case import Case
from build_tools.records.fields import Form, RecordField, fields
from build_tools.records.schema import modeline
from build_tools.records.values import WRITTEN_STATES
from build_tools.review.facts import Vocabularies

OPEN = (
    "time_zero",
    "patient.age",
    "patient.sex",
    "diagnosis.final",
    "lesions.role",
    "lesions.origin",
    "lesions.side",
    "lesions.sizes",
    "surgeries.at",
    "surgeries.procedures",
    "surgeries.margins",
    "events.event",
    "events.at",
    "follow_up.last_contact",
    "outcome.vital",
    "outcome.disease",
    "outcome.local_recurrence",
    "outcome.metastasis",
)
"""What no clinician may forget: who, what, where, how large, what was done, how long, and what came of it."""

HEAD = f"""\
# One patient. Every field below may hold a value as the report gives it, or one of these states:
#   {" | ".join(sorted(WRITTEN_STATES))}
# An open field waits for its value; delete its line when the report is silent.
# Take '# ' away before a field that the report tells of. 'casebook explain FIELD' tells more of each,
# 'casebook check' says what is still open or wrong, and 'casebook fmt' puts the fields in their order."""


def case_text(
    report: str,
    vocabularies: Vocabularies,
    date: str,
    by: str = "",
    known: Mapping[str, object] | None = None,
) -> str:
    """The file of a case in one report; `known` holds what is known already, by path (`patient.age`)."""
    scaffold = _Scaffold(report, vocabularies, known or {})
    kind = next(kind for kind in KINDS if kind.model is Case)
    parts = {field.name: field for field in fields(Case)}
    role = next(field for field in parts["reports"].inside if field.name == "role")
    wanted = {path.partition(".")[0] for path in (*OPEN, *scaffold.known)}
    elsewhere = {"reports", "extraction", "source", "note"}
    first = [part for name, part in parts.items() if name in wanted]
    later = [part for name, part in parts.items() if name not in wanted | elsewhere]
    reader = f"[{written(by)}]" if by else ""
    lines = [
        modeline(kind),
        HEAD,
        "reports:",
        f"  - {{report: {report}, role: full}}  # {role.description}",
        "",
        "# Not to be forgotten",
        *(line for part in first for line in scaffold.part(part, True)),
        "",
        "# What else the report may tell",
        *(line for part in later for line in scaffold.part(part, False)),
        "",
        "extraction:",
        f"  by: {reader}".rstrip() + "  # who reads, such as [Ada Example]",
        f'  date: "{date}"',
    ]
    return "\n".join(lines) + "\n"


class _Scaffold:
    """Writes the fields of a case as lines, open or commented."""

    def __init__(self, report: str, vocabularies: Vocabularies, known: Mapping[str, object]) -> None:
        self.report, self.vocabularies, self.known = report, vocabularies, known
        self.open = {*OPEN, *known}

    def part(self, field: RecordField, is_open: bool) -> Iterator[str]:
        """One field of a case: a block with its fields, a list with one item, or a single line."""
        if field.form is not Form.BLOCK:
            yield self.line(field, "" if is_open else "# ")
            return
        margin = "" if is_open else "# "
        yield ""
        yield f"{margin}{field.name}:  # {field.title}: {field.description}"
        source = f'# where this stands, for all fields beside it, such as "{self.report}: Results"'
        lines = [f"source:  {source}"] if field.sourced else []
        for each in sorted(field.inside, key=lambda f: f.path not in self.open):
            lines.append(self.line(each, "" if each.path in self.open or not is_open else "# "))
        yield margin + ("  - " if field.many else "  ") + lines[0]
        yield from (margin + ("    " if field.many else "  ") + line for line in lines[1:])

    def line(self, field: RecordField, before: str) -> str:
        """A field with its value, if known, and what it means, what may be written, and an example."""
        value = f" {written(self.known[field.path])}" if field.path in self.known else ""
        words = f"{before}{field.name}:{value}  # {field.title}: {field.description}"
        if allowed := allowed_words(field, self.vocabularies, 7):
            words += f" {allowed}."
        if field.path == "time_zero":  # no block around it gives it a source
            example = {"value": example_of(field, self.vocabularies), "source": f"{self.report}: Results"}
            return f"{words} For example: {written(example)}"
        if field.form in (Form.TERM, Form.CHOICE) or (field.form is Form.TEXT and not field.pattern):
            return words
        return f"{words} For example: {written(example_of(field, self.vocabularies))}"
