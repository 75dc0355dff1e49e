"""Any rows as CSV, harmless to spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | float | bool | None
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def path(name: str) -> str:
    """Where the file of a table goes."""
    return f"data/tables/{name}.csv"


def text(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Heads and rows; a text that a spreadsheet would take for a formula gets an apostrophe before it.

    One that begins so after apostrophes of its own gets one, too: taking one away gives every cell back.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def _harmless(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else cell
    return "'" + cell if cell.lstrip("'").startswith(FORMULA_SIGNS) else cell
