"""A tidy table as CSV."""

from __future__ import annotations

from build_tools.analysis.tidy import TidyTable
from build_tools.exports import rows_csv

FOLDER = "data/tidy"


def path(table: TidyTable) -> str:
    """Where the file goes."""
    return f"{FOLDER}/{table.name}.csv"


def text(table: TidyTable) -> str:
    """Heads and rows; numbers are bare, and a text that looks like a formula has an apostrophe before it."""
    return rows_csv.text([column.name for column in table.columns], table.rows)
