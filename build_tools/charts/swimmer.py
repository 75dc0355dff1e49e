"""The swimmer plot: each patient a lane from time zero to the last follow-up, with its events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, inf
from typing import Any

from build_tools.charts import months, words
from build_tools.charts.chart import Chart, Everyone
from build_tools.charts.patients import INFERRED, MOST_LANES, caption, doubt, fate, patient, plain, some
from build_tools.review.facts import Fact, lower_first
from build_tools.review.review import PublishedCase, Review
from build_tools.review.times import at_words, bounds_in_months, is_exact, months_of, time_words

# Colours that hold a contrast of 3 to 1 or more on white and on the dark ground, and for colour-blind
# readers; the shape of each sign says the same without colour.
LANE = "#5b87b0"
LAST = "follow_up.last_contact"
SIGNS: dict[str, tuple[str, str, str]] = {
    "therapy_start": ("Drug treatment begins", "triangle-up", "#8a63b8"),
    "residual_tumour": ("Residual tumour", "square", "#b0722a"),
    "progression": ("Progression", "triangle-up", "#b0722a"),
    "local_recurrence": ("Local recurrence", "diamond", "#c2571a"),
    "metastasis": ("Metastasis", "star", "#c2571a"),
    "relapse_unspecified": ("Relapse, kind not said", "hexagon", "#c2571a"),
    "death": ("Death", "x", "#c43a3a"),
    "last_contact": ("Last follow-up, alive", "triangle-right", LANE),
}


FEW = 5
"""Fewer lanes than this share an axis that is as long as the longest."""
ENDS = {"death": True, "last_contact": False}
"""The signs at the end of a lane, and whether the patient is dead there."""


LATE = "Not drawn, for it is reported for a time after the last follow-up"
LOOSE = "Not drawn, for its time is reported as a range, a bound or before time zero"


def draw(review: Review) -> Chart:
    """Each lane is one published patient, counted from time zero (surgery unless the case says otherwise).

    These are single case reports, not a cohort: who is published is not who is ill, follow-up is uneven,
    and longer survival leaves more time to be reported. A lane's length is time observed, not a comparison.
    A filled sign is an event that a report tells; an open one is probable, possible or inferred here, and its
    words say which.
    """
    lanes = sorted(
        ((time, case) for case in review.cases.values() if (time := _time(case)) is not None),
        key=lambda lane: (lane[0], lane[1].id),
    )
    out = [case for case in review.cases.values() if bounds_in_months(case, LAST) is None]
    names = review.names_apart
    if not lanes:
        return Chart("swimmer", "Follow-up of each patient", "No patient has a known follow-up.", "", None)
    dead = sum(1 for _, case in lanes if _is_dead(case))
    longest = lanes[-1][0]
    late = [f"{names[case.id]}, {one}" for time, case in lanes for one in _late(case, time)]
    loose = [f"{names[case.id]}, {one}" for case in review.cases.values() for one in _loose(case)]
    message = (
        f"{len(lanes)} of {len(review.cases)} patients have a known follow-up, from {lanes[0][0]:g} to "
        f"{words.months(longest)}; {dead} of the {len(lanes)} died."
    )
    drawn = lanes[-MOST_LANES:]
    end = _end([time for time, _ in drawn])
    heads = ("Patient", "Follow-up (months)", "Status", "Events")
    rows = tuple(_row(names[case.id], time, case, review) for time, case in reversed(lanes))
    notes = [f"{why}: {some(told, '; ')}." for why, told in ((LATE, late), (LOOSE, loose)) if told]
    beyond = [f"{names[case.id]}, {words.months(time)}" for time, case in drawn if time > end]
    if beyond:
        notes.append(f"The axis ends at {words.months(end)}; an arrow leads beyond it: {some(beyond, '; ')}.")
    everyone = None
    if len(lanes) > len(drawn):
        notes.append(
            f"Drawn are the {len(drawn)} patients who were followed longest; all {len(lanes)} stand in the "
            "live view and in the CSV."
        )
        unknown = tuple(
            (patient(case, names[case.id]), _followed(case), fate(case, review), "")
            for case in review.cases.values()
            if _time(case) is None
        )
        everyone = Everyone(heads, (*rows, *unknown), _figure(lanes, names, end, len(drawn)))
    return Chart(
        "swimmer",
        "Follow-up of each patient",
        message,
        caption(draw),
        _figure(drawn, names, end, len(drawn)),
        heads,
        rows,
        "Not drawn, for no follow-up is known: " + some([names[c.id] for c in out]) if out else "",
        tuple(notes),
        everyone=everyone,
        facts=tuple((case, fact) for case in review.cases.values() for fact in _facts(case)),
    )


def _facts(case: PublishedCase) -> list[Fact]:
    """What a lane shows of a patient: the follow-up, the outcome, and the events that have a sign."""
    said = [case.by_path[path] for path in ("time_zero", LAST, "outcome") if path in case.by_path]
    return [*said, *(event for kind in SIGNS for event in _events(case, kind))]


def _end(times: list[float]) -> float:
    """Where the axis ends, in months: at the longest time, unless that is far beyond nearly all of them.

    Where the longest is more than twice the time within which nine of ten patients lie, the axis ends a
    quarter beyond that time.
    """
    nearly_all = times[max(0, ceil(len(times) * 0.9) - 1)]
    if len(times) < FEW or times[-1] <= 2 * nearly_all or not nearly_all:
        return times[-1]
    step = months.step(nearly_all)
    return float(step * ceil(nearly_all * 1.25 / step))


def _figure(
    lanes: list[tuple[float, PublishedCase]], names: Mapping[str, str], end: float, shown: int
) -> dict[str, Any]:
    """The lanes from the shortest upwards on an axis to `end`, of which the longest `shown` are in sight."""
    import plotly.graph_objects as go  # noqa: PLC0415  (half a second: only where a chart is drawn)

    labels = [names[case.id] for _, case in lanes]
    figure = go.Figure()
    xs: list[float | None] = []
    ys: list[str | None] = []
    for (time, _), label in zip(lanes, labels, strict=True):
        xs += [0, min(time, end), None]
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
    for kind, (name, symbol, colour) in SIGNS.items():
        told = [
            (happened, label)
            for (time, case), label in zip(lanes, labels, strict=True)
            for happened in _happened(case, kind, time)
            if happened.at <= end
        ]
        for is_sure in (True, False):
            points = [(happened, label) for happened, label in told if is_sure is not bool(happened.doubt)]
            if not points:
                continue
            figure.add_scatter(
                x=[happened.at for happened, _ in points],
                y=[label for _, label in points],
                hovertext=[f"{label}\n{happened.words}" for happened, label in points],
                mode="markers",
                name=name if is_sure else f"{name}: {_doubts(happened.doubt for happened, _ in points)}",
                marker={
                    "symbol": symbol if is_sure else opened(symbol),
                    "size": 12,
                    "color": colour,
                    "line": {"width": 1.5, "color": colour},
                },
                hovertemplate="%{hovertext}<extra></extra>",
            )
    beyond = [(time, case, label) for (time, case), label in zip(lanes, labels, strict=True) if time > end]
    if beyond:
        figure.add_scatter(
            x=[end] * len(beyond),
            y=[label for _, _, label in beyond],
            text=[
                f"{words.months(time)}, {'died' if _is_dead(case) else 'alive'}\u2002"
                for time, case, _ in beyond
            ],
            mode="markers+text",
            textposition="top left",
            textfont={"size": 12},
            name="Goes on beyond the axis",
            marker={
                "symbol": "triangle-right-open",
                "size": 12,
                "color": LANE,
                "line": {"width": 1.5, "color": LANE},
            },
            hoverinfo="skip",
        )
    figure.update_layout(
        template=None,
        height=90 + 34 * shown,
        xaxis={
            "title": {"text": "Months since time zero"},
            "range": [0, end * 1.06 or 1],
            "dtick": months.step(end),
            "zeroline": False,
        },
        yaxis={
            "categoryorder": "array",
            "categoryarray": labels,
            "range": [len(labels) - shown - 0.5, len(labels) - 0.5],
        },
        legend={"orientation": "h"},
        meta={"links": {label: f"cases/{case.id}/" for (_, case), label in zip(lanes, labels, strict=True)}},
    )
    return plain(figure)


@dataclass(frozen=True)
class _Happened:
    """An event at a time in months; `doubt` says in words what makes it less than reported and sure."""

    name: str
    at: float
    doubt: str

    @property
    def words(self) -> str:
        """The event with its time and doubt."""
        return f"{self.name} at {words.months(self.at)}" + (f" ({self.doubt})" if self.doubt else "")


def opened(symbol: str) -> str:
    """The open form of a sign; of a sign made of lines another one."""
    if symbol == "x":
        return "cross"
    return symbol if symbol.endswith("-open") else f"{symbol}-open"


def _doubts(said: Iterable[str]) -> str:
    """All doubts of a legend's entry, each once."""
    return " or ".join(dict.fromkeys(said))


