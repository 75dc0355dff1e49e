"""The swimmer plot: each patient a lane from time zero to the last news, with what happened on the way."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import Any

from build_tools.charts import months
from build_tools.charts.chart import Chart
from build_tools.charts.patients import caption, patient, plain
from build_tools.review.derived import STATUS_WORDS, is_lower_bound, months_of, status
from build_tools.review.facts import lower_first
from build_tools.review.review import PublishedCase, Review

# Colours that hold a contrast of 3 to 1 or more on white and on the dark ground, and for colour-blind
# readers; the shape of each sign says the same without colour.
LANE = "#5b87b0"
SIGNS: dict[str, tuple[str, str, str]] = {
    "therapy_start": ("Drug treatment begins", "triangle-up", "#8a63b8"),
    "residual_tumour": ("Tumour left behind", "square-open", "#b0722a"),
    "progression": ("Tumour grows", "triangle-up", "#b0722a"),
    "local_recurrence": ("Local recurrence", "diamond", "#c2571a"),
    "metastasis": ("Metastasis", "star", "#c2571a"),
    "relapse_unspecified": ("Relapse, kind not said", "diamond-open", "#c2571a"),
    "death": ("Death", "x", "#c43a3a"),
    "last_contact": ("Last news, alive", "triangle-right", LANE),
}


def draw(review: Review) -> Chart:
    """Each lane is one published patient, counted from time zero (surgery unless the case says otherwise).

    These are single case reports, not a cohort: who is published is not who is ill, follow-up is uneven,
    and longer survival leaves more time to be reported. A lane's length is time observed, not a comparison.
    """
    lanes = sorted(
        ((time, case) for case in review.cases.values() if (time := _time(case)) is not None),
        key=lambda lane: (lane[0], lane[1].id),
    )
    out = [case for case in review.cases.values() if _time(case) is None]
    names = review.names_apart
    if not lanes:
        return Chart("swimmer", "Follow-up of each patient", "No patient has a known follow-up.", "", None)
    dead = sum(1 for _, case in lanes if _is_dead(case))
    longest = lanes[-1][0]
    late = [f"{names[case.id]}, {words}" for time, case in lanes for words in _late(case, time)]
    message = (
        f"{len(lanes)} of {len(review.cases)} patients have a known follow-up, from {lanes[0][0]:g} to "
        f"{longest:g} months; {dead} of the {len(lanes)} died."
    )
    return Chart(
        "swimmer",
        "Follow-up of each patient",
        message,
        caption(draw),
        _figure(lanes, names),
        ("Patient", "Follow-up (months)", "Status", "Events"),
        tuple(_row(names[case.id], time, case, review) for time, case in reversed(lanes)),
        "Not drawn, for no follow-up is known: " + ", ".join(names[c.id] for c in out) if out else "",
        (f"Not drawn, for it is told for a time after the last news: {'; '.join(late)}.",) if late else (),
    )


def _figure(lanes: list[tuple[float, PublishedCase]], names: Mapping[str, str]) -> dict[str, Any]:
    import plotly.graph_objects as go  # noqa: PLC0415  (half a second: only where a chart is drawn)

    labels = [names[case.id] for _, case in lanes]
    figure = go.Figure()
    xs: list[float | None] = []
    ys: list[str | None] = []
    for (time, _), label in zip(lanes, labels, strict=True):
        xs += [0, time, None]
        ys += [label, label, None]
    figure.add_scatter(
        x=xs,
        y=ys,
        mode="lines",
        line={"width": 9, "color": LANE},
        opacity=0.5,
        name="Time observed",
        showlegend=False,
        hoverinfo="skip",
    )
    for kind, (words, symbol, colour) in SIGNS.items():
        points = [
            (at, label)
            for (time, case), label in zip(lanes, labels, strict=True)
            for at in _times(case, kind, time)
        ]
        if points:
            figure.add_scatter(
                x=[at for at, _ in points],
                y=[label for _, label in points],
                mode="markers",
                name=words,
                marker={
                    "symbol": symbol,
                    "size": 12,
                    "color": colour,
                    "line": {"width": 1.5, "color": colour},
                },
                hovertemplate=f"%{{y}}<br>{words}: %{{x}} months<extra></extra>",
            )
    figure.update_layout(
        template=None,
        height=90 + 34 * len(lanes),
        xaxis={
            "title": {"text": "Months since time zero"},
            "range": [0, lanes[-1][0] * 1.06 or 1],
            "dtick": months.step(lanes[-1][0]),
            "zeroline": False,
        },
        yaxis={"categoryorder": "array", "categoryarray": labels, "range": [-0.5, len(labels) - 0.5]},
        legend={"orientation": "h"},
        meta={"links": {label: f"cases/{case.id}/" for (_, case), label in zip(lanes, labels, strict=True)}},
    )
    return plain(figure)


def _late(case: PublishedCase, last: float) -> list[str]:
    """What is told for a time after the last news, which of a range is its lower bound."""
    return [
        f"{lower_first(words)} at {at:g} months"
        for kind, (words, _, _) in SIGNS.items()
        if kind not in ("death", "last_contact")
        for at in _times(case, kind, inf)
        if at > last
    ]


def _times(case: PublishedCase, kind: str, last: float) -> list[float]:
    if kind == "last_contact":
        return [] if _is_dead(case) else [last]
    if kind == "death":
        return [last] if _is_dead(case) else []
    return [
        at
        for event in _events(case, kind)
        if (at := months_of(case, f"{event}.at")) is not None and at <= last
    ]


def _events(case: PublishedCase, kind: str) -> list[str]:
    return [
        event.path
        for top in case.facts
        if top.path == "events"
        for event in top.children
        if event.term == kind
    ]


def _time(case: PublishedCase) -> float | None:
    return months_of(case, "follow_up.last_contact")


def _is_dead(case: PublishedCase) -> bool:
    vital = case.by_path.get("outcome.vital")
    return vital is not None and vital.value == "dead"


def _row(name: str, time: float, case: PublishedCase, review: Review) -> tuple[str, ...]:
    code = status(case, review)
    bound = "at least " if is_lower_bound(case.by_path.get("follow_up.last_contact")) else ""
    happened = [
        f"{words} at {at:g} months"
        for kind, (words, _, _) in SIGNS.items()
        if kind not in ("death", "last_contact")
        for at in _times(case, kind, time)
    ]
    words = STATUS_WORDS.get(code.text, code.text) if code else "not reported"
    return (patient(case, name), f"{bound}{time:g}", words, "; ".join(happened) or "none reported")
