"""No open blank, no value without a value, no page without a title, no id twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.problems.mistakes import built as wrong
from build_tools.problems.problem import Problem
from build_tools.publishing.verification.page import BLANK, NO_VALUE, WITHIN, BuiltPage, Words

_CODE = frozenset({"code", "pre", "textarea"})
_PROSE = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "nav", "title"}) | _CODE
"""Where "None" alone may be an English word: headings, and the lists of them."""


def problems(page: BuiltPage) -> Iterator[Problem]:
    """What a template, a table or a chart left behind on a page."""
    for words in page.words:
        yield from _left(page.file, words)
    if page.is_page:
        for tag, name in (("title", "title"), ("h1", "main heading")):
            if not page.text_of(tag).strip(" ¶"):
                yield wrong.NO_TITLE.at(page.file, name=name)
    seen = set[str]()
    for anchor in page.anchors:
        if anchor.attribute == "id" and anchor.name in seen:
            yield wrong.SAME_ID.at(page.file, anchor.place, name=anchor.name)
        seen.add(anchor.name)


def _left(file: str, words: Words) -> Iterator[Problem]:
    """What is wrong with a run of words."""
    text = words.text.strip()
    if words.within & _CODE:
        return
    if blank := BLANK.search(text):
        yield wrong.BLANK_LEFT.at(file, words.place, text=_around(text, blank))
    elif text in NO_VALUE and not words.within & _PROSE and words.tag != "nav":
        where = (
            f'{words.attribute}="{text}" of <{words.tag}>' if words.attribute else f"'{text}' stands alone"
        )
        yield wrong.NO_VALUE.at(file, words.place, what=where)
    elif not words.attribute and (match := WITHIN.search(text)):
        yield wrong.NO_VALUE.at(file, words.place, what=f"'{_around(text, match)}'")


def _around(text: str, match: re.Match[str]) -> str:
    """The place of a long text that matters, on one line."""
    start = max(match.start() - 20, 0)
    return " ".join(text[start : start + 60].split())
