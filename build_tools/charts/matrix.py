"""A matrix of signs: rows by columns, each cell a filled field with a sign, a small mark, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """What a cell can say: its words, and a filled field with a sign, or without a field a small marker."""

    words: str
    colour: str
    sign: str | None = None
    marker: str = "square"

    @property
    def is_filled(self) -> bool:
        """Whether it fills its cell."""
        return self.sign is not None

    @property
    def legend(self) -> str:
        """The kind as the legend names it: with its sign, for who can't tell the colours apart."""
        return f"{self.sign}\u2002{self.words}" if self.sign else self.words


@dataclass(frozen=True)
class Cell:
    """A cell: the name of its kind, what it says in words, and whether this casebook inferred it."""

    kind: str
    words: str
    inferred: bool = False


BLUE, VIOLET, BROWN, ORANGE, RED, TEAL, GREY = (
    "#2f74b5",
    "#8059b0",
    "#8a6d1f",
    "#b35a12",
    "#c2453f",
    "#1f8072",
    "#6f777c",
)
"""Colours with a contrast above 3 to 1 on both grounds, and above 4.5 to 1 under a white sign."""

FEW = 8
"""So many columns leave room for names in two lines."""
GAP = "\u00a0"
"""A column without a name between the patients and the totals."""


def figure(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[str, str], Cell],
    kinds: Mapping[str, Kind],
    row_height: int,
    links: Mapping[str, str],
    totals: tuple[str, Mapping[str, str]] | None = None,
) -> Any:
    """The matrix as a Plotly figure; rows run downwards, and `links` leads a label to an address.

    `totals` is a last column of words: its head, and what stands in each row.

    A filled kind is a level of one heat map, and has an empty trace for its place in the legend.
    """
    import plotly.graph_objects as go  # noqa: PLC0415  (half a second: only where a chart is drawn)

    made = go.Figure()
    used = {cell.kind for cell in cells.values()}
    filled = [name for name, kind in kinds.items() if kind.is_filled and name in used]
    if filled:
        _add_fields(made, rows, columns, cells, {name: kinds[name] for name in filled})
    empty: list[str | None] = [None]
    for name, kind in kinds.items():
        if name not in used:
            continue
        places = [] if kind.is_filled else [place for place, cell in cells.items() if cell.kind == name]
        made.add_scatter(
            x=[column for _, column in places] or empty,
            y=[row for row, _ in places] or empty,
            hovertext=[_hover(place, cells[place]) for place in places],
            mode="markers",
            name=kind.legend,
            marker={
                "symbol": kind.marker,
                "size": 12 if kind.is_filled else 6,
                "color": kind.colour,
                "line": {"width": 1.2, "color": kind.colour},
            },
            hovertemplate="%{hovertext}<extra></extra>",
        )
    heads = [*columns, GAP, totals[0]] if totals else list(columns)
    if totals:
        made.add_scatter(
            x=[totals[0]] * len(totals[1]),
            y=list(totals[1]),
            text=list(totals[1].values()),
            mode="text",
            textposition="middle center",
            textfont={"size": 12},
            showlegend=False,
            hoverinfo="skip",
            name=totals[0],
        )
    made.update_layout(
        template=None,
        height=90 + row_height * len(rows),
        xaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": heads,
            "tickvals": heads,
            "ticktext": [head.replace(", ", ",\n", 1) for head in heads] if len(heads) <= FEW else heads,
            "tickangle": -90,
            "range": [-0.5, len(heads) - 0.5],
            "side": "top",
            "automargin": True,
            "ticks": "",
            "showgrid": False,
            "zeroline": False,
        },
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(reversed(rows)),
            "range": [-0.5, len(rows) - 0.5],
            "ticks": "",
            "showgrid": False,
            "zeroline": False,
        },
        legend={"orientation": "h"},
        meta={"links": dict(links)},
    )
    return made


