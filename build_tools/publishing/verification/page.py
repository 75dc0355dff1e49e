"""A built page, as far as the verification looks at it: its words, its ids, and the addresses it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

NO_VALUE = frozenset({"None", "nan", "NaN", "NaT", "null", "undefined", "Undefined"})
"""What programs write where they have no value."""
BLANK = re.compile(r"\{[{%#]")
"""How a blank of a template begins; words of a record never do, for their braces are encoded."""
_OF_NOTE = re.compile(rf"{BLANK.pattern}|{'|'.join(sorted(NO_VALUE))}|object at")

_ADDRESSES = frozenset({"href", "xlink:href", "src", "srcset", "poster", "data", "action", "formaction"})
_ADDRESSES |= {"data-figure", "data-plotly"}
_NAMES_OF_IDS = frozenset({"aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"})
_IN_STYLE = re.compile(r"url\(\s*[\"']?(.*?)[\"']?\s*\)|@import\s+[\"'](.*?)[\"']")
_TELLING = {"h1", "h2", "h3", "h4", "h5", "h6", "title", "nav", "svg", "code", "pre", "textarea", "script"}
_TELLING |= {"style"}


class Place(NamedTuple):
    """Line and column of a built file, counted from 1."""

    line: int
    column: int


class Words(NamedTuple):
    """A run of text between two tags, or the value of an attribute; references such as `&#123;` are kept."""

    text: str
    tag: str
    attribute: str
    within: frozenset[str]
    place: Place


class Reference(NamedTuple):
    """An address that an element names."""

    address: str
    tag: str
    attribute: str
    relation: str
    place: Place

    @property
    def shown(self) -> str:
        """As a message names it: `<a href> nowhere/`."""
        element = f"{self.tag} {self.attribute}".strip()
        return f"<{element}> {self.address}"


class Anchor(NamedTuple):
    """An id, or the old name of a link."""

    name: str
    attribute: str
    place: Place


@dataclass
class BuiltPage:
    """A file of HTML or SVG of the built site; `file` is its path below the site's folder."""

    file: str
    words: list[Words] = field(default_factory=list)
    """Those of the title and the main heading, and those that may be left over from making the page."""
    references: list[Reference] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)

    @property
    def is_page(self) -> bool:
        """Whether a reader opens it as a page; a drawing is none."""
        return self.file.endswith(".html")

    def text_of(self, tag: str) -> str:
        """What stands in the elements of a tag, titles of drawings apart."""
        inside = [w for w in self.words if tag in w.within and "svg" not in w.within and not w.attribute]
        return " ".join(words.text.strip() for words in inside)


def read_page(file: str, source: str) -> BuiltPage:
    """A built page from its HTML or SVG."""
    reader = _Reader(BuiltPage(file))
    reader.feed(source)
    reader.close()
    reader.end_text()
    return reader.page


def addresses_in_style(css: str) -> Iterator[str]:
    """The addresses that a style sheet names."""
    for match in _IN_STYLE.finditer(css):
        yield match[1] or match[2] or ""


class _Reader(HTMLParser):
    """Reads a page in one pass. References stay as written, for `&#123;` is a brace that somebody wrote."""

    def __init__(self, page: BuiltPage) -> None:
        super().__init__(convert_charrefs=False)
        self.page = page
        self.open: Counter[str] = Counter()
        self.within: frozenset[str] = frozenset()
        self.tag = ""
        self.text: list[str] = []
        self.begin = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.end_text()
        self._read_attributes(tag, attrs)
        self.tag = tag
        if tag in _TELLING:
            self.open[tag] += 1
            self.within = frozenset(+self.open)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.end_text()
        self._read_attributes(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.end_text()
        self.tag = ""
        if self.open[tag]:
            self.open[tag] -= 1
            self.within = frozenset(+self.open)

    def handle_data(self, data: str) -> None:
        if not self.text:
            self.begin = self.here()
        self.text.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def here(self) -> tuple[int, int]:
        line, offset = self.getpos()
        return line, offset + 1

    def end_text(self) -> None:
        """What was read since the last tag is one run of words."""
        if not self.text:
            return
        text = "".join(self.text)
        self.text.clear()
        if self.within & {"style", "script"}:
            if "style" in self.within:
                self._refer(addresses_in_style(text), "style", "", Place(*self.begin))
        elif self.within & {"title", "h1"} or _OF_NOTE.search(text):
            self.page.words.append(Words(text, self.tag, "", self.within, Place(*self.begin)))

    def _read_attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        place = Place(*self.here()) if attrs else Place(1, 1)
        for name, given in attrs:
            value = given or ""
            if name == "id" or (name == "name" and tag == "a"):
                self.page.anchors.append(Anchor(value, name, place))
            elif name in _ADDRESSES:
                written = [one.split()[0] for one in value.split(",") if one.strip()]
                found = written if name == "srcset" else [value]
                relation = next((v or "" for n, v in attrs if n == "rel"), "") if tag == "link" else ""
                self._refer(found, tag, name, place, relation)
            elif name in _NAMES_OF_IDS:
                self._refer([f"#{one}" for one in value.split()], tag, name, place)
            elif "url(" in value:
                self._refer(addresses_in_style(value), tag, name, place)
            if value in NO_VALUE:
                self.page.words.append(Words(value, tag, name, self.within, place))
            elif "{" in value and BLANK.search(raw := self.get_starttag_text() or ""):
                self.page.words.append(Words(raw, tag, name, self.within, place))

    def _refer(
        self, addresses: Iterator[str] | list[str], tag: str, attribute: str, place: Place, relation: str = ""
    ) -> None:
        self.page.references.extend(Reference(one, tag, attribute, relation, place) for one in addresses)
