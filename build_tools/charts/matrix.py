"""A matrix of signs: rows by columns, each cell a filled field with a sign, a small mark, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """What a cell can say: its words, a sign inside a filled field, or, without a sign, a small marker."""

    words: str
    colour: str
    sign: str = ""
    marker: str = "square"

    @property
    def legend(self) -> str:
        """The kind as the legend names it: with its sign, for who can't tell the colours apart."""
        return f"{self.sign}\u2002{self.words}" if self.sign else self.words


@dataclass(frozen=True)
class Cell:
    """A cell: the name of its kind, and what it says in words."""

    kind: str
    words: str


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


def figure(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[str, str], Cell],
    kinds: Mapping[str, Kind],
    row_height: int,
    links: Mapping[str, str],
) -> Any:
    """The matrix as a Plotly figure; rows run downwards, and `links` leads a label to an address.

    A filled kind is a level of one heat map, and has an empty trace for its place in the legend.
    """
    import plotly.graph_objects as go  # noqa: PLC0415  (half a second: only where a chart is drawn)

    made = go.Figure()
    used = {cell.kind for cell in cells.values()}
    filled = [name for name, kind in kinds.items() if kind.sign and name in used]
    if filled:
        _add_fields(made, rows, columns, cells, {name: kinds[name] for name in filled})
    for name, kind in kinds.items():
        if name not in used:
            continue
        places = [] if kind.sign else [place for place, cell in cells.items() if cell.kind == name]
        made.add_scatter(
            x=[column for _, column in places] or [None],
            y=[row for row, _ in places] or [None],
            hovertext=[_hover(place, cells[place]) for place in places],
            mode="markers",
            name=kind.legend,
            marker={
                "symbol": kind.marker,
                "size": 12 if kind.sign else 6,
                "color": kind.colour,
                "line": {"width": 1.2, "color": kind.colour},
            },
            hovertemplate="%{hovertext}<extra></extra>",
        )
    made.update_layout(
        template=None,
        height=90 + row_height * len(rows),
        xaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(columns),
            "range": [-0.5, len(columns) - 0.5],
            "side": "top",
            "tickangle": -90,
            "showgrid": False,
            "zeroline": False,
        },
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(reversed(rows)),
            "range": [-0.5, len(rows) - 0.5],
            "showgrid": False,
            "zeroline": False,
        },
        legend={"orientation": "h"},
        meta={"links": dict(links)},
    )
    return made


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
        text=[[kinds[cell.kind].sign if cell else "" for cell in line] for line in table],
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


def _hover(place: tuple[str, str], cell: Cell) -> str:
    return f"{place[0]} – {place[1]}: {cell.words}"
