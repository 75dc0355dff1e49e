"""How large each tumour was, by which method, and how the patient fared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from build_tools.charts.chart import Chart, Everyone
from build_tools.charts.patients import MOST_LANES, caption, fate, grouped, patient, plain, silence
from build_tools.records.lesion import Lesion
from build_tools.records.measures import UNITS, Measure
from build_tools.records.values import State, Value
from build_tools.review.derived import STATUS_WORDS, after_treatment
from build_tools.review.facts import OPERATORS, Fact, lower_first, state_words
from build_tools.review.review import PublishedCase, Review
from build_tools.review.times import months_of

TITLE = "Size of the tumours"
STYLES = (
    ("square", "#2f74b5"),
    ("circle", "#b35a12"),
    ("triangle-up", "#1f8072"),
    ("diamond", "#8059b0"),
    ("hexagon", "#8a6d1f"),
    ("star", "#c2453f"),
    ("triangle-down", "#6f777c"),
    ("triangle-left", "#9a5f8c"),
)
"""A symbol and a colour for each method in use, in the order of the vocabulary."""
JOIN = "#7a7f86"
MAIN = "primary"
ROW_HEIGHT = 64


@dataclass(frozen=True)
class _Size:
    """One measurement: its method, and the longest axis in centimetres, of a range both ends."""

    method: str
    low: float
    high: float
    words: str
    at: str
    later: bool

    @property
    def said(self) -> str:
        """The measurement in words, with its time where that is known."""
        return self.words + (f" at {self.at}" if self.at else "")


@dataclass(frozen=True)
class _Lane:
    """A lesion of a patient with its measurements."""

    case: PublishedCase
    name: str
    fate: str
    sizes: tuple[_Size, ...]
    is_main: bool

    @property
    def label(self) -> str:
        return f"{self.name}\n{self.fate}"


def draw(review: Review) -> Chart:
    """Each sign is one measurement of the longest axis, each row one tumour, with how the patient was at the
    last follow-up; rows of one outcome stand together. The shape of a sign tells the method: sizes by
    different methods are never mixed, and a thin line joins those of one tumour. Of a range the sign stands
    at the lower end, and a bar reaches to the upper; an open sign is a bound or an approximation. With so few
    patients, of whom only some were measured, the picture can't show whether size foretells the outcome.
    """
    name = review.names_apart
    lanes = [lane for case in review.cases.values() for lane in _lanes(case, name[case.id], review)]
    measured = {lane.case.id for lane in lanes}
    out = [(name[case.id], _why(case)) for case in review.cases.values() if case.id not in measured]
    if not lanes:
        return Chart("sizes", TITLE, "No tumour has a known size.", "", None)
    fates = [*STATUS_WORDS.values()]
    lanes.sort(
        key=lambda lane: (
            next((i for i, words in enumerate(fates) if lane.fate.startswith(words)), len(fates)),
            lane.fate,
            -max(size.high for size in lane.sizes),
            lane.case.id,
        )
    )
    heads = ("Tumour", "Method", "Size", "Longest axis (cm)", "Time", "Outcome")
    rows = tuple(_row(lane, size, review) for lane in lanes for size in lane.sizes)
    drawn, everyone = lanes, None
    notes: tuple[str, ...] = ()
    if len(lanes) > MOST_LANES:
        largest = sorted(lanes, key=lambda lane: -max(size.high for size in lane.sizes))[:MOST_LANES]
        drawn = [lane for lane in lanes if lane in largest]
        everyone_is = f"all {len(lanes)} stand in the live view and in the CSV"
        notes = (f"Drawn are the {MOST_LANES} largest tumours; {everyone_is}.",)
        everyone = Everyone(heads, rows, _figure(lanes, review, len(drawn)))
    return Chart(
        "sizes",
        TITLE,
        _message(lanes, review),
        caption(draw),
        _figure(drawn, review, len(drawn)),
        heads,
        rows,
        "Without a known size: " + grouped(out) if out else "",
        notes,
        everyone=everyone,
        facts=tuple(
            (case, fact)
            for case in review.cases.values()
            for name in ("lesions.sizes", "outcome")
            for fact in case.find(name)
        ),
    )


def _lanes(case: PublishedCase, name: str, review: Review) -> list[_Lane]:
    lanes = []
    held = case.record.lesions
    for i, lesion in enumerate(held.value if isinstance(held, Value) and held.value else ()):
        sizes = _sizes(case, i, lesion)
        if sizes:
            is_main = lesion.role == MAIN
            kind = "" if is_main else f", {lower_first(review.label('lesion_role', lesion.role))}"
            lanes.append(_Lane(case, name + kind, fate(case, review), tuple(sizes), is_main))
    labels = [lane.name for lane in lanes]
    return [
        lane
        if labels.count(lane.name) == 1
        else _Lane(case, f"{lane.name} ({i + 1})", lane.fate, lane.sizes, lane.is_main)
        for i, lane in enumerate(lanes)
    ]


def _sizes(case: PublishedCase, index: int, lesion: Lesion) -> list[_Size]:
    found = []
    for j, size in enumerate(lesion.sizes.value if lesion.sizes and lesion.sizes.value else ()):
        used = size.size.used if size.size else None
        if used is not None and isinstance(used.value, Measure):
            path = f"lesions[{index}].sizes[{j}]"
            at = case.by_path.get(f"{path}.at")
            words = case.by_path[f"{path}.size"].text
            later = after_treatment(case, path) is not None or (months_of(case, f"{path}.at") or 0) > 0
            found.append(_size(size.method, used.value, words, at, later=later))
    return found


def _size(method: str, measure: Measure, words: str, at: Fact | None, *, later: bool) -> _Size:
    factor = UNITS["length"][measure.unit] / UNITS["length"]["cm"]
    return _Size(
        method,
        round(measure.low * factor, 2),
        round(measure.high * factor, 2),
        words,
        at.text if at is not None and at.state is State.REPORTED else "",
        later,
    )


def _is_bound(size: _Size) -> bool:
    return any(size.words.startswith(words) for words in OPERATORS.values() if words)


def _message(lanes: list[_Lane], review: Review) -> str:
    own = [lane for lane in lanes if lane.is_main]
    exact = [[s for s in lane.sizes if s.low == s.high and not s.later and not _is_bound(s)] for lane in own]
    gaps = [
        max(s.low for s in sizes) - min(s.low for s in sizes)
        for sizes in exact
        if len({s.method for s in sizes}) > 1
    ]
    role = lower_first(review.label("lesion_role", MAIN))
    known = len({lane.case.id for lane in own})
    first = f"{known} of {len(review.cases)} patients have a known size of the {role}"
    if own:
        low = min(size.low for lane in own for size in lane.sizes)
        high = max(size.high for lane in own for size in lane.sizes)
        first += f", {low:g} cm" if low == high else f", from {low:g} to {high:g} cm"
    if not gaps:
        return first + "."
    return f"{first}; methods differ by up to {round(max(gaps), 2):g} cm in one tumour."


def _figure(lanes: list[_Lane], review: Review, shown: int) -> dict[str, Any]:
    """The lanes from the top down, of which the first `shown` are in sight."""
    import plotly.graph_objects as go  # noqa: PLC0415  (half a second: only where a chart is drawn)

    figure = go.Figure()
    xs: list[float | None] = []
    ys: list[str | None] = []
    for lane in lanes:
        if len(lane.sizes) > 1:
            xs += [min(size.low for size in lane.sizes), max(size.low for size in lane.sizes), None]
            ys += [lane.label, lane.label, None]
    if xs:
        figure.add_scatter(
            x=xs,
            y=ys,
            mode="lines",
            line={"width": 1.5, "color": JOIN},
            showlegend=False,
            hoverinfo="skip",
            name="One tumour",
        )
    used = {size.method for lane in lanes for size in lane.sizes}
    methods = {id: entry for id, entry in review.vocabularies["size_method"].terms.items() if id in used}
    for i, (method, entry) in enumerate(methods.items()):
        for bound in (False, True):
            points = [
                (size, lane)
                for lane in lanes
                for size in lane.sizes
                if size.method == method and _is_bound(size) is bound
            ]
            if points:
                words = f"{entry.label}, bound or about" if bound else entry.label
                _add_points(figure, points, words, *STYLES[i % len(STYLES)], bound=bound)
    figure.update_layout(
        template=None,
        height=90 + ROW_HEIGHT * shown,
        xaxis={
            "title": {"text": "Longest axis (cm)"},
            "range": [0, max(size.high for lane in lanes for size in lane.sizes) * 1.06],
            "zeroline": False,
        },
        yaxis={
            "categoryorder": "array",
            "categoryarray": [lane.label for lane in reversed(lanes)],
            "range": [len(lanes) - shown - 0.5, len(lanes) - 0.5],
        },
        legend={"orientation": "h"},
        meta={"links": {lane.label: f"cases/{lane.case.id}/" for lane in lanes}},
    )
    return plain(figure)


def _add_points(
    figure: Any, points: list[tuple[_Size, _Lane]], words: str, symbol: str, colour: str, *, bound: bool
) -> None:
    ranges = [round(size.high - size.low, 2) for size, _ in points]
    figure.add_scatter(
        x=[size.low for size, _ in points],
        y=[lane.label for _, lane in points],
        hovertext=[f"{lane.name}, {words}: {size.said}; {lane.fate}" for size, lane in points],
        mode="markers",
        name=words,
        marker={
            "symbol": symbol + ("-open" if bound else ""),
            "size": 12,
            "color": colour,
            "line": {"width": 1.5, "color": colour},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": ranges,
            "arrayminus": [0] * len(points),
            "color": colour,
            "thickness": 4,
            "width": 0,
        }
        if any(ranges)
        else None,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _row(lane: _Lane, size: _Size, review: Review) -> tuple[str, ...]:
    axis = f"{size.low:g}" if size.low == size.high else f"{size.low:g}–{size.high:g}"
    return (
        patient(lane.case, lane.name),
        review.label("size_method", size.method),
        size.words,
        axis,
        size.at or "not said",
        lane.fate,
    )


def _why(case: PublishedCase) -> str:
    """What is known instead of a size; a size on which reports disagree is not drawn."""
    sizes = [fact for fact in case.find("lesions.sizes.size") if not fact.missing]
    found = sizes or case.find("lesions.sizes") or case.find("lesions")
    state = next((fact.state for fact in found if fact.state is not State.REPORTED), silence(case))
    return state_words(state)
