"""Heat maps: a cell for each pair of names, with a colour and a word; an empty cell stays empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from build_tools.charts.svg import colours
from build_tools.charts.svg.axes import Axis
from build_tools.charts.svg.parts import FONT, NotDrawable, Part, Stroke, Words, box, wide


def parts(
    traces: list[dict[str, Any]], index: int, x: Axis, y: Axis, layout: dict[str, Any]
) -> Iterator[Part]:
    """The cells of one map."""
    trace = traces[index]
    scale, low, high = trace.get("colorscale"), trace.get("zmin"), trace.get("zmax")
    if not isinstance(scale, list) or low is None or high is None:
        raise NotDrawable("a heat map needs a colorscale as a list, zmin and zmax")
    gap_x, gap_y = trace.get("xgap", 0), trace.get("ygap", 0)
    for j, (row, name_y) in enumerate(zip(trace["z"], trace["y"], strict=True)):
        for i, (value, name_x) in enumerate(zip(row, trace["x"], strict=True)):
            if value is None:
                continue
            a, b = x.at(name_x), y.at(name_y)
            half_x, half_y = (x.slot - gap_x) / 2, (y.slot - gap_y) / 2
            colour = colours.at((value - low) / (high - low), scale)
            cell = box(a - half_x, b - half_y, a + half_x, b + half_y)
            text = _cell(trace.get("text"), i, j)
            title = _cell(trace.get("hovertext"), i, j) or f"{name_y}, {name_x}: {text or f'{value:g}'}"
            yield Stroke(cell, None, 0, "", colour, trace.get("opacity", 1), title.replace("\n", ", "))
            if text and trace.get("texttemplate") and wide(text) <= 2 * half_x + 4:
                font = trace.get("textfont") or {}
                ink = font.get("color") or colours.on(colour)
                size = font.get("size", FONT)
                yield Words((text,), a, b + size * 0.35, "middle", ink, size=size)


def _cell(rows: list[list[str]] | None, i: int, j: int) -> str:
    return str(rows[j][i] or "") if rows else ""
