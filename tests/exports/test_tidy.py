"""The tidy tables: read back by other libraries, they say what the case files say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import frictionless
import openpyxl
import pyarrow.parquet
import pytest
import yaml

from build_tools.analysis.tidy import ENTRIES, TidyTable, tidy_tables
from build_tools.exports import datapackage_json, rows_csv, tidy_csv, tidy_parquet, tidy_xlsx
from build_tools.publishing.generate import generate
from build_tools.records.values import State
from build_tools.review.review import Review
from tests.world import EXAMPLE, World

STATES = {str(state) for state in State}
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def tables(example: Review) -> Mapping[str, TidyTable]:
    return {table.name: table for table in tidy_tables(example)}


@pytest.fixture(scope="module")
def data(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the invented casebook as a reader downloads them."""
    folder = tmp_path_factory.mktemp("data")
    site = generate(World.like(original, folder / "casebook").without_charts().root)
    for file in site.downloads:
        if file.path.startswith("data/"):
            (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / file.path).write_bytes(file.content)
    return folder / "data"


def rows(table: TidyTable) -> Rows:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted((EXAMPLE / "cases").glob("*.yml")):
        yield file.stem, yaml.safe_load(file.read_text(encoding="utf-8"))


def entries(node: object, steps: list[str]) -> int:
    """How many entries a case file holds at the end of some steps."""
    if isinstance(node, dict) and "value" in node:
        node = node["value"]
    if not steps:
        return len(node) if isinstance(node, list | dict) else 0
    inside = node if isinstance(node, list) else [node]
    return sum(
        entries(one[steps[0]], steps[1:]) for one in inside if isinstance(one, dict) and steps[0] in one
    )


@pytest.mark.parametrize("name", ENTRIES)
def test_a_table_has_a_row_for_each_entry_of_the_case_files(
    tables: Mapping[str, TidyTable], name: str
) -> None:
    for id, case in cases():
        found = [row for row in rows(tables[name]) if row["patient"] == id]
        # A block of its own also has a key for its places.
        assert len(found) == entries(case, ENTRIES[name].split(".")), id


def test_a_patient_s_numbers_are_numbers_and_states_are_told_apart(tables: Mapping[str, TidyTable]) -> None:
    quill, orrin = (
        next(row for row in rows(tables["patients"]) if row["patient"] == id)
        for id in ("quill-2081", "orrin-2083")
    )
    assert (quill["patient_age"], quill["patient_age_low"], quill["patient_age_unit"]) == (
        "61",
        61.0,
        "years",
    )
    assert (quill["patient_family_history"], quill["biopsy_technique"]) == ("absent", "not_done")
    assert orrin["patient_country"] == "not_reported"
    assert quill["presentation_delay"] == "5-6 months"
    assert (quill["presentation_delay_low"], quill["presentation_delay_high"]) == (5.0, 6.0)


def test_units_are_converted_by_what_is_measured(tables: Mapping[str, TidyTable]) -> None:
    for table in tables.values():
        for row in rows(table):
            for name, printed in row.items():
                if f"{name}_low" in row and isinstance(printed, str) and printed.endswith(" mm"):
                    assert row[f"{name}_unit"] == "cm"
                if f"{name}_low" in row and isinstance(printed, str) and printed.endswith((" mg", " AUC")):
                    assert row[f"{name}_unit"] in printed


def test_a_bound_is_no_point(world: World) -> None:
    world.replace("cases/quill-2081.yml", "age: 61", "age: '90+'")
    world.replace("cases/quill-2081.yml", "delay: 5-6 months", "delay: '>1 years'")
    row = next(
        row
        for table in tidy_tables(world.check()[0])
        if table.name == "patients"
        for row in rows(table)
        if row["patient"] == "quill-2081"
    )
    assert (row["patient_age"], row["patient_age_low"], row["patient_age_high"]) == ("90+", 90.0, None)
    assert (row["presentation_delay_low"], row["presentation_delay_high"]) == (12.0, None)


def test_each_known_value_has_its_place(tables: Mapping[str, TidyTable]) -> None:
    for row in rows(tables["values"]):
        if row["state"] not in ("not_reported", "not_extracted") and (row["value"] or not row["note"]):
            assert row["sources"], (row["patient"], row["path"])


def test_frictionless_finds_the_package_valid_with_its_keys(data: Path) -> None:
    report = frictionless.validate(str(data / "datapackage.json"))
    assert report.flatten(["type", "note"]) == []
    assert report.valid
    assert report.stats["tasks"] == len(ENTRIES) + 4