def _late(case: PublishedCase, last: float) -> list[str]:
    """What is reported for a time after the last follow-up, which of a range is its lower bound."""
    return [lower_first(one.words) for one in _course(case, inf) if one.at > last]


def _course(case: PublishedCase, last: float) -> list[_Happened]:
    """What happened to a patient up to a time, the end apart."""
    return [one for kind in SIGNS if kind not in ENDS for one in _happened(case, kind, last)]


def _happened(case: PublishedCase, kind: str, last: float) -> list[_Happened]:
    name = SIGNS[kind][0]
    if kind in ENDS:
        vital = case.by_path.get("outcome.vital")
        mark = INFERRED if vital is not None and vital.inferred else ""
        # Who died, or was seen, some time after the end of the lane did so at no known point.
        ended = ENDS[kind] is _is_dead(case) and (not ENDS[kind] or is_exact(case.by_path[LAST]))
        return [_Happened(name, last, mark)] if ended else []
    return [
        _Happened(name, at, doubt(event))
        for event in _events(case, kind)
        if is_exact(case.by_path.get(f"{event.path}.at"))
        and (at := months_of(case, f"{event.path}.at")) is not None
        and 0 <= at <= last
    ]


def _loose(case: PublishedCase) -> list[str]:
    """What is reported with a range, a bound or a word for its time, or for a time before time zero."""
    found = []
    for kind, (name, _, _) in SIGNS.items():
        for event in _events(case, kind) if kind not in ENDS else ():
            bounds = bounds_in_months(case, f"{event.path}.at")
            if bounds and (bounds[0] < 0 or not is_exact(case.by_path[f"{event.path}.at"])):
                mark = f" ({doubt(event)})" if doubt(event) else ""
                found.append(f"{lower_first(name)} {at_words(case, f'{event.path}.at')}{mark}")
    if _time(case) is None and bounds_in_months(case, LAST) is not None:
        found.append(f"followed for {time_words(case, LAST)}")
    return found


def _events(case: PublishedCase, kind: str) -> list[Fact]:
    return [
        event for top in case.facts if top.path == "events" for event in top.children if event.term == kind
    ]


def _time(case: PublishedCase) -> float | None:
    """How long the patient was observed for certain; None where only an upper bound is told, or nothing."""
    at = months_of(case, LAST)
    return None if at == 0 and not is_exact(case.by_path[LAST]) else at


def _is_dead(case: PublishedCase) -> bool:
    vital = case.by_path.get("outcome.vital")
    return vital is not None and vital.value == "dead"


def _row(name: str, time: float, case: PublishedCase, review: Review) -> tuple[str, ...]:
    happened = "; ".join((*(one.words for one in _course(case, time)), *_loose(case)))
    months = _followed(case) + (f" ({INFERRED})" if case.by_path[LAST].inferred else "")
    return (patient(case, name), months, fate(case, review), happened or "none reported")


def _followed(case: PublishedCase) -> str:
    """The follow-up in months as a number, a range or a bound."""
    if bounds_in_months(case, LAST) is None:
        return "not known"
    return time_words(case, LAST).removesuffix(" months").removesuffix(" month")
