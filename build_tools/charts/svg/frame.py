"""The frame of a picture: where its panels and axes stand, and the words and lines of the axes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from build_tools.charts.svg.axes import Axis, span_of
from build_tools.charts.svg.parts import FONT, LINE, Stroke, Words, n, wide, wrapped
from build_tools.charts.svg.traces import values_of

ROW = 34
BELOW = 90
"""What a figure's height holds besides its panels: the ticks and the title of the x axis, and the legend."""
TURN = 50
TAP = 24
"""So many pixels a finger needs from one link to the next (WCAG 2.2, target size)."""


@dataclass(frozen=True)
class Frame:
    """The area of the panels in pixels, its axes by name, and how much stands below it."""

    width: int
    left: float
    right: float
    top: float
    bottom: float
    below: float
    axes: dict[str, Axis]

    def of(self, trace: dict[str, Any]) -> tuple[Axis, Axis]:
        """The two axes of a trace."""
        return self.axes[trace.get("xaxis", "x")], self.axes[trace.get("yaxis", "y")]

    def across(self, axis: Axis) -> Axis:
        """The axis on which another one stands."""
        other = "y" if axis.name.startswith("x") else "x"
        anchor = axis.given.get("anchor", other)
        return self.axes[anchor] if anchor in self.axes else self.axes[other]


def frame(figure: dict[str, Any], width: int) -> Frame:
    """The frame of a figure in `width` pixels."""
    layout = figure["layout"]
    spans = {name: span_of(name, _given(layout, name), values) for name, values in _values(figure).items()}
    axes = {name: Axis(name, _given(layout, name), *span, 0, 1) for name, span in spans.items()}
    left = max([14.0, *(_label_width(axis, width) for axis in axes.values() if _is_y(axis))])
    given = float((layout.get("margin") or {}).get("r") or 0)
    across = [_placed(axis, left, width - 14) for axis in axes.values() if not _is_y(axis)]
    right = width - max([14.0, given, *(_overhang(axis) for axis in across)])
    highest = [a for a in axes.values() if _is_y(a) and (a.given.get("domain") or (0, 1))[1] > 0.99]
    top = 8.0 + max([0, *(LINE * len(title_lines(axis, width)) + 6 for axis in highest if axis.title)])
    rows = max((len(axis.categories) for axis in axes.values() if _is_y(axis)), default=0)
    height = layout["height"] - BELOW if layout.get("height") else ROW * rows or 300
    names = [axis for axis in axes.values() if not _is_y(axis) and axis.is_category and axis.is_labelled]
    for axis in names:
        labels = x_labels(_placed(axis, left, right))
        if labels.turn and axis.given.get("side") != "top":
            left = max(left, labels.width - (right - left) / len(axis.categories) / 2)
    over = [axis for axis in names if axis.given.get("side") == "top"]
    top += max([0.0, *(x_labels(_placed(axis, left, right)).height for axis in over)])
    bottom = top + height
    placed = {
        name: _placed(axis, bottom, top) if _is_y(axis) else _placed(axis, left, right)
        for name, axis in axes.items()
    }
    made = Frame(width, left, right, top, bottom, 10, placed)
    lowest = [axis for axis in placed.values() if not _is_y(axis) and made.across(axis).start >= bottom - 1]
    return replace(made, below=max([10.0, *(_room_below(axis) for axis in lowest)]))


def axis_parts(made: Frame, links: dict[str, str]) -> tuple[list[Stroke], list[Words]]:
    """The lines of the grid, and the words of the axes."""
    grid: list[Stroke] = []
    words: list[Words] = []
    most = 9 if made.width > 500 else 5
    for axis in made.axes.values():
        across = made.across(axis)
        if _is_y(axis):
            if axis.has_grid:
                grid += [_line(across.start, axis.at(v), across.end, axis.at(v)) for v, _ in axis.ticks(most)]
            words += _y_words(axis, across, links, most, made.width)
        else:
            if axis.has_grid:
                grid += [_line(axis.at(v), across.end, axis.at(v), across.start) for v, _ in axis.ticks(most)]
            words += _x_words(axis, across, links, most)
    return grid, words


@dataclass(frozen=True)
class Labels:
    """The names below an x axis: in lines, or turned where they would run together."""

    lines: tuple[tuple[str, ...], ...]
    turn: bool
    width: float
    height: float
    size: float = FONT


def x_labels(axis: Axis) -> Labels:
    """How the names of an x axis fit."""
    words = [text for _, text in axis.ticks(99)]
    longest = max((max(wide(part) for part in text.split()) for text in words if text.split()), default=0)
    if longest + 6 <= axis.slot:
        lines = tuple(wrapped(text, axis.slot - 6, 3) for text in words)
        return Labels(lines, False, axis.slot, LINE * max(len(one) for one in lines))
    lines = tuple(wrapped(text.replace("\n", " "), wide("m" * 24), 1) for text in words)
    if axis.given.get("side") == "top":
        size = min(FONT, max(9.0, round(axis.slot) - 2))
        return Labels(lines, True, 0, max(wide(one[0], size) for one in lines) + 6, size)
    angle = math.radians(TURN)
    length = max(wide(one[0]) for one in lines)
    return Labels(lines, True, length * math.cos(angle), length * math.sin(angle) + LINE)


