"""A built page, as far as the verification looks at it: its words, its ids, and the addresses it names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

NO_VALUE = frozenset({"None", "nan", "NaN", "NaT", "null", "undefined", "Undefined"})
"""What programs write where they have no value."""
BLANK = re.compile(r"\{[{%#]")
"""How a blank of a template begins; words of a record never do, for their braces are encoded."""
WITHIN = re.compile(
    r"\b(?:nan|NaN|NaT)\b"
    r"|\b(?:None|[Uu]ndefined)(?=\s*[%/]|\s(?:days|months|years|mm|cm)\b)"
    r"|[=/]\s*(?:None|null|[Uu]ndefined)\b"
    r"|<\w+ object at|object at 0x|&lt;\w[\w.]* object at"
)
"""Values without a value within a longer text; "None of these" is English and no such thing."""
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
    """A built page from its HTML or SVG; a parser reads it only if it holds anything that is not plain."""
    return read_plain(file, source) or parse_page(file, source)


def read_plain(file: str, source: str) -> BuiltPage | None:
    """A page of plain markup by its tags that name something; None if a parser has to look.

    Plain are attributes in double quotes without angle brackets, and words of which none may be left over.
    """
    text = _NOT_READ.sub(lambda found: _SIGN.sub(" ", found[0]), source)
    rest = _PLAIN_TAG.sub("\0", text)
    if "<" in rest or ">" in rest or _LEFT_IN_TAG.search(text):
        return None
    if any(sign in rest for sign in _SIGNS_OF_LEFT) and _LEFT.search(rest):
        return None
    if _STYLE.search(text):
        return None
    reader = _Reader(BuiltPage(file))
    lines = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def place(offset: int) -> Place:
        line = bisect_right(lines, offset)
        return Place(line, offset - lines[line - 1] + 1)

    end = 0
    for naming in _NAMING.finditer(text):
        if naming.start() < end or (naming[1] and naming[1].lower() not in _NAMES):
            continue  # another attribute of the same tag, or one that names nothing
        start, end = text.rfind("<", 0, naming.start()), text.find(">", naming.start()) + 1
        found = _PLAIN_TAG.fullmatch(text, start, end)
        if found is not None:  # else it stands in words
            attributes = [(name.lower(), unescape(value)) for name, value in _ATTRIBUTE.findall(found[2])]
            reader.read_attributes(found[1].lower(), attributes, place(start), found[0])
    for tag, pattern in _TITLES.items() if reader.page.is_page else ():
        for title in pattern.finditer(text, 0, text.find("</head>") if tag == "title" else len(text)):
            words = _PLAIN_TAG.sub(" ", title[1])
            reader.page.words.append(Words(words, tag, "", frozenset({tag}), place(title.start(1))))
    return reader.page


_NOT_READ = re.compile(
    r"<script(?: type=\"[^\"<>]*\")?>.*?</script>"
    r"|<style>(?:(?!url\(|@import)[^<])*+</style>|<!doctype html>|<\?xml[^<>]*\?>",
    re.S | re.I,
)
"""Scripts, whose words and addresses are nobody's, and styles that name nothing."""
_STYLE = re.compile(r"<style", re.I)
_SIGN = re.compile(r"[^\n]")
_LINE_END = re.compile(r"\n")
_PLAIN_TAG = re.compile(r'</?([a-z][\w:-]*+)((?:\s++[^\s"\'<>=/]++(?:="[^"<>]*+")?+)*+)\s*+/?>', re.I)
_NAMES = frozenset({"id", "name", *_ADDRESSES, *_NAMES_OF_IDS})
_NAMING = re.compile(r'([\w:-]+)="|url\(')
"""An attribute that names a place or an address."""
_ATTRIBUTE = re.compile(r'([^\s"=<>/]+)="([^"]*)"')
_TITLES = {
    "title": re.compile(r"<title>([^<]*)</title>", re.I),
    "h1": re.compile(r"<h1\b[^<>]*>(.*?)</h1>", re.S | re.I),
}
_ALONE = "|".join(sorted(NO_VALUE))
_LEFT = re.compile(rf"{BLANK.pattern}|\0\s*(?:{_ALONE})\s*\0|{WITHIN.pattern}")
_SIGNS_OF_LEFT = (*sorted(NO_VALUE), "object at", "{")
_A_LETTER = r"&#(?:6[5-9]|[7-9]\d|1[01]\d|12[0-2]|[xX]\w+);"
_LEFT_IN_TAG = re.compile(rf'{BLANK.pattern}|="(?:{_ALONE})"|="[A-Za-z]*{_A_LETTER}')


def parse_page(file: str, source: str) -> BuiltPage:
    """A built page from its HTML or SVG, whatever is in it."""
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
        self._read_here(tag, attrs)
        self.tag = tag
        if tag in _TELLING:
            self.open[tag] += 1
            self.within = frozenset(+self.open)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.end_text()
        self._read_here(tag, attrs)

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

    def _read_here(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if attrs:
            self.read_attributes(tag, attrs, Place(*self.here()), self.get_starttag_text() or "")

    def read_attributes(
        self, tag: str, attrs: Sequence[tuple[str, str | None]], place: Place, written: str
    ) -> None:
        """What the attributes of a tag name, and what may be left over in them."""
        for name, given in attrs:
            value = given or ""
            if name == "id" or (name == "name" and tag == "a"):
                self.page.anchors.append(Anchor(value, name, place))
            elif name in _ADDRESSES:
                several = [one.split()[0] for one in value.split(",") if one.strip()]
                found = several if name == "srcset" else [value]
                relation = next((v or "" for n, v in attrs if n == "rel"), "") if tag == "link" else ""
                self._refer(found, tag, name, place, relation)
            elif name in _NAMES_OF_IDS:
                self._refer([f"#{one}" for one in value.split()], tag, name, place)
            elif "url(" in value:
                self._refer(addresses_in_style(value), tag, name, place)
            if value in NO_VALUE:
                self.page.words.append(Words(value, tag, name, self.within, place))
            elif "{" in value and BLANK.search(written):
                self.page.words.append(Words(written, tag, name, self.within, place))

    def _refer(
        self, addresses: Iterator[str] | list[str], tag: str, attribute: str, place: Place, relation: str = ""
    ) -> None:
        self.page.references.extend(Reference(one, tag, attribute, relation, place) for one in addresses)