def test_frictionless_reads_the_rows_that_were_written(data: Path, tables: Mapping[str, TidyTable]) -> None:
    package: Any = frictionless.Package(str(data / "datapackage.json"))
    for resource in package.resources:
        read = [row.to_dict() for row in resource.read_rows()]
        assert len(read) == len(tables[resource.name].rows)
        kinds = {column.name: column for column in tables[resource.name].columns}
        for got, wrote in zip(read, rows(tables[resource.name]), strict=True):
            for name, cell in wrote.items():
                absent = cell == "absent" and kinds[name].type == "string"
                missing = cell == "" or (
                    kinds[name].has_states and cell in STATES - {"reported"} and not absent
                )
                told = got[name]
                if isinstance(told, str) and told.lstrip("'").startswith(rows_csv.FORMULA_SIGNS):
                    told = told[1:]
                expected = None if missing else cell
                assert (float(told) if isinstance(expected, float) else told) == expected, (name, cell)


def test_each_missing_value_has_a_label(data: Path) -> None:
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            given = field.get("missingValues", resource["schema"]["missingValues"])
            assert all(missing["label"] for missing in given)
            labelled = {missing["value"] for missing in given}
            assert "missingValues" not in field or labelled >= {
                "",
                "not_reported",
                "not_extracted",
                "unclear",
            }
            assert ("absent" in labelled) <= (field["type"] != "string")


def test_pyarrow_reads_the_rows_that_were_written(data: Path, tables: Mapping[str, TidyTable]) -> None:
    for name, table in tables.items():
        read = pyarrow.parquet.read_table(data / "tidy" / f"{name}.parquet").to_pylist()
        assert len(read) == len(table.rows)
        kinds = {column.name: column.type for column in table.columns}
        for got, wrote in zip(read, rows(table), strict=True):
            for column, cell in wrote.items():
                typed = None if kinds[column] != "string" and isinstance(cell, str) else cell
                assert got[column] == typed, (name, column)


def test_openpyxl_reads_the_rows_that_were_written(data: Path, tables: Mapping[str, TidyTable]) -> None:
    book = openpyxl.load_workbook(data / "casebook.xlsx", read_only=True)
    assert book.sheetnames == ["dictionary", "states", *tables]
    for name, table in tables.items():
        heads, *read = book[name].iter_rows(values_only=True)
        assert list(heads) == [column.name for column in table.columns]
        for got, wrote in zip(read, table.rows, strict=True):
            assert list(got) == [None if cell == "" else cell for cell in wrote]


def test_the_dictionary_explains_every_column(data: Path, tables: Mapping[str, TidyTable]) -> None:
    book = openpyxl.load_workbook(data / "casebook.xlsx", read_only=True)
    told = {(row[0], row[1]) for row in book["dictionary"].iter_rows(min_row=2, values_only=True) if row[5]}
    assert told >= {(table.name, column.name) for table in tables.values() for column in table.columns}


def test_a_text_like_a_formula_is_a_text_in_the_workbook(tables: Mapping[str, TidyTable]) -> None:
    table = tables["report_patient"]
    hostile = TidyTable("x", "X", "X.", table.columns[:2], (("=1+1", "https://a.example"),), ("report",))
    book = openpyxl.load_workbook(BytesIO(tidy_xlsx.content([hostile], "t", "v")))
    cells = list(book["x"][2])
    assert [(cell.value, cell.data_type) for cell in cells] == [("=1+1", "s"), ("https://a.example", "s")]
    assert all(cell.hyperlink is None for cell in cells)


def test_the_same_review_gives_the_same_bytes(tables: Mapping[str, TidyTable]) -> None:
    given = tuple(tables.values())
    assert tidy_parquet.contents(given) == tidy_parquet.contents(given)
    book = tidy_xlsx.content(given, "t", "v")
    assert book == tidy_xlsx.content(given, "t", "v")
    assert b"2000-01-01T00:00:00Z" in _core(book)


def _core(book: bytes) -> bytes:
    import zipfile

    with zipfile.ZipFile(BytesIO(book)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        return archive.read("docProps/core.xml")


def test_a_package_without_an_address_names_none(tables: Mapping[str, TidyTable]) -> None:
    given = tuple(tables.values())
    files = {tidy_csv.path(table): b"" for table in given}
    package = json.loads(
        datapackage_json.text(given, files, datapackage_json.About("t", "d", "v", "", "", ()))
    )
    assert not {"homepage", "created"} & package.keys()
