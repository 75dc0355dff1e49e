"""The static picture: all that a figure shows is drawn, inside its frame, and nothing is left out unseen."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.charts import svg
from build_tools.charts.chart import escaped
from build_tools.charts.svg import colours
from build_tools.charts.svg.extras import KEY
from build_tools.charts.svg.parts import GLYPH, NotDrawable, wrapped

Trace = dict[str, Any]
POINTS: Trace = {"type": "scatter", "mode": "markers", "x": [1, 2], "y": [3, 4], "name": "Points"}
NAMES = ["the first of all names", "second", "a third one that is by far the longest of all of them"]


def figure(*traces: Trace, **layout: Any) -> dict[str, Any]:
    return {"data": list(traces), "layout": {"height": 300, **layout}}


def drawn(*traces: Trace, width: int = 720, **layout: Any) -> ElementTree.Element:
    return ElementTree.fromstring(str(svg.draw(figure(*traces, **layout), width, "what it shows")))


def paths(root: ElementTree.Element) -> list[str]:
    """The paths of the data, without those of the grid and the legend."""
    (group,) = [g for g in root.iter("g") if g.get("class") == "drawn"]
    (grid,) = [g for g in group.iter("g") if g.get("class") == "grid"]
    return [p.attrib["d"] for p in group.iter("path") if p not in set(grid.iter("path"))]


def texts(root: ElementTree.Element) -> list[str]:
    return ["".join(part for part in e.itertext()) for e in root.iter("text")]


@pytest.mark.parametrize(
    ("traces", "layout", "message"),
    [
        ([{"type": "pie"}], {}, "can't show a trace of type 'pie'"),
        ([POINTS | {"mode": "markers+arrows"}], {}, "no mode 'arrows'"),
        ([POINTS | {"marker": {"symbol": "hourglass"}}], {}, "no marker 'hourglass'"),
        ([POINTS | {"mode": "lines", "line": {"shape": "spline"}}], {}, "no line of shape 'spline'"),
        ([POINTS | {"mode": "lines", "line": {"dash": "5px"}}], {}, "no line of dash '5px'"),
        ([POINTS | {"fill": "tonext"}], {}, "no fill 'tonext'"),
        ([POINTS | {"error_x": {"type": "sqrt"}}], {}, "no error bars of type 'sqrt'"),
        ([POINTS], {"xaxis": {"type": "log"}}, "no axis of type 'log'"),
        ([POINTS], {"xaxis": {"tickformat": "%Y"}}, "no tickformat '%Y'"),
        ([POINTS], {"shapes": [{"type": "blob"}]}, "no shape of type 'blob'"),
        ([POINTS], {"annotations": [{"text": "x", "xref": "paper"}]}, "a place on 'paper' needs an axis"),
        ([{"type": "bar", "x": ["a"], "y": [1]}], {"barmode": "relative"}, "no barmode 'relative'"),
        ([{"type": "bar", "x": ["a"], "y": [1], "marker": {"color": "#aaaaaa", "pattern": {"shape": "."}}}],
         {}, "no pattern '.'"),
        ([{"type": "heatmap", "x": ["a"], "y": ["b"], "z": [[1]]}], {}, "a heat map needs a colorscale"),
        ([POINTS | {"y": ["a", "b"]}], {"shapes": [
            {"type": "line", "x0": 1, "x1": 2, "y0": "a", "y1": "z"}]}, "axis y has no place for 'z'"),
    ],
)  # fmt: skip
def test_what_can_t_be_drawn_is_an_error_that_names_it(
    traces: list[Trace], layout: dict[str, Any], message: str
) -> None:
    with pytest.raises(NotDrawable, match=re.escape(message)):
        drawn(*traces, **layout)


def test_every_symbol_has_a_sign_that_is_open_or_filled() -> None:
    for symbol in svg.SHAPES:
        for name in (symbol, f"{symbol}-open"):
            assert len(paths(drawn(POINTS | {"marker": {"symbol": name, "color": "#444444"}}))) == 2


def test_a_line_of_steps_goes_across_and_then_down() -> None:
    line = {"mode": "lines", "x": [0, 10], "y": [1, 0], "line": {"shape": "hv", "dash": "dot"}}
    (path,) = paths(drawn(line, xaxis={"range": [0, 10]}, yaxis={"range": [0, 1]}))
    assert re.fullmatch(r"M[\d.]+ [\d.]+H[\d.]+V[\d.]+", path)


def test_a_line_is_broken_where_a_value_is_missing() -> None:
    (path,) = paths(drawn({"mode": "lines", "x": [0, 1, None, 2, 3], "y": [0, 1, None, 1, 0]}))
    assert path.count("M") == 2


def test_the_area_between_two_lines_is_closed() -> None:
    low = {"mode": "lines", "x": [0, 1], "y": [0, 1], "line": {"width": 0}}
    high = {"mode": "lines", "x": [0, 1], "y": [2, 3], "line": {"width": 0}, "fill": "tonexty"}
    (path,) = paths(drawn(low, high))
    assert path.endswith("Z")
    assert path.count("L") == 3


def test_a_filling_without_the_line_before_it_is_an_error() -> None:
    with pytest.raises(NotDrawable, match="needs the line before it"):
        drawn({"mode": "lines", "x": [0, 1], "y": [0, 1], "fill": "tonexty"})


def test_an_error_bar_has_two_ends() -> None:
    bars = {"type": "data", "array": [1, 2], "arrayminus": [0.5, 1]}
    found = paths(drawn(POINTS | {"error_x": bars, "error_y": bars}))
    assert sum("v" in path or "h" in path for path in found) == 4


@pytest.mark.parametrize("orientation", ["v", "h"])
def test_bars_on_each_other_touch_and_none_overlaps(orientation: str) -> None:
    length, name = ("x", "y") if orientation == "h" else ("y", "x")
    one = {"type": "bar", "orientation": orientation, length: [2, 3], name: ["a", "b"], "name": "one",
           "marker": {"color": "#2f74b5"}}  # fmt: skip
    two = one | {length: [1, 4], "name": "two", "marker": {"color": "#b35a12", "pattern": {"shape": "/"}}}
    root = drawn(one, two, barmode="stack")
    boxes = [tuple(map(float, re.findall(r"[\d.]+", path))) for path in paths(root) if path.endswith("Z")]
    assert len(boxes) == 4
    # M left top H right V bottom H left Z
    for (left, top, right, bottom, _), (left2, top2, right2, bottom2, _) in zip(
        boxes[:2], boxes[2:], strict=True
    ):
        if orientation == "h":
            assert (right, top, bottom) == (left2, top2, bottom2)
        else:
            assert (top, left, right) == (bottom2, left2, right2)
    assert {"one", "two"} <= set(texts(root))


def test_bars_beside_each_other_share_their_place() -> None:
    one = {"type": "bar", "x": ["a"], "y": [2], "marker": {"color": "#2f74b5"}}
    boxes = [tuple(map(float, re.findall(r"[\d.]+", path))) for path in paths(drawn(one, one))]
    assert boxes[0][2] == boxes[1][0]


def test_a_bar_says_its_number_inside_or_beside_it() -> None:
    bar = {"type": "bar", "orientation": "h", "y": ["a", "b"], "x": [100, 1], "text": ["hundred", "one"],
           "marker": {"color": "#2f74b5"}}  # fmt: skip
    root = drawn(bar, xaxis={"range": [0, 120]})
    assert {"hundred", "one"} <= set(texts(root))


def test_a_heat_map_has_a_cell_for_each_value_and_none_for_a_gap() -> None:
    cells = {"type": "heatmap", "x": ["a", "b"], "y": ["c", "d"], "z": [[0, 1], [None, 1]],
             "zmin": 0, "zmax": 1,
             "colorscale": [[0, "#111111"], [0.5, "#111111"], [0.5, "#eeeeee"], [1, "#eeeeee"]],
             "text": [["no", "yes"], ["", "yes"]], "texttemplate": "%{text}"}  # fmt: skip
    root = drawn(cells)
    assert len(paths(root)) == 3
    assert sorted(text for text in texts(root) if text in ("no", "yes")) == ["no", "yes", "yes"]
    fills = [p.attrib["fill"] for p in root.iter("path") if p.find("title") is not None]
    assert fills == ["#111111", "#eeeeee", "#eeeeee"]


def test_words_on_a_colour_can_be_read() -> None:
    for ground in ("#000000", "#2f74b5", "#b35a12", "#ffffff", "#7a858c"):
        assert colours.contrast(ground, colours.on(ground)) >= 4.5 or ground == "#7a858c"


def test_shapes_and_words_stand_at_their_values() -> None:
    layout: dict[str, Any] = {
        "xaxis": {"range": [0, 10]},
        "yaxis": {"range": [0, 10]},
        "shapes": [
            {"type": "line", "xref": "x domain", "x0": 0, "x1": 1, "y0": 5, "y1": 5, "layer": "below"},
            {"type": "rect", "x0": 1, "x1": 2, "y0": 1, "y1": 2, "fillcolor": "#dddddd"},
            {"type": "circle", "x0": 1, "x1": 2, "y0": 1, "y1": 2},
            {"type": "path", "path": "M 1,1 L 2,2 H 3 V 4 Z"},
        ],
        "annotations": [
            {"text": "at five\nsecond line", "x": 5, "y": 5, "xref": "x", "yref": "y", "showarrow": True}
        ],
    }
    root = drawn(POINTS, **layout)
    assert len(paths(root)) == 4 + 2 + 1  # shapes, points, arrow
    assert {"at five", "second line"} <= {e.text for e in root.iter("tspan")}


@pytest.mark.parametrize("width", [720, 350])
@pytest.mark.parametrize("axis", ["x", "y"])
def test_no_name_of_an_axis_is_cut_off_or_lost(width: int, axis: str) -> None:
    other = "y" if axis == "x" else "x"
    root = drawn(POINTS | {axis: NAMES, other: [1, 2, 3]}, width=width)
    whole = [e for e in root.iter("text") if "".join(e.itertext()).startswith(tuple(NAMES))]
    assert len(whole) == len(NAMES)  # in its lines, or as the title of what was shortened
    for text in root.iter("text"):
        if text.get("transform") is None and text.get("text-anchor") == "end":
            for line in list(text.iter("tspan")) or [text]:
                assert float(text.attrib["x"]) - len(line.text or "") * GLYPH >= -1


@pytest.mark.parametrize("width", [720, 350])
def test_the_legend_stays_inside_and_names_each_trace_once(width: int) -> None:
    traces = [POINTS | {"name": f"What the trace number {i} means"} for i in range(7)]
    root = drawn(*traces, width=width)
    places = [
        (float(g.attrib["transform"][10:].split()[0]), text.text or "")
        for g in root.iter("g")
        if g.get("transform")
        for text in g.iter("text")
    ]
    assert [words for _, words in places] == [trace["name"] for trace in traces]
    assert all(x + KEY + len(words) * GLYPH <= width + 8 for x, words in places)
    assert float(root.attrib["height"]) > 300


def test_a_trace_that_says_so_stands_not_in_the_legend() -> None:
    root = drawn(POINTS | {"showlegend": False}, POINTS | {"name": "Other"})
    assert "Points" not in texts(root)
    assert "Other" in texts(root)


def test_two_panels_stand_one_below_the_other() -> None:
    lower = POINTS | {"xaxis": "x2", "yaxis": "y2"}
    root = drawn(
        POINTS,
        lower,
        yaxis={"domain": [0.6, 1], "title": {"text": "Above"}},
        yaxis2={"domain": [0, 0.4], "anchor": "x2", "title": {"text": "Below"}},
        xaxis={"showticklabels": False},
        xaxis2={"anchor": "y2", "title": {"text": "Across"}},
    )
    bases = {text.text: float(text.attrib["y"]) for text in root.iter("text")}
    assert bases["Above"] < bases["Below"] < bases["Across"]


def test_numbers_of_an_axis_keep_apart_on_a_narrow_screen() -> None:
    root = drawn(POINTS, width=350, xaxis={"range": [0, 3000], "dtick": 100})
    ends = sorted(
        (float(t.attrib["x"]), t.text or "")
        for t in root.iter("text")
        if (t.text or "").isdecimal() and t.get("text-anchor") == "middle"
    )
    for (x, words), (x2, words2) in pairwise(ends):
        assert x + len(words) * GLYPH / 2 < x2 - len(words2) * GLYPH / 2


@pytest.mark.parametrize(
    ("low", "high", "step", "wanted"),
    [
        (0, 100, 25, [0, 25, 50, 75, 100]),
        (1976, 2022, 10, [1980, 1990, 2000, 2010, 2020]),
        (-2, 79, 12, [0, 12, 24, 36, 48, 60, 72]),
        (0, 1, None, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    ],
)
def test_ticks_are_round_numbers_inside_the_axis(
    low: float, high: float, step: float | None, wanted: list[float]
) -> None:
    assert svg.ticks(low, high, 9, step) == wanted


@given(st.text(alphabet="abc \n", max_size=60), st.integers(20, 300), st.integers(1, 4))
def test_lines_fit_their_room_and_their_number(words: str, room: int, most: int) -> None:
    lines = wrapped(words, room, most)
    assert 1 <= len(lines) <= most
    assert all(len(line) <= max(1, room / GLYPH + 0.02) for line in lines)


@given(st.lists(st.text(alphabet="abcdef", min_size=1, max_size=9), min_size=1, max_size=9))
def test_no_word_is_lost_where_there_is_room(words: list[str]) -> None:
    assert " ".join(wrapped(" ".join(words), 90, 99)).split() == words


def test_a_line_break_reaches_plotly_as_a_tag_and_no_other_does() -> None:
    assert escaped({"text": ["a\nb <b>c</b>"]}) == {"text": ["a<br>b &lt;b&gt;c&lt;/b&gt;"]}
