"""The time line of one case: what happened to the patient and when, event by event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, isinf
from typing import Any

from build_tools.charts import months
from build_tools.charts.chart import Chart, choice
from build_tools.charts.patients import caption, doubt
from build_tools.charts.swimmer import LANE, SIGNS, opened
from build_tools.charts.words import sentence
from build_tools.review.facts import Fact, lower_first
from build_tools.review.review import PublishedCase, Review
from build_tools.review.times import bounds_in_months

TITLE = "Time line"
ROW_HEIGHT = 34
MARGIN = 0.06
"""The part of the axis beyond the last event, in which the line of an open end runs out."""
OTHER = ("circle", LANE)
"""The sign of an event that says nothing of the tumour."""


@dataclass(frozen=True)
class Moment:
    """One event with its time in months, of which `low` and `high` are the bounds; `inf` is an open end.

    `label` is the event's name, with a number where another event has the same.
    """

    event: str
    label: str
    kind: str
    time: str
    low: float
    high: float
    is_about: bool
    is_doubtful: bool
    details: str

    @property
    def is_span(self) -> bool:
        """Whether the report gives a range or a bound."""
        return self.low != self.high

    @property
    def is_open(self) -> bool:
        """Whether its sign is open: the time is no single one, or the event is not sure or not told."""
        return self.is_span or self.is_about or self.is_doubtful

    @property
    def at(self) -> float:
        """Where the sign stands: at the lower bound, or at the upper one if there is no other."""
        return self.high if self.low in (0, -inf) and not isinf(self.high) else self.low


WORTH_A_PICTURE = 3
"""How many events with a time a picture needs; fewer are a line of text."""


def draw(review: Review, case: str) -> Chart:
    """A dotted line is a time that is reported as a range or a bound: the event lies somewhere on it, and an
    arrow says that no upper end is told. An open sign is a time that is no single one, or an event that is
    probable, possible or inferred here; its words say which.
    """
    one = review.cases[choice("case", case, review.cases)]
    events = [event for top in one.facts if top.path == "events" for event in top.children]
    moments = _moments(one, events)
    untimed = [event for event in events if bounds_in_months(one, f"{event.path}.at") is None]
    if not any(moment.at or isinf(moment.high) for moment in moments):
        return Chart("timeline", TITLE, _nothing(moments, untimed), "", None)
    notes = [
        f"{event.title}: reports disagree on the time. {time.why}"
        for event in events
        if (time := event.child("at")) is not None and time.claims
    ]
    left_out = f"No time is reported for: {'; '.join(_named(event) for event in untimed)}" if untimed else ""
    if len(moments) < WORTH_A_PICTURE:
        return Chart("timeline", TITLE, _message(moments), "", None, left_out=left_out, notes=tuple(notes))
    facts = tuple((one, event) for event in events)
    return Chart(
        "timeline",
        TITLE,
        _message(moments),
        caption(draw) if any(moment.is_open for moment in moments) else "",
        _figure(moments, _zero(one)),
        ("Event", "Time", "Months, from", "Months, to", "Details"),
        tuple(_row(moment) for moment in moments),
        left_out,
        tuple(notes),
        facts=facts,
    )


def _moments(case: PublishedCase, events: Sequence[Fact]) -> list[Moment]:
    """The events whose time is known, in their order; names that would be alike are numbered."""
    found = []
    for event in events:
        bounds = bounds_in_months(case, f"{event.path}.at")
        time = event.child("at")
        if bounds is None or time is None:
            continue
        low, high = bounds
        is_about = isinstance(time.value, dict) and time.value.get("op") == "~"
        name = event.title + (f" ({said})" if (said := doubt(event)) else "")
        found.append(
            Moment(
                name,
                name,
                str(event.term),
                time.text,
                low,
                low if is_about else high,
                is_about,
                bool(doubt(event)),
                "; ".join(fact.text for name in ("site", "detail") if (fact := event.child(name))),
            )
        )
    found.sort(key=lambda moment: moment.at)
    alike = Counter(moment.label for moment in found)
    seen: Counter[str] = Counter()
    for i, moment in enumerate(found):
        seen[moment.label] += 1
        if alike[moment.label] > 1:
            found[i] = replace(moment, label=f"{moment.label} ({seen[moment.label]})")
    return found


def _named(event: Fact) -> str:
    details = event.child("detail")
    return lower_first(event.title) + (
        f" ({lower_first(details.text.rstrip('.'))})" if details and details.text else ""
    )


def _message(moments: Sequence[Moment]) -> str:
    """What happened when, in a sentence."""
    together: dict[str, Counter[str]] = {}
    for moment in moments:
        together.setdefault(moment.time, Counter())[lower_first(moment.event)] += 1
    said = [
        f"{_and([f'{event} ({n} times)' if n > 1 else event for event, n in events.items()])} {_when(time)}"
        for time, events in together.items()
    ]
    return sentence("; ".join(said))


def _when(time: str) -> str:
    """A time as it stands after an event; one before time zero needs no word before it."""
    return time if time.endswith("time zero") else f"at {time}"


def _and(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def _nothing(moments: Sequence[Moment], untimed: Sequence[Fact]) -> str:
    """Why there is no picture."""
    told = f"Of time, the reports tell only this: {lower_first(_message(moments))}" if moments else ""
    silent = f" No time is reported for: {'; '.join(_named(event) for event in untimed)}." if untimed else ""
    return (told or "No report gives a time for anything that happened.") + silent


def _zero(case: PublishedCase) -> str:
    fact = case.by_path.get("time_zero")
    return lower_first(fact.text) if fact is not None and fact.text else "time zero"


def _row(moment: Moment) -> tuple[str, ...]:
    low, high = ("open" if isinf(bound) else f"{bound:g}" for bound in (moment.low, moment.high))
    return (moment.label, moment.time, low, high, moment.details)


def _figure(moments: Sequence[Moment], zero: str) -> dict[str, Any]:
    """The figure in Plotly's JSON form, put together by hand: there is one for each case."""
    bounds = [bound for moment in moments for bound in (moment.low, moment.high) if not isinf(bound)]
    longest, earliest = max(0.0, *bounds), min(0.0, *bounds)
    end = longest * (1 + MARGIN) or 1.0
    start = earliest * (1 + MARGIN) or -end * 0.02
    labels = [moment.label for moment in reversed(moments)]
    return {
        "data": [
            *_spans([moment for moment in moments if moment.is_span], start, end),
            *_signs(moments, end),
        ],
        "layout": {
            "height": 90 + ROW_HEIGHT * len(moments),
            "showlegend": False,
            "xaxis": {
                "title": {"text": f"Months since {zero}"},
                "range": [start, end],
                "dtick": months.step(longest - earliest),
                "zeroline": False,
            },
            "yaxis": {
                "type": "category",
                "categoryorder": "array",
                "categoryarray": labels,
                "range": [-0.5, len(labels) - 0.5],
            },
        },
    }


