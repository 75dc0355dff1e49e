"""The whole review as tidy tables: a row an entry, a column a field, and numbers as numbers.

Columns come from the models. A cell without a value holds the state in its place (`not_reported`,
`not_extracted` ...), and the table `values` has the place in a report of each.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from math import isfinite

from build_tools.records.case import Case, ReportLink
from build_tools.records.fields import Form, RecordField, fields
from build_tools.records.measures import ALONE, UNITS, Measure
from build_tools.records.report import Report
from build_tools.records.values import Source, State
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review, unindexed

Scalar = str | int | float | bool | None
Link = tuple[tuple[str, ...], str, tuple[str, ...]]
"""Columns that lead to another table: their names, the table, and its columns."""


@dataclass(frozen=True)
class Column:
    """A column: its name, its meaning and what is in it; a term comes from `vocabulary`."""

    name: str
    title: str
    description: str
    type: str = "string"
    vocabulary: str | None = None
    has_states: bool = True


@dataclass(frozen=True)
class TidyTable:
    """A table with its key and the links to other tables."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Scalar, ...], ...]
    key: tuple[str, ...]
    links: tuple[Link, ...] = ()


ENTRIES = {
    "laboratory": "laboratory",
    "imaging": "imaging",
    "lesions": "lesions",
    "sizes": "lesions.sizes",
    "surgeries": "surgeries",
    "complications": "surgeries.complications",
    "specimens": "pathology",
    "markers": "pathology.immunohistochemistry",
    "genetics": "genetics",
    "systemic_therapy": "systemic_therapy",
    "drugs": "systemic_therapy.drugs",
    "radiotherapy": "radiotherapy",
    "events": "events",
}
"""A table of entries -> the field of a case that holds them."""

_PATIENT = Column("patient", "Patient", "The id of the patient's case.", has_states=False)
_PATH = Column("path", "Path", "Where the entry stands in the case.", has_states=False)
_SOURCES = Column("sources", "Sources", "Report and place of all that the row says.", has_states=False)
_NOTE = Column("note", "Note", "What a reader should know of the entry.", has_states=False)
_TO_PATIENT: Link = (("patient",), "patients", ("patient",))


def tidy_tables(review: Review) -> tuple[TidyTable, ...]:
    """All tables, those first that others lead to."""
    tops = {field.path: field for top in fields(Case) for field in top.walk()}
    entries = (_entries(name, tops[path], review) for name, path in ENTRIES.items())
    return (_patients(review), _reports(review), _report_patient(review), *entries, _values(review))


def _patients(review: Review) -> TidyTable:
    leaves = tuple(_leaves(f for f in fields(Case) if f.name not in _ABOUT))
    rows = [(case.id, *_cells(leaves, "", case)) for case in review.cases.values()]
    return TidyTable(
        "patients",
        "Patients",
        "A row a published patient. Lists have tables of their own; here stands whether there is one.",
        (_PATIENT, *(column for leaf in leaves for column in leaf.columns)),
        tuple(rows),
        ("patient",),
    )


_ABOUT = frozenset({"source", "note", "reports", "identity", "remarks", "extraction"})


def _entries(name: str, field: RecordField, review: Review) -> TidyTable:
    """A row for each entry of a list of blocks, or of a mapping from terms to blocks."""
    within = field.path.rpartition(".")[0]
    inside = field.inside or (field.entry.inside if field.entry else ())
    leaves = tuple(_leaves(inside, field.path))
    head: tuple[Column, ...] = (_PATIENT, _PATH)
    links: list[Link] = [_TO_PATIENT]
    if within:
        table = next(table for table, path in ENTRIES.items() if path == within)
        head += (Column("within", "Within", f"The path of its row in {table}.", has_states=False),)
        links.append((("patient", "within"), table, ("patient", "path")))
    key = field.vocabulary if field.form is Form.MAPPING else None
    if key:
        head += (Column(key, key.capitalize(), f"A term of {key}.", vocabulary=key, has_states=False),)
        head += (Column("state", "State", "What is known of it.", has_states=False),)
    rows = []
    for case in review.cases.values():
        for entry in _entries_of(case, field.path):
            row: list[Scalar] = [case.id, entry.path]
            row += [_list_of(entry.path).rpartition(".")[0]] * bool(within)
            row += [entry.path.rpartition(".")[2], str(entry.state)] if key else []
            rows.append((*row, *_cells(leaves, entry.path, case), entry.note or "", places(entry.sources)))
    columns = (*head, *(column for leaf in leaves for column in leaf.columns), _NOTE, _SOURCES)
    return TidyTable(
        name,
        field.title,
        f"A row an entry of {field.path}. {field.description}",
        columns,
        tuple(rows),
        ("patient", "path"),
        tuple(links),
    )


