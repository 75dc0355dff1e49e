"""The page of rules: every number once, with its level, message, cure and example, as plain text."""

from __future__ import annotations

import pytest

from build_tools.checks.rulebook import CHAPTERS, Entry, entries
from build_tools.pages.context import Context
from build_tools.pages.lists import rule_list
from build_tools.problems.problem import printable
from build_tools.reading.settings import read_settings
from build_tools.review.review import Review
from tests.dom import Element, flat, parse
from tests.world import EXAMPLE, REPOSITORY


@pytest.fixture(scope="module")
def shown(example: Review) -> Element:
    return parse(rule_list(Context(example, read_settings(EXAMPLE)), "contribute/rules.md").html)


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.number)
def test_every_rule_is_told(shown: Element, entry: Entry) -> None:
    (row,) = (e for e in shown if e.attributes.get("id") == entry.number.lower())
    assert row.text.startswith(f"{entry.number} {entry.level}")
    assert flat(entry.message)[1:] in row.text
    assert flat(entry.cure)[1:] in row.text
    assert [flat(code.text) for code in row.all("code")] == ([flat(entry.example)] if entry.example else [])


def test_every_rule_stands_in_a_chapter(shown: Element) -> None:
    rows = [e.attributes["id"] for e in shown.all(css_class="row")]
    assert rows == [entry.number.lower() for entry in entries()]
    assert {row[:2].upper() for row in rows} <= CHAPTERS.keys()


def test_what_is_shown_can_be_seen() -> None:
    """An example with an invisible character would look right to everyone."""
    for entry in entries():
        text = entry.example.replace("\n", " ")
        assert printable(text) == text, entry.number


def test_the_page_asks_for_the_rules() -> None:
    page = (REPOSITORY / "content/contribute/rules.md").read_text(encoding="utf-8")
    assert "{{ rule_list() }}" in page
    assert "(rules.md)" in (REPOSITORY / "content/contribute/index.md").read_text(encoding="utf-8")
