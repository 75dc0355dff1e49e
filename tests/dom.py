"""HTML as a tree of elements, as far as tests look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
UNSEEN = frozenset({"script", "style", "template"})


@dataclass
class Element:
    """An element with its attributes and what is inside it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """The element and every element inside it, in the order of the page."""
        yield self
        for part in self.inside:
            if isinstance(part, Element):
                yield from part

    def all(self, tag: str = "", css_class: str = "") -> list[Element]:
        """The elements of a tag and a class inside this one."""
        return [e for e in self if tag in ("", e.tag) and (not css_class or css_class in e.classes)]

    def one(self, tag: str = "", css_class: str = "") -> Element:
        """The only element of a tag and a class."""
        found = self.all(tag, css_class)
        assert len(found) == 1, f"{len(found)} elements <{tag} class={css_class}>"
        return found[0]

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """What a reader sees, with every run of white space as one space."""
        return flat("".join(self._texts("")))

    def text_without(self, css_class: str) -> str:
        """The text but for that of elements of a class."""
        return flat("".join(self._texts(css_class)))

    def _texts(self, leave_out: str) -> Iterator[str]:
        for part in self.inside:
            if isinstance(part, str):
                yield part
            elif part.tag not in UNSEEN and (not leave_out or leave_out not in part.classes):
                yield from part._texts(leave_out)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top = Element("")
        self.open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in (element.tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parse(html: str) -> Element:
    """The tree of a page or of a part of one."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.top


def flat(text: str) -> str:
    """Text as a browser sets it: every run of white space is one space."""
    return " ".join(text.split())
