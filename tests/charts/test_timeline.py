"""The time line of a case: every event with a time has a row, and no time says more than the report."""

from __future__ import annotations

import json
import re
from typing import Any

import plotly.graph_objects as go
import pytest

from build_tools.charts import svg, timeline
from build_tools.charts.chart import Chart, NoSuchOption
from build_tools.review.review import Review
from tests.hostile import site_of
from tests.world import World

QUILL = "cases/quill-2081.yml"
IMAGING = "  - {event: imaging, at: 3 months, site: thumb_pulp"


def drawn(world: World, case: str = "quill-2081") -> Chart:
    return timeline.draw(world.check()[0], case)


def spaced(words: str) -> str:
    """Words with plain spaces, as the unit of a number has none."""
    return words.replace("\u00a0", " ")


def traces(chart: Chart, mode: str) -> list[dict[str, Any]]:
    assert chart.figure is not None
    return [trace for trace in chart.figure["data"] if trace["mode"] == mode]


def signs(chart: Chart) -> dict[str, tuple[float, str, str]]:
    """Row -> (where its sign stands, the sign, the words beside it)."""
    return {
        row: (x, symbol, spaced(words))
        for trace in traces(chart, "markers+text")
        for row, x, symbol, words in zip(
            trace["y"], trace["x"], trace["marker"]["symbol"], trace["text"], strict=True
        )
    }


def test_every_event_with_a_time_has_a_row_with_its_time_as_printed(example: Review) -> None:
    chart = timeline.draw(example, "quill-2081")
    assert signs(chart) == {
        "Surgery": (0, "circle", "0 months"),
        "Discharge": (0.33, "circle", "10 days"),
        "Imaging": (3, "circle", "3 months"),
        "Last contact": (27, "triangle-right", "27 months"),
    }
    assert spaced(chart.message) == (
        "Surgery at 0 months; discharge at 10 days; imaging at 3 months; last contact at 27 months."
    )
    assert tuple(map(spaced, chart.rows[2])) == (
        "Imaging",
        "3 months",
        "3",
        "3",
        "Thumb pulp; nothing to see",
    )


def test_the_figure_is_one_that_plotly_knows(example: Review) -> None:
    for case in ("quill-2081", "orrin-2083", "vesper-2085-case-1"):
        go.Figure(timeline.draw(example, case).figure)


def test_two_events_of_one_name_and_time_have_rows_of_their_own(world: World) -> None:
    world.replace(QUILL, IMAGING, f"{IMAGING}, detail: one, source: 'quill-2081: Course'}}\n{IMAGING}")
    chart = drawn(world)
    assert [row[0] for row in chart.rows] == [
        "Surgery", "Discharge", "Imaging (1)", "Imaging (2)", "Last contact",
    ]  # fmt: skip
    assert "imaging and imaging" not in chart.message
    assert "imaging (2 times) at 3 months" in spaced(chart.message)


@pytest.mark.parametrize(
    ("written", "at", "span", "arrow"),
    [
        ("3 months", 3, None, False),
        ("~3 months", 3, None, False),
        ("3-9 months", 3, [3, 9], False),
        ("'< 9 months'", 9, [0, 9], False),
        ("'> 1 year'", 12, [12, 28.62], True),
    ],
)
def test_a_time_that_is_no_single_one_is_drawn_open_and_as_long_as_it_may_be(
    world: World, written: str, at: float, span: list[float] | None, arrow: bool
) -> None:
    world.replace(QUILL, "imaging, at: 3 months", f"imaging, at: {written}")
    chart = drawn(world)
    place, symbol, words = signs(chart)["Imaging"]
    assert place == at
    assert symbol == ("circle" if written == "3 months" else "circle-open")
    assert words.split()[-2].replace("–", "-") in written
    lines = traces(chart, "lines")
    assert [line["x"][:2] for line in lines] == ([span] if span else [])
    assert bool(traces(chart, "markers")) == arrow


def test_an_event_without_a_time_is_named_below(world: World) -> None:
    world.replace(QUILL, "imaging, at: 3 months", "imaging")
    chart = drawn(world)
    assert "Imaging" not in signs(chart)
    assert chart.left_out == "No time is reported for: imaging (nothing to see)"