def _x_words(axis: Axis, across: Axis, links: dict[str, str], most: int) -> Iterator[Words]:
    if not axis.is_labelled:
        return
    above = axis.given.get("side") == "top"
    base = across.start
    if axis.is_category:
        labels = x_labels(axis)
        for (value, text), lines in zip(axis.ticks(most), labels.lines, strict=True):
            x, y, anchor, turn = axis.at(value), base + 18, "middle", 0
            if above:
                y = across.end - 6 - (0 if labels.turn else LINE * (len(lines) - 1))
                x, anchor, turn = (x + labels.size * 0.33, "start", -90) if labels.turn else (x, anchor, turn)
            elif labels.turn:
                x, y, anchor, turn = x + 4, base + 14, "end", -TURN
            link = _link(axis, str(value), links) if axis.slot >= TAP else None
            yield Words(
                lines, round(x, 1), y, anchor, turn=turn, link=link, title=_cut(text, lines), size=labels.size
            )
        tall = 0 if above else labels.height
    else:
        for value, text in axis.ticks(most):
            yield Words((text,), axis.at(value), base + 18, moves=True)
        tall = LINE
    if axis.title:
        yield Words((axis.title,), (axis.start + axis.end) / 2, base + tall + 22, quiet=True)


def _y_words(axis: Axis, across: Axis, links: dict[str, str], most: int, width: int) -> Iterator[Words]:
    if axis.title:
        lines = title_lines(axis, width)
        base = min(axis.start, axis.end) - 12 - LINE * (len(lines) - 1)
        yield Words(lines, 8, base, "start", quiet=True)
    if not axis.is_labelled:
        return
    x = across.start - 10
    for value, text in axis.ticks(most):
        lines = _y_lines(axis, text, across.start - 14)
        high = axis.at(value) + 4.5 - LINE * (len(lines) - 1) / 2
        link = _link(axis, str(value), links) if axis.is_category else None
        yield Words(lines, x, high, "end", link=link, title=_cut(text, lines), moves=not axis.is_category)


def _link(axis: Axis, label: str, links: dict[str, str]) -> str | None:
    """Where a label leads: on this axis alone, or on any."""
    return links.get(f"{axis.name}: {label}", links.get(label))


def title_lines(axis: Axis, width: int) -> tuple[str, ...]:
    """The title of a y axis, which stands above it from the left edge on."""
    return wrapped(axis.title, width - 16, 2)


def _y_lines(axis: Axis, text: str, room: float) -> tuple[str, ...]:
    most = max(1, int((axis.slot if axis.is_category else ROW) / LINE))
    return wrapped(text, room, most)


def _cut(text: str, lines: tuple[str, ...]) -> str:
    """The whole label, where it is broken into lines or shortened."""
    return "" if lines == (text,) else text.replace("\n", " ")


def _label_width(axis: Axis, width: int) -> float:
    if not axis.is_labelled:
        return 14
    longest = max((wide(line) for _, text in axis.ticks(9) for line in text.split("\n")), default=0)
    return float(min(longest + (14 if axis.is_category else 22), width * 0.42))


def _overhang(axis: Axis) -> float:
    """How far the words of the last tick reach beyond an x axis of numbers that ends there."""
    shown = axis.ticks(9) if axis.is_labelled and not axis.is_category else []
    ends = [text for value, text in shown if value == max(axis.low, axis.high)]
    return wide(ends[0]) / 2 + 4 if ends else 0


def _room_below(axis: Axis) -> float:
    if not axis.is_labelled:
        return 10
    labels = x_labels(axis).height if axis.is_category and axis.given.get("side") != "top" else LINE
    if axis.given.get("side") == "top":
        labels = 0
    return labels + (36 if axis.title else 14)


def _placed(axis: Axis, first: float, last: float) -> Axis:
    low, high = axis.given.get("domain") or (0, 1)
    return replace(axis, start=first + low * (last - first), end=first + high * (last - first))


def _values(figure: dict[str, Any]) -> dict[str, list[object]]:
    """The values on each axis of a figure."""
    found: dict[str, list[object]] = {"x": [], "y": []}
    for trace in figure["data"]:
        for name, values in values_of(trace).items():
            found.setdefault(trace.get(f"{name}axis", name), []).extend(values)
    return found


def _given(layout: dict[str, Any], name: str) -> dict[str, Any]:
    given: dict[str, Any] = layout.get(f"{name[0]}axis{name[1:]}") or {}
    return given


def _is_y(axis: Axis) -> bool:
    return axis.name.startswith("y")


def _line(x1: float, y1: float, x2: float, y2: float) -> Stroke:
    return Stroke(f"M{n(x1)} {n(y1)}L{n(x2)} {n(y2)}")
