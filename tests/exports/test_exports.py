"""Exports: every fact with its state and source, exact in JSON, harmless in CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from build_tools.analysis.tables import Cell, Row, Table
from build_tools.exports import cases_json, facts_csv, rows_csv, table_csv
from build_tools.publishing.generate import generate
from build_tools.records.values import MEANINGS, State
from build_tools.review.facts import Fact
from build_tools.review.review import Review
from tests.world import World


def refused(sign: str) -> None:
    raise AssertionError(f"{sign} is no JSON")


def exported(review: Review) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(cases_json.text(review), parse_constant=refused)
    return whole


@pytest.fixture(scope="module")
def export(example: Review) -> dict[str, Any]:
    return exported(example)


def facts(export: dict[str, Any], case: str) -> dict[str, dict[str, Any]]:
    (found,) = [c for c in export["cases"] if c["id"] == case]
    return {fact["path"]: fact for fact in found["facts"]}


def leaves(review: Review, case: str) -> list[Fact]:
    return [f for f in review.cases[case].by_path.values() if not f.is_group or f.claims]


def test_json_holds_every_fact_of_every_case_with_state_value_and_sources(
    example: Review, export: dict[str, Any]
) -> None:
    assert [case["id"] for case in export["cases"]] == list(example.cases)
    for id in example.cases:
        told = facts(export, id)
        for fact in leaves(example, id):
            entry = told[fact.path]
            assert entry["state"] == fact.state, fact.path
            assert entry.get("value") == fact.value, fact.path
            assert entry.get("text", "") == fact.text, fact.path
            assert entry.get("inferred", False) is fact.inferred, fact.path
            sources = [(source["report"], source["place"]) for source in entry.get("sources", [])]
            assert sources == [(source.report, source.place) for source in fact.sources], fact.path


def test_json_adds_no_fact(example: Review, export: dict[str, Any]) -> None:
    for id, case in example.cases.items():
        assert facts(export, id).keys() <= case.by_path.keys()


def test_everything_that_is_said_has_a_source_in_json(export: dict[str, Any]) -> None:
    for case in export["cases"]:
        for fact in case["facts"]:
            missing = fact["state"] in ("not_reported", "not_extracted")
            group = fact["state"] == "reported" and "value" not in fact
            assert missing or group or fact["sources"], (case["id"], fact["path"])


@pytest.mark.parametrize(
    ("case", "path", "state"),
    [
        ("quill-2081", "patient.family_history", "absent"),
        ("quill-2081", "biopsy", "not_done"),
        ("quill-2081", "patient.pregnancy", "not_applicable"),
        ("orrin-2083", "surgeries[0].margins", "unclear"),
        ("orrin-2083", "surgeries[0].blood_loss", "withheld"),
        ("orrin-2083", "patient.country", "not_reported"),
        ("tarn-2079", "patient.country", "not_extracted"),
    ],
)
def test_a_state_is_never_a_value_in_json(export: dict[str, Any], case: str, path: str, state: str) -> None:
    fact = facts(export, case)[path]
    assert fact["state"] == state
    assert "value" not in fact
    assert "text" not in fact


def test_json_keeps_all_claims_and_says_which_is_used(export: dict[str, Any]) -> None:
    loss = facts(export, "quill-2081")["surgeries[0].blood_loss"]
    assert [claim["text"] for claim in loss["claims"]] == ["200\u00a0ml", "250\u00a0ml"]
    assert (loss["used"], loss["why"]) == (0, "The text says it twice.")


def test_json_says_what_each_state_means_and_how_derived_values_came_about(export: dict[str, Any]) -> None:
    assert set(export["states"]) == {str(state) for state in State}
    assert export["states"]["not_reported"] == MEANINGS[State.NOT_REPORTED]
    (quill,) = [case for case in export["cases"] if case["id"] == "quill-2081"]
    assert quill["derived"]["status"]["text"] == "NED"
    assert quill["derived"]["status"]["inputs"] == ["outcome.vital", "outcome.disease"]
    assert quill["derived"]["status"]["forms"] == ["derived"]
    (lost,) = [case for case in export["cases"] if case["id"] == "vesper-2085-case-2"]
    assert lost["derived"]["status"]["forms"] == ["derived"], "that she was lost is not inferred"


def test_json_counts_persons_both_ways(export: dict[str, Any]) -> None:
    assert (export["persons"], export["persons_if_probable_pairs_are_split"]) == (5, 6)


def test_evidence_in_json_names_the_only_report(export: dict[str, Any]) -> None:
    (case,) = [case for case in export["cases"] if case["id"] == "vesper-2085-case-2"]
    (evidence,) = case["identity"]["evidence_for"]
    assert evidence["sources"] == [{"report": "vesper-2085", "place": "Chapter 3"}]


def test_the_real_review_is_exported_whole(casebook: Review) -> None:
    export = exported(casebook)
    assert export["persons"] == len(export["cases"]) == len(casebook.cases)
    for id in casebook.cases:
        assert {fact.path for fact in leaves(casebook, id)} <= facts(export, id).keys()


@pytest.mark.parametrize("text", ["=1+1", "+ positive", "- negative", "@SUM(A1)", "\tx"])
def test_a_cell_that_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe(text: str) -> None:
    rows = list(csv.reader(io.StringIO(rows_csv.text(["a"], [[text]]), newline="")))
    assert rows[1] == ["'" + text]


@pytest.mark.parametrize("text", ["NED", "5-6 months", 'a, b; "c"', "'quoted'", "Müller\nx", "1e3", ""])
def test_any_other_cell_is_as_it_was(text: str) -> None:
    rows = list(csv.reader(io.StringIO(rows_csv.text(["a", "b"], [[text, "z"]]), newline="")))
    assert rows[1] == [text, "z"]


def test_a_table_in_csv_guards_values_and_places(example: Review) -> None:
    case = example.cases["quill-2081"]
    age = case.by_path["patient.age"]
    cell = Cell((replace(age, text="=HYPERLINK(1)", note="+1"),))
    table = Table("x", "Invented.", ("Head",), (Row(case, (cell,)),), (), 5)
    assert table_csv.text(table) == (
        "case,Head,Head (source)\nquill-2081,'=HYPERLINK(1),quill-2081: Case report\n"
    )
    assert table_csv.tidy_text(table).splitlines()[1] == (
        "quill-2081,Head,'=HYPERLINK(1),reported,reported,quill-2081: Case report,'+1"
    )


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'x", "''", "x"])
def test_taking_one_apostrophe_away_gives_every_cell_back(text: str) -> None:
    (_, (written,)) = csv.reader(io.StringIO(rows_csv.text(["a"], [[text]]), newline=""))
    formula = written.startswith("'") and written.lstrip("'").startswith(rows_csv.FORMULA_SIGNS)
    assert (written[1:] if formula else written) == text


def test_csv_holds_every_fact_of_every_case_with_state_words_and_sources(example: Review) -> None:
    told = list(csv.DictReader(io.StringIO(facts_csv.text(example), newline="")))
    for id in example.cases:
        lines = [line for line in told if line["case"] == id]
        assert {line["path"] for line in lines} >= {fact.path for fact in leaves(example, id)}
        for fact in leaves(example, id):
            if not fact.claims:
                (line,) = [line for line in lines if line["path"] == fact.path]
                assert (line["state"], line["value"]) == (fact.state, fact.text), fact.path
                assert line["sources"] == "; ".join(f"{s.report}: {s.place}" for s in fact.sources)
                assert line["note"] == (fact.note or "")


def test_csv_has_a_line_for_each_claim_and_says_which_is_used(example: Review) -> None:
    told = csv.DictReader(io.StringIO(facts_csv.text(example), newline=""))
    path = ("quill-2081", "surgeries[0].blood_loss")
    loss = [line for line in told if (line["case"], line["path"]) == path]
    assert [(line["value"], line["used"]) for line in loss] == [
        ("200\u00a0ml", "yes"), ("250\u00a0ml", "no"), ("", ""),
    ]  # fmt: skip
    assert loss[2]["note"] == "The text says it twice."


def test_a_csv_file_begins_with_the_mark_by_which_excel_knows_utf_8(original: Path, tmp_path: Path) -> None:
    site = generate(World.like(original, tmp_path / "casebook").without_charts().root)
    files = {file.path: file.content for file in site.downloads if file.path.endswith(".csv")}
    assert len(files) > 3
    assert [path for path, content in files.items() if not content.startswith("\ufeff".encode())] == []
    assert [f.path for f in site.downloads if f.path.endswith(".json") and f.content[:1] not in b"{["] == []
