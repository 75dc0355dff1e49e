"""An aggregate: numbers that a report prints for a group of patients, never for one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from build_tools.records.terms import TermId
from build_tools.records.values import Id, Record, Rows, Sources, Text, said

Name = Annotated[Text, StringConstraints(pattern=r"^[^<>&{}]+$")]


class Figure(Record):
    """One number of a group: a count with its denominator, or a statistic with its spread."""

    id: TermId | None = said(
        "Id", "The name by which a chapter asks for this figure, such as alive_after_surgery."
    )
    name: Name = Field(title="Figure", description="What is counted or measured.")
    group: Name | None = said("Group", "The part of the patients it is about.")
    count: int | None = Field(default=None, ge=0, title="Count", description="How many.")
    of: int | None = Field(default=None, ge=1, title="Of", description="Of how many: the denominator.")
    percent: float | None = Field(
        default=None,
        ge=0,
        le=100,
        title="Percent",
        description="Per cent as printed, with its denominator in 'of'.",
    )
    statistic: Literal["median", "mean", "value"] | None = said("Statistic", "What the number is.")
    value: float | None = said("Value", "The number, as printed.")
    low: float | None = said("Low", "Lower end of the spread.")
    high: float | None = said("High", "Upper end of the spread.")
    spread: Literal["range", "iqr", "sd", "ci95"] | None = said("Spread", "What low and high are.")
    unit: Text | None = said("Unit", "The unit as printed.")
    source: Sources = Field(title="Source", description="Where it stands.")
    note: Text | None = said("Note", "What a reader should know of it.")

    @model_validator(mode="after")
    def _has_a_denominator(self) -> Figure:
        if self.percent is not None and self.of is None:
            raise PydanticCustomError("no_denominator", "a per cent needs its denominator in 'of'")
        if self.count is not None and self.of is None:
            raise PydanticCustomError("no_denominator", "a count needs its denominator in 'of'")
        if self.count is not None and self.of is not None and self.count > self.of:
            raise PydanticCustomError(
                "count_above_denominator", "{count} of {of} can't be", {"count": self.count, "of": self.of}
            )
        if self.count is None and self.percent is None and self.value is None:
            raise PydanticCustomError("no_number", "a figure needs a count, a per cent or a value")
        return self


class Aggregate(Record):
    """Numbers that one report prints for a group of patients. The file's name is its id."""

    title: Name = Field(title="Title", description="What the group is.")
    report: Id = Field(title="Report", description="The report that prints the numbers.")
    origin: Text | None = said("Origin", "Whose numbers they are, when the report cites another.")
    patients: int | None = Field(
        default=None, ge=1, title="Patients", description="How many patients it is about."
    )
    overlaps: Rows[Id] = Field(
        default=(), title="Overlaps", description="Ids of aggregates that share patients with this one."
    )
    cases: Rows[Id] = Field(
        default=(), title="Cases", description="Ids of cases of this review that are part of the group."
    )
    note: Text | None = said("Note", "What a reader should know of the group and its denominators.")
    figures: Rows[Figure] = Field(title="Figures", description="The numbers.", min_length=1)
