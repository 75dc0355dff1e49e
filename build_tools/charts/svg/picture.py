"""The whole picture, put together from its frame, traces, shapes, words and legend."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from markupsafe import Markup

from build_tools.charts.svg import extras, traces
from build_tools.charts.svg.frame import axis_parts, frame
from build_tools.charts.svg.parts import Part, Words
from build_tools.templates.rendering import render


def draw(figure: dict[str, Any], width: int, title: str, links: dict[str, str] | None = None) -> Markup:
    """The figure in a box of `width` pixels; `links` leads a label of an axis to an address.

    A label that means another thing on each axis has the axis before it: `y2: Not reported`. Words of a
    trace have `text` before them.
    """
    layout = figure["layout"]
    made = frame(figure, width)
    grid, words = axis_parts(made, links or {})
    data: list[Part] = []
    for index, trace in enumerate(figure["data"]):
        data += [
            _linked(part, links or {})
            for part in traces.parts(figure["data"], index, *made.of(trace), layout)
        ]
    shapes = layout.get("shapes") or []
    below = [extras.shape(one, made) for one in shapes if one.get("layer") == "below"]
    above = [extras.shape(one, made) for one in shapes if one.get("layer") != "below"]
    notes = [part for one in layout.get("annotations") or [] for part in extras.annotation(one, made)]
    entries, rows = extras.legend(figure, made)
    return render(
        "chart.svg",
        width=width,
        height=round(made.bottom + made.below + 22 * rows),
        title=title,
        frame=made,
        has_links=any(isinstance(part, Words) and part.link for part in (*words, *data)),
        grid=grid,
        parts=[*below, *data, *above, *notes],
        numbers=[word for word in words if word.moves],
        names=[word for word in words if not word.moves],
        legend=entries,
        key=extras.KEY,
    )


def _linked(part: Part, links: dict[str, str]) -> Part:
    """Words that lead somewhere, with their address."""
    to = links.get("text: " + "\n".join(part.lines)) if isinstance(part, Words) else None
    return replace(part, link=to) if to and isinstance(part, Words) else part
