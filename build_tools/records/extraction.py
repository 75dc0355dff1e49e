"""Who read the reports of a case, once or twice, and how far two readers agreed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, GetJsonSchemaHandler, StringConstraints, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from build_tools.records.messages import wrong
from build_tools.records.values import Day, Record, Rows, Text, said


def check_character(digits: str) -> str:
    """The last character of an ORCID iD after its fifteen digits: ISO 7064, MOD 11-2."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def _orcid(written: str) -> str:
    digits = written.replace("-", "")
    if check_character(digits[:-1]) != digits[-1]:
        raise wrong("not_an_orcid", shown=repr(written))
    return written


Orcid = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$"), AfterValidator(_orcid)]


class Reader(Record):
    """A person who read the reports and wrote down what they say; the name alone may stand for it."""

    name: Text = Field(title="Name", description="The name as credited.")
    orcid: Orcid | None = said("ORCID", "The ORCID iD, in quotes.")

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string", "minLength": 1}, handler(schema)]}


class Agreement(Record):
    """How two readings of one block stood to each other before any talk, counted in fields.

    Agreement is `same` of `both`. What one reading alone says is no disagreement, but an omission of the
    other or too much of the one; it is counted apart, so that neither figure hides the other.
    """

    block: Literal[
        "time_zero",
        "patient",
        "presentation",
        "laboratory",
        "imaging",
        "biopsy",
        "diagnosis",
        "meetings",
        "lesions",
        "surgeries",
        "pathology",
        "genetics",
        "systemic_therapy",
        "radiotherapy",
        "events",
        "follow_up",
        "outcome",
    ] = Field(title="Block", description="The block of the case in which these fields stand.")
    both: int = Field(ge=0, title="Both", description="In how many fields both readings said something.")
    same: int = Field(ge=0, title="Same", description="In how many of these they said the same.")
    only_first: int = Field(
        default=0, ge=0, title="Only the first", description="How many fields only the first filled in."
    )
    only_second: int = Field(
        default=0, ge=0, title="Only the second", description="How many fields only the second filled in."
    )

    @model_validator(mode="after")
    def _part_of_the_whole(self) -> Agreement:
        if self.same > self.both:
            raise wrong("more_same_than_both")
        return self


class SecondReading(Record):
    """A second extraction, made without looking at the first."""

    by: Rows[Reader] = Field(
        title="By", description="Who extracted the data a second time, independently.", min_length=1
    )
    date: Day | None = said("Date", "The day of the second extraction, in quotes.")
    chosen: Text | None = said(
        "Chosen", "How the case was chosen for it, such as a random sample with its seed."
    )
    agreement: Rows[Agreement] = Field(
        default=(),
        title="Agreement",
        description="How far the two agreed before they talked, by block; 'casebook compare' counts it.",
    )
    settled: Text | None = said("Settled", "What was settled, and what stays open, in your own words.")

    @model_validator(mode="after")
    def _each_block_once(self) -> SecondReading:
        blocks = [row.block for row in self.agreement]
        if len({*blocks}) < len(blocks):
            raise wrong("block_counted_twice")
        return self

    @property
    def total(self) -> tuple[int, int, int, int]:
        """Over all blocks: fields that both filled in, the same, only the first, only the second."""
        rows = self.agreement
        return (
            sum(row.both for row in rows),
            sum(row.same for row in rows),
            sum(row.only_first for row in rows),
            sum(row.only_second for row in rows),
        )


class Extraction(Record):
    """Who read the reports and wrote this file, and whether somebody else did it again."""

    by: Rows[Reader] = Field(title="By", description="Who extracted the data.", min_length=1)
    date: Day = Field(title="Date", description='The day of the extraction, in quotes: "2026-11-21".')
    second_reading: SecondReading | None = said(
        "Second reading", "A second extraction by somebody else, made without looking at the first."
    )
