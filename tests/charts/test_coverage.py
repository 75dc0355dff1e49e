"""What is known: every field of every patient, and five kinds of not knowing kept apart."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from build_tools.charts import coverage, svg
from build_tools.charts.chart import Chart, NoSuchOption
from build_tools.records.values import State
from build_tools.review.review import Review


def row(chart: Chart, field: str) -> dict[str, str]:
    found = next(one for one in chart.rows if one[0] == field)
    return dict(zip(chart.heads[1:], found[1:], strict=True))


def test_a_field_says_of_each_patient_what_is_known(example: Review) -> None:
    chart = coverage.draw(example)
    assert row(chart, "Patient: age") == {
        "Answered": "4 of 5",
        "Quill 2081": "known",
        "Vesper 2085, case 1": "known",
        "Vesper 2085, case 2": "known",
        "Orrin 2083": "unclear (reports disagree)",
        "Old Tarn": "known",
    }
    assert row(chart, "Biopsy")["Quill 2081"] == "not done"
    assert row(chart, "Patient: pregnancy")["Orrin 2083"] == "unknown"
    assert row(chart, "Imaging")["Old Tarn"] == "not extracted"
    assert row(chart, "Imaging")["Orrin 2083"] == "not reported"


def test_every_state_has_a_kind() -> None:
    assert set(coverage.OF_STATE) == set(State)
    assert set(coverage.OF_STATE.values()) == set(coverage.KINDS)


def test_every_cell_is_drawn_once_and_as_the_numbers_say(example: Review) -> None:
    chart = coverage.draw(example)
    assert chart.figure is not None
    drawn = []
    for trace in chart.figure["data"]:
        if trace["type"] == "heatmap":
            drawn += [
                (y, x)
                for y, line in zip(trace["y"], trace["z"], strict=True)
                for x, value in zip(trace["x"], line, strict=True)
                if value is not None
            ]
        elif trace["mode"] == "markers":
            drawn += [(y, x) for x, y in zip(trace["x"], trace["y"], strict=True) if x is not None]
    assert len(drawn) == len(set(drawn)) == len(chart.rows) * len(example.cases)


def test_the_totals_are_a_column(example: Review) -> None:
    chart = coverage.draw(example)
    assert chart.figure is not None
    totals = next(trace for trace in chart.figure["data"] if trace.get("mode") == "text")
    assert set(totals["x"]) == {"Answered, of 5"}
    assert totals["text"] == [one[1].split(" ")[0] for one in chart.rows]


def test_who_is_known_best_stands_first(example: Review) -> None:
    assert coverage.draw(example).heads[2:] == (
        "Quill 2081",
        "Vesper 2085, case 1",
        "Orrin 2083",
        "Vesper 2085, case 2",
        "Old Tarn",
    )


def test_the_fields_of_one_block(example: Review) -> None:
    chart = coverage.draw(example, block="surgeries")
    assert chart.title == "What is known of each patient: surgery"
    assert row(chart, "Margins")["Orrin 2083"] == "unclear"
    assert row(chart, "Margins")["Vesper 2085, case 2"] == "not done"
    assert row(chart, "Approach")["Vesper 2085, case 1"] == "not reported"
    assert row(chart, "Approach")["Old Tarn"] == "not extracted"


def test_a_block_that_does_not_exist_is_named(example: Review) -> None:
    with pytest.raises(NoSuchOption, match=r"there is no 'surgery'; there are: .*surgeries"):
        coverage.draw(example, block="surgery")


def test_a_block_without_fields_gives_a_sentence(example: Review) -> None:
    chart = coverage.draw(example, block="events")
    assert chart.figure is None
    assert chart.message == "There is nothing here that every patient is asked for."


def test_without_patients_there_is_a_sentence(example: Review) -> None:
    chart = coverage.draw(replace(example, cases={}))
    assert chart.figure is None
    assert chart.message == "There is nothing here that every patient is asked for."


@pytest.mark.parametrize("width", [720, 350])
def test_the_static_picture_has_every_field(example: Review, width: int) -> None:
    chart = coverage.draw(example)
    assert chart.figure is not None
    drawn = str(svg.draw(chart.figure, width, chart.message))
    assert all(words in drawn for words in ("Age", "Presentation:", "Not extracted", "Answered, of 5"))


def test_kinds_differ_without_colour() -> None:
    filled = [kind.sign for kind in coverage.KINDS.values() if kind.is_filled]
    others = [kind.marker for kind in coverage.KINDS.values() if not kind.is_filled]
    assert len(set(filled)) == len(filled)
    assert len(set(others)) == len(others)


def test_the_coverage_of_the_review(five_papers: Review) -> None:
    chart = coverage.draw(five_papers)
    assert row(chart, "Outcome: vital status")["Answered"] == "13 of 13"
    assert row(chart, "Genetics")["Answered"] == "0 of 13"
    assert row(chart, "Genetics")["Baheen 2022"] == "not reported"
    assert row(chart, "Genetics")["Gierson 1976"] == "not extracted"
    assert chart.message.startswith(f"{len(chart.rows)} fields asked of 13 patients: ")


@pytest.mark.parametrize("width", [720, 350])
def test_heads_keep_apart_and_lead_to_cases_only_where_a_finger_can_tell_them_apart(
    five_papers: Review, width: int
) -> None:
    figure = coverage.draw(five_papers).figure
    assert figure is not None
    links = dict.fromkeys(figure["layout"]["meta"]["links"], "x")
    root = ElementTree.fromstring(str(svg.draw(figure, width, "x", links)))
    heads = [text for text in root.iter("text") if "rotate(-90" in text.get("transform", "")]
    assert len(heads) == len(five_papers.cases) + 2  # with a gap and the total
    places = sorted(float(text.attrib["x"]) for text in heads)
    size = min(float(re.sub(r"\D", "", text.get("style", "13"))) for text in heads)
    room = min(b - a for a, b in pairwise(places))
    assert room > size
    assert bool(list(root.iter("a"))) == (room >= 24)
