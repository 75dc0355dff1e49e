"""Charts: one module a chart; each draws from the review alone, with what its page may choose by name."""

from __future__ import annotations

from collections.abc import Callable

from build_tools.charts import (
    coverage,
    diagram,
    evidence,
    flow,
    forest,
    markers,
    sizes,
    survival,
    swimmer,
    timeline,
    vessels,
)
from build_tools.charts.chart import Chart

CHARTS: dict[str, Callable[..., Chart]] = {
    "swimmer": swimmer.draw,
    "survival": survival.draw,
    "forest": forest.draw,
    "markers": markers.draw,
    "sizes": sizes.draw,
    "vessels": vessels.draw,
    "diagram": diagram.draw,
    "coverage": coverage.draw,
    "evidence": evidence.draw,
    "flow": flow.draw,
    "timeline": timeline.draw,
}
"""Name -> the function that draws it from a review; a page asks for a chart by its name, and gives the other
arguments of the function as options."""
