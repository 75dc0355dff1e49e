"""Survival curves of a declared estimate, with bands, censor marks and the numbers at risk below."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from build_tools.analysis.cohorts import ENDPOINTS, OPERATION, Observed
from build_tools.analysis.declared import Estimated, SurvivalGroup, estimate
from build_tools.analysis.estimates import FEWEST_AT_RISK, FEWEST_PATIENTS, Curve, FollowUp, Refusal, Step
from build_tools.charts import months, pooled, words
from build_tools.charts.chart import Chart, NoSuchOption, choice
from build_tools.charts.patients import caption, grouped, plain, some
from build_tools.review.facts import lower_first
from build_tools.review.review import Review

STYLES = (("#2f74b5", "solid"), ("#b35a12", "dash"), ("#1f8072", "dashdot"), ("#8059b0", "longdash"))
"""A colour and a dash for each arm; an arm has the same ones whether others are drawn or not."""
THIN = "#7a858c"
DOUBTFUL = "Time or end probable or inferred"
HAPPENED = {"overall_survival": "died", "recurrence_free": "had the tumour come back or died"}
PLOT, GAP, ROW = 250, 58, 46
"""Pixels: the curves, the axis below them, and a row of the numbers at risk with its head."""


@dataclass(frozen=True)
class _Arm:
    """A curve that is drawn: its label, its look, and what it is made of."""

    label: str
    colour: str
    dash: str
    curve: Curve
    observed: tuple[Observed, ...]

    def doubtful(self, step: Step) -> list[Observed]:
        """Those whose time ends at a step, and of whom the time or its end is inferred or probable."""
        return [one for one in self.observed if one.months == step.time and one.doubt]


def draw(review: Review, estimate: str) -> Chart:
    """Kaplan-Meier curves with a 95% band (Greenwood, log-log); a tick is a patient last seen without the
    event, a ring a time or an end that is probable or inferred here, and where fewer than three are still
    observed the line is grey and dotted. Curves and intervals are worked out by this casebook. These are
    published cases, not a cohort: who is published is not who is ill. Patients were chosen for their
    treatment (confounding by indication), had to live long enough to receive and be reported with it
    (immortal time), and were followed for very different times. A curve shows how much is known, not what
    to expect.
    """
    made = _made(review, estimate)
    record = made.record
    drawn = [
        _Arm(group.label or "All patients", colour, dash, group.curve, group.cohort.observed)
        for group, (colour, dash) in zip(made.survival, _styles(len(made.survival)), strict=True)
        if isinstance(group.curve, Curve)
    ]
    several = len(made.survival) > 1
    return Chart(
        "survival",
        record.title,
        " ".join(_message(group, record.endpoint) for group in made.survival),
        " ".join(part for part in (caption(draw) if drawn else "", record.note or "") if part),
        _figure(drawn, made, review) if drawn else None,
        (*(("Arm",) if several else ()), *HEADS),
        tuple(
            (*((arm.label,) if several else ()), *_row(arm, step))
            for arm in drawn
            for step in arm.curve.steps
        ),
        _left_out(made, review).rstrip("."),
        ((words.test(made.comparison),) if made.comparison is not None else ()),
        pooled.aside(made, review),
        facts=tuple((one.case, fact) for arm in drawn for one in arm.observed for fact in one.facts),
    )


HEADS = ("Months", "At risk", "Events", "Last seen", "Survival", "95% interval", "Inferred or probable")


def _made(review: Review, id: str) -> Estimated:
    """The estimate, which must be one of survival."""
    choice("estimate", id, review.estimates)
    made = estimate(review, id)
    if not made.survival:
        raise NoSuchOption(f"estimate: '{id}' is a share; the chart 'forest' shows shares")
    return made


def _styles(count: int) -> list[tuple[str, str]]:
    return [STYLES[i % len(STYLES)] for i in range(count)]


def _message(group: SurvivalGroup, endpoint: str) -> str:
    """The finding of one arm, or why it has no curve."""
    head = f"{group.label}: " if group.label else ""
    if isinstance(group.curve, Refusal):
        return f"{head}{'no' if head else 'No'} curve is drawn – {group.curve.reason}."
    curve = group.curve
    found = f"{curve.events} of {curve.n} patients {HAPPENED[endpoint]}; median {words.median(curve.median)}."
    return head + found


def _left_out(made: Estimated, review: Review) -> str:
    """Who is in no curve and why, how long the others were followed, and which times are lower bounds."""
    name, said = review.names_apart, []
    for group in made.survival:
        head = f"{group.label}: " if group.label else ""
        if isinstance(group.follow_up, FollowUp):
            said.append(head + _followed(group.follow_up))
        if group.cohort.unknown:
            out = grouped((name[one.case.id], one.reason) for one in group.cohort.unknown)
            said.append(f"{head}left out: {out}")
        others = [one for one in group.cohort.outside if one.other_zero]
        if others:
            out = grouped((name[one.case.id], one.reason) for one in others)
            said.append(f"{head}not counted from {_zero(made, review)}, so in no curve: {out}")
        doubtful = [(name[one.case.id], one.doubt) for one in group.cohort.observed if one.doubt]
        if doubtful:
            said.append(f"{head}time or end not told in so many words: {grouped(doubtful)}")
        bounds = [name[one.case.id] for one in group.cohort.observed if one.lower_bound]
        if bounds:
            said.append(
                f"{head}of a follow-up told as a range or as more than a time the lower bound counts: "
                f"{some(bounds)}"
            )
    return " ".join(words.sentence(one) for one in said)


def _followed(found: FollowUp) -> str:
    """How long patients were followed; of fewer than for a curve there is no median worth telling."""
    longest = words.months(found.longest)
    span = longest if found.shortest == found.longest else f"{found.shortest:g} to {longest}"
    if found.n < FEWEST_PATIENTS:
        return f"followed for {span}"
    return f"followed for {span}, median {words.median(found.median)} by reverse Kaplan-Meier"


def _row(arm: _Arm, step: Step) -> tuple[str, ...]:
    limits = "none" if step.low is None or step.high is None else words.interval(step.low, step.high)
    counts = (step.at_risk, step.events, step.censored)
    doubtful = str(len(arm.doubtful(step)))
    survival = f"{words.percent(step.survival)}%"
    return (f"{step.time:g}", *(str(count) for count in counts), survival, limits, doubtful)


def _figure(drawn: list[_Arm], made: Estimated, review: Review) -> dict[str, Any]:
    import plotly.graph_objects as go  # noqa: PLC0415  (half a second: only where a chart is drawn)

    figure = go.Figure()
    longest = max(arm.curve.longest for arm in drawn)
    times = months.ticks(longest)
    several = len(made.survival) > 1
    for arm in drawn:
        _add_band(figure, arm, first=arm is drawn[0])
    for arm in drawn:
        _add_line(figure, arm, several)
    _add_thin(figure, drawn)
    _add_censored(figure, drawn)
    _add_doubtful(figure, drawn)
    figure.add_scatter(
        x=[time for _ in drawn for time in times],
        y=[arm.label for arm in drawn for _ in times],
        text=[str(count) for arm in drawn for count in arm.curve.numbers_at_risk(times)],
        mode="text",
        textposition="middle center",
        hoverinfo="skip",
        showlegend=False,
        name="At risk",
        xaxis="x2",
        yaxis="y2",
    )
    below = ROW * len(drawn)
    height = PLOT + GAP + below
    endpoint = ENDPOINTS[made.record.endpoint][0]
    span = [-0.025 * longest, longest * 1.05 or 1]
    figure.update_layout(
        template=None,
        height=90 + height,
        xaxis={
            "title": {"text": f"Months since {_zero(made, review)}"},
            "range": span,
            "tickvals": times,
            "zeroline": False,
        },
        xaxis2={"range": span, "anchor": "y2", "matches": "x", "visible": False},
        yaxis={
            "title": {"text": endpoint},
            "range": [0, 104],
            "dtick": 25,
            "ticksuffix": "%",
            "zeroline": False,
            "domain": [round((below + GAP) / height, 4), 1],
        },
        yaxis2={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [arm.label for arm in reversed(drawn)],
            "range": [-0.5, len(drawn) - 0.5],
            "domain": [0, round(below / height, 4)],
            "showgrid": False,
            "showticklabels": False,
            "zeroline": False,
        },
        shapes=[
            {
                "type": "line",
                "xref": "x domain",
                "x0": 0,
                "x1": 1,
                "y0": 50,
                "y1": 50,
                "layer": "below",
                "line": {"width": 1, "dash": "dot"},
            }
        ],
        annotations=_row_heads(drawn, several),
        legend={"orientation": "h"},
    )
    return plain(figure)


def _row_heads(drawn: list[_Arm], several: bool) -> list[dict[str, Any]]:
    """Above each row of numbers, whose they are."""
    return [
        {
            "text": f"Patients at risk: {lower_first(arm.label)}" if several else "Patients at risk",
            "showarrow": False,
            "xref": "x domain",
            "x": 0,
            "xanchor": "left",
            "yref": "y2",
            "y": place,
            "yanchor": "bottom",
            "yshift": 8,
        }
        for place, arm in enumerate(reversed(drawn))
    ]


def _zero(made: Estimated, review: Review) -> str:
    """The event from which the times of all curves are counted."""
    return lower_first(review.label("event", made.record.time_zero or OPERATION))


def _add_band(figure: Any, arm: _Arm, *, first: bool) -> None:
    """The 95% interval, from the first event on; after its last step it holds to the longest time."""
    steps = [step for step in arm.curve.steps if step.low is not None and step.high is not None]
    if not steps:
        return
    ends = [step.time for step in steps]
    for limits, fill in (([s.low for s in steps], "none"), ([s.high for s in steps], "tonexty")):
        figure.add_scatter(
            x=ends,
            y=[round((limit or 0) * 100, 2) for limit in limits],
            mode="lines",
            line={"width": 0, "shape": "hv", "color": arm.colour},
            fill=fill,
            fillcolor=_faint(arm.colour),
            hoverinfo="skip",
            name="95% interval",
            showlegend=first and fill == "tonexty",
        )


def _add_line(figure: Any, arm: _Arm, several: bool) -> None:
    """The curve as far as enough patients are at risk."""
    end = arm.curve.thin[0] if arm.curve.thin else arm.curve.longest
    points = [(0.0, 1.0, f"{arm.curve.n} at risk")]
    points += [(s.time, s.survival, _hover(s)) for s in arm.curve.steps if s.time <= end]
    _add_steps(figure, points, arm.label if several else "Survival", arm.colour, arm.dash, 2.5)


def _add_thin(figure: Any, drawn: list[_Arm]) -> None:
    """The stretches of the curves in which too few are at risk."""
    shown = False
    for arm in drawn:
        if arm.curve.thin is None:
            continue
        start, end = arm.curve.thin
        before = [s.survival for s in arm.curve.steps if s.time <= start]
        points = [(start, before[-1] if before else 1.0, "")]
        points += [(s.time, s.survival, _hover(s)) for s in arm.curve.steps if start < s.time <= end]
        _add_steps(figure, points, f"Fewer than {FEWEST_AT_RISK} at risk", THIN, "dot", 2.5, legend=not shown)
        shown = True


def _add_steps(
    figure: Any,
    points: list[tuple[float, float, str]],
    name: str,
    colour: str,
    dash: str,
    width: float,
    *,
    legend: bool = True,
) -> None:
    figure.add_scatter(
        x=[time for time, _, _ in points],
        y=[round(share * 100, 2) for _, share, _ in points],
        hovertext=[text for _, _, text in points],
        mode="lines",
        line={"shape": "hv", "color": colour, "width": width, "dash": dash},
        name=name,
        showlegend=legend,
        hovertemplate="%{x} months: %{y}%<br>%{hovertext}<extra></extra>",
    )


def _add_censored(figure: Any, drawn: list[_Arm]) -> None:
    """A tick wherever someone was last seen without the event."""
    shown = False
    for arm in drawn:
        marks = arm.curve.censor_marks
        if not marks:
            continue
        figure.add_scatter(
            x=[step.time for step in marks],
            y=[round(step.survival * 100, 2) for step in marks],
            hovertext=[f"{step.censored} last seen at {words.months(step.time)}" for step in marks],
            mode="markers",
            marker={
                "symbol": "line-ns-open",
                "size": 13,
                "color": arm.colour,
                "line": {"width": 2, "color": arm.colour},
            },
            name="Last seen without the event",
            showlegend=not shown,
            hovertemplate="%{hovertext}<extra></extra>",
        )
        shown = True


def _add_doubtful(figure: Any, drawn: list[_Arm]) -> None:
    """A ring wherever the time of a patient, or its end, is probable or inferred."""
    shown = False
    for arm in drawn:
        marks = [(step, doubts) for step in arm.curve.steps if (doubts := arm.doubtful(step))]
        if not marks:
            continue
        figure.add_scatter(
            x=[step.time for step, _ in marks],
            y=[round(step.survival * 100, 2) for step, _ in marks],
            hovertext=[_doubts(doubts) for _, doubts in marks],
            mode="markers",
            marker={
                "symbol": "circle-open",
                "size": 10,
                "color": arm.colour,
                "line": {"width": 1.5, "color": arm.colour},
            },
            name=DOUBTFUL,
            showlegend=not shown,
            hovertemplate="%{hovertext}<extra></extra>",
        )
        shown = True


def _doubts(found: list[Observed]) -> str:
    said = ", ".join(f"{count} {doubt}" for doubt, count in Counter(one.doubt for one in found).items())
    return f"At {words.months(found[0].months)}: {said}"


def _hover(step: Step) -> str:
    limits = "" if step.low is None or step.high is None else f", {words.interval(step.low, step.high)}"
    return f"{step.at_risk} at risk just before{limits}"


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 0.24)"