def _entries_of(case: PublishedCase, field: str) -> Iterator[Fact]:
    for path, fact in case.by_path.items():
        if unindexed(path) == field and not path.endswith("]"):
            yield from fact.children


def _list_of(path: str) -> str:
    """The path of the list that an entry stands in."""
    return path.rpartition("[")[0] if path.endswith("]") else path.rpartition(".")[0]


@dataclass(frozen=True)
class _Leaf:
    """A field that a table shows in one or several columns."""

    field: RecordField
    path: str
    columns: tuple[Column, ...]
    cells: Callable[[Fact], tuple[Scalar, ...]]


def _leaves(inside: Iterable[RecordField], above: str = "") -> Iterator[_Leaf]:
    """The fields of a table; those of a single block stand beside the others, under both names."""
    for field in inside:
        path = field.path.removeprefix(above).removeprefix(".") if above else field.path
        name = path.replace(".", "_")
        plain = Column(name, field.title, field.description, vocabulary=field.vocabulary)
        if field.form is Form.BLOCK and not field.many:
            if field.short == "present":
                yield _Leaf(field, path, (plain,), lambda _: ("present",))
            yield from _leaves(field.inside, above)
        elif field.path in ENTRIES.values():
            known = f"Whether there is any; the entries stand in the table of {field.title.lower()}."
            yield _Leaf(field, path, (replace(plain, description=known, vocabulary=None),), _whether)
        elif field.form in (Form.MEASURE, Form.AGE):
            dimension = field.measure.dimension if field.measure else ""
            yield _Leaf(field, path, tuple(_measured(plain, field)), partial(_numbers, dimension))
        elif field.form is Form.INTEGER and not field.many:
            yield _Leaf(field, path, (replace(plain, type="integer"),), _value)
        elif field.form is Form.TERM and not field.many:
            yield _Leaf(field, path, (plain,), _value)
        else:
            yield _Leaf(field, path, (replace(plain, vocabulary=None),), _words)


def _whether(fact: Fact) -> tuple[Scalar, ...]:
    return (str(fact.state),)


def _value(fact: Fact) -> tuple[Scalar, ...]:
    value = fact.value
    return (value if isinstance(value, int | float | str) else _words(fact)[0],)


def _words(fact: Fact) -> tuple[Scalar, ...]:
    if isinstance(fact.value, list):
        return ("; ".join(str(item) for item in fact.value),)
    return (fact.text,)


def _measured(column: Column, field: RecordField) -> Iterator[Column]:
    """What is printed, and the least and the most that it can be; of several axes those of the largest."""
    yield column
    for end, words in (("low", "The least that it can be"), ("high", "The most that it can be")):
        says = (
            f"{words}, in the unit beside it; of several axes, of the largest. Empty where no end is known."
        )
        yield Column(f"{column.name}_{end}", f"{field.title}: {end}", says, "number")
    says = "The unit of the two numbers: always the same one where units convert."
    yield Column(f"{column.name}_unit", f"{field.title}: unit", says)


def _numbers(dimension: str, fact: Fact) -> tuple[Scalar, ...]:
    """A measure or an age as printed, its bounds, and their unit, to which it is converted."""
    if isinstance(fact.value, int | str):
        years = float(str(fact.value).removesuffix("+"))
        return str(fact.value), years, None if str(fact.value).endswith("+") else years, "years"
    parts = fact.value if isinstance(fact.value, dict) else {}
    measure = _measure(dimension, parts)
    unit, factor = _base(dimension, measure.unit)
    low, high = (round(end * factor, 6) if isfinite(end) else None for end in measure.bounds)
    return (measure.text, low, high, unit) if measure.axes else (measure.text, None, None, unit)


def _measure(dimension: str, parts: dict[str, object]) -> Measure:
    """A measure from its form in exports."""
    several = parts.get("axes", [parts["number"]] if "number" in parts else [])
    assert isinstance(several, list)
    axes = tuple((float(a[0]), float(a[1])) if isinstance(a, list) else (float(a), float(a)) for a in several)
    return Measure(dimension, str(parts.get("op", "")), axes, str(parts["unit"]), str(parts["text"]))


def _base(dimension: str, unit: str) -> tuple[str, float]:
    """The unit that numbers of a dimension are converted to, with the factor of the printed one."""
    units = UNITS[dimension]
    if unit not in units or unit == ALONE.get(dimension):
        return unit, 1.0
    return next(iter(units)), units[unit]


