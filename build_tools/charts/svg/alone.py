"""A picture as a file of its own: with its finding, its caveat and its colours, for slides and papers."""

from __future__ import annotations

import re

from build_tools.charts.chart import Chart
from build_tools.charts.svg.parts import FONT, LINE, wrapped
from build_tools.charts.svg.picture import draw
from build_tools.templates.rendering import render

WIDTH = 720
HEADING = 17


def alone(chart: Chart) -> str:
    """The picture of a chart as an SVG file; a chart that has no figure has no such file."""
    if chart.figure is None:
        raise ValueError(f"the chart '{chart.name}' has no figure")
    room = WIDTH - 28
    titles = wrapped(chart.title, room * FONT / HEADING, 9)
    head = [(26 + 22 * i, line) for i, line in enumerate(titles)]
    head += [(head[-1][0] + 20 + LINE * i, line) for i, line in enumerate(wrapped(chart.message, room, 20))]
    top = head[-1][0] + 14
    picture = draw(chart.figure, WIDTH, chart.message)
    height = int(re.search(r'height="(\d+)"', picture)[1])  # type: ignore[index]
    words = " ".join(_below(chart))
    foot = [(top + height + 24 + LINE * i, line) for i, line in enumerate(wrapped(words, room, 40))]
    return (
        str(
            render(
                "chart_alone.svg",
                width=WIDTH,
                height=foot[-1][0] + 16,
                title=chart.title,
                titles=len(titles),
                head=head,
                top=top,
                picture=picture,
                foot=foot,
            )
        )
        + "\n"
    )


def _below(chart: Chart) -> list[str]:
    """What stands below the picture on its page, so that it travels with the file."""
    said = list(chart.notes)
    if chart.aside is not None:
        rows = "; ".join(f"{row[0]}, {row[-1]}" for row in chart.aside.rows)
        said += [f"{chart.aside.title}: {rows}.", chart.aside.words]
    return [*said, chart.caption, f"{chart.left_out}." if chart.left_out else ""]
