"""A citation: what is known of one publication before anyone has read it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from build_tools.reading.characters import CONTROL, INVISIBLE

TYPES = ("article-journal", "article", "chapter", "thesis")
"""The CSL types that a report may have; a preprint is an article."""


class Unreadable(Exception):
    """What was given is no citation; the message says why and what to give instead."""


@dataclass(frozen=True)
class Person:
    """An author; `given` is empty where only one name is known."""

    family: str
    given: str = ""


@dataclass(frozen=True)
class Citation:
    """A publication in the words of CSL; an empty field is not known.

    `others` tells that there are more authors than those named; `rest` holds what the file says
    beyond these fields, by its own names, so that nothing is lost.
    """

    type: str = ""
    title: str = ""
    authors: tuple[Person, ...] = ()
    others: bool = False
    year: int | None = None
    container_title: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    rest: tuple[tuple[str, str], ...] = ()


NOT_TAKEN = frozenset({"abstract", "notes_abstract", "keywords", "keyword", "note", "notes", "annote"})
"""What may hold sentences of the paper, which are never taken over."""


def clean(text: str) -> str:
    """Text as a file may hold it: one line, composed letters, no invisible or control characters."""
    spaced = re.sub(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+", " ", unicodedata.normalize("NFC", text))
    return re.sub(f"{CONTROL.pattern}|{INVISIBLE.pattern}", "", spaced).strip()


def year_of(text: str) -> int | None:
    """The year that a date begins with, or that stands in it."""
    found = re.search(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", text)
    return int(found[0]) if found else None


def known_type(word: str, types: dict[str, str], what: str) -> str:
    """The CSL type of a word of another format; other kinds of publication hold no report."""
    try:
        return types[word]
    except KeyError:
        known = ", ".join(sorted(types))
        raise Unreadable(
            f"this is of the kind '{clean(word)}', which can't be a report; "
            f"give the article, chapter or thesis that describes the patient ({what}: {known})"
        ) from None
