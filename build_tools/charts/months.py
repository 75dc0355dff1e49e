"""Months along an axis: a step that fits years and their parts."""

from __future__ import annotations

STEPS = (0.5, 1, 2, 3, 6, 12, 24, 60, 120)
MOST = 8
"""More steps than this would run together."""


def step(longest: float) -> float:
    """The months from one tick to the next on an axis as long as this."""
    return next((months for months in STEPS if longest / months <= MOST), 240)


def ticks(longest: float) -> list[float]:
    """The months at which an axis has its ticks, from zero on."""
    return [float(step(longest) * i) for i in range(int(longest / step(longest)) + 1)]
