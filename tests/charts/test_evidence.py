"""Reports and patients by year: each counted once, under the kind of evidence that it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from build_tools.charts import evidence, svg
from build_tools.charts.chart import Chart
from build_tools.charts.svg.colours import contrast
from build_tools.review.review import Review
from tests.world import World


def counts(chart: Chart) -> list[tuple[str, str, str, str]]:
    return [(row[0], row[1], row[2], row[3]) for row in chart.rows]


def years(chart: Chart) -> list[str]:
    assert chart.figure is not None
    return list(reversed(chart.figure["layout"]["yaxis"]["categoryarray"]))


def test_each_year_has_its_reports_and_patients_by_kind(example: Review) -> None:
    assert counts(evidence.draw(example)) == [
        ("2079", "Not read, known from another report", "1", "1"),
        ("2081", "Case report with a review of others", "1", "1"),
        ("2083", "Case report", "1", "1"),
        ("2084", "Case series", "1", "0"),
        ("2085", "Case series", "1", "2"),
        ("2088", "Case report", "1", "0"),
    ]


def test_years_without_a_report_are_one_row(example: Review) -> None:
    assert years(evidence.draw(example)) == [
        "2079",
        "2080",
        "2081",
        "2082",
        "2083",
        "2084",
        "2085",
        "2086–2087",
        "2088",
    ]


def test_a_report_without_a_year_has_a_row_of_its_own(world: World) -> None:
    world.replace("content/reports/orrin-2083.yml", "year: 2083\n", "")
    chart = evidence.draw(world.check()[0])
    assert years(chart)[-1] == "Year not known"
    assert counts(chart)[-1] == ("Year not known", "Case report", "1", "1")
    assert chart.message.endswith("Year not known: 1.")


def test_every_report_and_patient_counts_once(example: Review) -> None:
    chart = evidence.draw(example)
    assert sum(int(row[2]) for row in chart.rows) == len(example.reports)
    assert sum(int(row[3]) for row in chart.rows) == len(example.cases)


def test_the_message_counts_both_and_what_nobody_has_read(example: Review) -> None:
    assert evidence.draw(example).message == (
        "6 reports from 2079 to 2088 on 5 patients. Known only from another report: 1 of 6. "
        "Year not known: 0."
    )


def test_bars_name_their_reports(example: Review) -> None:
    chart = evidence.draw(example)
    assert chart.figure is not None
    series = next(trace for trace in chart.figure["data"] if trace["name"] == "Case series")
    assert series["hovertext"] == ["2084, Case series: Pell 2084", "2085, Case series: Vesper 2085"]


def test_without_reports_there_is_a_sentence(example: Review) -> None:
    chart = evidence.draw(replace(example, reports={}, cases={}))
    assert (chart.figure, chart.message) == (None, "There is no report yet.")


def test_reports_without_patients_are_drawn(example: Review) -> None:
    chart = evidence.draw(replace(example, cases={}))
    assert chart.figure is not None
    assert chart.message.startswith("6 reports from 2079 to 2088 on 0 patients.")


@pytest.mark.parametrize("width", [720, 350])
def test_the_static_picture_shows_years_and_both_panels(example: Review, width: int) -> None:
    chart = evidence.draw(example)
    assert chart.figure is not None
    drawn = str(svg.draw(chart.figure, width, chart.message))
    assert all(words in drawn for words in ("2086–2087", "6 reports", "5 patients", "Case series"))


def test_every_design_has_a_kind_of_its_own_look(example: Review) -> None:
    looks = [look[1:] for look in evidence.KINDS.values()]
    assert len(set(looks)) == len(looks)
    assert all(
        contrast(colour, paper) >= 3
        for _, colour, _ in evidence.KINDS.values()
        for paper in ("#fdfcf9", "#16191b")
    )
    designs = {report.design for report in example.reports.values()}
    assert designs <= evidence.KINDS.keys()


def test_the_evidence_of_the_review(five_papers: Review) -> None:
    chart = evidence.draw(five_papers)
    assert ("2021", "Case series", "1", "3") in counts(chart)
    assert ("Year not known", "Case report", "2", "2") in counts(chart)
    assert chart.message.startswith("11 reports from 1976 to 2022 on 13 patients. ")
