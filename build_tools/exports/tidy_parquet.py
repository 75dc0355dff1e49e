"""A tidy table as Parquet, by DuckDB: of the libraries that write it, the lightest (66 MB; pyarrow has 165).

Numbers and truths have their types; a state in such a column is null here, and stands in the CSV and in the
table of values.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from build_tools.analysis.tidy import Column, Scalar, TidyTable
from build_tools.exports.tidy_csv import FOLDER

_TYPES = {"string": "VARCHAR", "number": "DOUBLE", "integer": "BIGINT", "boolean": "BOOLEAN"}


def path(table: TidyTable) -> str:
    """Where the file goes."""
    return f"{FOLDER}/{table.name}.parquet"


def contents(tables: Iterable[TidyTable]) -> dict[str, bytes]:
    """The file of each table by its path; the same tables give the same bytes."""
    import duckdb  # noqa: PLC0415  (only a build needs it)

    # One thread keeps the order of rows; nothing is fetched that the library does not bring.
    settings: Any = {"threads": 1, "autoinstall_known_extensions": False}
    settings["autoload_known_extensions"] = False
    with TemporaryDirectory(prefix="casebook-") as folder, duckdb.connect(config=settings) as database:
        rows, out = Path(folder) / "rows.json", Path(folder) / "out.parquet"
        found = {}
        for table in tables:
            _write_rows(table, rows)
            types = {column.name: _TYPES[column.type] for column in table.columns}
            read = database.read_json(rows.as_posix(), columns=types, format="newline_delimited")
            read.write_parquet(out.as_posix(), compression="zstd")
            found[path(table)] = out.read_bytes()
    return found


def _write_rows(table: TidyTable, file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for row in table.rows:
            typed = (_typed(cell, column) for cell, column in zip(row, table.columns, strict=True))
            named = zip((column.name for column in table.columns), typed, strict=True)
            out.write(json.dumps(dict(named), ensure_ascii=False) + "\n")


def _typed(cell: Scalar, column: Column) -> Scalar:
    return None if column.type != "string" and isinstance(cell, str) else cell
