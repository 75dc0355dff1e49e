"""Who read the reports of a case, once or twice, and how far two readers agreed."""

from __future__ import annotations

from typing import Annotated

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
    """In how many of the fields that could be compared two readings said the same, before any talk."""

    same: int = Field(ge=0, title="Same", description="In how many fields both readings said the same.")
    compared: int = Field(ge=1, title="Compared", description="How many fields were compared.")

    @model_validator(mode="after")
    def _part_of_the_whole(self) -> Agreement:
        if self.same > self.compared:
            raise wrong("more_same_than_compared")
        return self


class SecondReading(Record):
    """A second extraction, made without looking at the first."""

    by: Rows[Reader] = Field(
        title="By", description="Who extracted the data a second time, independently.", min_length=1
    )
    date: Day | None = said("Date", "The day of the second extraction, in quotes.")
    agreement: Agreement | None = said(
        "Agreement", "How far the two agreed before they talked; 'casebook compare' counts it."
    )
    settled: Text | None = said("Settled", "How differences were settled, in your own words.")


class Extraction(Record):
    """Who read the reports and wrote this file, and whether somebody else did it again."""

    by: Rows[Reader] = Field(title="By", description="Who extracted the data.", min_length=1)
    date: Day = Field(title="Date", description='The day of the extraction, in quotes: "2026-11-21".')
    second_reading: SecondReading | None = said(
        "Second reading", "A second extraction by somebody else, made without looking at the first."
    )
