"""Prose side by side: each sentence of a written page that says something else, before and after."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html.parser import HTMLParser

from build_tools.impact.change import Change
from build_tools.impact.pages import by_url
from build_tools.pages.page import Page
from build_tools.publishing.generate import Site

_ELSEWHERE = frozenset({"figure", "table", "svg", "button", "footer", "nav", "form", "ol"})
"""What has a part of its own in a comparison (charts, tables), or is no prose."""
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr"})
_BLOCK = frozenset({"p", "li", "h1", "h2", "h3", "h4", "div", "section", "dt", "dd", "ul"})
_END = re.compile(r"(?<=[.!?])\s+|\s*\n\s*\n\s*|\n(?=\s*[-*#])")


def compare_sentences(old: Site, new: Site) -> tuple[Change, ...]:
    """Each sentence of a page on both sides that came, went or changed, led to by the page's address."""
    before = by_url(old)
    changes: list[Change] = []
    for url, page in sorted(by_url(new).items()):
        was = before.get(url)
        if page.is_html or was is None or was.body == page.body:
            continue
        changes += _compare(url or "./", _sentences(was), _sentences(page))
    return tuple(changes)


def _compare(url: str, old: list[str], new: list[str]) -> list[Change]:
    changes = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for i in range(max(b - a, d - c)):
            one = old[a + i] if a + i < b else ""
            other = new[c + i] if c + i < d else ""
            changes.append(Change((url,), one, other))
    return changes


class _Prose(HTMLParser):
    """The words of a page without what stands behind its marks, and without charts and tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._inside: list[bool] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        classes = (dict(attrs).get("class") or "").split()
        counted = tag == "button" and dict(attrs).get("aria-label") == "Which patients"
        hides = "where" in classes or "cite" in classes or (tag in _ELSEWHERE and not counted)
        self._inside.append(hides)
        self._hidden += hides
        if tag in _BLOCK:
            self.words.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and self._inside:
            self._hidden -= self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _sentences(page: Page) -> list[str]:
    prose = _Prose()
    prose.feed(page.body)
    pieces = _END.split("".join(prose.words))
    plain = (" ".join(re.sub(r"\]\([^)]*\)|[\[\]*_#|\u2060]", " ", piece).split()) for piece in pieces)
    return [words for words in plain if words]
