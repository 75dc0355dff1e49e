"""What stands in a picture besides traces: lines and areas of reference, words at a place, and the legend."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from build_tools.charts.svg.axes import Axis
from build_tools.charts.svg.bars import hatching
from build_tools.charts.svg.colours import on
from build_tools.charts.svg.frame import Frame
from build_tools.charts.svg.parts import (
    FONT,
    INK,
    LINE,
    NotDrawable,
    Part,
    Stroke,
    Words,
    box,
    dash,
    n,
    sign,
    wide,
)

ANCHORS = {"left": "start", "center": "middle", "right": "end"}
KEY = 17
"""The pixels from the middle of a key to its words."""
DOWN = {"top": 0.8, "middle": 0.35, "bottom": -0.25}


def shape(given: dict[str, Any], made: Frame) -> Stroke:
    """A line, a rectangle, an ellipse or a path of the layout."""
    line = given.get("line") or {}
    colour: str | None = line.get("color", INK)
    width = line.get("width", 2)
    fill = given.get("fillcolor", "none")
    kind = given.get("type")
    if kind == "path":
        path = _along(given, made)
    elif kind in ("line", "rect", "circle"):
        x1, x2 = (_across(given[f"x{i}"], given.get("xref", "x"), made) for i in (0, 1))
        y1, y2 = (_across(given[f"y{i}"], given.get("yref", "y"), made) for i in (0, 1))
        if kind == "line":
            path = f"M{n(x1)} {n(y1)}L{n(x2)} {n(y2)}"
        elif kind == "rect":
            path = box(x1, y1, x2, y2)
        else:
            radii = f"{n(abs(x2 - x1) / 2)} {n(abs(y2 - y1) / 2)} 0 1 0"
            middle = (y1 + y2) / 2
            path = f"M{n(x1)} {n(middle)}A{radii} {n(x2)} {n(middle)}A{radii} {n(x1)} {n(middle)}Z"
    else:
        raise NotDrawable(f"the static picture knows no shape of type '{kind}'")
    return Stroke(path, colour if width else None, width, dash(line), fill, given.get("opacity", 1))


def annotation(given: dict[str, Any], made: Frame) -> list[Part]:
    """Words at a place, with an arrow to it if asked for."""
    x = _across(given.get("x", 0.5), given.get("xref", "paper"), made) + given.get("xshift", 0)
    y = _across(given.get("y", 0.5), given.get("yref", "paper"), made) - given.get("yshift", 0)
    font = given.get("font") or {}
    size, colour = font.get("size", FONT), font.get("color", INK)
    lines = tuple(str(given.get("text", "")).split("\n"))
    found: list[Part] = []
    if given.get("showarrow", True):
        tip = (x, y)
        x, y = x + given.get("ax", -10), y + given.get("ay", -30)
        found.append(
            Stroke(_arrow((x, y), tip), given.get("arrowcolor", colour), given.get("arrowwidth", 1.5))
        )
    anchor = given.get("xanchor", "auto")
    anchor = "center" if anchor == "auto" else anchor
    upright = given.get("yanchor", "auto")
    upright = "middle" if upright == "auto" else upright
    tall = LINE * size / FONT * (len(lines) - 1) * {"top": 0, "middle": 0.5, "bottom": 1}[upright]
    turn = given.get("textangle", 0)
    base = y + size * DOWN[upright] - tall
    return [*found, Words(lines, round(x, 1), round(base, 1), ANCHORS[anchor], colour, size=size, turn=turn)]


@dataclass(frozen=True)
class Entry:
    """One line of the legend: what is drawn around (0, 0), and what it means."""

    parts: tuple[Part, ...]
    words: str
    x: float = 0
    y: float = 0


def legend(figure: dict[str, Any], made: Frame) -> tuple[list[Entry], int]:
    """What each trace means, in rows that fit, and how many rows there are."""
    if figure["layout"].get("showlegend") is False:
        return [], 0
    placed: list[Entry] = []
    used, row, groups = 8.0, 0, set()
    for trace in figure["data"]:
        group = trace.get("legendgroup")
        if not trace.get("name") or trace.get("showlegend") is False or trace.get("type") == "heatmap":
            continue
        if group in groups and "showlegend" not in trace:
            continue
        groups |= {group} if group else set()
        room = KEY + 24 + wide(trace["name"])
        if used > 8 and used + room > made.width - 8:
            used, row = 8, row + 1
        base = made.bottom + made.below + 6 + 22 * row
        placed.append(Entry(tuple(_key(trace)), trace["name"], round(used + 8, 1), base))
        used += room
    return placed, row + 1 if placed else 0


def _key(trace: dict[str, Any]) -> list[Part]:
    """A trace in small."""
    if trace.get("type") == "bar":
        marker = trace.get("marker") or {}
        colour, pattern = marker.get("color", INK), (marker.get("pattern") or {}).get("shape", "")
        colour, pattern = (v[0] if isinstance(v, list) else v for v in (colour, pattern))
        key: list[Part] = [Stroke(box(-7, -6, 7, 6), None, 0, "", colour, trace.get("opacity", 1))]
        return [*key, Stroke(hatching(pattern, -7, -6, 7, 6, 5), on(colour), 1)] if pattern else key
    mode, line = trace.get("mode", "lines"), trace.get("line") or {}
    found: list[Part] = []
    if trace.get("fill", "none") != "none":
        own = trace.get("fillcolor")
        opacity = trace.get("opacity", 1) * (1 if own else 0.2)
        found.append(Stroke(box(-8, -5, 8, 5), None, 0, "", own or line.get("color", INK), opacity))
    if "lines" in mode and line.get("width", 2):
        width = min(line.get("width", 2), 9)
        found.append(
            Stroke("M-9 0H9", line.get("color", INK), width, dash(line), "none", trace.get("opacity", 1))
        )
    if "markers" in mode:
        marker = trace.get("marker") or {}
        symbol, colour = marker.get("symbol", "circle"), marker.get("color", INK)
        found.append(sign(*(v[0] if isinstance(v, list) else v for v in (symbol, colour))))
    return found


def _across(value: Any, ref: str, made: Frame) -> float:
    """The pixel of a place: on an axis, or as a share of the whole or of an axis' own stretch."""
    if ref == "paper":
        raise NotDrawable("a place on 'paper' needs an axis: use 'x domain' or 'y domain'")
    name, _, domain = ref.partition(" ")
    if name not in made.axes:
        raise NotDrawable(f"there is no axis '{name}' to place something on")
    axis: Axis = made.axes[name]
    return axis.start + value * (axis.end - axis.start) if domain else axis.at(value)


