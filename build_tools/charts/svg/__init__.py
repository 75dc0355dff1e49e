"""A Plotly figure as a static SVG: the same picture for first paint, print, and readers without scripts.

It draws what this project's figures use, always the same bytes for the same figure, and raises NotDrawable
for anything else, so that nothing is left out unseen. Ground, axes and words take the page's colours.
"""

from __future__ import annotations

from build_tools.charts.svg.alone import alone
from build_tools.charts.svg.axes import ticks
from build_tools.charts.svg.parts import SHAPES, NotDrawable
from build_tools.charts.svg.picture import draw

__all__ = ["SHAPES", "NotDrawable", "alone", "draw", "ticks"]
