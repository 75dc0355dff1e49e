"""A Plotly figure as a static SVG: the same picture for first paint, print, and readers without scripts.

It draws what this project's figures use (scatter traces with lines and markers over one x and one y axis),
always the same bytes for the same figure. Ground, axes and words take the page's colours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from build_tools.rendering import render

ROW = 34
FONT = 13
GLYPH = 7.4  # average width of a glyph at FONT, for the left margin only


@dataclass(frozen=True)
class Sign:
    """One marker: a path around (0, 0), filled or open."""

    path: str
    filled: bool


SHAPES = {
    "circle": "M-6 0A6 6 0 1 0 6 0A6 6 0 1 0-6 0Z",
    "square": "M-5-5H5V5H-5Z",
    "diamond": "M0-7L6 0L0 7L-6 0Z",
    "triangle-up": "M0-7L6.5 5H-6.5Z",
    "triangle-right": "M-5-6.5L7 0L-5 6.5Z",
    "x": "M-6-6L6 6M6-6L-6 6",
    "star": "M0-7.5L2-2.3L7.4-2.3L3.1 1.1L4.6 6.4L0 3.3L-4.6 6.4L-3.1 1.1L-7.4-2.3L-2-2.3Z",
}


def draw(figure: dict[str, Any], width: int, title: str, links: dict[str, str] | None = None) -> Markup:
    """The figure in a box of `width` pixels; `links` leads a label of the y axis to an address."""
    layout = figure["layout"]
    labels: list[str] = layout["yaxis"]["categoryarray"]
    left = min(max(len(label) for label in labels) * GLYPH + 14, width * 0.42)
    right, top = width - 14.0, 8.0
    bottom = top + ROW * len(labels)
    low, high = layout["xaxis"]["range"]

    def x(value: float) -> float:
        return float(round(left + (value - low) / (high - low) * (right - left), 1))

    def y(label: str) -> float:
        return round(bottom - (labels.index(label) + 0.5) * ROW, 1)

    lines, signs, legend = [], [], []
    for trace in figure["data"]:
        if trace["mode"] == "lines":
            lines += _segments(trace, x, y)
            continue
        symbol = trace["marker"]["symbol"]
        sign = _sign(symbol)
        colour = trace["marker"]["color"]
        legend.append({"sign": sign, "colour": colour, "words": trace["name"]})
        points = zip(trace["x"], trace["y"], strict=True)
        signs += [
            {
                "sign": sign,
                "colour": colour,
                "x": x(at),
                "y": y(label),
                "words": f"{label}: {trace['name']}, {at:g}",
            }
            for at, label in points
        ]
    rows = _legend_rows(legend, width)
    return render(
        "chart.svg",
        width=width,
        height=round(bottom + 52 + 22 * len(rows)),
        title=title,
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        ticks=[(x(tick), f"{tick:g}") for tick in ticks(low, high, 9 if width > 500 else 5)],
        x_title=layout["xaxis"]["title"]["text"],
        labels=[(label, y(label), (links or {}).get(label)) for label in labels],
        lines=lines,
        signs=signs,
        legend=rows,
    )


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from low to high, `most` at most; months step by 6, 12 or 24 where that fits."""
    for step in (1, 2, 5, 6, 12, 24, 50, 60, 100, 120, 200, 500, 1000):
        if (high - low) / step <= most:
            return [low + step * i for i in range(math.floor((high - low) / step) + 1)]
    return [low, high]


def _segments(trace: dict[str, Any], x: Any, y: Any) -> list[dict[str, Any]]:
    segments, start = [], None
    for at, label in zip(trace["x"], trace["y"], strict=True):
        if at is None:
            start = None
            continue
        if start is not None:
            segments.append(
                {
                    "x1": x(start),
                    "x2": x(at),
                    "y": y(label),
                    "colour": trace["line"]["color"],
                    "width": trace["line"]["width"],
                }
            )
        start = at
    return segments


def _sign(symbol: str) -> Sign:
    shape = symbol.removesuffix("-open")
    return Sign(SHAPES[shape], filled=shape == symbol and shape != "x")


def _legend_rows(legend: list[dict[str, Any]], width: int) -> list[list[dict[str, Any]]]:
    """The legend broken into rows that fit."""
    rows: list[list[dict[str, Any]]] = [[]]
    used = 8.0
    for entry in legend:
        wide = 30 + len(entry["words"]) * GLYPH
        if rows[-1] and used + wide > width - 8:
            rows.append([])
            used = 8.0
        rows[-1].append({**entry, "x": round(used + 8, 1)})
        used += wide
    return rows
