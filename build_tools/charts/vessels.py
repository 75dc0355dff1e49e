"""Where the tumours grew from, and in which segments of the vessel they lie, with counts of patients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from build_tools.charts.chart import Chart, Linked
from build_tools.charts.patients import GRID, caption, names, people, plain, silence
from build_tools.facts import Fact, lower_first, state_words
from build_tools.records.case import Case
from build_tools.records.lesion import Lesion
from build_tools.records.shape import title_at
from build_tools.records.values import State, Value
from build_tools.review import PublishedCase, Review

TITLE = "Origin of the tumours and segments of the vessel"
MAIN = "primary"
DOUBTS = ("probable", "possible")
ROW_HEIGHT = 34
GAP = 1.5
"""The rows of room that a panel takes for its name."""
STATED, DOUBTFUL, UNKNOWN = "stated", "doubtful", "unknown"
STYLES = {
    STATED: ("#2f74b5", ""),
    DOUBTFUL: ("#b35a12", "/"),
    UNKNOWN: ("#7a7f86", ""),
}


@dataclass(frozen=True)
class _Row:
    """One bar: what it counts, and its patients by style."""

    words: str
    patients: Mapping[str, tuple[str, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for some in self.patients.values() for name in some)

    @property
    def is_known(self) -> bool:
        return UNKNOWN not in self.patients


def draw(review: Review) -> Chart:
    """Each bar is a number of patients, counted by the primary tumour; its name leads to who they are in the
    numbers, and from there to the cases. The structure of origin is what the report gives; hatched where it
    calls the origin probable or possible. A tumour in two segments counts in both. Not reported, not
    extracted and unclear are bars of their own, and a short bar may only mean that few reports name the
    segment. Where a large tumour began is a judgement, and who is published is not who is ill.
    """
    name = names(review)
    origins = _rows(review, name, "origin")
    segments = _rows(review, name, "segments")
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
            (title, row.words, str(len(row.names)), _who(row, review))
            for title, rows in panels
            for row in rows
        ),
    )


def _message(origins: list[_Row], known: list[set[str]], total: int, segments: str) -> str:
    first = ""
    if known[0]:
        most = max(len(row.names) for row in origins if row.is_known)
        top = " and ".join(
            lower_first(row.words) for row in origins if row.is_known and len(row.names) == most
        )
        of = f"{most} of {len(known[0])} patients with a known origin"
        first = f"The most frequent origin is the {top}, in {of}. "
    return f"{first}{segments} are known of {len(known[1])} of {total} patients."


def _rows(review: Review, name: Mapping[str, str], field: str) -> list[_Row]:
    """The bars of a field: each term with its patients, then each state of who has none."""
    found: dict[str, dict[str, list[str]]] = {}
    silent: dict[State, list[str]] = {}
    for case in review.cases.values():
        answers = _answers(case, field)
        reported = [fact for fact in answers if fact.state is State.REPORTED]
        for fact in reported:
            for term, style in _terms(case, fact):
                some = found.setdefault(term, {}).setdefault(style, [])
                if name[case.id] not in some:
                    some.append(name[case.id])
        if not reported:
            state = answers[0].state if answers else _state(case)
            silent.setdefault(state, []).append(name[case.id])
    vocabulary = review.vocabularies["structure" if field == "origin" else "segment"].terms
    rows = [
        _Row(
            entry.label,
            {style: tuple(some) for style, some in sorted(found.get(term, {}).items(), reverse=True)},
        )
        for term, entry in vocabulary.items()
        if term in found or field == "segments"
    ]
    if field == "origin":
        rows.sort(key=lambda row: -len(row.names))
    rows += [
        _Row(state_words(state).capitalize(), {UNKNOWN: tuple(silent[state])})
        for state in State
        if state in silent
    ]
    return rows


def _answers(case: PublishedCase, field: str) -> list[Fact]:
    """What is said in a field of each primary tumour."""
    held = case.record.lesions
    lesions: Iterable[Lesion] = held.value if isinstance(held, Value) and held.value else ()
    paths = [f"lesions[{i}].{field}" for i, lesion in enumerate(lesions) if lesion.role == MAIN]
    return [case.by_path[path] for path in paths if path in case.by_path]


def _terms(case: PublishedCase, fact: Fact) -> list[tuple[str, str]]:
    """The terms of an answer, each with its style."""
    if isinstance(fact.value, list):
        return [(str(term), STATED) for term in fact.value]
    structure = case.by_path.get(f"{fact.path}.structure")
    certainty = case.by_path.get(f"{fact.path}.certainty")
    style = DOUBTFUL if certainty is not None and certainty.value in DOUBTS else STATED
    return [(str(structure.value), style)] if structure is not None else []


def _state(case: PublishedCase) -> State:
    """What it means that a patient has no answer: that of the whole tumour, if that is not told."""
    lesions = next(iter(case.find("lesions")), None)
    return silence(case) if lesions is None or lesions.state is State.REPORTED else lesions.state


def _who(row: _Row, review: Review) -> Linked:
    doubt = f" ({_doubt(review)})"
    found = [
        (one, doubt if style == DOUBTFUL else "") for style, some in row.patients.items() for one in some
    ]
    return people(review, found, ", ", "nobody")


def _doubt(review: Review) -> str:
    known = review.vocabularies["certainty"].terms
    return " or ".join(lower_first(known[term].label) for term in DOUBTS if term in known)


def _figure(panels: list[tuple[str, list[_Row]]], review: Review) -> dict[str, Any]:
    import plotly.graph_objects as go  # noqa: PLC0415  (half a second: only where a chart is drawn)

    figure = go.Figure()
    total = sum(len(rows) for _, rows in panels) + GAP * (len(panels) - 0.5)
    longest = max(len(row.names) for _, rows in panels for row in rows)
    layout: dict[str, Any] = {}
    words = {
        STATED: "Reported without doubt",
        DOUBTFUL: f"Reported as {_doubt(review)}",
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
            some = [row for row in rows if row.patients.get(style)]
            if some:
                figure.add_bar(
                    x=[len(row.patients[style]) for row in some],
                    y=[row.words for row in some],
                    hovertext=[f"{row.words}: {', '.join(row.patients[style])}" for row in some],
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
