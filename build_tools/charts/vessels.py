"""Where the tumours grew from, and in which segments of the vessel they lie, with counts of patients."""

from __future__ import annotations

from typing import Any

from build_tools.charts.chart import Chart
from build_tools.charts.patients import GRID, caption, plain, some
from build_tools.charts.places import DOUBTFUL, STATED, UNKNOWN, Row, doubt_words, facts_of, rows_of, who
from build_tools.records.case import Case
from build_tools.records.shape import title_at
from build_tools.review.facts import lower_first
from build_tools.review.review import Review

TITLE = "Origin of the tumours and segments of the vessel"
ROW_HEIGHT = 34
GAP = 1.5
"""The rows of room that a panel takes for its name."""
STYLES = {
    STATED: ("#2f74b5", ""),
    DOUBTFUL: ("#b35a12", "/"),
    UNKNOWN: ("#7a7f86", ""),
}


def draw(review: Review) -> Chart:
    """Each bar is a number of patients, counted by the primary tumour; its name leads to who they are in the
    numbers, and from there to the cases. The structure of origin is what the report gives; hatched where it
    is probable, possible or inferred here. A tumour in two segments counts in both. Not reported, not
    extracted and unclear are bars of their own, and a short bar may only mean that few reports name the
    segment. Where a large tumour began is a judgement, and who is published is not who is ill.
    """
    name = review.names_apart
    origins = rows_of(review, name, "origin")
    segments = rows_of(review, name, "segments")
    known = [{one for row in rows if row.is_known for one in row.names} for rows in (origins, segments)]
    if not any(known):
        return Chart("vessels", TITLE, "No patient has a known origin or segment.", "", None)
    panels = [(title_at(Case, ["lesions", field]) or field, rows) for field, rows in
              (("origin", origins), ("segments", segments)) if rows]  # fmt: skip
    return Chart(
        "vessels",
        TITLE,
        _message(origins, known, len(review.cases), panels[-1][0]),
        caption(draw),
        _figure(panels, review),
        ("Asked", "Answer", "Patients", "Who"),
        tuple(
            (title, row.words, str(len(row.names)), who(row, review))
            for title, rows in panels
            for row in rows
        ),
        facts=facts_of(review, ("origin", "segments")),
    )


def _message(origins: list[Row], known: list[set[str]], total: int, segments: str) -> str:
    first = ""
    if known[0]:
        most = max(len(row.names) for row in origins if row.is_known)
        top = " and ".join(
            lower_first(row.words) for row in origins if row.is_known and len(row.names) == most
        )
        of = f"{most} of {len(known[0])} patients with a known origin"
        first = f"The most frequent origin is the {top}, in {of}. "
    return f"{first}{segments} are known of {len(known[1])} of {total} patients."


def _figure(panels: list[tuple[str, list[Row]]], review: Review) -> dict[str, Any]:
    import plotly.graph_objects as go  # noqa: PLC0415  (half a second: only where a chart is drawn)

    figure = go.Figure()
    total = sum(len(rows) for _, rows in panels) + GAP * (len(panels) - 0.5)
    longest = max(len(row.names) for _, rows in panels for row in rows)
    layout: dict[str, Any] = {}
    words = {
        STATED: "Reported",
        DOUBTFUL: doubt_words(review).capitalize(),
        UNKNOWN: "Not known",
    }
    seen: set[str] = set()
    top = round(1 - GAP / 2 / total, 4)
    notes: list[dict[str, Any]] = []
    links: dict[str, str] = {}
    for i, (title, rows) in enumerate(panels):
        axis = "" if i == 0 else str(i + 1)
        first = len(links) + 1
        links |= {f"y{axis}: {row.words}": f"#{number}" for number, row in enumerate(rows, first)}
        bottom = max(0.0, round(top - len(rows) / total, 4))
        for style, (colour, hatch) in STYLES.items():
            found = [row for row in rows if row.patients.get(style)]
            if found:
                figure.add_bar(
                    x=[len(row.patients[style]) for row in found],
                    y=[row.words for row in found],
                    hovertext=[f"{row.words}: {some(row.patients[style])}" for row in found],
                    orientation="h",
                    name=words[style],
                    legendgroup=style,
                    showlegend=style not in seen,
                    xaxis=f"x{axis}",
                    yaxis=f"y{axis}",
                    marker={
                        "color": colour,
                        "pattern": {"shape": hatch, "fillmode": "overlay", "fgcolor": "#ffffff", "size": 7},
                    },
                    hovertemplate="%{hovertext}<extra></extra>",
                )
                seen.add(style)
        figure.add_scatter(
            x=[len(row.names) for row in rows],
            y=[row.words for row in rows],
            text=[f"\u00a0{len(row.names)}" for row in rows],
            mode="text",
            textposition="middle right",
            showlegend=False,
            hoverinfo="skip",
            name=title,
            xaxis=f"x{axis}",
            yaxis=f"y{axis}",
        )
        is_last = i == len(panels) - 1
        layout[f"xaxis{axis}"] = {
            "range": [0, longest * 1.12],
            "anchor": f"y{axis}",
            "dtick": 1 if longest < 10 else None,
            "zeroline": False,
            "gridcolor": GRID,
            "showticklabels": is_last,
            "title": {"text": f"Patients, of {len(review.cases)}"} if is_last else None,
        }
        layout[f"yaxis{axis}"] = {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [row.words for row in reversed(rows)],
            "range": [-0.5, len(rows) - 0.5],
            "automargin": True,
            "showgrid": False,
            "ticks": "",
            "domain": [bottom, round(top, 4)],
            "anchor": f"x{axis}",
        }
        notes.append(
            {
                "text": title,
                "x": 0,
                "xref": f"x{axis} domain",
                "xanchor": "left",
                "y": 1,
                "yref": f"y{axis} domain",
                "yanchor": "bottom",
                "yshift": 4,
                "showarrow": False,
            }
        )
        top = bottom - GAP / total
    figure.update_layout(
        template=None,
        height=round(90 + ROW_HEIGHT * total),
        annotations=notes,
        barmode="stack",
        bargap=0.36,
        legend={"orientation": "h"},
        meta={"links": links},
        **layout,
    )
    return plain(figure)
