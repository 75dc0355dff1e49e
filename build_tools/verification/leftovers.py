"""No open blank, no value without a value, no page without a title, no id twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.problems import Problem
from build_tools.verification.page import BLANK, NO_VALUE, BuiltPage, Words

_CODE = frozenset({"code", "pre", "textarea"})
_PROSE = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "nav", "title"}) | _CODE
"""Where "None" alone may be an English word: headings, and the lists of them."""
_WITHIN = re.compile(
    r"\b(?:nan|NaN|NaT)\b"
    r"|\b(?:None|[Uu]ndefined)(?=\s*[%/]|\s(?:days|months|years|mm|cm)\b)"
    r"|[=/]\s*(?:None|null|[Uu]ndefined)\b"
    r"|<\w+ object at|object at 0x|&lt;\w[\w.]* object at"
)
"""Values without a value within a longer text; "None of these" is English and no such thing."""


def problems(page: BuiltPage) -> Iterator[Problem]:
    """What a template, a table or a chart left behind on a page."""
    for words in page.words:
        if message := _left(words):
            hint = "if it is meant, say of what: 'None known'" if "None" in message else ""
            yield Problem(page.file, 4, *words.place, "", message, hint)
    if page.is_page:
        yield from _titles(page)
    seen = set[str]()
    for anchor in page.anchors:
        if anchor.attribute == "id" and anchor.name in seen:
            yield Problem(page.file, 4, *anchor.place, "", f"the id '{anchor.name}' stands twice")
        seen.add(anchor.name)


def _left(words: Words) -> str:
    """What is wrong with a run of words; empty if nothing."""
    text = words.text.strip()
    where = f'{words.attribute}="…" of <{words.tag}>' if words.attribute else "the text"
    if BLANK.search(text) and not words.within & _CODE:
        return f"a blank was not filled: {_around(text, BLANK)}"
    if text in NO_VALUE and not words.within & _PROSE and words.tag != "nav":
        return f"a value is missing: {where} is '{text}'"
    if not words.attribute and not words.within & _CODE and _WITHIN.search(text):
        return f"a value is missing: {_around(text, _WITHIN)}"
    return ""


def _around(text: str, pattern: re.Pattern[str]) -> str:
    match = pattern.search(text)
    start = max(match.start() - 20, 0) if match else 0
    return "'" + " ".join(text[start : start + 60].split()) + "'"


def _titles(page: BuiltPage) -> Iterator[Problem]:
    for tag, name in (("title", "title"), ("h1", "main heading")):
        if not page.text_of(tag).strip(" ¶"):
            yield Problem(page.file, 4, 1, 1, "", f"this page has no {name}", "give it one")
