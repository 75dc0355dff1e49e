"""The traces of a figure as strokes, signs and words: lines and markers, bars, heat maps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from build_tools.charts.svg import bars, heatmap, scatter
from build_tools.charts.svg.axes import Axis
from build_tools.charts.svg.parts import NotDrawable, Part

Trace = dict[str, Any]
Draw = Callable[[list[Trace], int, Axis, Axis, dict[str, Any]], Iterator[Part]]

DRAWN: dict[str, Draw] = {"scatter": scatter.parts, "bar": bars.parts, "heatmap": heatmap.parts}
"""Type of Plotly -> what draws the trace at a place of the list; a line's filling needs the one before it."""


def parts(traces: list[Trace], index: int, x: Axis, y: Axis, layout: dict[str, Any]) -> Iterator[Part]:
    """One trace of a figure."""
    trace = traces[index]
    if trace.get("visible", True) is not True:
        return iter(())
    return DRAWN[_type(trace)](traces, index, x, y, layout)


def values_of(trace: Trace) -> dict[str, list[object]]:
    """What a trace puts on its x and on its y axis."""
    if _type(trace) == "bar":
        return bars.values(trace)
    return {name: list(trace.get(name) or ()) for name in ("x", "y")}


def _type(trace: Trace) -> str:
    kind = str(trace.get("type", "scatter"))
    if kind not in DRAWN:
        raise NotDrawable(
            f"the static picture can't show a trace of type '{kind}'; it can: {', '.join(DRAWN)}"
        )
    return kind