def _spans(moments: Sequence[Moment], start: float, end: float) -> list[dict[str, Any]]:
    """The dotted lines of times that are reported as ranges and bounds, and the arrows at their open ends."""
    if not moments:
        return []
    line = {
        "type": "scatter",
        "mode": "lines",
        "name": "Told as a range or a bound",
        "x": [x for moment in moments for x in (max(moment.low, start), min(moment.high, end), None)],
        "y": [y for moment in moments for y in (moment.label, moment.label, None)],
        "line": {"width": 3, "dash": "dot", "color": LANE},
        "hoverinfo": "skip",
    }
    ends = [moment for moment in moments if isinf(moment.high)]
    arrow = {
        "type": "scatter",
        "mode": "markers",
        "name": "No upper end is reported",
        "x": [end] * len(ends),
        "y": [moment.label for moment in ends],
        "marker": {"symbol": "triangle-right-open", "size": 11, "color": LANE, "line": {"width": 1.5}},
        "hoverinfo": "skip",
    }
    return [line, arrow] if ends else [line]


def _signs(moments: Sequence[Moment], end: float) -> list[dict[str, Any]]:
    """One trace a kind of event: its sign, open where the time is no single one, and the time in words."""
    kinds = list(dict.fromkeys(moment.kind for moment in moments))
    traces = []
    for kind in kinds:
        some = [moment for moment in moments if moment.kind == kind]
        _, symbol, colour = SIGNS.get(kind, ("", *OTHER))
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": some[0].label,
                "x": [moment.at for moment in some],
                "y": [moment.label for moment in some],
                "text": [moment.time for moment in some],
                "textposition": [_place(moment, end) for moment in some],
                "textfont": {"size": 13},
                "hovertext": [_hover(moment) for moment in some],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "marker": {
                    "symbol": [opened(symbol) if moment.is_open else symbol for moment in some],
                    "size": 12,
                    "color": colour,
                    "line": {"width": 1.5, "color": colour},
                },
            }
        )
    return traces


def _place(moment: Moment, end: float) -> str:
    """Where the words have room: beside the sign, and above it where its line runs there."""
    if not moment.is_span:
        return "middle left" if moment.at > end / 2 else "middle right"
    if moment.at == moment.high:
        return "middle right" if moment.high < end / 2 else "top left"
    return "middle left" if moment.at > end / 2 else "top right"


def _hover(moment: Moment) -> str:
    return f"{moment.label}: {moment.time}" + (f"\n{moment.details}" if moment.details else "")
