"""The search for cases like mine as a page's front matter declares it: what is compared, and its weight."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from build_tools.records.browser import BrowserField, Word
from build_tools.records.values import Record

Positive = Annotated[float, Field(gt=0)]


class ComparedField(BrowserField):
    """A field in which a reader's patient is compared with the published ones."""

    weight: Positive = Field(default=1, title="Weight", description="How much it counts beside the others.")
    range: Positive | None = Field(
        default=None,
        title="Range",
        description="The difference, in the unit, from which on two numbers are as far apart as can be.",
    )


class LikeMineDeclaration(Record):
    """What a page's front matter says under `like_mine:`."""

    compared: dict[Word, ComparedField] = Field(
        title="Compared", description="What a reader may enter of a patient, by its word in the address."
    )
    done: dict[Word, BrowserField] = Field(
        default={}, title="Done", description="What is told of the treatment of near patients."
    )
    happened: dict[Word, BrowserField] = Field(
        default={}, title="Happened", description="What is told of the course of near patients."
    )
    nearest: Annotated[int, Field(ge=1, le=50)] = Field(
        default=10, title="Nearest", description="How many patients are shown and counted."
    )
    floor: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.5,
        title="Floor",
        description="The share of what was entered, by weight, that a patient must report to be ranked.",
    )
