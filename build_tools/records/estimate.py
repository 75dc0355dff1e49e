"""An estimate: a curve or share that the site shows, declared as data and computed by the build."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from build_tools.records.terms import From, Term, TermId
from build_tools.records.values import Id, Record, Rows, Text, said

Name = Annotated[Text, StringConstraints(pattern=r"^[^<>&{}]+$")]
Where = dict[Text, Text]


class EstimateArm(Record):
    """One of the groups that are set beside each other."""

    label: Name = Field(title="Arm", description="What the patients of this arm have in common.")
    where: Where = Field(
        title="Where",
        description="Field -> term: only cases with that value are in the arm.",
        min_length=1,
    )


class PooledFigure(Record):
    """A count that a report prints for a group of patients, to stand beside the estimate."""

    aggregate: Id = Field(title="Aggregate", description="The id of a record in content/aggregates/.")
    figure: TermId = Field(title="Figure", description="The id of one of its figures: a count with 'of'.")


class Estimate(Record):
    """A survival curve or a share, over all patients or arm by arm. The file's name is its id."""

    title: Name = Field(title="Title", description="What is estimated, as a heading.")
    endpoint: Literal["overall_survival", "recurrence_free", "share"] = Field(
        title="Endpoint",
        description="overall_survival: months to death of any cause; recurrence_free: months from the "
        "operation to the first relapse or death; share: how many of those of whom it is known.",
    )
    time_zero: Annotated[Term, From("event")] | None = said(
        "Time zero",
        "The event from which all times of a curve are counted; left out, it is surgery. Patients whose "
        "times are counted from another event are left out and listed.",
    )
    holds: Where = Field(
        default={},
        title="Holds",
        description="For a share: the one field -> term that is counted, such as outcome.vital: alive.",
        json_schema_extra={"maxProperties": 1},
    )
    where: Where = Field(
        default={},
        title="Where",
        description="Field -> term: only cases with that value are counted; left out, all patients are.",
    )
    arms: dict[TermId, EstimateArm] = Field(
        default={}, title="Arms", description="The groups to set beside each other; left out, there is one."
    )
    pooled: Rows[PooledFigure] = Field(
        default=(),
        title="Pooled",
        description="Counts that reports print for groups, to stand beside it; two of them are compared.",
    )
    note: Text | None = said("Note", "What a reader should know of this estimate.")

    @model_validator(mode="after")
    def _is_whole(self) -> Estimate:
        if self.endpoint == "share" and not (self.holds or self.pooled):
            raise PydanticCustomError("nothing_counted", "a share needs 'holds' or 'pooled': what is counted")
        if len(self.holds) > 1:
            raise PydanticCustomError("two_counted", "'holds' names one field; a share counts one thing")
        if self.endpoint != "share" and self.holds:
            raise PydanticCustomError("holds_superfluous", "'holds' belongs to the endpoint 'share'")
        if len(self.arms) == 1:
            raise PydanticCustomError("one_arm", "one arm is no comparison; write its 'where' without 'arms'")
        if self.arms and self.endpoint == "share" and not self.holds:
            raise PydanticCustomError("arms_without_holds", "arms need 'holds': what is counted in them")
        for field in {field for arm in self.arms.values() for field in arm.where} & self.where.keys():
            raise PydanticCustomError(
                "asked_twice",
                "'{field}' stands in 'where' and in an arm; one of them would be forgotten",
                {"field": field},
            )
        return self
