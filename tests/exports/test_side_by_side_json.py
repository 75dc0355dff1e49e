"""The files of cases side by side: every row of a case, as tables say it, and nothing of what is unknown."""

from __future__ import annotations

import json
from typing import Any

from build_tools.analysis.tables import cell
from build_tools.exports import side_by_side_json
from build_tools.review.review import Review
from tests.world import World


def case(review: Review, id: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(side_by_side_json.text(review.cases[id], review))
    return made


def test_every_known_row_says_what_a_table_says(casebook: Review) -> None:
    for id in ("baheen-2022", "shi-2021", "stringer-1977"):
        known = case(casebook, id)["known"]
        assert len(known) > 20
        for path, entries in known.items():
            shown = cell(casebook.cases[id], path, casebook)
            assert len(entries) == len([entry for entry in shown.entries if not entry.missing])
            for entry, said in zip(entries, shown.entries, strict=True):
                assert entry["state"] == str(said.state)
                assert [tuple(place) for place in entry.get("sources", [])] == [
                    (source.report, source.place) for source in said.sources
                ]
                if "key" not in entry:
                    assert entry["words"] == said.said


def test_an_entry_of_a_mapping_is_named_and_says_its_own_words(example: Review) -> None:
    stains = case(example, "quill-2081")["known"]["pathology.immunohistochemistry"]
    assert {"Glow-1": "Positive", "Matt antigen": "Negative"}.items() <= {
        stain["key"]: stain["words"] for stain in stains
    }.items()


def test_what_is_said_of_a_whole_block_is_not_said_in_each_of_its_rows(world: World) -> None:
    world.replace("cases/vesper-2085-case-2.yml", "extraction:", "radiotherapy: not_done\nextraction:")
    review, _ = world.check()
    made = case(review, "vesper-2085-case-2")
    assert made["blocks"]["radiotherapy"] == "not_done"
    assert not [path for path in made["known"] if path.startswith("radiotherapy")]


def test_a_patient_whose_report_was_withdrawn_is_told(world: World) -> None:
    world.replace("content/reports/orrin-2083.yml", "state: none_found", "state: withdrawn")
    review, _ = world.check()
    assert case(review, "orrin-2083")["taken_back"] == "report withdrawn"


def test_the_index_names_every_case_and_every_row_once(example: Review) -> None:
    made = json.loads(side_by_side_json.index(example))
    assert made["cases"].keys() == example.cases.keys()
    paths = [line["path"] for line in made["lines"]]
    assert len(paths) == len(set(paths)) > 80
