"""The axes of a picture: from a value to its pixel, and what stands at the ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from build_tools.charts.svg.parts import NotDrawable, wide

STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 6, 12, 24, 50, 60, 100, 120, 200, 500, 1000)
ROUGH = 0.6  # an axis shorter than this with steps of whole units says more with one tick than with ten


@dataclass(frozen=True)
class Axis:
    """One axis: `low` and `high` are the values at the pixels `start` and `end`."""

    name: str
    given: dict[str, Any]
    categories: tuple[str, ...]
    low: float
    high: float
    start: float
    end: float

    @property
    def is_category(self) -> bool:
        """Whether it holds names, and not numbers."""
        return bool(self.categories)

    @property
    def title(self) -> str:
        """What it shows."""
        return str((self.given.get("title") or {}).get("text") or "")

    @property
    def is_labelled(self) -> bool:
        """Whether its ticks say what they are."""
        return bool(self.given.get("visible", True) and self.given.get("showticklabels", True))

    @property
    def has_grid(self) -> bool:
        """Whether lines run from its ticks through the picture."""
        return bool(
            not self.is_category and self.given.get("visible", True) and self.given.get("showgrid", True)
        )

    def at(self, value: object) -> float:
        """The pixel of a value; a number on an axis of names counts from the first one's 0."""
        if isinstance(value, str):
            if value not in self.categories:
                raise NotDrawable(f"axis {self.name} has no place for '{value}'")
            value = self.categories.index(value)
        elif not isinstance(value, int | float):
            raise NotDrawable(f"axis {self.name} can't show {value!r}")
        share = (value - self.low) / (self.high - self.low)
        return float(round(self.start + share * (self.end - self.start), 1))

    @property
    def slot(self) -> float:
        """The pixels from one name to the next."""
        return abs(self.end - self.start) / abs(self.high - self.low)

    def ticks(self, most: int) -> list[tuple[object, str]]:
        """The values at which something stands, with the words there; fewer where they would run together."""
        if self.is_category:
            shown = dict(zip(self.given.get("tickvals", ()), self.given.get("ticktext", ()), strict=False))
            return [(name, shown.get(name, name)) for name in self.categories]
        values = self.given.get("tickvals")
        if values is None:
            low, high = sorted((self.low, self.high))
            values = ticks(low, high, most, self.given.get("dtick"))
        words = self.given.get("ticktext") or [self._number(value) for value in values]
        pairs = list(zip(values, words, strict=True))
        every = 1
        while every < len(pairs) and self._is_tight(pairs[::every]):
            every += 1
        return pairs[::every]

    def _is_tight(self, pairs: list[tuple[object, str]]) -> bool:
        if self.name.startswith("y") or len(pairs) < 2:
            return False
        room = min(abs(self.at(b) - self.at(a)) for (a, _), (b, _) in pairwise(pairs))
        return room < max(wide(words) for _, words in pairs) + 8

    def _number(self, value: float) -> str:
        form = self.given.get("tickformat", "")
        if form not in ("", "d", ".0%"):
            raise NotDrawable(f"the static picture knows no tickformat '{form}'")
        words = f"{value * 100:g} %" if form == ".0%" else f"{round(value, 6):g}"
        if len(words) > 6 and value == int(value):
            words = str(int(value))
        return f"{self.given.get('tickprefix', '')}{words}{self.given.get('ticksuffix', '')}"


def ticks(low: float, high: float, most: int, step: float | None = None) -> list[float]:
    """Round numbers from low to high, `most` at most; months step by 6, 12 or 24 where that fits."""
    span = high - low
    steps = [step * i for i in (1, 2, 5, 10, 20, 50)] if step else STEPS if span >= ROUGH else STEPS[6:]
    for size in steps:
        if span / size <= most:
            first, last = math.ceil(round(low / size, 6)), math.floor(round(high / size, 6))
            return [round(size * i, 6) for i in range(first, last + 1)]
    return [low, high]


def span_of(
    name: str, given: dict[str, Any], values: Iterable[object]
) -> tuple[tuple[str, ...], float, float]:
    """The names of an axis, and its lowest and highest value in the direction in which it runs."""
    if given.get("type", "linear") not in ("linear", "category", "-"):
        raise NotDrawable(f"the static picture knows no axis of type '{given['type']}'")
    known = [value for value in values if value is not None]
    categories = tuple(given.get("categoryarray") or ())
    if categories or given.get("type") == "category" or any(isinstance(value, str) for value in known):
        others = dict.fromkeys(value for value in known if isinstance(value, str))
        categories += tuple(other for other in others if other not in categories)
        low, high = -0.5, len(categories) - 0.5
    else:
        low = min((float(v) for v in known if isinstance(v, int | float)), default=0)
        high = max((float(v) for v in known if isinstance(v, int | float)), default=1)
        margin = (high - low) * 0.05 or 1
        low, high = (0 if low == 0 else low - margin), high + margin
    if given.get("range"):
        low, high = given["range"]
    elif given.get("autorange") == "reversed":
        low, high = high, low
    return categories, float(low), float(high)
