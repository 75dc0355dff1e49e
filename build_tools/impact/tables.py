"""Comparison tables side by side: rows that came, rows that are gone, cells that say something else."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.analysis.tables import Cell, Row, Table
from build_tools.impact.change import UNREPEATED, Change
from build_tools.records.values import State

Cells = dict[str, Cell]


def compare_tables(old: tuple[Table, ...], new: tuple[Table, ...]) -> tuple[Change, ...]:
    """Each row and cell that differs, led to by table, case and column; and how many patients each holds."""
    before = {table.name: table for table in old}
    after = {table.name: table for table in new}
    changes: list[Change] = []
    for name in dict.fromkeys([*after, *before]):
        changes += _compare(name, before.get(name), after.get(name))
    return tuple(changes)


def _compare(name: str, old: Table | None, new: Table | None) -> Iterator[Change]:
    if old is None or new is None:
        yield Change((name,), "" if old is None else _size(old), "" if new is None else _size(new))
        return
    if _size(old) != _size(new):
        yield Change((name, "patients"), _size(old), _size(new))
    if old.heads != new.heads:
        yield Change((name, "columns"), ", ".join(old.heads), ", ".join(new.heads))
    before, after = _rows(old), _rows(new)
    for case in dict.fromkeys([*after, *before]):
        if case not in before or case not in after:
            yield Change((name, case), _line(before.get(case)), _line(after.get(case)))
            continue
        for head, cell in after[case].items():
            was = before[case].get(head, cell)
            if was.text != cell.text:
                withheld = cell.state is State.WITHHELD
                yield Change((name, case, head), UNREPEATED if withheld else was.text, cell.text)


def _rows(table: Table) -> dict[str, Cells]:
    return {row.case.id: _cells(table, row) for row in table.rows}


def _cells(table: Table, row: Row) -> Cells:
    return dict(zip(table.heads, row.cells, strict=True))


def _size(table: Table) -> str:
    return f"{len(table.rows)} of {table.total}"


def _line(cells: Cells | None) -> str:
    return " | ".join(cell.text for cell in cells.values()) if cells else ""
