"""Cases like mine, reckoned without a page: against R's cluster::daisy, by hand where the two must differ.

`tests/gower/daisy.csv` is what `daisy` of R's package cluster makes of `patients.csv`: code that shares
nothing with ours. Where the numbers span the range that we declare, both give the same. They must differ in
three ways: daisy takes the range from the data, we from the declaration, so that a new patient moves no
distance; daisy has no field with several terms; and daisy ranks whoever shares one field, we nobody below a
floor.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from build_tools.analysis.estimates import proportion
from build_tools.exports import like_mine_json
from build_tools.reading.prose import read_prose
from build_tools.records.like_mine import LikeMineDeclaration
from build_tools.review.review import Review
from tests.javascript import ASSETS, answer
from tests.world import EXAMPLE, REPOSITORY, World

GOWER = "browser/gower.js"
FOLDER = REPOSITORY / "tests" / "gower"
WEIGHTS = {"age": 1, "sex": 1, "origin": 3, "side": 1, "size": 2}
RANGES = {"age": 60, "size": 15}


def read(file: Path) -> list[dict[str, str]]:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def cell(word: str, written: str) -> Any:
    if not written:
        return "not_reported"
    if word in RANGES:
        return {"words": [written], "bounds": [float(written)] * 2}
    return {"words": [written], "values": written.split("+")}


def data(patients: list[dict[str, str]], **changed: Any) -> dict[str, Any]:
    fields = [
        {
            "word": word, "title": word, "part": "compared", "weight": weight,
            **({"kind": "number", "range": RANGES[word]} if word in RANGES else {"kind": "term"}),
            "terms": {term: term for p in patients for term in p[word].split("+")},
        }
        for word, weight in WEIGHTS.items()
    ]  # fmt: skip
    cases = [
        {
            "id": p["id"],
            "name": p["id"],
            "reports": [],
            "sources": [],
            "cells": [cell(w, p[w]) for w in WEIGHTS],
        }
        for p in patients
    ]
    return {
        "states": {"not_reported": "not reported"},
        "nearest": 10,
        "floor": 0,
        "fields": fields,
        "cases": cases,
    } | changed


NEAR = """import(rows).then(r => {
  const all = {...r.prepared(data), nearest: data.nearest, floor: data.floor};
  const {near, ...rest} = m.nearest(all, new Map(mine));
  const told = ({row, distance, coverage, parts}) =>
    [row.id, distance, coverage, parts.map(p => p.far ?? null)];
  return {...rest, near: near.map(told)};
})"""


def near(mine: dict[str, Any], data: dict[str, Any]) -> Any:
    return answer(GOWER, NEAR, data=data, mine=list(mine.items()), rows=(ASSETS / "browser/rows.js").as_uri())


MINE = {"age": 55, "sex": ["female"], "origin": ["nail_bed"], "side": ["left"], "size": 6}


def test_distances_are_those_of_an_independent_program() -> None:
    patients = read(FOLDER / "patients.csv")
    daisy = {row["id"]: float(row["distance"]) for row in read(FOLDER / "daisy.csv")}
    found = near(MINE, data(patients))
    assert {id: distance for id, distance, *_ in found["near"]} == pytest.approx(daisy, abs=1e-11)
    order = [daisy[id] for id, *_ in found["near"]]
    assert order == sorted(order)


def test_a_difference_beyond_the_declared_range_is_as_far_as_can_be() -> None:
    """daisy would take 65 years, the range of these two, and so move every other distance, too."""
    old = data([dict.fromkeys(WEIGHTS, "") | {"id": "old", "age": "120"}])
    assert near({"age": 55}, old)["near"] == [["old", 1, 1, [1]]]


def test_of_several_terms_the_share_that_only_one_has_is_apart() -> None:
    both = data([dict.fromkeys(WEIGHTS, "") | {"id": "both", "origin": "nail_bed+thumb_vein"}])
    assert near({"origin": ["nail_bed"]}, both)["near"][0][1] == 0.5
    assert near({"origin": ["thumb_vein", "nail_bed"]}, both)["near"][0][1] == 0


def test_a_bound_or_a_range_is_no_number_and_is_not_compared() -> None:
    one = data([dict.fromkeys(WEIGHTS, "") | {"id": "a", "size": "6", "sex": "male"}])
    for bounds in ([4, None], [4, 6], [None, 6]):
        one["cases"][0]["cells"][4]["bounds"] = bounds
        assert near({"size": 5, "sex": ["male"]}, one)["near"] == [["a", 0, 1 / 3, [0, None]]]


def test_who_reports_too_little_of_what_was_entered_is_not_ranked() -> None:
    patients = read(FOLDER / "patients.csv")[1:]
    found = near(MINE, data(patients, floor=0.6))
    weights = {p["id"]: sum(w for word, w in WEIGHTS.items() if p[word]) / 8 for p in patients}
    assert {id for id, *_ in found["near"]} == {id for id, share in weights.items() if share >= 0.6}
    assert found["unranked"] == len([share for share in weights.values() if share < 0.6]) > 0


def test_the_last_of_the_nearest_names_those_as_near() -> None:
    same = [dict.fromkeys(WEIGHTS, "") | {"id": f"p{i}", "sex": "male"} for i in range(5)]
    found = near({"sex": ["male"]}, data(same, nearest=2))
    assert (len(found["near"]), found["tied"], found["ranked"]) == (2, 3, 5)


@pytest.mark.parametrize(("k", "n"), [(0, 1), (1, 1), (0, 10), (3, 10), (10, 10), (5, 230)])
def test_an_interval_is_wilson_s(k: int, n: int) -> None:
    assert answer(GOWER, "m.wilson(k, n)", k=k, n=n) == pytest.approx(proportion(k, n).wilson, abs=1e-9)


def test_what_is_entered_is_read_again_from_the_address_and_the_rest_is_told() -> None:
    patients = data(read(FOLDER / "patients.csv"))
    script = "(p => [m.write(p.mine), p.dropped.length])(m.read(hash, data))"
    whole = "age=55&sex=female&origin=nail_bed,thumb_vein&size=6.5"
    assert answer(GOWER, script, hash="#" + whole, data=patients) == [whole, 0]
    bad = "#age=-1&sex=moon&colour=red&size=ten&origin=%ZZ&__proto__=1"
    assert answer(GOWER, script, hash=bad, data=patients) == ["", 6]


def declared(root: Path) -> LikeMineDeclaration:
    (found,) = [page.front.like_mine for page in read_prose(root)[0] if page.front.like_mine]
    return found


def test_a_patient_whose_report_was_retracted_is_near_to_nobody(world: World) -> None:
    world.replace("content/reports/orrin-2083.yml", "state: none_found", "state: retracted")
    review, _ = world.check()
    made = json.loads(like_mine_json.text(declared(EXAMPLE), review))
    assert {case["id"] for case in made["cases"]} == set(review.cases) - {"orrin-2083"}


def test_every_compared_field_has_its_weight_and_every_number_its_range(casebook: Review) -> None:
    made = json.loads(like_mine_json.text(declared(REPOSITORY), casebook))
    compared = [field for field in made["fields"] if field["part"] == "compared"]
    assert len(compared) > 5
    for field in compared:
        assert field["weight"] > 0
        assert (field["kind"] == "number") == ("range" in field)
    status = next(field for field in made["fields"] if field["word"] == "status")
    assert status["terms"]["ned"] == "NED, no evidence of disease"
