"""Where the tumours lie, drawn as boxes that a page puts in their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from build_tools.charts.chart import Chart, NoSuchOption, choice
from build_tools.charts.patients import caption, plain
from build_tools.charts.places import VOCABULARIES, Row, facts_of, rows_of, who
from build_tools.charts.words import sentence
from build_tools.records.case import Case
from build_tools.records.shape import title_at
from build_tools.review.facts import lower_first
from build_tools.review.review import Review

TITLE = "Where the tumours lay"
COUNTED = {"origin": "origin of", "segments": "reached by"}
"""What the number in a box says, by the field that it counts."""
COLOUR = (47, 116, 181)
FAINTEST, STRONGEST = 0.05, 0.45
UNIT = 96
"""The pixels of one unit of height on the page's grid."""
LETTERS = 13
"""The letters of a line in a box one unit wide."""


@dataclass(frozen=True)
class _Box:
    """A box: its row, which counts patients of a field, and its place on the grid."""

    field: str
    row: Row
    left: float
    top: float
    width: float
    height: float

    @property
    def words(self) -> str:
        label = "\n".join(wrap(self.row.words, round(LETTERS * self.width), break_long_words=False))
        return f"{label}\n{COUNTED[self.field]} {len(self.row.names)}" if self.row.is_known else label


def draw(review: Review, boxes: Sequence[Sequence[Any]], lines: Sequence[Sequence[float]] = ()) -> Chart:
    """Each box is a place, the darker the more patients; its words lead to who they are in the numbers, and
    from there to the cases. A structure counts the tumours that grew from it, doubtful ones too; a segment
    counts those that reach into it, so that one tumour can count in several. Below stands of how many
    patients nothing is known: an empty box may only mean that few reports name it. The drawing is no map:
    sizes and distances mean nothing.
    """
    name = review.names_apart
    rows = {field: rows_of(review, name, field) for field in VOCABULARIES}
    placed = [_box(given, rows, review) for given in boxes]
    used = list(dict.fromkeys(box.field for box in placed))
    if not any(box.row.names for box in placed):
        return Chart("diagram", TITLE, "No patient has a known place in this drawing.", "", None)
    shown = [(box.field, box.row) for box in placed]
    shown += [(field, row) for field in used for row in rows[field] if (field, row) not in shown]
    return Chart(
        "diagram",
        TITLE,
        " ".join(_message(field, rows[field], len(review.cases)) for field in used),
        caption(draw),
        _figure([*placed, *_unknown(placed, rows, used)], lines, shown),
        ("Asked", "Answer", "Patients", "Who"),
        tuple((_title(field), row.words, str(len(row.names)), who(row, review)) for field, row in shown),
        facts=facts_of(review, used),
    )


def _title(field: str) -> str:
    return title_at(Case, ["lesions", field]) or field


def _box(given: Sequence[Any], rows: dict[str, list[Row]], review: Review) -> _Box:
    """A box as the page asks for it: field, term, left, top, width, height."""
    try:
        field, term, left, top, width, height = given
        numbers = [float(number) for number in (left, top, width, height)]
    except (TypeError, ValueError):
        message = f"boxes: {given!r} is no box; write [field, term, left, top, width, height]"
        raise NoSuchOption(message) from None
    choice("boxes", field, VOCABULARIES)
    vocabulary = review.vocabularies[VOCABULARIES[field]].terms
    choice("boxes", term, vocabulary)
    found = next((row for row in rows[field] if row.term == term), Row(term, vocabulary[term].label, {}))
    return _Box(field, found, *numbers)


def _unknown(placed: list[_Box], rows: dict[str, list[Row]], used: list[str]) -> list[_Box]:
    """Boxes below the drawing for those of whom nothing is known, one a field."""
    right = max(box.left + box.width for box in placed)
    bottom = max(box.top + box.height for box in placed) + 0.3
    boxes = []
    for number, field in enumerate(used):
        silent = [row for row in rows[field] if not row.is_known]
        count = sum(len(row.names) for row in silent)
        reasons = ", ".join(f"{len(row.names)} {lower_first(row.words)}" for row in silent)
        words = f"{_title(field)} not known: {count}" + (f" ({reasons})" if reasons else "")
        left, width = right * number / len(used), right / len(used)
        row = Row(None, words, {"unknown": tuple(name for one in silent for name in one.names)})
        boxes.append(_Box(field, row, left + 0.02, bottom, width - 0.04, 0.95))
    return boxes


def _message(field: str, rows: list[Row], total: int) -> str:
    known = {name for row in rows if row.is_known for name in row.names}
    some = [(len(row.names), lower_first(row.words)) for row in rows if row.is_known and row.names]
    words = ", ".join(f"{words} {count}" for count, words in sorted(some, key=lambda one: -one[0]))
    return sentence(f"{_title(field)}, known of {len(known)} of {total} patients: {words or 'none'}")


def _figure(
    boxes: Sequence[_Box], lines: Sequence[Sequence[float]], shown: list[tuple[str, Row]]
) -> dict[str, Any]:
    import plotly.graph_objects as go  # noqa: PLC0415  (half a second: only where a chart is drawn)

    most = max(len(box.row.names) for box in boxes if box.row.is_known)
    right, bottom = (
        max(box.left + box.width for box in boxes),
        max(box.top + box.height for box in boxes),
    )
    order = {(field, row.term): number for number, (field, row) in enumerate(shown, 1)}
    figure = go.Figure()
    figure.add_scatter(
        x=[box.left + box.width / 2 for box in boxes],
        y=[box.top + box.height / 2 for box in boxes],
        text=[box.words for box in boxes],
        hovertext=[", ".join(box.row.names) or "nobody" for box in boxes],
        mode="text",
        textposition="middle center",
        textfont={"size": 13},
        name="Boxes",
        hovertemplate="%{hovertext}<extra></extra>",
    )
    hidden = {"visible": False, "fixedrange": True}
    figure.update_layout(
        template=None,
        height=round(40 + UNIT * bottom),
        showlegend=False,
        shapes=[_line(line) for line in lines] + [_rectangle(box, most) for box in boxes],
        xaxis={"range": [0, right], **hidden},
        yaxis={"range": [bottom + 0.04, -0.04], **hidden},
        meta={
            "links": {
                f"text: {box.words}": f"#{order[box.field, box.row.term]}"
                for box in boxes
                if (box.field, box.row.term) in order
            }
        },
    )
    return plain(figure)


def _rectangle(box: _Box, most: int) -> dict[str, Any]:
    share = len(box.row.names) / most if box.row.is_known else 0
    strength = round(FAINTEST + (STRONGEST - FAINTEST) * share, 3) if share else 0
    return {
        "type": "rect",
        "layer": "below",
        "x0": box.left,
        "x1": box.left + box.width,
        "y0": box.top,
        "y1": box.top + box.height,
        "fillcolor": f"rgba({', '.join(map(str, COLOUR))}, {strength})",
        "line": {"width": 1, "dash": "solid" if box.row.is_known else "dot"},
    }


def _line(given: Sequence[float]) -> dict[str, Any]:
    """A line of the drawing, which joins boxes and means nothing else."""
    try:
        left, top, right, bottom = (float(number) for number in given)
    except (TypeError, ValueError):
        message = f"lines: {given!r} is no line; write [left, top, right, bottom]"
        raise NoSuchOption(message) from None
    return {
        "type": "line",
        "layer": "below",
        "x0": left,
        "y0": top,
        "x1": right,
        "y1": bottom,
        "line": {"width": 1},
    }
