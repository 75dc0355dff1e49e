"""What was found before treatment: laboratory, imaging, biopsy, and the diagnosis they led to."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from build_tools.records.measures import LabMeasure, Time
from build_tools.records.patient import Finding
from build_tools.records.terms import From, Term
from build_tools.records.values import Block, Mentioned, Rows, Text, Value, said


class LabResult(Block):
    """One laboratory or function test."""

    test: Annotated[Term, From("laboratory_test")] = Field(title="Test", description="What was measured.")
    timing: Value[Annotated[Term, From("timing")]] | None = said(
        "When", "Before, during or after the operation."
    )
    at: Value[Time] | None = said("Time", "Time from the case's time zero, where the report gives it.")
    result: Value[LabMeasure] | None = said(
        "Result", "The number and unit as printed; not_done if not measured."
    )
    reading: Value[Annotated[Term, From("laboratory_reading")]] | None = said(
        "Reading", "Normal, low or high, as the report calls it."
    )


class ImagingStudy(Block):
    """One imaging examination and what it showed; sizes stand with the lesion."""

    modality: Annotated[Term, From("modality")] = Field(title="Modality", description="The kind of imaging.")
    region: Value[Annotated[Term, From("region")]] | None = said(
        "Region", "The part of the body that was imaged."
    )
    contrast: Value[Annotated[Term, From("contrast")]] | None = said(
        "Contrast", "With or without contrast medium."
    )
    timing: Value[Annotated[Term, From("timing")]] | None = said(
        "When", "Before, during or after the operation."
    )
    at: Value[Time] | None = said("Time", "Time from the case's time zero, where the report gives it.")
    findings: Value[dict[Annotated[Term, From("imaging_finding")], Value[Finding]]] | None = said(
        "Findings", "What was seen; what was looked for and not seen is 'absent'."
    )
    impression: Value[Text] | None = said("Impression", "What it was taken for, in your own words.")


class Biopsy(Block):
    """A biopsy before treatment; the whole field is `not_done` when the report says that none was taken."""

    asked: ClassVar[bool] = True

    technique: Value[Annotated[Term, From("biopsy_technique")]] | None = said(
        "Technique", "Core needle, fine needle, open, endoscopic."
    )
    guidance: Value[Annotated[Term, From("modality")]] | None = said(
        "Guidance", "The imaging that guided it."
    )
    result: Value[Annotated[Term, From("diagnosis")]] | None = said("Result", "The diagnosis it gave.")
    complications: Value[Text] | None = said(
        "Complications", "What went wrong; 'absent' when the report says nothing did."
    )


class Suspicion(Block):
    """A diagnosis that was thought of before the final one."""

    diagnosis: Annotated[Term, From("diagnosis")] = Field(
        title="Diagnosis", description="What was suspected."
    )
    weight: Value[Annotated[Term, From("suspicion")]] | None = said(
        "Weight", "The leading suspicion, one of several, or merely not excluded."
    )
    grounds: Value[Text] | None = said("Grounds", "On what it was based, in your own words.")


class Meeting(Mentioned):
    """What a multidisciplinary meeting decided; `present` alone where only the meeting is reported."""

    timing: Value[Annotated[Term, From("timing")]] | None = said("When", "Before, during or after surgery.")
    at: Value[Time] | None = said("Time", "Time from the case's time zero, where the report gives it.")
    decision: Value[Text] | None = said("Decision", "What was decided, in your own words.")


class Diagnosis(Block):
    """What was suspected, what it proved to be, and when that became known."""

    asked: ClassVar[bool] = True

    suspected: Value[Rows[Suspicion]] | None = said(
        "Suspected", "What was thought of before the final diagnosis."
    )
    final: Value[Annotated[Term, From("diagnosis")]] | None = said(
        "Final diagnosis", "The diagnosis that stands at the end."
    )
    established: Value[Annotated[Term, From("diagnosis_stage")]] | None = said(
        "Established", "When the diagnosis became certain."
    )
    doubt: Value[Text] | None = said("Doubt", "What remains uncertain about it, in your own words.")