def _along(given: dict[str, Any], made: Frame) -> str:
    """A path of the layout, its numbers turned into pixels; they stand on the axes in turn."""
    x, y = (given.get(f"{a}ref", a) for a in "xy")
    path, command, turn = "", "", 0
    for word in re.findall(r"[A-Za-z]|-?[\d.]+", given["path"]):
        if word.isalpha():
            if word not in "MLHVCQZ":
                raise NotDrawable(f"the static picture knows no '{word}' in a path")
            command, turn, path = word, 0, path + word
            continue
        ref = y if command == "V" or (command != "H" and turn % 2) else x
        path += ("" if path[-1].isalpha() else " ") + n(_across(float(word), ref, made))
        turn += 1
    return path


def _arrow(start: tuple[float, float], tip: tuple[float, float]) -> str:
    (a, b), (x, y) = start, tip
    length = max(1.0, ((x - a) ** 2 + (y - b) ** 2) ** 0.5)
    ux, uy = (x - a) / length * 6, (y - b) / length * 6
    side, other = (x - ux - uy * 0.6, y - uy + ux * 0.6), (x - ux + uy * 0.6, y - uy - ux * 0.6)
    wings = f"M{n(side[0])} {n(side[1])}L{n(x)} {n(y)}L{n(other[0])} {n(other[1])}"
    return f"M{n(a)} {n(b)}L{n(x)} {n(y)}{wings}"
