"""Bars, standing or lying, beside or on each other, filled or hatched, with words on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from build_tools.charts.svg.axes import Axis
from build_tools.charts.svg.colours import on
from build_tools.charts.svg.parts import FONT, INK, NotDrawable, Part, Stroke, Words, box, n, wide

Trace = dict[str, Any]
HATCHES = ("", "/", "\\", "x", "-", "|", "+")


@dataclass(frozen=True)
class Bar:
    """One bar: its number in the trace, and its corners in pixels."""

    number: int
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """x1, y1, x2, y2."""
        return self.x1, self.y1, self.x2, self.y2


def parts(traces: list[Trace], index: int, x: Axis, y: Axis, layout: dict[str, Any]) -> Iterator[Part]:
    """The bars of one trace, each with its words."""
    trace = traces[index]
    lying = trace.get("orientation", "v") == "h"
    length, names = (x, y) if lying else (y, x)
    marker = trace.get("marker") or {}
    for bar in _bars(traces, index, length, names, layout):
        i = bar.number
        colour = _one(marker.get("color", INK), i)
        edge = marker.get("line") or {}
        yield Stroke(
            box(*bar.corners),
            _one(edge.get("color"), i) if edge.get("width") else None,
            edge.get("width", 0),
            "",
            colour,
            trace.get("opacity", 1),
            _title(trace, i),
        )
        if hatch := _one((marker.get("pattern") or {}).get("shape", ""), i):
            yield Stroke(hatching(hatch, *bar.corners), on(colour), 1, "", "none", 0.75)
        yield from _words(trace, bar, colour, lying)


def values(trace: Trace) -> dict[str, list[object]]:
    """What bars put on their axes: their length counts from zero."""
    length = "x" if trace.get("orientation", "v") == "h" else "y"
    found = {name: list(trace.get(name) or ()) for name in ("x", "y")}
    return {name: [0, *those] if name == length else those for name, those in found.items()}


def _bars(
    traces: list[Trace], index: int, length: Axis, names: Axis, layout: dict[str, Any]
) -> Iterator[Bar]:
    trace = traces[index]
    mode = layout.get("barmode", "group")
    if mode not in ("group", "stack", "overlay"):
        raise NotDrawable(f"the static picture knows no barmode '{mode}'")
    whole = 1 - layout.get("bargap", 0.2)
    sides = [i for i, t in enumerate(traces) if t.get("type") == "bar" and _same_axes(t, trace)]
    wide_one = trace.get("width") or (whole / len(sides) if mode == "group" else whole)
    offset = (sides.index(index) - (len(sides) - 1) / 2) * wide_one if mode == "group" else 0
    for i, (name, value) in enumerate(_pairs(trace)):
        if value is None:
            continue
        begin = _one(trace.get("base", 0), i) or 0
        if mode == "stack":
            begin = sum(
                v or 0 for t in (traces[s] for s in sides if s < index) for k, v in _pairs(t) if k == name
            )
        middle = names.categories.index(name) if isinstance(name, str) else name
        step = (names.end - names.start) / (names.high - names.low)
        low = names.start + (middle + offset - wide_one / 2 - names.low) * step
        high, ends = low + wide_one * step, (length.at(begin), length.at(begin + value))
        if names.name.startswith("x"):
            yield Bar(i, low, ends[0], high, ends[1])
        else:
            yield Bar(i, ends[0], low, ends[1], high)


def _pairs(trace: Trace) -> list[tuple[Any, Any]]:
    """Each bar's name and length."""
    lying = trace.get("orientation", "v") == "h"
    first, second = ("y", "x") if lying else ("x", "y")
    return list(zip(trace[first], trace[second], strict=True))


def _words(trace: Trace, bar: Bar, colour: str, lying: bool) -> Iterator[Words]:
    text = _one(trace.get("text"), bar.number)
    where = trace.get("textposition", "auto")
    if text in (None, "") or where == "none":
        return
    text = str(text)
    x1, y1, x2, y2 = bar.corners
    fits = wide(text) + 6 <= abs(x2 - x1) and abs(y2 - y1) >= FONT + 3
    size = (trace.get("textfont") or {}).get("size", FONT)
    if where == "inside" or (where == "auto" and fits):
        if fits:
            ink = (trace.get("textfont") or {}).get("color") or on(colour)
            yield Words((text,), (x1 + x2) / 2, (y1 + y2) / 2 + size * 0.35, "middle", ink, size=size)
        return
    if lying:
        yield Words((text,), max(x1, x2) + 6, (y1 + y2) / 2 + size * 0.35, "start", size=size)
    else:
        yield Words((text,), (x1 + x2) / 2, min(y1, y2) - 6, "middle", size=size)


def hatching(hatch: str, x1: float, y1: float, x2: float, y2: float, gap: float = 7) -> str:
    """Lines inside a rectangle, so that a bar is known without its colour."""
    if hatch not in HATCHES:
        raise NotDrawable(f"the static picture knows no pattern '{hatch}'")
    left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
    path = ""
    if hatch in "-+":
        path += "".join(f"M{n(left)} {n(at)}H{n(right)}" for at in _steps(top + gap / 2, bottom, gap))
    if hatch in "|+":
        path += "".join(f"M{n(at)} {n(top)}V{n(bottom)}" for at in _steps(left + gap / 2, right, gap))
    if hatch in "/x":  # where x + y is the same
        for at in _steps(left + top + gap / 2, right + bottom, gap):
            a, b = max(left, at - bottom), min(right, at - top)
            path += f"M{n(a)} {n(at - a)}L{n(b)} {n(at - b)}"
    if hatch in "\\x":  # where x - y is the same
        for at in _steps(left - bottom + gap / 2, right - top, gap):
            a, b = max(left, at + top), min(right, at + bottom)
            path += f"M{n(a)} {n(a - at)}L{n(b)} {n(b - at)}"
    return path


def _steps(start: float, end: float, gap: float) -> list[float]:
    return [start + gap * i for i in range(max(0, int((end - start) / gap) + 1)) if start + gap * i < end]


def _title(trace: Trace, i: int) -> str:
    own = trace.get("hovertext")
    if own is not None:
        return str(_one(own, i)).replace("\n", ", ")
    name, value = _pairs(trace)[i]
    series = f", {trace['name']}" if trace.get("name") else ""
    return f"{name}{series}: {value:g}"


def _same_axes(one: Trace, other: Trace) -> bool:
    return all(one.get(f"{a}axis", a) == other.get(f"{a}axis", a) for a in "xy")


def _one(value: Any, i: int) -> Any:
    return value[i] if isinstance(value, list) else value