def test_reports_that_disagree_on_a_time_are_told(world: World) -> None:
    claims = (
        "at: {claims: [{value: 3 months, source: 'quill-2081: Course'}, "
        "{value: 5 months, source: 'quill-2088: Letter'}], use: 1, why: The letter is later.}"
    )
    world.replace(QUILL, "imaging, at: 3 months", f"imaging, {claims}")
    chart = drawn(world)
    assert len(chart.notes) == 1
    assert chart.notes[0].startswith("Imaging: reports disagree on the time.")


def test_without_any_time_there_is_a_sentence(example: Review) -> None:
    chart = timeline.draw(example, "tarn-2079")
    assert chart.figure is None
    assert chart.message == "No report gives a time for anything that happened."


def test_with_time_zero_alone_there_is_a_sentence(world: World) -> None:
    text = world.read("cases/vesper-2085-case-2.yml")
    world.write("cases/vesper-2085-case-2.yml", text.replace("at: 2 weeks, ", ""))
    chart = drawn(world, "vesper-2085-case-2")
    assert chart.figure is None
    assert spaced(chart.message) == (
        "Of time, the reports tell only this: diagnosis at 0 months. "
        "No time is reported for: lost to follow-up."
    )


def test_two_events_are_a_line_of_text_and_three_a_picture(example: Review, world: World) -> None:
    two = timeline.draw(example, "vesper-2085-case-2")
    assert two.figure is None
    assert spaced(two.message) == "Diagnosis at 0 months; lost to follow-up at 2 weeks."
    text = world.read("cases/vesper-2085-case-2.yml")
    world.write(
        "cases/vesper-2085-case-2.yml",
        text.replace("\nevents:\n", "\nevents:\n  - {event: imaging, at: 1 week}\n"),
    )
    assert drawn(world, "vesper-2085-case-2").figure is not None


def test_a_case_that_does_not_exist_is_named(example: Review) -> None:
    with pytest.raises(NoSuchOption, match="there is no 'nobody'"):
        timeline.draw(example, "nobody")


def test_words_stay_inside_the_picture(example: Review) -> None:
    for case in ("quill-2081", "orrin-2083", "vesper-2085-case-1"):
        figure = timeline.draw(example, case).figure
        assert figure is not None
        for width in (720, 350):
            text = str(svg.draw(figure, width, "x"))
            for x, anchor, words in re.findall(
                r'<text x="([\d.]+)" y="[\d.]+"(?: text-anchor="(\w+)")?>([^<]+)<', text
            ):
                room = {"": (0.0, 1.0), "middle": (0.5, 0.5), "end": (1.0, 0.0)}[anchor]
                long = len(words) * 7.4
                assert float(x) - long * room[0] >= -2, (case, width, words)
                assert float(x) + long * room[1] <= width + 2, (case, width, words)


def test_the_files_of_a_time_line_stand_beside_the_others(example: Review) -> None:
    files = {file.path for file in site_of(example).downloads}
    assert {f"data/charts/timeline-quill-2081.{ending}" for ending in ("csv", "json", "svg")} <= files


def test_what_came_before_time_zero_is_drawn_before_it(world: World) -> None:
    world.replace(
        "cases/quill-2081.yml",
        "  - {event: surgery, at: 0 months,",
        "".join(
            f"  - {{event: imaging, at: '{at}', source: 'quill-2081: Course'}}\n"
            for at in ("<-8 months", "-6 to -4 months", "-2 weeks", "several years")
        )
        + "  - {event: surgery, at: 0 months,",
    )
    chart = timeline.draw(world.review(), "quill-2081")
    assert "imaging 4–6\u00a0months before time zero" in chart.message
    told = {row[1].replace("\u00a0", " "): row[2:4] for row in chart.rows}
    assert told["more than 8 months before time zero"] == ("open", "-8")
    assert told["4–6 months before time zero"] == ("-6", "-4")
    assert told["several years"] == ("0", "open")
    assert json.loads(json.dumps(chart.figure, allow_nan=False))["layout"]["xaxis"]["range"][0] < -8
