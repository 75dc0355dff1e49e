"""All tidy tables as one workbook: a sheet a table, and a dictionary of their columns.

XlsxWriter, since its files hold no day of the build and so are the same each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from build_tools.analysis.tidy import Scalar, TidyTable
from build_tools.records.values import MEANINGS

PATH = "data/casebook.xlsx"
DICTIONARY = "dictionary"
STATES = "states"
_DICTIONARY_HEADS = ("table", "column", "title", "type", "vocabulary", "description")


def content(tables: Iterable[TidyTable], title: str, version: str) -> bytes:
    """The workbook; texts are texts, whatever they begin with."""
    from xlsxwriter import Workbook  # noqa: PLC0415  (only a build needs it)

    tables, out = tuple(tables), BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, {"in_memory": True, **plain})
    first_day = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({"title": title, "comments": f"Data version {version}", "created": first_day})
    bold = book.add_format({"bold": True})
    _sheet(book, bold, DICTIONARY, _DICTIONARY_HEADS, _dictionary(tables))
    _sheet(book, bold, STATES, ("state", "meaning"), [(str(s), words) for s, words in MEANINGS.items()])
    for table in tables:
        _sheet(book, bold, table.name, [column.name for column in table.columns], table.rows)
    book.close()
    return out.getvalue()


def _dictionary(tables: Iterable[TidyTable]) -> Iterator[tuple[Scalar, ...]]:
    for table in tables:
        yield (table.name, "", table.title, "table", "", table.description)
        for column in table.columns:
            own = (column.title, column.type, column.vocabulary or "", column.description)
            yield (table.name, column.name, *own)


def _sheet(book: Any, bold: Any, name: str, heads: Iterable[str], rows: Iterable[tuple[Scalar, ...]]) -> None:
    heads = list(heads)
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, heads, bold)
    sheet.freeze_panes(1, 1)
    last = 0
    for last, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, bool):
                sheet.write_boolean(last, place, cell)
            elif isinstance(cell, int | float):
                sheet.write_number(last, place, cell)
            elif cell:
                sheet.write_string(last, place, cell)
    sheet.autofilter(0, 0, last, len(heads) - 1)
