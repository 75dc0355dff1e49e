"""Comparison tables: declared in a page's front matter, filled from facts and derived values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from build_tools.analysis.tallies import holds
from build_tools.problems.mistakes import pages as wrong
from build_tools.problems.problem import Problem
from build_tools.reading.yaml_tree import Tree
from build_tools.records.case import Case
from build_tools.records.conditions import wrong_in
from build_tools.records.measures import UNITS
from build_tools.records.shape import title_at
from build_tools.records.table import TableDeclaration
from build_tools.records.values import Source, State
from build_tools.review.counted import TELLS_WHICH, counted
from build_tools.review.derived import RULES, derive
from build_tools.review.facts import Fact, Vocabularies, lower_first, state_words, without_repeats
from build_tools.review.review import PublishedCase, Review


@dataclass(frozen=True)
class Cell:
    """What a table says of one case in one column; `sort` orders the column.

    `entries` are the facts that a page sets one below the other, each with its state, sources and notes.
    """

    entries: tuple[Fact, ...]
    sort: object = None

    @property
    def text(self) -> str:
        """The whole cell in one line, with what qualifies it."""
        return "; ".join(entry.said for entry in self.entries)

    @property
    def state(self) -> State:
        """Reported if any entry has a value, else the state of the first."""
        states = [entry.state for entry in self.entries]
        return State.REPORTED if State.REPORTED in states else states[0]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The places of all entries."""
        return without_repeats(source for entry in self.entries for source in entry.sources)

    @property
    def alike(self) -> bool:
        """Whether all entries came here in one way, from the same places, with the same notes."""
        return len({(entry.forms, entry.sources, entry.notes) for entry in self.entries}) == 1


@dataclass(frozen=True)
class Row:
    """One patient of a table."""

    case: PublishedCase
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A comparison of patients: heads, rows, and who is left out and why."""

    name: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: tuple[tuple[str, tuple[PublishedCase, ...]], ...]
    total: int
    of_primary: str = ""


def check_declaration(
    file: str, declaration: TableDeclaration, tree: Tree, vocabularies: Vocabularies
) -> Iterator[Problem]:
    """Problems of a declaration whose words are right but whose fields or terms don't exist."""
    named: list[tuple[str, str | int, str]] = [
        ("columns", i, name) for i, name in enumerate(declaration.columns)
    ]
    named += [("where", name, name) for name in declaration.where]
    if declaration.order is not None and declaration.order not in declaration.columns:
        yield wrong.NOT_A_COLUMN.at(file, tree.mark(("table", "order")), "table.order")
    for place, step, name in named:
        if column_title(name) is None:
            path = ("table", place, step)
            rules = f"rules: {', '.join('derived.' + rule for rule in RULES)}"
            hint = rules if name.startswith("derived.") else ""
            yield wrong.NO_FIELD.at(file, tree.mark(path), f"table.{place}", hint, name=name)
    for name, wanted in declaration.where.items():
        mark = tree.mark(("table", "where", name))
        if name.startswith("derived."):
            yield wrong.RULE_AS_CONDITION.at(file, mark, "table.where")
        elif column_title(name) is not None and (found := wrong_in(name, wanted, vocabularies)):
            what, hint = found
            yield wrong.NO_TERM.at(file, mark, "table.where", hint, what=what)


@cache
def column_title(name: str) -> str | None:
    """The head of a column: the field's title or the rule's; None if there is no such thing."""
    if name.startswith("derived."):
        found = RULES.get(name.removeprefix("derived."))
        return found[0] if found else None
    return title_at(Case, name.split("."))


def _heads(columns: Sequence[str]) -> tuple[str, ...]:
    """The titles of columns; of two that are alike, each with the block it stands in."""
    titles = [column_title(column) or column for column in columns]
    return tuple(
        f"{block}: {lower_first(title)}"
        if titles.count(title) > 1 and (block := column_title(column.rpartition(".")[0]))
        else title
        for column, title in zip(columns, titles, strict=True)
    )


def fill(name: str, declaration: TableDeclaration, review: Review) -> Table:
    """The table that a declaration asks for."""
    kept, out = [], dict[str, list[PublishedCase]]()
    for case in review.cases.values():
        reason = review.taken_back(case) or _left_out(case, declaration.where)
        if reason is None:
            kept.append(Row(case, tuple(cell(case, column, review) for column in declaration.columns)))
        else:
            out.setdefault(reason, []).append(case)
    if declaration.order is not None:
        column = declaration.columns.index(declaration.order)
        kept.sort(key=lambda row: _order(row.cells[column]))
    heads = _heads(declaration.columns)
    left_out = tuple((reason, tuple(cases)) for reason, cases in sorted(out.items()))
    shown = of_primary((*declaration.columns, *declaration.where))
    return Table(name, declaration.caption, heads, tuple(kept), left_out, len(review.cases), shown)


