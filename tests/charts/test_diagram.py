"""The diagram: every box counts its patients and leads to them, and of whom nothing is known is said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from build_tools.charts import diagram, svg
from build_tools.charts.chart import Chart, NoSuchOption
from build_tools.pages.chart import draw, html
from build_tools.review.review import Review
from tests.dom import parse

TIP, MIDDLE = ["segments", "tip", 0, 0, 1, 1], ["segments", "middle", 0, 1, 1, 1]
VEIN, PULP = ["origin", "thumb_vein", 1.2, 0, 1, 1], ["origin", "thumb_pulp", 1.2, 1, 1, 1]


def words(chart: Chart) -> list[str]:
    assert chart.figure is not None
    return [text.replace("\n", " ") for text in chart.figure["data"][0]["text"]]


def rectangles(chart: Chart) -> list[dict[str, Any]]:
    assert chart.figure is not None
    return [shape for shape in chart.figure["layout"]["shapes"] if shape["type"] == "rect"]


def test_a_box_says_what_it_is_and_how_many_patients_it_counts(example: Review) -> None:
    found = words(diagram.draw(example, [TIP, MIDDLE, VEIN, PULP]))
    assert found[:4] == [
        "Tip reached by 1", "Middle reached by 1", "Thumb vein origin of 2", "Thumb pulp origin of 1",
    ]  # fmt: skip


def test_a_tumour_in_two_segments_counts_in_both(example: Review) -> None:
    rows = {row[1]: row for row in diagram.draw(example, [TIP, MIDDLE]).rows}
    assert rows["Tip"][3] == rows["Middle"][3] == "Quill 2081"


def test_of_whom_nothing_is_known_stands_in_a_box_of_its_own(example: Review) -> None:
    chart = diagram.draw(example, [TIP, VEIN])
    segments, origin = words(chart)[-2:]
    assert segments.startswith("Vessel segments not known: 4 (")
    assert origin.startswith("Origin not known: 1 (")
    assert [box["line"]["dash"] for box in rectangles(chart)] == ["solid", "solid", "dot", "dot"]


def test_a_box_is_the_darker_the_more_patients_it_counts(example: Review) -> None:
    vein, pulp, *_ = (box["fillcolor"] for box in rectangles(diagram.draw(example, [VEIN, PULP])))
    assert float(vein.split(", ")[-1][:-1]) > float(pulp.split(", ")[-1][:-1]) > 0


def test_the_words_of_a_box_lead_to_its_patients_and_these_to_their_cases(example: Review) -> None:
    chart = draw("diagram", {"boxes": [TIP, VEIN]}, example)
    page = parse(html(chart, lambda target: "/" + target))
    ids = {element.attributes["id"]: element for element in page if "id" in element.attributes}
    boxes = [link for link in page.one("div", "wide").all("a") if link.text.startswith("Tip")]
    (row,) = [ids[link.attributes["href"][1:]] for link in boxes]
    assert [link.attributes["href"] for link in row.all("a")] == ["/cases/quill-2081/"]


def test_what_is_in_no_box_still_stands_in_the_numbers(example: Review) -> None:
    chart = diagram.draw(example, [VEIN])
    assert "Thumb pulp" in [row[1] for row in chart.rows]
    assert sum(int(row[2]) for row in chart.rows) == len(example.cases)


def test_the_drawing_is_drawn_with_its_lines(example: Review) -> None:
    chart = diagram.draw(example, [TIP, VEIN], [[1, 0.5, 1.2, 0.5]])
    assert chart.figure is not None
    assert [shape["type"] for shape in chart.figure["layout"]["shapes"]].count("line") == 1
    assert "Tip" in svg.draw(chart.figure, 350, chart.message)


def test_without_a_patient_in_any_box_a_sentence_says_so(example: Review) -> None:
    chart = diagram.draw(replace(example, cases={}), [TIP, VEIN])
    assert chart.figure is None
    assert chart.message == "No patient has a known place in this drawing."


@pytest.mark.parametrize(
    ("box", "said"),
    [
        (["segment", "tip", 0, 0, 1, 1], "there is no 'segment'; there are: origin, segments"),
        (["segments", "tipp", 0, 0, 1, 1], "there is no 'tipp'"),
        (["segments", "tip", 0, 0], "is no box; write"),
        (["segments", "tip", 0, 0, 1, "wide"], "is no box; write"),
    ],
)
def test_a_box_that_can_not_be_is_told(example: Review, box: list[Any], said: str) -> None:
    with pytest.raises(NoSuchOption, match=said):
        diagram.draw(example, [box])


def test_a_line_that_can_not_be_is_told(example: Review) -> None:
    with pytest.raises(NoSuchOption, match="is no line; write"):
        diagram.draw(example, [TIP], [[1, 2, 3]])
