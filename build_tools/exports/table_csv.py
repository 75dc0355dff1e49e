"""A comparison table as CSV: one file to read, a line a patient, and one to compute with, a line an entry."""

from __future__ import annotations

from collections.abc import Iterable

from build_tools.analysis.tables import Table
from build_tools.exports import rows_csv
from build_tools.records.values import Source

TIDY_HEADS = ("patient", "column", "value", "state", "basis", "source", "note")


def path(table: Table) -> str:
    """Where the file to read goes."""
    return rows_csv.path(table.name)


def tidy_path(table: Table) -> str:
    """Where the file to compute with goes."""
    return rows_csv.path(f"{table.name}-tidy")


def text(table: Table) -> str:
    """The table as it stands on its page, with the sources of each cell beside it."""
    heads = ["case", *(part for head in table.heads for part in (head, f"{head} (source)"))]
    rows = []
    for row in table.rows:
        cells = [row.case.id]
        for cell in row.cells:
            cells += [cell.text, _places(cell.sources)]
        rows.append(cells)
    return rows_csv.text(heads, rows)


def tidy_text(table: Table) -> str:
    """A line for each entry of each cell: its value, its state, how it came here, its places and its notes.

    `state` is that of the record (reported, absent, not_done ... not_reported, not_extracted), `basis` how
    it is known: reported, inferred, derived, conflicting; of several that hold, all. It is empty where
    nothing is known.
    """
    rows = [
        (
            row.case.id,
            head,
            entry.words,
            str(entry.state),
            "" if entry.missing else ", ".join(entry.forms),
            _places(entry.sources),
            " ".join(words for words in (entry.conflict, *entry.notes, entry.rule) if words),
        )
        for row in table.rows
        for head, cell in zip(table.heads, row.cells, strict=True)
        for entry in cell.entries
    ]
    return rows_csv.text(TIDY_HEADS, rows)


def _places(sources: Iterable[Source]) -> str:
    return "; ".join(f"{source.report}: {source.place}" for source in sources)
