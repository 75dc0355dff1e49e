"""A trial that reports rely on: its numbers, what was found of it, and a verdict on each claim."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, GetJsonSchemaHandler, StringConstraints, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from build_tools.records.terms import From, Term, TermId
from build_tools.records.values import Day, Id, Record, Rows, Sources, Text, said

Name = Annotated[Text, StringConstraints(pattern=r"^[^<>&{}]+$")]


class Arm(Record):
    """One group of patients that were treated alike."""

    label: Name = Field(title="Arm", description="What the group received.")
    patients: int | None = said("Patients", "How many patients it held.")
    regimen: Id | None = said("Regimen", "The id of a regimen record.")


class Result(Record):
    """What one arm, or the comparison of arms, gave for an endpoint."""

    value: float | None = said("Value", "The number, as printed.")
    low: float | None = said("Low", "Lower end of the interval or range.")
    high: float | None = said("High", "Upper end of the interval or range.")
    text: Text | None = said("In words", "The result where no number is printed.")

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, value: object) -> object:
        return (
            {"value": float(value)}
            if isinstance(value, int | float) and not isinstance(value, bool)
            else value
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "number"}, handler(schema)]}

    @model_validator(mode="after")
    def _says_something(self) -> Result:
        if self.value is None and self.text is None:
            raise PydanticCustomError("no_result", "a result needs a value or words")
        return self


class Endpoint(Record):
    """One endpoint with the result of each arm."""

    endpoint: Name = Field(title="Endpoint", description="What was measured.")
    statistic: Literal["median", "mean", "percent", "hazard_ratio", "odds_ratio", "value"] = Field(
        title="Statistic", description="What the numbers are."
    )
    unit: Text | None = said("Unit", "The unit, such as months.")
    results: dict[TermId, Result] = Field(title="Results", description="Arm -> result.", min_length=1)
    significance: Text | None = said(
        "Significance",
        "What is said of chance: p value, interval, or that the difference was not significant.",
    )
    source: Sources = Field(title="Source", description="The report and place that give these numbers.")


class TrialClaim(Record):
    """What one report claims of the trial, in our words, and how that stands against what was found."""

    text: Text = Field(
        title="Claim", description="What the report claims, in your own words; one claim an entry."
    )
    source: Sources = Field(title="Source", description="Where it claims so.")
    verdict: Annotated[Term, From("verdict")] = Field(
        title="Verdict", description="How this claim stands against what was found."
    )
    why: Text | None = said("Why", "In what the claim agrees with what was found, or differs from it.")


class Check(Record):
    """What was found when someone looked the trial up, and where."""

    finding: Text = Field(title="Finding", description="What was found, in your own words.")
    where: Rows[Text] = Field(
        default=(), title="Where", description="What was looked at: reference and address, one line each."
    )
    date: Day | None = said("Date", "The day, in quotes.")


class Trial(Record):
    """A trial, meta-analysis or cohort that a report relies on. The file's name is its id."""

    title: Name = Field(title="Title", description="The name by which it is known.")
    design: Annotated[Term, From("trial_design")] = Field(title="Design", description="What kind of study.")
    registration: Annotated[Text, Field(pattern=r"^[A-Z0-9 /.-]+$")] | None = said(
        "Registration", "Registry number, such as NCT00000000."
    )
    population: Text | None = said("Patients", "Who was studied, in your own words.")
    setting: Rows[Annotated[Term, From("therapy_timing")]] = Field(
        default=(), title="Setting", description="When the treatment was given."
    )
    regimens: Rows[Id] = Field(default=(), title="Regimens", description="Ids of the regimens it is about.")
    patients: int | None = said("Number of patients", "How many patients in all.")
    arms: dict[TermId, Arm] = Field(default={}, title="Arms", description="Arm -> what it received.")
    endpoints: Rows[Endpoint] = Field(
        default=(), title="Results", description="Endpoint by endpoint, with the result of each arm."
    )
    claims: Rows[TrialClaim] = Field(
        title="What reports claim",
        description="What each report of this review says of it, each claim with a verdict of its own.",
        min_length=1,
    )
    checked: Check = Field(title="Checked", description=Check.__doc__)

    @model_validator(mode="after")
    def _a_verdict_has_a_place(self) -> Trial:
        if not self.checked.where and any(claim.verdict != "not_checked" for claim in self.claims):
            raise PydanticCustomError(
                "verdict_without_place", "a verdict needs 'where' under 'checked': what was looked at"
            )
        return self

    @model_validator(mode="after")
    def _results_belong_to_arms(self) -> Trial:
        for endpoint in self.endpoints:
            for arm in endpoint.results.keys() - self.arms.keys() - {"comparison"}:
                raise PydanticCustomError(
                    "no_such_arm",
                    "'{endpoint}' gives a result for '{arm}', which is none of the arms; "
                    "name an arm, or 'comparison' for a ratio between arms",
                    {"endpoint": endpoint.endpoint, "arm": arm},
                )
        return self
