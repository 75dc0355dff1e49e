"""Nothing in a file, its comments included, may identify a patient; no message repeats what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from build_tools.checks.personal import (
    ADDRESSES,
    AGES,
    FULL_DATES,
    MONTHS_OF_YEARS,
    NAMES,
    NUMBERS,
    Pattern,
    kinds_in,
)
from build_tools.checks.rule import Finding, rule
from build_tools.reading.records import RecordFile
from build_tools.reading.yaml_tree import Key
from build_tools.records.measures import UNITS, In
from build_tools.review.review import Review

KINDS = ("case", "report", "statement", "aggregate", "regimen")
"""The records that tell of patients."""
PUBLIC = {
    "case": frozenset({"extraction", "report"}),
    "report": frozenset(
        {
            "type", "design", "label", "title", "authors", "container_title", "volume", "issue", "page",
            "doi", "pmid", "pmcid", "licence", "institution", "checked",
        }
    ),
}  # fmt: skip
"""Kind -> the fields that name publications and the people who write and read them."""
WHOLE_MEASURE = re.compile(
    "(?=.* )(?:" + "|".join(re.sub(r"\?P<\w+>", "", In(dimension).pattern) for dimension in UNITS) + ")"
)
"""A number with a unit; one alone may be anything."""


@rule(
    "C701",
    cure="write the time from time zero, such as '3 months'; a year alone may stand",
    example="""
        remarks: ["Seen again on 14 March 2020."]
        """,
    secret=True,
)
def no_date_is_finer_than_a_year(review: Review) -> Iterator[Finding]:
    """a date of the patient's life may identify the person"""
    yield from _found(review, FULL_DATES, case=MONTHS_OF_YEARS)


@rule(
    "C702",
    cure="leave it out; write 'the patient', 'he' or 'she'",
    example="""
        remarks: ["Mr. Smith agreed."]
        """,
    secret=True,
)
def nobody_is_named(review: Review) -> Iterator[Finding]:
    """a name or initials may identify the person"""
    yield from _found(review, NAMES)


@rule(
    "C703",
    cure="leave it out; the country is enough",
    example="""
        remarks: ["To be reached at someone@house.invalid."]
        """,
    secret=True,
)
def nobody_can_be_reached(review: Review) -> Iterator[Finding]:
    """an address may identify the person"""
    yield from _found(review, ADDRESSES)


@rule(
    "C704",
    cure="leave it out; of a publication write 'PMID' or 'doi' before it",
    example="""
        remarks: ["Hospital number 1234567."]
        """,
    secret=True,
)
def nobody_is_numbered(review: Review) -> Iterator[Finding]:
    """a number may identify the person"""
    yield from _found(review, NUMBERS)


@rule(
    "C705",
    cure="write '90+'",
    example="""
        remarks: ["A 92-year-old man."]
        """,
    secret=True,
)
def nobody_is_told_to_be_above_89(review: Review) -> Iterator[Finding]:
    """an age above 89 may identify the person"""
    yield from _found(review, AGES)


def _found(
    review: Review, patterns: tuple[Pattern, ...], case: tuple[Pattern, ...] = ()
) -> Iterator[Finding]:
    """Every text and comment that holds one of the patterns, or in a case one of `case`, told by its kind."""
    in_cases = patterns + case
    for kind, file, texts in _of_patients(review):
        looked_for = in_cases if kind == "case" else patterns
        for path, text in texts:
            if found := kinds_in(looked_for, text):
                yield Finding(file, path, found[0])
        for mark, comment in file.tree.comments.items():
            if found := kinds_in(looked_for, comment):
                yield Finding(file, (), f"{found[0]}, in a comment", mark=mark)


@lru_cache(maxsize=1)
def _of_patients(review: Review) -> list[tuple[str, RecordFile, list[tuple[Key, str]]]]:
    """The records that tell of patients, each with its kind and its texts, walked once for all rules."""
    return [
        (kind, file, list(_texts(file.tree.data, (), PUBLIC.get(kind, frozenset()))))
        for kind in KINDS
        for file in review.files.records[kind].values()
    ]


def _texts(value: object, path: Key, public: frozenset[str]) -> Iterator[tuple[Key, str]]:
    """Every text of a file with its place, but for fields that are public and for measures."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in public:
                yield from _texts(inner, (*path, name), public)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index), public)
    elif isinstance(value, str) and not WHOLE_MEASURE.fullmatch(value):
        yield path, value
