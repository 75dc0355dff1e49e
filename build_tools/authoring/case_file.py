"""A new case's file: the fields not to be forgotten stand open on top, all others wait as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from build_tools.authoring.example import STATES, allowed, example_of
from build_tools.authoring.fields import Content, FieldForm, fields_of
from build_tools.authoring.written import written
from build_tools.facts import Vocabularies
from build_tools.records import KINDS
from build_tools.records.case import Case, ReportLink
from build_tools.schema import modeline

OPEN = (
    "time_zero",
    "patient.source",
    "patient.age",
    "patient.sex",
    "diagnosis.source",
    "diagnosis.final",
    "lesions.source",
    "lesions.role",
    "lesions.origin",
    "lesions.side",
    "lesions.sizes",
    "surgeries.source",
    "surgeries.at",
    "surgeries.procedures",
    "surgeries.margins",
    "events.source",
    "events.event",
    "events.at",
    "follow_up.source",
    "follow_up.last_contact",
    "outcome.source",
    "outcome.vital",
    "outcome.disease",
    "outcome.local_recurrence",
    "outcome.metastasis",
)
"""What no clinician may forget: who, what, where, how large, what was done, how long, and what came of it."""

HEAD = f"""\
# One patient. Every field below may hold a value as the report gives it, or one of these states:
#   {STATES}
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
    fields = {field.path: field for field in fields_of(Case)}
    begun = {path.partition(".")[0] for path in (*OPEN, *scaffold.known)}
    written_here = {"reports", "extraction", "source", "note"}
    role = next(f for f in fields_of(ReportLink) if f.name == "role")
    reader = f"[{written(by)}]" if by else ""
    lines = [
        modeline(kind),
        HEAD,
        "reports:",
        f"  - {{report: {report}, role: full}}  # {role.description}",
        "",
        "# Not to be forgotten",
        *(
            line
            for path in fields
            if path in begun - written_here
            for line in scaffold.top(fields[path], True)
        ),
        "",
        "# What else the report may tell",
        *(line for p in fields if p not in begun | written_here for line in scaffold.top(fields[p], False)),
        "",
        "extraction:",
        f"  by: {reader}".rstrip() + "  # who reads: [Ada Example], or [{name: Ada Example, orcid: ...}]",
        f'  date: "{date}"',
    ]
    return "\n".join(lines) + "\n"


class _Scaffold:
    """Writes the fields of a case as lines, open or commented."""

    def __init__(self, report: str, vocabularies: Vocabularies, known: Mapping[str, object]) -> None:
        self.report, self.vocabularies, self.known = report, vocabularies, known

    def top(self, field: FieldForm, is_open: bool) -> Iterator[str]:
        """The lines of one field of a case: a block with its fields, a list with one item, or a line."""
        block, is_list = _model(field.content)
        if block is None:
            yield self.line(field, "", is_open)
            return
        yield ""
        yield ("" if is_open else "# ") + f"{field.name}:  # {field.title}: {field.description}"
        inner = list(fields_of(block, field.path))
        inner.sort(key=lambda f: not self.is_open(f.path))
        space = "    " if is_list else "  "
        for i, each in enumerate(each for each in inner if each.name != "note"):
            before = "  - " if is_list and i == 0 else space
            yield self.line(each, before, is_open and self.is_open(each.path), not is_open)

    def is_open(self, path: str) -> bool:
        return path in OPEN or path in self.known

    def line(self, field: FieldForm, before: str, is_open: bool, whole_block: bool = False) -> str:
        """One field on one line; of a commented block all lines are commented at the margin."""
        value = f" {written(self.known[field.path])}" if field.path in self.known else ""
        text = f"{field.name}:{value}  # {self.about(field)}"
        if is_open:
            return before + text
        return f"# {before}{text}" if whole_block else f"{before}# {text}"

    def about(self, field: FieldForm) -> str:
        """What the field means and what may be written, with an example."""
        content = field.content
        if field.name == "source":
            return f'where this stands, for all fields beside it, such as "{self.report}: Results"'
        said = f"{field.title}: {field.description}"
        if field.path == "time_zero":
            example = {"value": example_of(content, self.vocabularies), "source": f"{self.report}: Results"}
            return f"{said} For example: {written(example)}"
        if content.form in ("term", "word", "flag"):
            return f"{said} {allowed(content, self.vocabularies, 7)}"
        if content.form == "mapping":
            said += f" Terms: casebook explain {content.vocabulary}."
        if content.form == "text" and not content.pattern:
            return said
        return f"{said} For example: {written(example_of(content, self.vocabularies))}"


def _model(content: Content) -> tuple[type[BaseModel] | None, bool]:
    """The model of a block or of a list's items, and whether it is a list."""
    if content.form == "list" and content.inside is not None and content.inside.block is not None:
        return content.inside.block, True
    return content.block, False
