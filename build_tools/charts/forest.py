"""Shares with their intervals, patients of this review and pooled counts of reports row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from build_tools.analysis.declared import Estimated, ShareGroup, estimate
from build_tools.analysis.estimates import Proportion, Refusal
from build_tools.charts import pooled, words
from build_tools.charts.chart import Chart, NoSuchOption, choice
from build_tools.charts.patients import caption, grouped, is_inferred, plain
from build_tools.records.values import State
from build_tools.review.counted import counted
from build_tools.review.facts import Fact, state_words
from build_tools.review.review import PublishedCase, Review

OWN, PRINTED = "Patients of this review", "Counts that a report prints for a group"
OWN_INFERRED = "Patients of this review, some answers inferred"
STYLES = {
    OWN: ("square", "#2f74b5"),
    OWN_INFERRED: ("square-open", "#2f74b5"),
    PRINTED: ("diamond-open", "#b35a12"),
}
ROW, GAP = 54, 60
"""Pixels: a row, and what stands between two panels."""
HEADS = (
    "What is counted",
    "Group",
    "Whose count",
    "Count",
    "Share",
    "95% (Wilson)",
    "95% (exact)",
    "Not known",
    "Inferred",
)


@dataclass(frozen=True)
class _Row:
    """One share: its group, whose count it is, and of how many it is not known or only inferred."""

    group: str
    whose: str
    share: Proportion | Refusal
    silent: int | None = None
    source: str = ""
    inferred: int = 0

    @property
    def style(self) -> str:
        return OWN_INFERRED if self.inferred else self.whose

    @property
    def label(self) -> str:
        if isinstance(self.share, Refusal):
            return f"{self.group}\nnot known"
        return f"{self.group}\n{self.share.k} of {self.share.n} ({words.percent(self.share.share)}%)"


def draw(review: Review, estimate: str | None = None) -> Chart:
    """Each row is a share with its 95% interval (Wilson), and the denominator counts those of whom it is
    known. Squares are patients of this review, open where an answer is inferred here, and diamonds are
    counts that a report prints for a group; shares, intervals and tests of either are worked out by this
    casebook. The same patients can stand in several rows, so that rows are never added or pooled. These are
    published cases, not a cohort; patients were chosen for their treatment (confounding by indication), had
    to live long enough to receive it (immortal time), and a share says nothing of how long they were
    followed.
    """
    ids = [id for id, record in review.estimates.items() if record.endpoint == "share"]
    if estimate is not None:
        choice("estimate", estimate, review.estimates)
        if estimate not in ids:
            raise NoSuchOption(f"estimate: '{estimate}' is a curve; the chart 'survival' shows curves")
        ids = [estimate]
    panels = [(made, _rows(made, review)) for made in (_estimate(review, id) for id in ids)]
    panels = [(made, rows) for made, rows in panels if any(isinstance(r.share, Proportion) for r in rows)]
    title = review.estimates[estimate].title if estimate else "Shares with their intervals"
    if not panels:
        return Chart("forest", title, "Of no patient is known what would be counted here.", "", None)
    note = review.estimates[estimate].note if estimate else None
    return Chart(
        "forest",
        title,
        " ".join(_message(made, rows, alone=estimate is not None) for made, rows in panels),
        f"{caption(draw)} {note or ''}".strip(),
        _figure([(made.record.title, rows) for made, rows in panels], alone=estimate is not None),
        HEADS,
        tuple(_numbers(made.record.title, row) for made, rows in panels for row in rows),
        " ".join(dict.fromkeys(said for made, _ in panels if (said := _left_out(made, review)))).rstrip("."),
        tuple(note for made, _ in panels for note in _tests(made)),
        facts=tuple(found for made, _ in panels for found in _facts(made)),
    )


def _estimate(review: Review, id: str) -> Estimated:
    return estimate(review, id)


def _rows(made: Estimated, review: Review) -> list[_Row]:
    """Patients first, then what reports print; a name that stands twice says what is counted."""
    field = next(iter(made.record.holds), "")
    rows = [
        _Row(
            g.label or "All patients",
            OWN,
            g.share,
            len(g.tally.silent),
            inferred=sum(any(map(is_inferred, counted(case, field))) for case in _counted(g)),
        )
        for g in made.shares
    ]
    for one in made.pooled:
        group = one.figure.group or review.aggregates[one.aggregate].title
        rows.append(_Row(group, PRINTED, one.share, source=pooled.source(one, review)))
    seen: list[str] = []
    unique = []
    for row in rows:
        name = row.group if row.label not in seen else f"{row.group} ({_lower(row.source or row.whose)})"
        unique.append(replace(row, group=name))
        seen.append(unique[-1].label)
    return unique


def _counted(group: ShareGroup) -> tuple[PublishedCase, ...]:
    return (*group.tally.inside, *group.tally.outside)


def _facts(made: Estimated) -> Iterator[tuple[PublishedCase, Fact]]:
    """What a share rests on: the counted field of each patient, and the fields that choose patients."""
    for group in made.shares:
        for case in _counted(group):
            for field in (*made.record.holds, *group.where):
                yield from ((case, fact) for fact in counted(case, field))


def _message(made: Estimated, rows: list[_Row], *, alone: bool) -> str:
    own = [row for row in rows if row.whose == OWN and isinstance(row.share, Proportion)]
    told = [
        f"{row.group if row.group != 'All patients' else made.record.title}: {words.share(row.share)}"
        for row in own or rows
        if isinstance(row.share, Proportion)
    ]
    head = "" if alone or not made.record.arms else f"{made.record.title}: "
    return f"{head}{'; '.join(told)}."


def _tests(made: Estimated) -> list[str]:
    said = []
    if made.comparison is not None:
        said.append(f"Patients of this review: {_lower(words.test(made.comparison))}")
    if made.pooled_comparison is not None:
        said.append(f"Pooled counts: {_lower(words.test(made.pooled_comparison))}")
    return said


def _lower(sentence: str) -> str:
    return sentence if sentence.startswith("Fisher") else sentence[:1].lower() + sentence[1:]


def _left_out(made: Estimated, review: Review) -> str:
    name = review.names_apart
    silent = {case.id for group in made.shares for case in group.tally.silent}
    field = next(iter(made.record.holds), "")
    out = [(name[id], _silence(review, id, field)) for id in review.cases if id in silent]
    said = [f"Not known, and not counted: {grouped(out)}."] if out else []
    return " ".join([*said, pooled.overlap(made, review)]).strip()


def _silence(review: Review, id: str, field: str) -> str:
    facts = counted(review.cases[id], field)
    return state_words(facts[0].state if facts else State.NOT_EXTRACTED)


def _numbers(title: str, row: _Row) -> tuple[str, ...]:
    silent = "not said" if row.silent is None else str(row.silent)
    inferred = "" if row.silent is None else str(row.inferred)
    if isinstance(row.share, Refusal):
        return (title, row.group, row.source or row.whose, row.share.reason, "", "", "", silent, inferred)
    found = row.share
    limits = (words.interval(*found.wilson), words.interval(*found.exact))
    share = f"{words.percent(found.share)}%"
    return (
        title,
        row.group,
        row.source or row.whose,
        f"{found.k} of {found.n}",
        share,
        *limits,
        silent,
        inferred,
    )


def _figure(panels: list[tuple[str, list[_Row]]], *, alone: bool) -> dict[str, Any]:
    import plotly.graph_objects as go  # noqa: PLC0415  (half a second: only where a chart is drawn)

    figure = go.Figure()
    height = ROW * sum(len(rows) for _, rows in panels) + GAP * (len(panels) - 1)
    layout: dict[str, Any] = {}
    seen: set[str] = set()
    top = float(height)
    for number, (title, rows) in enumerate(panels, 1):
        axis = "" if number == 1 else str(number)
        for style in STYLES:
            some = [row for row in rows if row.style == style]
            if any(isinstance(row.share, Proportion) for row in some):
                _add_rows(figure, some, style, axis, legend=style not in seen)
                seen.add(style)
        bottom = top - ROW * len(rows)
        last = number == len(panels)
        layout[f"xaxis{axis}"] = {
            "range": [0, 100],
            "dtick": 25,
            "ticksuffix": "%",
            "anchor": f"y{axis}",
            "showticklabels": last,
            "zeroline": False,
        }
        layout[f"yaxis{axis}"] = {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [row.label for row in reversed(rows)],
            "range": [-0.5, len(rows) - 0.5],
            "domain": [round(bottom / height, 4), round(top / height, 4)],
            "anchor": f"x{axis}",
            "showgrid": False,
            "zeroline": False,
            **({} if alone else {"title": {"text": title}}),
        }
        top = bottom - GAP
    figure.update_layout(template=None, height=90 + height, legend={"orientation": "h"}, **layout)
    return plain(figure)


def _add_rows(figure: Any, rows: list[_Row], style: str, axis: str, *, legend: bool) -> None:
    symbol, colour = STYLES[style]
    known = [(row, row.share) for row in rows if isinstance(row.share, Proportion)]
    shares = [round(found.share * 100, 1) for _, found in known]
    lows = [round(found.wilson[0] * 100, 1) for _, found in known]
    highs = [round(found.wilson[1] * 100, 1) for _, found in known]
    figure.add_scatter(
        x=shares,
        y=[row.label for row, _ in known],
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
        mode="markers+text",
        name=style,
        legendgroup=style,
        cliponaxis=False,
        showlegend=legend,
        marker={"symbol": symbol, "size": 12, "color": colour, "line": {"width": 2, "color": colour}},
        text=[words.interval(*found.wilson) for _, found in known],
        textposition=[_side(share) for share in shares],
        textfont={"size": 12},
        hovertext=[f"{row.group}: {words.share(found)}" for row, found in known],
        hovertemplate="%{hovertext}<extra></extra>",
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [round(high - share, 1) for high, share in zip(highs, shares, strict=True)],
            "arrayminus": [round(share - low, 1) for low, share in zip(lows, shares, strict=True)],
            "color": colour,
            "thickness": 2,
            "width": 5,
        },
    )


def _side(share: float) -> str:
    """Where words above a point have room."""
    return "top left" if share > 85 else "top right" if share < 15 else "top center"
