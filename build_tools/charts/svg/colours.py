"""Colours of a figure: a place on a scale, and what can be read on a ground."""

from __future__ import annotations

from itertools import pairwise

from build_tools.charts.svg.parts import NotDrawable

DARK, LIGHT = "#1b1f21", "#ffffff"


def on(ground: str) -> str:
    """Black or white, whichever is read more easily on a colour."""
    return DARK if contrast(ground, DARK) >= contrast(ground, LIGHT) else LIGHT


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, as WCAG counts it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def at(share: float, scale: list[list[object]]) -> str:
    """The colour of a scale at a share of 0 to 1; in a scale of steps, that of the step."""
    stops = [(float(str(place)), str(colour)) for place, colour in scale]
    for (low, first), (high, second) in pairwise(stops):
        if low <= share <= high and high > low:
            if share == high and (high, second) != stops[-1] and first == second:
                continue  # a step begins at its lower end
            return _between(first, second, (share - low) / (high - low))
    return stops[-1][1]


def _between(first: str, second: str, share: float) -> str:
    if first == second:
        return first
    pairs = zip(_rgb(first), _rgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in _rgb(colour)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> tuple[int, ...]:
    if len(colour) != 7 or not colour.startswith("#"):
        raise NotDrawable(f"write the colour '{colour}' as six hexadecimal digits")
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
