"""What the review rests on: reports and patients by year, and what kind of evidence they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from build_tools.charts.chart import Chart
from build_tools.charts.patients import GRID, caption, listed, people, plain, some
from build_tools.records.report import Report
from build_tools.review.review import Review, report_label

TITLE = "Reports and patients by year"
KINDS: dict[str, tuple[str, str, str]] = {
    "case_report": ("Case report", "#2f74b5", ""),
    "case_report_with_review": ("Case report with a review of others", "#8059b0", "/"),
    "case_series": ("Case series", "#1f8072", "\\"),
    "review": ("Review", "#8a6d1f", "|"),
    "trial": ("Trial", "#b35a12", "+"),
    "registry": ("Registry", "#c2453f", "x"),
    "unknown": ("Kind not known", "#9a5f8c", "-"),
    "secondary": ("Not read, known from another report", "#7a7f86", ""),
}
"""Kind -> its words, colour and hatching."""
NO_YEAR = "Year not known"
ROW_HEIGHT = 25


@dataclass(frozen=True)
class _Row:
    """One year, a stretch of years without a report, or the reports whose year is not known."""

    words: str
    reports: Mapping[str, tuple[str, ...]]
    patients: Mapping[str, tuple[str, ...]]


def draw(review: Review) -> Chart:
    """Each row is a year of publication with its reports and, on the right, their patients; years without a
    report are one row. A patient counts once, in the year and the kind of the patient's own report. Grey are
    reports that nobody here has read, of which another report's table gives a few words. Case reports and
    series are chosen by authors and journals: they show what can happen, not how often, and the number a year
    tells of publishing as much as of the disease.
    """
    if not review.reports:
        return Chart("evidence", TITLE, "There is no report yet.", "", None)
    rows = _rows(review)
    return Chart(
        "evidence",
        TITLE,
        _message(review),
        caption(draw),
        _figure(rows, len(review.reports), len(review.cases)),
        ("Year", "Kind", "Reports", "Patients", "Which reports", "Which patients"),
        tuple(
            (
                row.words,
                words,
                str(len(row.reports.get(kind, ()))),
                str(len(row.patients.get(kind, ()))),
                listed(row.reports.get(kind, ()), "; ", "none"),
                people(review, [(name, "") for name in row.patients.get(kind, ())], "; ", "none"),
            )
            for row in rows
            for kind, (words, _, _) in KINDS.items()
            if kind in row.reports or kind in row.patients
        ),
    )


def _kind(report: Report) -> str:
    return "secondary" if report.read == "secondary" else report.design


def _message(review: Review) -> str:
    years = [report.year for report in review.reports.values() if report.year]
    unknown = len(review.reports) - len(years)
    unread = sum(report.read == "secondary" for report in review.reports.values())
    span = f" from {min(years)} to {max(years)}" if years and min(years) < max(years) else ""
    span = span or (f" of {years[0]}" if years else "")
    told = f"{_many(len(review.reports), 'report')}{span} on {_many(len(review.cases), 'patient')}"
    of = f"{unread} of {len(review.reports)}"
    return f"{told}. Known only from another report: {of}. Year not known: {unknown}."


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _rows(review: Review) -> list[_Row]:
    """The years downwards from the first, with one row for each stretch of years without a report."""
    reports: dict[int | None, dict[str, list[str]]] = {}
    patients: dict[int | None, dict[str, list[str]]] = {}
    for id, report in review.reports.items():
        reports.setdefault(report.year, {}).setdefault(_kind(report), []).append(report_label(report, id))
    name = review.names_apart
    for case in review.cases.values():
        own = review.reports[case.report_ids[0]]
        patients.setdefault(own.year, {}).setdefault(_kind(own), []).append(name[case.id])
    rows: list[_Row] = []
    last = None
    for year in sorted(year for year in reports if year is not None):
        if last is not None and year > last + 1:
            first, end = last + 1, year - 1
            rows.append(_Row(str(end) if first == end else f"{first}–{end}", {}, {}))
        rows.append(_Row(str(year), _frozen(reports[year]), _frozen(patients.get(year, {}))))
        last = year
    if None in reports:
        rows.append(_Row(NO_YEAR, _frozen(reports[None]), _frozen(patients.get(None, {}))))
    return rows


def _frozen(found: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(names) for kind, names in found.items()}


def _figure(rows: list[_Row], reports: int, patients: int) -> dict[str, Any]:
    import plotly.graph_objects as go  # noqa: PLC0415  (half a second: only where a chart is drawn)

    figure = go.Figure()
    years = [row.words for row in rows]
    longest = max(_total(part) for row in rows for part in (row.reports, row.patients))
    panels = (
        ("", _many(reports, "report").capitalize(), [row.reports for row in rows]),
        ("2", _many(patients, "patient").capitalize(), [row.patients for row in rows]),
    )
    seen: set[str] = set()
    for axis, title, parts in panels:
        for kind, (words, colour, hatch) in KINDS.items():
            found = [(year, part[kind]) for year, part in zip(years, parts, strict=True) if kind in part]
            if found:
                figure.add_bar(
                    x=[len(which) for _, which in found],
                    y=[year for year, _ in found],
                    hovertext=[f"{year}, {words}: {some(which, '; ')}" for year, which in found],
                    orientation="h",
                    name=words,
                    legendgroup=kind,
                    showlegend=kind not in seen,
                    xaxis=f"x{axis}",
                    yaxis=f"y{axis}",
                    marker={
                        "color": colour,
                        "pattern": {"shape": hatch, "fillmode": "overlay", "fgcolor": "#ffffff", "size": 7},
                    },
                    hovertemplate="%{hovertext}<extra></extra>",
                )
                seen.add(kind)
        figure.add_scatter(
            x=[_total(part) for part in parts],
            y=years,
            text=[f"\u00a0{_total(part)}" for part in parts],
            mode="text",
            textposition="middle right",
            showlegend=False,
            hoverinfo="skip",
            name=title,
            xaxis=f"x{axis}",
            yaxis=f"y{axis}",
        )
    figure.update_layout(
        template=None,
        height=90 + ROW_HEIGHT * len(rows),
        barmode="stack",
        bargap=0.28,
        xaxis=_x_axis(panels[0][1], longest, [0, 0.45], "y"),
        xaxis2=_x_axis(panels[1][1], longest, [0.55, 1], "y2"),
        yaxis=_y_axis(years, "x"),
        yaxis2={**_y_axis(years, "x2"), "showticklabels": False},
        legend={"orientation": "h"},
        meta={"links": {}},
    )
    return plain(figure)


def _total(part: Mapping[str, Sequence[str]]) -> int:
    return sum(len(which) for which in part.values())


def _x_axis(title: str, longest: int, domain: list[float], anchor: str) -> dict[str, Any]:
    return {
        "title": {"text": title},
        "range": [0, longest + 0.9],
        "domain": domain,
        "anchor": anchor,
        "dtick": 1 if longest < 10 else None,
        "zeroline": False,
        "gridcolor": GRID,
    }


def _y_axis(years: list[str], anchor: str) -> dict[str, Any]:
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(reversed(years)),
        "range": [-0.5, len(years) - 0.5],
        "automargin": True,
        "showgrid": False,
        "ticks": "",
        "anchor": anchor,
    }