def _cells(leaves: tuple[_Leaf, ...], above: str, case: PublishedCase) -> tuple[Scalar, ...]:
    cells: list[Scalar] = []
    for leaf in leaves:
        fact = _at(f"{above}.{leaf.path}" if above else leaf.path, case)
        if fact.state is State.REPORTED:
            cells += leaf.cells(fact)
        else:
            cells += [str(fact.state)] * len(leaf.columns)
    return tuple(cells)


def _at(path: str, case: PublishedCase) -> Fact:
    """The fact at a path; of what is not there, what is known of the block that it would stand in."""
    fact, above = case.by_path.get(path), path
    while fact is None and "." in above:
        above = above.rpartition(".")[0]
        fact = case.by_path.get(above)
        if fact is not None and fact.state is State.REPORTED:
            fact = None
            break
    return fact or Fact(path, "", case.silence)


def _reports(review: Review) -> TidyTable:
    kept = [f for f in fields(Report) if f.name not in ("authors", "care", "jbi", "caveats", "retraction")]
    columns = [Column("report", "Report", "The id of the report.", has_states=False)]
    columns += [Column("authors", "Authors", "Family and given names, in order.", has_states=False)]
    for field in kept:
        kind = {Form.INTEGER: "integer", Form.BOOLEAN: "boolean"}.get(field.form, "string")
        columns.append(Column(field.name, field.title, field.description, kind, has_states=False))
    columns.append(Column("retraction", "Retraction", "Whether the report still stands.", has_states=False))
    rows = []
    for id, report in review.reports.items():
        names = (f"{a.family}, {a.given}" if a.given else a.family for a in report.authors)
        own = (getattr(report, field.name) for field in kept)
        rows.append((id, "; ".join(names), *own, report.retraction.state))
    description = "A row a publication. An empty cell: not known."
    return TidyTable("reports", "Reports", description, tuple(columns), tuple(rows), ("report",))


def _report_patient(review: Review) -> TidyTable:
    own = [field for field in fields(ReportLink) if field.name != "report"]
    columns = [
        Column("report", "Report", "The id of a report.", has_states=False),
        _PATIENT,
        Column("number", "Number", "The place among the patient's reports, from 0.", "integer", None, False),
        *(Column(field.name, field.title, field.description, has_states=False) for field in own),
    ]
    rows = [
        (link.report, case.id, number, *(getattr(link, field.name) for field in own))
        for case in review.cases.values()
        for number, link in enumerate(case.record.reports)
    ]
    links = ((("report",), "reports", ("report",)), _TO_PATIENT)
    description = "Which report describes which patient; both have several of the other."
    key = ("report", "patient", "number")
    return TidyTable(
        "report_patient", "Reports of patients", description, tuple(columns), tuple(rows), key, links
    )


_VALUE_COLUMNS = (
    _PATIENT,
    _PATH,
    Column(
        "claim", "Claim", "Where reports disagree, the number of the claim, from 0.", "integer", None, False
    ),
    Column("field", "Field", "The path without numbers.", has_states=False),
    Column("title", "Title", "What pages call it.", has_states=False),
    Column("state", "State", "What is known of the field.", has_states=False),
    Column("value", "Value", "The value as JSON; empty where the state says all.", has_states=False),
    Column("text", "Words", "The value in words.", has_states=False),
    Column(
        "inferred",
        "Inferred",
        "Whether it follows from the report without being said.",
        "boolean",
        None,
        False,
    ),
    Column("used", "Used", "Of claims: whether tables take this one.", "boolean", None, False),
    _NOTE,
    _SOURCES,
)


def _values(review: Review) -> TidyTable:
    rows = [
        (case.id, *row)
        for case in review.cases.values()
        for top in case.facts
        for fact in top.walk()
        if not fact.children or fact.claims or fact.note is not None
        for row in _value_rows(fact)
    ]
    description = "A row a value, with its state and its sources; of conflicting claims a row each."
    return TidyTable(
        "values",
        "Values",
        description,
        _VALUE_COLUMNS,
        tuple(rows),
        ("patient", "path", "claim"),
        (_TO_PATIENT,),
    )


def _value_rows(fact: Fact) -> Iterator[tuple[Scalar, ...]]:
    claims = fact.claims or (fact,)
    for number, claim in enumerate(claims):
        value = "" if claim.value is None else json.dumps(claim.value, ensure_ascii=False)
        used = number == fact.used if fact.claims else None
        said = " ".join(words for words in (claim.note, fact.why if fact.claims else None) if words)
        yield (
            *(fact.path, number, unindexed(fact.path), fact.title, str(claim.state), value, claim.text),
            *(claim.inferred, used, said, places(claim.sources)),
        )


def places(sources: Iterable[Source]) -> str:
    """Sources in one line."""
    return "; ".join(f"{source.report}: {source.place}" for source in sources)
