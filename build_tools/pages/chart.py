"""A chart on a page: the picture for first paint, its numbers as a table, and the files beside it."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from markupsafe import Markup

from build_tools.charts import CHARTS, svg
from build_tools.charts.chart import Chart, NoSuchOption, escaped
from build_tools.exports import facts_csv, rows_csv
from build_tools.pages.page import Download
from build_tools.review.review import Review
from build_tools.templates.rendering import render

MOST_ROWS = 50
"""A table of more numbers than this is a file and does not stand on the page."""
WIDTHS = {"wide": 720, "narrow": 350}


def draw(name: str, options: Mapping[str, object], review: Review) -> Chart:
    """A chart by its name and options, under a name of its own; NoSuchOption if there is none such."""
    if name not in CHARTS:
        raise NoSuchOption(f"there is no chart '{name}'; there are: {', '.join(CHARTS)}")
    takes = list(inspect.signature(CHARTS[name]).parameters.values())[1:]
    known = [one.name for one in takes]
    for option in options:
        if option not in known:
            there = f"it has: {', '.join(known)}" if known else "it has none"
            raise NoSuchOption(f"the chart '{name}' has no option '{option}'; {there}")
    for one in takes:
        if one.default is one.empty and one.name not in options:
            raise NoSuchOption(f"the chart '{name}' needs the option '{one.name}'")
    if "case" in options:  # a chart of one patient shows that patient, whatever became of the report
        made = CHARTS[name](review, **options)
    else:
        made = CHARTS[name](review.standing, **options)
        if gone := len(review.cases) - len(review.standing.cases):
            notes = (*made.notes, f"Left out: {gone} whose report was retracted or withdrawn.")
            made = replace(made, notes=notes)
    return replace(made, name="-".join([name, *_slugs(options)]))


def html(chart: Chart, link: Callable[[str], str]) -> Markup:
    """The chart as a figure of a page; `link` is the way from the page to an address of the site."""
    pictures: dict[str, Markup] = {}
    links: dict[str, str] = {}
    if chart.figure is not None:
        meta = chart.figure["layout"].get("meta") or {}
        links = {
            label: f"#{chart.name}-{to[1:]}" if to.startswith("#") else link(to)
            for label, to in meta.get("links", {}).items()
        }
        pictures = {
            kind: svg.draw(chart.figure, width, chart.message, links) for kind, width in WIDTHS.items()
        }
    has_places = any(to.startswith("#") for to in links.values())
    return render(
        "chart.html", most_rows=MOST_ROWS, chart=chart, pictures=pictures, link=link, has_places=has_places
    )


def files(chart: Chart) -> list[Download]:
    """The files of a chart: its figure for plotly.js, its numbers, and the picture alone."""
    made = []
    if chart.rows:
        numbers = chart.everyone or chart
        text = rows_csv.text(numbers.heads, numbers.rows)
        made.append(Download.of(f"data/charts/{chart.name}.csv", text))
    if chart.facts:
        made.append(Download.of(f"data/charts/{chart.name}-facts.csv", facts_csv.text_of(chart.facts)))
    if chart.figure is not None:
        text = json.dumps(escaped(chart.live), ensure_ascii=False, allow_nan=False)
        made.append(Download.of(f"data/charts/{chart.name}.json", text))
        made.append(Download.of(f"data/charts/{chart.name}.svg", svg.alone(chart)))
    return made


def _slugs(options: Mapping[str, object]) -> list[str]:
    """What a page chose, as parts of a file's name; a list is a layout and no choice."""
    words = []
    for value in options.values():
        if isinstance(value, list | tuple):
            continue
        for one in value.items() if isinstance(value, Mapping) else [(value,)]:
            words += [re.sub(r"[^a-z0-9]+", "-", str(part).lower()).strip("-") for part in one]
    return words
