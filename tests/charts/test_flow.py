"""The flow of records: every record is accounted for, and reports and patients are two numbers."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from build_tools.charts import flow, svg
from build_tools.charts.chart import Chart
from build_tools.review.review import Review
from tests.world import World


def boxes(chart: Chart) -> list[str]:
    assert chart.figure is not None
    (words,) = [trace for trace in chart.figure["data"] if trace["mode"] == "text"]
    return [text.replace("\n", ", ") for text in words["text"]]


def test_each_box_says_how_many_are_left_and_how_many_were_lost(example: Review) -> None:
    assert boxes(flow.draw(example)) == [
        "Databases, registers, Records found: 14",
        "Screened: 12, 2 were duplicates",
        "Reports sought: 9, 3 screened out",
        "Reports read: 8, 1 not retrieved",
        "In the review: 5, 3 left out",
        "Other ways, none searched yet",
        "5 reports read,, 1 known only from another,, 5 patients (6 if probable pairs are split)",
    ]


def test_the_numbers_name_the_search_and_the_reasons(example: Review) -> None:
    chart = flow.draw(example)
    rows = {(way, step): cells for way, step, *cells in chart.rows}
    assert rows["Databases and registers", "Records found"] == [
        "14", "none", "database: 14 (The invented library, 2090-01-31)",
    ]  # fmt: skip
    assert rows["Databases and registers", "In the review"][-1] == "About toes: 3"
    assert rows["All ways", "Patients"][0] == str(len(example.cases))


def test_what_a_reader_should_know_of_a_search_stands_below(example: Review) -> None:
    assert flow.draw(example).notes == ("The invented library. All of it is invented.",)


def test_that_no_database_was_searched_is_said(casebook: Review) -> None:
    other = {
        id: search
        for id, search in casebook.searches.items()
        if search.method not in ("database", "register")
    }
    chart = flow.draw(replace(casebook, searches=other))
    assert chart.message.endswith("No database or register has been searched yet.")
    assert "Databases, registers, none searched yet" in boxes(chart)


def test_two_searches_are_one_column(world: World) -> None:
    search = world.read("content/searches/2090-01-31-invented-library.yml")
    search = search[: search.index("excluded:")].replace("records: 14", "records: 6")
    world.write("content/searches/2090-02-01-other.yml", search)
    found = boxes(flow.draw(world.review()))
    assert found[0] == "Databases, registers, Records found: 20"
    assert found[1] == "Screened: 16, 4 were duplicates"


def test_without_a_search_there_is_a_sentence(example: Review) -> None:
    chart = flow.draw(replace(example, searches={}))
    assert (chart.figure, chart.message) == (None, "No search is recorded yet.")


def test_words_stay_inside_their_boxes_on_a_phone(example: Review) -> None:
    figure = flow.draw(example).figure
    assert figure is not None
    for width in (720, 350):
        root = ElementTree.fromstring(str(svg.draw(figure, width, "x")))
        for text in root.iter("text"):
            for line in list(text.iter("tspan")) or [text]:
                half = len(line.text or "") * 6.6 / 2
                assert float(text.attrib["x"]) - half >= 14
                assert float(text.attrib["x"]) + half <= width - 14
