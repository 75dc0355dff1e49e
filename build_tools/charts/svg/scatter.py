"""Lines, markers, words, fillings and error bars of scatter traces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from build_tools.charts.svg.axes import Axis
from build_tools.charts.svg.parts import FONT, INK, LINE, NotDrawable, Part, Stroke, Words, dash, n, sign

Trace = dict[str, Any]
Places = list[tuple[float, float]]
FILLS = ("none", "toself", "tonexty", "tozeroy", "tozerox")
TEXT_PLACES = {"left": ("end", -1), "center": ("middle", 0), "right": ("start", 1)}


def parts(traces: list[Trace], index: int, x: Axis, y: Axis, layout: dict[str, Any]) -> Iterator[Part]:
    """One trace: its filling, its lines, its error bars, its markers and its words, in this order."""
    trace = traces[index]
    mode = trace.get("mode", "lines")
    if unknown := set(mode.split("+")) - {"lines", "markers", "text", "none"}:
        raise NotDrawable(f"the static picture knows no mode '{unknown.pop()}'")
    runs = _runs(trace, x, y)
    yield from _filling(traces, index, runs, x, y)
    if "lines" in mode:
        line = trace.get("line") or {}
        colour, width = line.get("color", INK), line.get("width", 2)
        path = "".join(_path(run) for run in runs if len(run) > 1)
        if path and width:
            yield Stroke(path, colour, width, dash(line), "none", trace.get("opacity", 1))
    yield from _errors(trace, x, y)
    if "markers" in mode:
        yield from _markers(trace, x, y)
    if "text" in mode:
        yield from _words(trace, x, y)


def _points(trace: Trace, x: Axis, y: Axis) -> Iterator[tuple[int, float, float]]:
    """The points that have a place, with their number in the trace."""
    for i, (a, b) in enumerate(zip(trace.get("x") or (), trace.get("y") or (), strict=True)):
        if a is not None and b is not None:
            yield i, x.at(a), y.at(b)


def _runs(trace: Trace, x: Axis, y: Axis) -> list[Places]:
    """The places along the lines of a trace, broken where a value is None, with the corners of its steps."""
    shape = (trace.get("line") or {}).get("shape", "linear")
    if shape not in ("linear", "hv", "vh"):
        raise NotDrawable(f"the static picture knows no line of shape '{shape}'")
    runs: list[Places] = []
    last = -2
    for i, a, b in _points(trace, x, y):
        if i != last + 1:
            runs.append([])
        elif shape != "linear":
            before = runs[-1][-1]
            runs[-1].append((a, before[1]) if shape == "hv" else (before[0], b))
        runs[-1].append((a, b))
        last = i
    return runs


def _path(run: Places, go: str = "M") -> str:
    """A line through places, across and down wherever one of the two stays as it is."""
    words, (a, b) = [f"{go}{n(run[0][0])} {n(run[0][1])}"], run[0]
    for x, y in run[1:]:
        if (x, y) != (a, b):
            words.append(f"H{n(x)}" if y == b else f"V{n(y)}" if x == a else f"L{n(x)} {n(y)}")
        a, b = x, y
    return "".join(words)


def _filling(traces: list[Trace], index: int, runs: list[Places], x: Axis, y: Axis) -> Iterator[Stroke]:
    trace = traces[index]
    fill = trace.get("fill", "none")
    if fill not in FILLS:
        raise NotDrawable(f"the static picture knows no fill '{fill}'")
    if fill == "none" or not runs:
        return
    path = ""
    if fill == "toself":
        path = "".join(f"{_path(run)}Z" for run in runs)
    elif fill == "tonexty":
        below = _runs(traces[index - 1], x, y) if index else []
        if len(below) != len(runs):
            raise NotDrawable("a filling needs the line before it, broken at the same places")
        for run, other in zip(runs, below, strict=True):
            path += f"{_path(run)}{_path(other[::-1], 'L')}Z"
    else:
        for run in runs:
            x1, y1 = run[0]
            foot = f"V{n(y.at(0))}H{n(x1)}" if fill == "tozeroy" else f"H{n(x.at(0))}V{n(y1)}"
            path += f"{_path(run)}{foot}Z"
    line = trace.get("line") or {}
    own = trace.get("fillcolor")
    yield Stroke(
        path, None, 0, "", own or line.get("color", INK), trace.get("opacity", 1) * (1 if own else 0.2)
    )


def _errors(trace: Trace, x: Axis, y: Axis) -> Iterator[Stroke]:
    for name in ("error_x", "error_y"):
        bars = trace.get(name)
        if not bars or not bars.get("visible", True):
            continue
        if bars.get("type", "data") != "data":
            raise NotDrawable(f"the static picture knows no error bars of type '{bars['type']}'")
        colour = bars.get("color") or _one((trace.get("marker") or {}).get("color"), 0) or INK
        up = bars["array"]
        down = up if bars.get("symmetric", "arrayminus" not in bars) else bars["arrayminus"]
        cap = bars.get("width", 4)
        for i, a, b in _points(trace, x, y):
            if up[i] is None or down[i] is None:
                continue
            if name == "error_x":
                low, high = x.at(trace["x"][i] - down[i]), x.at(trace["x"][i] + up[i])
                caps = (
                    f"M{n(low)} {n(b - cap)}v{n(2 * cap)}M{n(high)} {n(b - cap)}v{n(2 * cap)}" if cap else ""
                )
                path = f"M{n(low)} {n(b)}H{n(high)}{caps}"
            else:
                low, high = y.at(trace["y"][i] - down[i]), y.at(trace["y"][i] + up[i])
                caps = (
                    f"M{n(a - cap)} {n(low)}h{n(2 * cap)}M{n(a - cap)} {n(high)}h{n(2 * cap)}" if cap else ""
                )
                path = f"M{n(a)} {n(low)}V{n(high)}{caps}"
            yield Stroke(path, colour, bars.get("thickness", 2))


def _markers(trace: Trace, x: Axis, y: Axis) -> Iterator[Part]:
    marker = trace.get("marker") or {}
    for i, a, b in _points(trace, x, y):
        symbol, colour = _one(marker.get("symbol", "circle"), i), _one(marker.get("color", INK), i)
        size = _one(marker.get("size", 12), i)
        yield sign(symbol, colour, a, b, size, _title(trace, i, y))


def _title(trace: Trace, i: int, y: Axis) -> str:
    """What a point says when a reader points at it."""
    own = trace.get("hovertext") or (trace.get("text") if "text" not in trace.get("mode", "") else None)
    if own is not None:
        return str(_one(own, i)).replace("\n", ", ")
    at, label = trace["x"][i], trace["y"][i]
    at = f"{at:g}" if isinstance(at, int | float) else at
    if y.is_category and isinstance(label, str):
        return f"{label}: {trace.get('name', '')}, {at}"
    return f"{trace.get('name', '')}: {at}, {label:g}"


def _words(trace: Trace, x: Axis, y: Axis) -> Iterator[Words]:
    font = trace.get("textfont") or {}
    gap = 5 + (_one((trace.get("marker") or {}).get("size", 12), 0) / 2 if "markers" in trace["mode"] else 0)
    for i, a, b in _points(trace, x, y):
        text = _one(trace.get("text", ""), i)
        if text in (None, ""):
            continue
        lines = tuple(str(text).split("\n"))
        upright, _, side = str(_one(trace.get("textposition", "middle center"), i)).partition(" ")
        anchor, towards = TEXT_PLACES[side or "center"]
        size = _one(font.get("size", FONT), i)
        tall = LINE * size / FONT * (len(lines) - 1)
        base = b + size * 0.35 - tall / 2
        if upright != "middle":
            base = b - gap - tall if upright == "top" else b + gap + size * 0.8
        colour = _one(font.get("color", INK), i)
        yield Words(lines, round(a + towards * gap, 1), round(base, 1), anchor, colour, size=size)


def _one(value: Any, i: int) -> Any:
    """An entry of a list, or what holds for all."""
    return value[i] if isinstance(value, list) else value
