"""Charts: one module a chart; each draws from the review alone."""

from __future__ import annotations

from collections.abc import Callable

from build_tools.charts import swimmer
from build_tools.charts.chart import Chart
from build_tools.review import Review

CHARTS: dict[str, Callable[[Review], Chart]] = {"swimmer": swimmer.draw}
"""Name -> the function that draws it; a page asks for a chart by its name."""
