"""A search: one dated step by which reports came into the review."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from build_tools.records.values import Day, Id, Record, Rows, Text, said


class Exclusion(Record):
    """Reports that were read and not included, and why."""

    reason: Text = Field(title="Reason", description="Why, in your own words.")
    count: int = Field(ge=1, title="Count", description="How many.")


class Search(Record):
    """One search, counted as PRISMA 2020 counts it. The file's name is its id."""

    date: Day = Field(title="Date", description='The day of the search, in quotes: "2026-11-21".')
    method: Literal["database", "register", "website", "citation_searching", "supplied"] = Field(
        title="Method", description="How reports were found."
    )
    where: Text = Field(
        title="Where", description="The database, or the report whose citations were followed."
    )
    query: Text | None = said("Query", "The search as it was typed.")
    records: int = Field(ge=0, title="Records", description="How many records were found.")
    duplicates: int = Field(
        default=0, ge=0, title="Duplicates", description="How many were removed before screening."
    )
    screened_out: int = Field(
        default=0, ge=0, title="Screened out", description="How many by title and abstract."
    )
    not_retrieved: int = Field(
        default=0, ge=0, title="Not retrieved", description="Reports sought and not had."
    )
    excluded: Rows[Exclusion] = Field(default=(), title="Excluded", description="Reports read and left out.")
    included: Rows[Id] = Field(default=(), title="Included", description="Ids of the reports that were read.")
    known: Rows[Id] = Field(
        default=(),
        title="Known only",
        description="Ids of reports not retrieved, whose patients another report tells of.",
    )
    note: Text | None = said("Note", "What a reader should know of this search.")

    @model_validator(mode="after")
    def _counts_add_up(self) -> Search:
        left = self.records - self.duplicates - self.screened_out - self.not_retrieved
        left -= sum(exclusion.count for exclusion in self.excluded)
        if left != len(self.included):
            raise PydanticCustomError(
                "flow_does_not_add_up",
                "of {records} records {left} should remain, but {included} are listed in 'included'; "
                "count each that was found in 'records'",
                {"records": self.records, "left": left, "included": len(self.included)},
            )
        if len(self.known) > self.not_retrieved:
            raise PydanticCustomError(
                "more_known_than_missed", "'known' lists more reports than 'not_retrieved' counts"
            )
        return self