SHOWN = {"surgeries": "operations on it", "lesions": "the tumour itself", "pathology": "specimens of it"}
READS = {"treatment": "surgeries", "r_class": "surgeries", "origin": "lesions", "longest_axis": "lesions"}
"""Which block a rule of derived values reads of the primary tumour."""


def of_primary(columns: Sequence[str]) -> str:
    """What of the primary tumour a table with these columns shows, in a sentence; nothing if none of it."""
    blocks = {
        READS.get(column.removeprefix("derived."), "")
        if column.startswith("derived.")
        else column.partition(".")[0]
        for column in columns
        if column not in TELLS_WHICH
    }
    shown = [words for block, words in SHOWN.items() if block in blocks]
    return f"Shown of the primary tumour: {' and '.join(shown)}." if shown else ""


def cell(case: PublishedCase, column: str, review: Review) -> Cell:
    """What one case says in one column."""
    if column.startswith("derived."):
        facts: tuple[Fact, ...] = (derive(case, column.removeprefix("derived."), review),)
    else:
        found = counted(case, column)
        facts = tuple(fact for fact in found if not fact.missing) or (_silent(case, column, found),)
    sort = _sort_value(facts[0])
    if sort is None and facts[0].inputs:  # of a range or a bound: in order by what it follows from
        sort = _sort_value(facts[0].inputs[0])
    return Cell(_once(entry for fact in facts for entry in fact.entries), sort)


def _once(entries: Iterable[Fact]) -> tuple[Fact, ...]:
    """Entries in order; those that say the same in the same way are one, with the places of all."""
    found: dict[tuple[str, ...], Fact] = {}
    for entry in entries:
        key = (entry.words, *entry.forms, entry.path if entry.conflict else "")
        known = found.get(key)
        if known is None:
            found[key] = entry
        else:
            note = " ".join(dict.fromkeys(words for words in (known.note, entry.note) if words)) or None
            sources = without_repeats((*known.sources, *entry.sources))
            inputs = (*known.inputs, *entry.children, *entry.inputs)
            found[key] = replace(known, sources=sources, note=note, inputs=inputs)
    return tuple(found.values())


def _silent(case: PublishedCase, column: str, found: Sequence[Fact]) -> Fact:
    """The fact that nothing is known of a field: as silent as what was found of it, or as the case."""
    return Fact(column, column_title(column) or column, found[0].state if found else case.silence)


def _left_out(case: PublishedCase, where: dict[str, str]) -> str | None:
    """Why a case is not in a table: the first condition it does not meet, and what is known instead."""
    for field, wanted in where.items():
        if holds(case, field, wanted):
            continue
        facts = counted(case, field)
        title = (column_title(field) or field).lower()
        known = next((fact for fact in facts if not fact.missing), None)
        if known is None:
            return f"({title} {state_words(facts[0].state if facts else State.NOT_EXTRACTED)})"
        if known.state is not State.REPORTED:
            return f"({title}: {state_words(known.state)})"
        return f"({title}: {lower_first(known.text.partition(';')[0])})"
    return None


# Weights and doses share the gram, so kilograms and pounds are counted in milligrams as well.
_FACTORS = {unit: factor for units in UNITS.values() for unit, factor in units.items()} | {
    "kg": 1e6,
    "lb": 453_592.37,
}


def _sort_value(fact: Fact) -> object:
    """The number to sort by: of a measure its first, in one unit for all; of '90+' the 90."""
    value = fact.value
    if isinstance(value, dict):
        number = value.get("number", value.get("axes"))
        while isinstance(number, list):
            number = number[0]
        if number is None:
            return None
        return number * _FACTORS.get(value["unit"], 1)
    if isinstance(value, str) and re.fullmatch(r"\d+\+", value):
        return int(value[:-1])
    return value if isinstance(value, int | float) else None


def _order(cell: Cell) -> tuple[bool, float, str]:
    """Known values first, numbers by size, words by alphabet."""
    number = float(cell.sort) if isinstance(cell.sort, int | float) else 0.0
    return (cell.state is not State.REPORTED, number, cell.text)
