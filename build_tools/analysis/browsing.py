"""What the case browser knows of each patient: the terms or the number of a field, with state and sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from build_tools.analysis.spread import factor
from build_tools.analysis.tables import Cell, cell, column_title
from build_tools.analysis.tallies import DOUBTFUL, Answer, answer_to
from build_tools.problems.mistakes import pages as wrong
from build_tools.problems.problem import Problem
from build_tools.reading.yaml_tree import Tree
from build_tools.records.browser import RESERVED, BrowserDeclaration, BrowserField
from build_tools.records.case import Case
from build_tools.records.conditions import PRESENT, vocabularies_of, wrong_in
from build_tools.records.fields import Form, field_at
from build_tools.records.like_mine import LikeMineDeclaration
from build_tools.records.table import TableDeclaration
from build_tools.records.values import State
from build_tools.review.counted import counted
from build_tools.review.derived import STATUS_WORDS
from build_tools.review.facts import Fact, Vocabularies
from build_tools.review.review import PublishedCase, Review

YES_OR_NO = {"yes": "Yes", "no": "No"}
_NUMBERS = frozenset({Form.AGE, Form.INTEGER, Form.MEASURE, Form.NUMBER})


@dataclass(frozen=True)
class Known:
    """What is known of one field of one patient.

    `values` are terms, `bounds` the least and the most that a number can be, in the field's unit; neither is
    there where `state` is not "reported", nor where a report says it in other words. `cell` is what a table
    shows, `label` the words of what a rule derives.
    """

    state: State
    values: tuple[str, ...]
    bounds: tuple[float, float] | None
    cell: Cell
    label: str = ""


def check_browser(
    file: str, browser: BrowserDeclaration, table: TableDeclaration | None, tree: Tree, words: Vocabularies
) -> Iterator[Problem]:
    """Problems of a declaration that names what does not exist."""
    for word, field in browser.fields.items():
        here = ("browser", "fields", word)
        if word in RESERVED:
            yield wrong.RESERVED_WORD.at(file, tree.mark(here), "browser.fields", word=word)
        yield from check_field(file, field, here, tree, words)
    for i, word in enumerate(browser.facets):
        if word not in browser.fields:
            mark = tree.mark(("browser", "facets", i))
            yield wrong.NOT_IN_BROWSER.at(file, mark, "browser.facets", what=f"'{word}'")
    columns = {field.shown for field in browser.fields.values()}
    for i, column in enumerate(table.columns if table else ()):
        if column not in columns:
            mark = tree.mark(("table", "columns", i))
            yield wrong.NOT_IN_BROWSER.at(file, mark, "table.columns", what=f"the column '{column}'")


def check_like_mine(
    file: str, declared: LikeMineDeclaration, tree: Tree, words: Vocabularies
) -> Iterator[Problem]:
    """Problems of a declaration that names what does not exist, names it twice, or compares what it can't."""
    parts: dict[str, Mapping[str, BrowserField]] = {
        "compared": declared.compared,
        "done": declared.done,
        "happened": declared.happened,
    }
    seen = set[str]()
    for part, fields in parts.items():
        for word, field in fields.items():
            here = ("like_mine", part, word)
            if word in seen:
                yield wrong.WORD_TWICE.at(file, tree.mark(here), ".".join(here), word=word)
            seen.add(word)
            yield from check_field(file, field, here, tree, words)
    for word, compared in declared.compared.items():
        if column_title(compared.field) is None:
            continue
        here = ("like_mine", "compared", word)
        if is_number(compared) != (compared.range is not None):
            yield wrong.RANGE_OF_NUMBER.at(file, tree.mark(here), ".".join(here), word=word)


def check_field(
    file: str, field: BrowserField, here: Sequence[str], tree: Tree, vocabularies: Vocabularies
) -> Iterator[Problem]:
    """Problems of one field that is declared at a place of a page's front matter."""
    place = ".".join(here)
    for name, path in (("field", field.field), ("column", field.column)):
        if path is not None and column_title(path) is None:
            yield wrong.NO_FIELD.at(file, tree.mark((*here, name)), f"{place}.{name}", name=path)
    if field.term is not None and (found := wrong_in(field.field, field.term, vocabularies)):
        what, hint = found
        yield wrong.NO_TERM.at(file, tree.mark((*here, "term")), f"{place}.term", hint, what=what)


def title(field: BrowserField) -> str:
    """What readers see of a field."""
    return field.title or column_title(field.field) or field.field


def is_question(field: BrowserField) -> bool:
    """Whether a field only asks yes or no: for a term, or whether something was there at all."""
    if field.term is not None or field.presence:
        return True
    found = field_at(Case, field.field.split("."))
    return found is not None and found.short == PRESENT and not found.many