def counts(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[str, str], Cell],
    kinds: Mapping[str, Kind],
) -> dict[str, list[int]]:
    """Of each kind that occurs, in how many columns it stands in each row."""
    found = {name: [0] * len(rows) for name in kinds}
    place = {row: i for i, row in enumerate(rows)}
    shown = set(columns)
    for (row, column), cell in cells.items():
        if column in shown:
            found[cell.kind][place[row]] += 1
    return {name: numbers for name, numbers in found.items() if any(numbers)}


def bars(
    rows: Sequence[str], found: Mapping[str, list[int]], kinds: Mapping[str, Kind], row_height: int, of: int
) -> Any:
    """The counts of a matrix that is too wide to be read, as a stacked bar a row; `of` is its columns."""
    import plotly.graph_objects as go  # noqa: PLC0415  (half a second: only where a chart is drawn)

    made = go.Figure()
    hatches = iter(HATCHES)
    plain_colours = {BLUE, GREY}
    for name, numbers in found.items():
        kind = kinds[name]
        hatch = "" if kind.colour in plain_colours else next(hatches)
        plain_colours.discard(kind.colour)
        some = [(row, count) for row, count in zip(rows, numbers, strict=True) if count]
        made.add_bar(
            x=[count for _, count in some],
            y=[row for row, _ in some],
            hovertext=[f"{row}: {kind.words.lower()} {count} of {of}" for row, count in some],
            orientation="h",
            name=kind.words,
            marker={
                "color": kind.colour,
                "pattern": {
                    "shape": hatch,
                    "fillmode": "overlay",
                    "fgcolor": "#ffffff",
                    "size": 7,
                },
            },
            hovertemplate="%{hovertext}<extra></extra>",
        )
    made.update_layout(
        template=None,
        height=90 + row_height * len(rows),
        barmode="stack",
        bargap=0.2,
        xaxis={"title": {"text": f"Patients, of {of}"}, "range": [0, of], "zeroline": False},
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(reversed(rows)),
            "range": [-0.5, len(rows) - 0.5],
            "ticks": "",
            "showgrid": False,
        },
        legend={"orientation": "h"},
        meta={"links": {}},
    )
    return made


HATCHES = ("/", "\\", "x", "|", "+", "-", ".")
"""Hatches for who can't tell the colours apart; the first blue and the first grey have none."""


def _add_fields(
    made: Any,
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[str, str], Cell],
    kinds: Mapping[str, Kind],
) -> None:
    levels = {name: level for level, name in enumerate(kinds)}
    top = len(levels)

    def of(place: tuple[str, str]) -> Cell | None:
        cell = cells.get(place)
        return cell if cell is not None and cell.kind in levels else None

    places = [[(row, column) for column in columns] for row in reversed(rows)]
    table = [[of(place) for place in line] for line in places]
    made.add_heatmap(
        x=list(columns),
        y=list(reversed(rows)),
        z=[[levels[cell.kind] if cell else None for cell in line] for line in table],
        text=[[_sign(kinds[cell.kind], cell) if cell else "" for cell in line] for line in table],
        hovertext=[[_hover(place, cell) if (cell := of(place)) else "" for place in line] for line in places],
        texttemplate="%{text}",
        textfont={"color": "#ffffff", "size": 13},
        hovertemplate="%{hovertext}<extra></extra>",
        hoverongaps=False,
        zmin=-0.5,
        zmax=top - 0.5,
        colorscale=[
            [edge / top, kind.colour]
            for level, kind in enumerate(kinds.values())
            for edge in (level, level + 1)
        ],
        showscale=False,
        xgap=2,
        ygap=2,
    )


def _sign(kind: Kind, cell: Cell) -> str:
    """The sign of a cell, in brackets where the value is inferred."""
    return f"({kind.sign})" if cell.inferred else kind.sign or ""


def _hover(place: tuple[str, str], cell: Cell) -> str:
    return f"{place[0]} – {place[1]}: {cell.words}"
