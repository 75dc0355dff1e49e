"""A comparison table as CSV, one line a patient, with the case's id and the sources of each cell."""

from __future__ import annotations

from build_tools.analysis.tables import Table
from build_tools.exports import rows_csv


def path(table: Table) -> str:
    """Where the file goes."""
    return rows_csv.path(table.name)


def text(table: Table) -> str:
    """The table as CSV text."""
    heads = ["case", *(part for head in table.heads for part in (head, f"{head} (source)"))]
    rows = []
    for row in table.rows:
        cells = [row.case.id]
        for cell in row.cells:
            cells += [cell.text, "; ".join(f"{s.report}: {s.place}" for s in cell.sources)]
        rows.append(cells)
    return rows_csv.text(heads, rows)
