"""Any rows as CSV, harmless to spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def path(name: str) -> str:
    """Where the file of a table goes."""
    return f"data/tables/{name}.csv"


def text(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Heads and rows; a cell that a spreadsheet would take for a formula gets an apostrophe before it.

    One that begins so after apostrophes of its own gets one, too: taking one away gives every cell back.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def _harmless(cell: str) -> str:
    return "'" + cell if cell.lstrip("'").startswith(FORMULA_SIGNS) else cell
