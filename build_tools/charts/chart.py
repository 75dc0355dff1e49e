"""A chart: a Plotly figure with the sentence it shows, its numbers, and who is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase

Drawn = tuple[tuple[PublishedCase, Fact], ...]
"""What a chart draws or counts: facts of the records, each with its patient."""


class NoSuchOption(Exception):
    """A page asks a chart for something that it can't show; the message names it."""


def choice(option: str, value: str, known: Iterable[str]) -> str:
    """An option's value, if it is one of the known ones."""
    if value not in (names := sorted(known)):
        raise NoSuchOption(f"{option}: there is no '{value}'; there are: {', '.join(names) or 'none'}")
    return value


class Linked(str):
    """The words of a cell of which some lead somewhere: plain words in files, links on a page.

    `pieces` are its words in order, each with an address below the site's root or with none.
    """

    __slots__ = ("pieces",)
    pieces: tuple[tuple[str, str], ...]

    def __new__(cls, *pieces: tuple[str, str]) -> Linked:
        """The words put together."""
        made = super().__new__(cls, "".join(words for words, _ in pieces))
        made.pieces = pieces
        return made


@dataclass(frozen=True)
class Aside:
    """A small table that stands beside a chart, with the sentence that it supports."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: str


@dataclass(frozen=True)
class Everyone:
    """All patients, where a chart shows a part or counts: its CSV, and the figure of its live view.

    `figure` is None where the live view shows what the picture shows.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figure: dict[str, Any] | None = None


@dataclass(frozen=True)
class Chart:
    """What a page needs to show a chart with and without scripts.

    `name` is the chart's own among all of the site, which its files take too; `message` states the
    finding in a sentence; `caption` states the caveat; `heads` and `rows` are the numbers behind the
    picture, and `facts` what they rest on in the records; `figure` is Plotly's JSON form, or None where a
    chart would mislead, and then `message` says why there is none. Its `meta.links` lead names at an axis
    to an address, or with `#3` to the third of the rows. `notes` are sentences on what the picture can't
    show, `aside` is a table beside it, and `everyone` holds all patients where the picture has room for a
    part. A line break in a text of the figure is a plain one, and never a tag.
    """

    name: str
    title: str
    message: str
    caption: str
    figure: dict[str, Any] | None
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    left_out: str = ""
    notes: tuple[str, ...] = ()
    aside: Aside | None = None
    everyone: Everyone | None = None
    facts: Drawn = ()

    @property
    def live(self) -> dict[str, Any] | None:
        """The figure of the live view."""
        return (self.everyone and self.everyone.figure) or self.figure


def escaped(figure: Any, key: str = "") -> Any:
    """The figure as plotly.js may have it, which reads tags in any text: all but our own hover templates.

    A hover template may hold no text of a file: it names that as `%{customdata}`.
    """
    if isinstance(figure, dict):
        return {_text(name): escaped(inner, name) for name, inner in figure.items()}
    if isinstance(figure, list):
        return [escaped(inner, key) for inner in figure]
    return _text(figure) if isinstance(figure, str) and key != "hovertemplate" else figure


def _text(words: str) -> str:
    return escape(words, quote=False).replace("\n", "<br>")
