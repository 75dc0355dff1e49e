"""A citation: what is known of one publication before anyone has read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from build_tools.records.report import ReportType

TYPES: tuple[str, ...] = get_args(ReportType)
"""The CSL types that a report may have."""


class Unreadable(Exception):
    """What was given is no citation; the message says why and what to give instead."""


@dataclass(frozen=True)
class Person:
    """An author; `given` is empty where only one name is known, as of a group."""

    family: str
    given: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Citation:
    """A publication in the words of CSL; an empty field is not known.

    `others` tells that there are more authors than those named. What a file says beyond these fields is
    never lost: `rest` holds it by the file's own names, `told` what had to be guessed or looks wrong in
    sentences, `left_out` the names of what is not taken over, such as the abstract.
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
    told: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
