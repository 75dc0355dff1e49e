"""A comparison table as CSV, one line a patient, with the case's id and the sources of each cell."""

from __future__ import annotations

import csv
import io

from build_tools.tables import Table

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def path(table: Table) -> str:
    """Where the file goes."""
    return f"data/tables/{table.name}.csv"


def text(table: Table) -> str:
    """The table; a cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["case", *(part for head in table.heads for part in (head, f"{head} (source)"))])
    for row in table.rows:
        cells = []
        for cell in row.cells:
            cells += [cell.text, "; ".join(f"{s.report}: {s.place}" for s in cell.sources)]
        writer.writerow([row.case.id, *(_harmless(cell) for cell in cells)])
    return out.getvalue()


def _harmless(text: str) -> str:
    return "'" + text if text.startswith(FORMULA_SIGNS) else text
