"""Treatment other than surgery: drugs and radiotherapy."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from build_tools.records.measures import Dose, Period, RadiationDose
from build_tools.records.terms import From, Term
from build_tools.records.values import Block, Count, Id, Mentioned, Text, Value, said

Days = Annotated[str, StringConstraints(pattern=r"^\d+(-\d+)?(, \d+(-\d+)?)*$")]


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

    status: Value[Annotated[Term, From("treatment_status")]] | None = said(
        "Status", "Given, recommended, or refused."
    )
    timing: Value[Annotated[Term, From("therapy_timing")]] | None = said(
        "Timing", "Before or after surgery, or first or later line."
    )
    intent: Value[Annotated[Term, From("intent")]] | None = said(
        "Intent", "Curative or palliative, as the report says."
    )
    label: Value[Text] | None = said("Called", "The report's own word for it, where it differs.")
    start: Value[Period] | None = said("Start", "Time from the case's time zero.")
    response: Value[Annotated[Term, From("response")]] | None = said(
        "Response", "Response as the report calls it."
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


class Radiotherapy(Treatment):
    """One course of radiotherapy."""

    asked: ClassVar[bool] = True

    target: Value[Text] | None = said("Target", "What was irradiated.")
    dose: Value[RadiationDose] | None = said("Dose", "Total dose.")
    fractions: Value[Count] | None = said("Fractions", "Number of fractions.")