def is_number(field: BrowserField) -> bool:
    """Whether a field is a number."""
    found = field_at(Case, field.field.split("."))
    numeric = found is not None and found.form in _NUMBERS
    return not is_question(field) and (numeric or field.unit is not None or bool(field.steps))


def has_terms(field: BrowserField) -> bool:
    """Whether what is said in a field are terms: of a vocabulary, or the words of a rule."""
    return field.field.startswith("derived.") or bool(vocabularies_of(field.field))


def has_several(field: BrowserField) -> bool:
    """Whether a patient may have several terms in a field."""
    found = field_at(Case, field.field.split("."))
    return found is not None and (found.many or found.form is Form.MAPPING)


def labels(field: BrowserField, known: Sequence[Known], review: Review) -> dict[str, str]:
    """The terms that any patient has in a field, with their words; in the order of their vocabulary."""
    if is_question(field):
        return YES_OR_NO
    if is_number(field):
        return {}
    found = {value for one in known for value in one.values}
    names = vocabularies_of(field.field)
    ordered = {t: e.label for n in names for t, e in review.vocabularies[n].terms.items() if t in found}
    derived = {value: one.label for one in known for value in one.values}
    rest = sorted((words, value) for value, words in derived.items() if value not in ordered)
    return ordered | {value: _in_full(words) for words, value in rest}


def _in_full(words: str) -> str:
    return f"{words}, {STATUS_WORDS[words]}" if words in STATUS_WORDS else words


def known(case: PublishedCase, field: BrowserField, review: Review) -> Known:
    """What is known of a field of a patient."""
    shown = cell(case, field.shown, review)
    asked = shown if field.column is None else cell(case, field.field, review)
    if is_question(field):
        return _answered(case, field, shown)
    if is_number(field):
        bounds = _bounds(case, field, asked)
        return Known(asked.state, (), bounds, shown)
    terms = _terms(case, field, asked) if has_terms(field) else ()
    return Known(asked.state, terms, None, shown, asked.entries[0].text)


def _answered(case: PublishedCase, field: BrowserField, shown: Cell) -> Known:
    answer = answer_to(case, field.field, field.term)
    if answer in (Answer.YES, Answer.NO):
        return Known(State.REPORTED, (answer.value,), None, shown)
    facts = [fact for fact in counted(case, field.field) if not fact.missing]
    if answer is Answer.NOT_APPLICABLE:
        state = next((fact.state for fact in facts if fact.state is not State.REPORTED), State.NOT_APPLICABLE)
    else:
        state = next((fact.state for fact in facts if fact.state in DOUBTFUL), case.silence)
    return Known(state, (), None, shown)


def _terms(case: PublishedCase, field: BrowserField, asked: Cell) -> tuple[str, ...]:
    if field.field.startswith("derived."):
        fact = asked.entries[0]
        word = fact.value if isinstance(fact.value, str) else fact.text
        return (as_word(word),) if fact.state is State.REPORTED else ()
    facts = (fact for fact in counted(case, field.field) if fact.state is State.REPORTED)
    return tuple(dict.fromkeys(term for fact in facts for term in _terms_of(fact)))


def _terms_of(fact: Fact) -> Iterator[str]:
    """The terms of a fact: its own, those of a list, the keys of a mapping, or those inside a block."""
    if isinstance(fact.value, list):
        yield from (str(value) for value in fact.value)
    elif fact.children:
        yield from (c.term for c in fact.children if c.term is not None and c.state is State.REPORTED)
    elif fact.value is not None:
        yield str(fact.value)


def as_word(words: str) -> str:
    """Words as an address writes them: `No operation, radiotherapy` -> `no_operation_radiotherapy`."""
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")


def _bounds(case: PublishedCase, field: BrowserField, asked: Cell) -> tuple[float, float] | None:
    """The least and the most that the first number of a field can be; None where there is none."""
    if field.field.startswith("derived."):
        return asked.entries[0].bounds
    fact = next((fact for fact in counted(case, field.field) if fact.state is State.REPORTED), None)
    value = fact.value if fact is not None else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value, value
    if isinstance(value, str) and re.fullmatch(r"\d+\+", value):
        return int(value[:-1]), inf
    if not isinstance(value, dict) or "number" not in value:
        return None
    number = value["number"]
    low, high = number if isinstance(number, list) else (number, number)
    times = factor(field.unit, str(value["unit"])) if field.unit else 1
    if times is None:
        return None
    op = value.get("op", "")
    low, high = (0 if op in ("<", "<=") else low * times), (inf if op in (">", ">=") else high * times)
    return round(low, 6), round(high, 6)
