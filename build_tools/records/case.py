"""A case: one patient, as one or more reports describe that person."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from build_tools.records.course import Event, FollowUp, Outcome
from build_tools.records.extraction import Extraction
from build_tools.records.findings import Biopsy, Diagnosis, ImagingStudy, LabResult, Meeting
from build_tools.records.lesion import Lesion
from build_tools.records.messages import wrong
from build_tools.records.pathology import GeneticFinding, Specimen
from build_tools.records.patient import Patient, Presentation
from build_tools.records.surgery import Surgery
from build_tools.records.terms import From, Term
from build_tools.records.therapy import Radiotherapy, SystemicTherapy
from build_tools.records.values import Block, Id, Record, Rows, Sources, Text, Value, said


class ReportLink(Record):
    """One report that describes this patient."""

    report: Id = Field(title="Report", description="The id of a record in content/reports/.")
    label: Text | None = said("Label", "What that report calls this patient, such as 'case 2'.")
    role: Literal["full", "partial", "update", "secondary"] = Field(
        title="Role",
        description="full: the patient's own report; partial: tells part of the story; "
        "update: later news; secondary: a row in another paper's table.",
    )


class Evidence(Record):
    """One thing that speaks for or against two reports describing one person."""

    text: Text = Field(title="Evidence", description="What agrees or differs, in your own words.")
    source: Sources = Field(default=(), title="Source", description="Where that stands.")


class Identity(Record):
    """Whether several reports describe one person, with the evidence on both sides."""

    same_patient: Literal["certain", "probable", "possible", "rejected"] = Field(
        title="Same patient",
        description="How likely the reports describe one person; certain and probable count once.",
    )
    other_case: Id | None = said(
        "Other case", "The other case's id, when the two are only possibly one and so stand in two files."
    )
    evidence_for: Rows[Evidence] = Field(default=(), title="For", description="What speaks for one person.")
    evidence_against: Rows[Evidence] = Field(
        default=(), title="Against", description="What speaks for two persons."
    )
    settled_by: Text | None = said("What would settle it", "What would decide the question.")

    @model_validator(mode="after")
    def _one_person_one_file(self) -> Identity:
        apart = self.same_patient in ("possible", "rejected")
        if apart and self.other_case is None:
            raise wrong("other_case_missing")
        if not apart and self.other_case is not None:
            raise wrong("other_case_superfluous")
        return self


class Case(Block):
    """One published patient. The file's name is the case's id."""

    asked: ClassVar[bool] = True

    reports: Rows[ReportLink] = Field(
        title="Reports", description="The reports that describe this patient.", min_length=1
    )
    identity: Identity | None = said("Identity", "Whether several reports describe one person.")
    time_zero: Value[Annotated[Term, From("event")]] | None = said(
        "Time zero", "The event from which all times of this case are counted."
    )
    patient: Patient = Field(default=Patient(), title="Patient", description=Patient.__doc__)
    presentation: Presentation = Field(
        default=Presentation(), title="Presentation", description=Presentation.__doc__
    )
    laboratory: Value[Rows[LabResult]] | None = said("Laboratory", "Laboratory and function tests.")
    imaging: Value[Rows[ImagingStudy]] | None = said("Imaging", "Imaging examinations and what they showed.")
    biopsy: Value[Biopsy] | None = said("Biopsy", "A biopsy before treatment.")
    diagnosis: Diagnosis = Field(default=Diagnosis(), title="Diagnosis", description=Diagnosis.__doc__)
    meetings: Value[Rows[Meeting]] | None = said(
        "Multidisciplinary meeting", "Each meeting of several specialties on this patient, and its decision."
    )
    lesions: Value[Rows[Lesion]] | None = said("Tumour", "The primary tumour and any other lesion.")
    surgeries: Value[Rows[Surgery]] | None = said(
        "Surgery", "Each operation; not_done with a note when there was none."
    )
    pathology: Value[Rows[Specimen]] | None = said(
        "Pathology", "What the pathologist found, a specimen each."
    )
    genetics: Value[Rows[GeneticFinding]] | None = said("Genetics", "Genetic tests of tumour or patient.")
    systemic_therapy: Value[Rows[SystemicTherapy]] | None = said(
        "Systemic therapy", "Drug treatment against the tumour; 'absent' when the report says none was given."
    )
    radiotherapy: Value[Rows[Radiotherapy]] | None = said(
        "Radiotherapy", "Radiotherapy; 'absent' when the report says none was given."
    )
    events: Rows[Event] = Field(
        default=(), title="Time line", description="What happened when; all charts of time read this."
    )
    follow_up: FollowUp = Field(default=FollowUp(), title="Follow-up", description=FollowUp.__doc__)
    outcome: Outcome = Field(default=Outcome(), title="Outcome", description=Outcome.__doc__)
    remarks: Rows[Text] = Field(
        default=(),
        title="Remarks",
        description="Anything a reader of this case should know, in your own words.",
    )
    extraction: Extraction = Field(title="Extraction", description=Extraction.__doc__)
