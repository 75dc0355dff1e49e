"""Sentences that speak of all, none, most or a number: each is computed, or stands on a condition.

Such a sentence is true of the patients and reports of one day. A later one can make it false, and nobody
reads a whole chapter again for one new patient.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.analysis.tables import column_title
from build_tools.analysis.tallies import tally
from build_tools.problems.mistakes import pages as wrong
from build_tools.problems.problem import Problem
from build_tools.reading.prose import Written
from build_tools.records.conditions import wrong_in
from build_tools.records.sentence import Sentence
from build_tools.review.review import Review

_QUANTIFIERS = (
    "all|every|none|no|only|most|neither|both|nobody|half|two|three|four|five|six|seven|eight|nine|ten|"
    "eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|first|last|largest|"
    "smallest|longest|shortest|oldest|youngest|highest|lowest|commonest|rarest"
)
_COUNTED = (
    "patients?|men|man|women|woman|persons?|people|cases?|reports?|papers?|authors|series|rows?|studies|study|"
    "deaths?|operations?|recurrences?|relapses?|metastases|tumou?rs?|of them|of these"
)
SWEEPING = re.compile(rf"\b(?:{_QUANTIFIERS})\b(?:\W+[\w’'-]+){{0,3}}?\W+(?:{_COUNTED})\b", re.I)
"""A word for all, none, most, a number or a rank, and shortly after it what is counted."""
_COMPUTED = re.compile(r"\{\{-?\s*(?:count|share|spread|who|figure|cite|statements|patients|reports)\b")
"""Blanks that compute what a sentence says, or say whose claim it is."""
_BLANK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
_UNREAD = re.compile(r"\]\([^)]*\)|<[^>]*>|```.*?```|`[^`]*`", re.S)
_END = re.compile(r"(?<=[.!?:;])[\"”*)]*\s+(?=[\"“*\[(]*[A-Z\x00\x01])|\n\s*\n|\n(?=\s*(?:[-*#|>]|\d+\.)\s)")


@dataclass(frozen=True)
class Found:
    """A sentence of a page: its words with blanks left out, its line, and whether a blank computes it."""

    words: str
    line: int
    column: int
    computed: bool

    @property
    def sweeping(self) -> bool:
        """Whether it speaks of all, none, most, a number or a rank of patients, reports or the like."""
        return SWEEPING.search(self.words) is not None


def sentences(text: str) -> Iterator[Found]:
    """The sentences of a written page, in order; headings, code and addresses are no sentences."""
    masked = _UNREAD.sub(lambda found: _blank_out(found[0]), text)
    masked = _BLANK.sub(
        lambda found: ("\x01" if _COMPUTED.match(found[0]) else "\x00") + _blank_out(found[0])[1:], masked
    )
    start = 0
    for end in (*(found.span() for found in _END.finditer(masked)), (len(masked), len(masked))):
        piece = masked[start : end[0]]
        words = " ".join(piece.replace("\x00", " ").replace("\x01", " ").split())
        if words and not words.startswith("#"):
            first = start + len(piece) - len(piece.lstrip())
            line = masked.count("\n", 0, first) + 1
            yield Found(words, line, first - masked.rfind("\n", 0, first), "\x01" in piece)
        start = end[1]


def check_sentences(written: Written, review: Review) -> Iterator[Problem]:
    """Sweeping sentences of a chapter that stand on nothing, and conditions that don't hold any longer."""
    found = list(sentences(written.text))
    standing = [_plain(sentence.says) for sentence in written.front.holds]
    for i, sentence in enumerate(written.front.holds):
        if not any(_plain(one.words).startswith(standing[i]) for one in found):
            yield wrong.NO_SUCH_SENTENCE.at(
                written.file, written.tree.mark(("holds", i, "says")), "holds.says"
            )
        yield from _broken(written, i, sentence, review)
    if written.front.chapter:
        for one in found:
            stands = one.computed or any(_plain(one.words).startswith(words) for words in standing)
            if one.sweeping and not stands:
                yield written.problem(wrong.SWEEPING, one.line, one.column, says=_short(one.words))


def _broken(written: Written, i: int, sentence: Sentence, review: Review) -> Iterator[Problem]:
    says = _short(sentence.says)
    if sentence.reports:
        mark = written.tree.mark(("holds", i, "reports"))
        read = {id for id, report in review.reports.items() if report.read in ("full", "text_only")}
        if new := sorted(read - set(sentence.reports)):
            yield wrong.READ_SINCE.at(written.file, mark, "holds.reports", says=says, ids=", ".join(new))
        if gone := sorted(set(sentence.reports) - read):
            yield wrong.NOT_READ.at(written.file, mark, "holds.reports", says=says, ids=", ".join(gone))
    for source in sentence.source:
        if source.report not in review.reports:
            mark = written.tree.mark(("holds", i, "source"))
            yield wrong.NO_REPORT.at(written.file, mark, "holds.source", id=source.report or source.place)
    if sentence.field is None or sentence.count is None:
        return
    if asked := list(_wrong_condition(written, i, sentence, review)):
        yield from asked
        return
    made = tally(review, sentence.field, sentence.term, sentence.where)
    k, n = len(made.inside), made.n
    true = {"none": k == 0, "all": 0 < k == n, "most": 2 * k > n}
    if not true.get(sentence.count, sentence.count == str(k)):
        mark = written.tree.mark(("holds", i, "count"))
        yield wrong.NO_LONGER.at(written.file, mark, "holds.count", says=says, k=k, n=n)


def _wrong_condition(written: Written, i: int, sentence: Sentence, review: Review) -> Iterator[Problem]:
    """A condition that names a field or term that does not exist."""
    named = [(sentence.field or "", sentence.term, ("holds", i, "field"))]
    named += [(field, term, ("holds", i, "where")) for field, term in sentence.where.items()]
    for field, term, place in named:
        mark = written.tree.mark(place)
        if column_title(field) is None or field.startswith("derived."):
            yield wrong.NO_FIELD.at(written.file, mark, "holds", name=field)
        elif term is not None and (found := wrong_in(field, term, review.vocabularies)):
            what, hint = found
            yield wrong.NO_TERM.at(written.file, mark, "holds", hint, what=what)


def _blank_out(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _plain(words: str) -> str:
    """Words without emphasis and blanks, for comparing a sentence with what `holds` says."""
    return " ".join(re.sub(r"[*_\[\]\"“”]|\{\{.*?\}\}", " ", words).split()).casefold().removesuffix(".")


def _short(words: str) -> str:
    return words if len(words) <= 80 else words[:79] + "…"
