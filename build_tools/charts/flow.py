"""How reports came into the review: the flow of records as PRISMA 2020 draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from build_tools.charts.chart import Chart
from build_tools.charts.patients import caption, plain
from build_tools.charts.words import sentence
from build_tools.records.search import Search
from build_tools.review.review import Review

TITLE = "Flow of records"
DATABASES = ("database", "register")
ROW_HEIGHT = 70
HALF = 0.37
"""Half the height of a box, in rows."""


@dataclass(frozen=True)
class _Step:
    """One box: what is counted, how many are left, how many were lost on the way to it, and more of that."""

    words: str
    left: int
    lost: str
    details: str


@dataclass(frozen=True)
class _Arm:
    """One way in which records were found, as a column of boxes; `head` is its title inside a box."""

    title: str
    head: str
    searches: tuple[Search, ...]

    @property
    def steps(self) -> tuple[_Step, ...]:
        """From the records that were found to the reports in the review."""
        found = sum(search.records for search in self.searches)
        screened = found - sum(search.duplicates for search in self.searches)
        sought = screened - sum(search.screened_out for search in self.searches)
        read = sought - sum(search.not_retrieved for search in self.searches)
        reasons = [one for search in self.searches for one in search.excluded]
        kept = read - sum(reason.count for reason in reasons)
        return (
            _Step("Records found", found, "", "; ".join(map(_source, self.searches))),
            _Step("Screened", screened, f"{found - screened} were duplicates", ""),
            _Step("Reports sought", sought, f"{screened - sought} screened out", ""),
            _Step("Reports read", read, f"{sought - read} not retrieved", ""),
            _Step(
                "In the review",
                kept,
                f"{read - kept} left out",
                "; ".join(f"{one.reason.rstrip('.')}: {one.count}" for one in reasons),
            ),
        )


def draw(review: Review) -> Chart:
    """Each column is a way in which records were found; downwards it says how many were left at each step,
    and how many were lost before it. Reports and patients are two numbers: one report can describe several
    patients, and one patient can stand in several reports. A report that was not retrieved can still be
    known from another one that tells of its patients.
    """
    if not review.searches:
        return Chart("flow", TITLE, "No search is recorded yet.", "", None)
    searches = tuple(review.searches.values())
    arms = (
        _Arm(
            "Databases and registers",
            "Databases, registers",
            tuple(one for one in searches if one.method in DATABASES),
        ),
        _Arm("Other ways", "Other ways", tuple(one for one in searches if one.method not in DATABASES)),
    )
    included = {report for search in searches for report in search.included}
    known = {report for search in searches for report in search.known} - included
    patients = f"{len(review.cases)} patient{'' if len(review.cases) == 1 else 's'}"
    if review.persons_if_split != len(review.cases):
        patients += f" ({review.persons_if_split} if probable pairs are split)"
    result = (f"{len(included)} reports read,", f"{len(known)} known only from another,", patients)
    return Chart(
        "flow",
        TITLE,
        _message(arms, " ".join(result)),
        caption(draw),
        _figure(arms, result),
        ("Way", "Step", "Left", "Lost before", "Details"),
        (
            *(
                (arm.title, step.words, str(step.left), step.lost or "none", step.details or "none")
                for arm in arms
                if arm.searches
                for step in arm.steps
            ),
            ("All ways", "Reports read", str(len(included)), "none", "each report once"),
            ("All ways", "Reports known only from another", str(len(known)), "none", "each report once"),
            ("All ways", "Patients", str(len(review.cases)), "none", patients),
        ),
        notes=tuple(f"{sentence(one.where)} {one.note}" for one in searches if one.note),
    )


def _source(search: Search) -> str:
    return f"{search.method.replace('_', ' ')}: {search.records} ({search.where}, {search.date})"


def _message(arms: Sequence[_Arm], result: str) -> str:
    found = [
        f"{arm.steps[0].left} records by {'databases and registers' if i == 0 else 'other ways'}"
        for i, arm in enumerate(arms)
        if arm.searches
    ]
    missing = "" if arms[0].searches else " No database or register has been searched yet."
    return f"Found: {' and '.join(found)}. In the review: {result}.{missing}"


def _figure(arms: Sequence[_Arm], result: Sequence[str]) -> dict[str, Any]:
    import plotly.graph_objects as go  # noqa: PLC0415  (half a second: only where a chart is drawn)

    last = max(len(arm.steps) for arm in arms)
    shapes: list[dict[str, Any]] = []
    places: list[tuple[float, float, str, str]] = []
    arrows: list[tuple[float, float]] = []
    for i, arm in enumerate(arms):
        boxes = [
            (f"{step.words}: {step.left}" + (f"\n{step.lost}" if step.lost else ""), step.details)
            for step in arm.steps
        ]
        if not arm.searches:
            boxes = [("none searched yet", "")]
        boxes[0] = (f"{arm.head}\n{boxes[0][0]}", boxes[0][1])
        for row, (words, details) in enumerate(boxes):
            shapes.append(_box(i + 0.04, i + 0.96, row))
            places.append((i + 0.5, row, words, details))
            if arm.searches:
                end = row + 1 - HALF
                shapes.append(_line(i + 0.5, row + HALF, end))
                arrows.append((i + 0.5, end))
    shapes.append(_box(0.04, len(arms) - 0.04, last))
    places.append((len(arms) / 2, last, "\n".join(result), ""))
    figure = go.Figure()
    figure.add_scatter(
        x=[x for x, _ in arrows],
        y=[y - 0.06 for _, y in arrows],
        mode="markers",
        name="Flow",
        marker={"symbol": "triangle-down", "size": 8, "color": "#7a7f86", "line": {"width": 0}},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[x for x, _, _, _ in places],
        y=[y for _, y, _, _ in places],
        text=[words for _, _, words, _ in places],
        hovertext=[details or words for _, _, words, details in places],
        mode="text",
        textposition="middle center",
        textfont={"size": 13},
        name="Boxes",
        hovertemplate="%{hovertext}<extra></extra>",
    )
    hidden = {"visible": False, "fixedrange": True}
    figure.update_layout(
        template=None,
        height=90 + ROW_HEIGHT * (last + 1),
        showlegend=False,
        shapes=shapes,
        xaxis={"range": [0, len(arms)], **hidden},
        yaxis={"range": [last + 0.5, -0.5], **hidden},
    )
    return plain(figure)


def _box(left: float, right: float, row: float) -> dict[str, Any]:
    return {"type": "rect", "x0": left, "x1": right, "y0": row - HALF, "y1": row + HALF, "line": {"width": 1}}


def _line(x: float, top: float, bottom: float) -> dict[str, Any]:
    return {"type": "line", "x0": x, "x1": x, "y0": top, "y1": bottom, "line": {"width": 1}}
