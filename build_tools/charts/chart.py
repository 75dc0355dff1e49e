"""A chart: a Plotly figure with the sentence it shows, its numbers, and who is left out."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any


@dataclass(frozen=True)
class Chart:
    """What a page needs to show a chart with and without scripts.

    `message` states the finding in a sentence; `caption` states the caveat; `heads` and `rows` are the
    numbers behind the picture; `figure` is Plotly's JSON form, or None where a chart would mislead, and
    then `message` says why there is none.
    """

    name: str
    title: str
    message: str
    caption: str
    figure: dict[str, Any] | None
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    left_out: str = ""


def escaped(figure: Any, key: str = "") -> Any:
    """The figure as plotly.js may have it, which reads tags in any text: all but our own hover templates."""
    if isinstance(figure, dict):
        return {_text(name): escaped(inner, name) for name, inner in figure.items()}
    if isinstance(figure, list):
        return [escaped(inner, key) for inner in figure]
    return _text(figure) if isinstance(figure, str) and key != "hovertemplate" else figure


def _text(words: str) -> str:
    return escape(words, quote=False)
