"""Treatment other than surgery: drugs and radiotherapy."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, WithJsonSchema

from build_tools.records.measures import Dose, Period, RadiationDose, Time
from build_tools.records.messages import MESSAGES, wrong
from build_tools.records.terms import From, Term
from build_tools.records.values import Block, Count, Id, Mentioned, Rows, Text, Value, said

DAYS = r"^\d+(-\d+)?(, \d+(-\d+)?)*$"


def _days(written: str) -> str:
    if re.search(DAYS, written):
        return written
    text = re.sub(r"[\u2010-\u2015\u2212]|(?<=\d) to (?=\d)", "-", written.lower())
    text = re.sub(r"(?:\bon )?\bd(?:ays?)? ?(?=\d)", "", text)
    text = re.sub(r" ?(?:[,;+&]|\band\b) ?(?:and )?", ", ", re.sub(r" ?- ?", "-", text)).strip(" .,")
    if re.search(DAYS, text):
        raise wrong("days_otherwise", shown=repr(written), mended=f'"{text}"')
    raise wrong("not_days", shown=repr(written))


Days = Annotated[
    str,
    AfterValidator(_days),
    WithJsonSchema({"type": "string", "pattern": DAYS, "patternErrorMessage": f"{MESSAGES['not_days'][1]}."}),
]
"""Days of a cycle: '1, 8' or '1-4'."""


class DrugDose(Mentioned):
    """How one drug of a regimen was given."""

    dose: Value[Dose] | None = said("Dose", "The dose as printed.")
    basis: Value[Annotated[Term, From("dose_basis")]] | None = said(
        "Dose basis", "Flat, per square metre, or per kilogram."
    )
    per: Value[Annotated[Term, From("dose_per")]] | None = said(
        "Dose is", "The dose of one day, or of all days together."
    )
    days: Value[Days] | None = said("Days", "Days of the cycle on which it was given, such as '1-4'.")
    route: Value[Annotated[Term, From("route")]] | None = said("Route", "How it was given.")


class Treatment(Block):
    """What systemic therapy and radiotherapy have in common."""

    status: Value[Annotated[Term, From("treatment_status")]] = Field(
        title="Status",
        description="Given, completed, stopped or ongoing, which all count as given; planned, recommended or "
        "refused; 'unclear' with a note where the report leaves it open.",
    )
    timing: Value[Annotated[Term, From("therapy_timing")]] | None = said(
        "Timing", "Before or after surgery, or first or later line."
    )
    intent: Value[Annotated[Term, From("intent")]] | None = said(
        "Intent", "Curative or palliative, as the report says."
    )
    label: Value[Text] | None = said("Report's term", "What the report calls it, where its word differs.")
    start: Value[Time] | None = said("Start", "Time from the case's time zero.")
    response: Value[Annotated[Term, From("response")]] | None = said(
        "Response", "Response of the tumour as the report calls it; its regression stands with the specimen."
    )
    response_criteria: Value[Annotated[Term, From("response_criteria")]] | None = said(
        "Response criteria", "By which criteria the report judged the response, such as RECIST 1.1."
    )


class SystemicTherapy(Treatment):
    """One course of drug treatment against the tumour."""

    asked: ClassVar[bool] = True

    regimen: Value[Id] | None = said("Regimen", "The id of a regimen record.")
    drugs: Value[dict[Annotated[Term, From("drug")], Value[DrugDose]]] | None = said(
        "Drugs", "Each drug with its dose."
    )
    cycle_length: Value[Period] | None = said("Cycle length", "Time from one cycle to the next.")
    cycles_planned: Value[Count] | None = said("Cycles planned", "How many were planned.")
    cycles_given: Value[Count] | None = said("Cycles given", "How many were given.")
    toxicity: Value[Text] | None = said("Side effects", "Side effects; 'absent' when the report says none.")


class Boost(Mentioned):
    """More radiation to a part of the target; `present` alone where its dose is not reported."""

    dose: Value[RadiationDose] | None = said("Dose", "Dose of the boost alone.")
    fractions: Value[Count] | None = said("Fractions", "Number of fractions of the boost.")
    technique: Value[Annotated[Term, From("radiotherapy_technique")]] | None = said(
        "Technique", "How the boost was given."
    )
    target: Value[Text] | None = said("Target", "What was boosted.")


class Radiotherapy(Treatment):
    """One course of radiotherapy."""

    asked: ClassVar[bool] = True

    target: Value[Text] | None = said("Target", "What was irradiated.")
    technique: Value[Rows[Annotated[Term, From("radiotherapy_technique")]]] | None = said(
        "Technique", "How it was given, such as intensity-modulated or intraoperative."
    )
    dose: Value[RadiationDose] | None = said("Dose", "Total dose, without a boost that is told apart.")
    fractions: Value[Count] | None = said("Fractions", "Number of fractions.")
    boost: Value[Boost] | None = said(
        "Boost", "More radiation to a part of the target; 'absent' when the report says that there was none."
    )
