"""An operation: what was planned, what was done, and what it cost."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from build_tools.records.measures import BloodProduct, Duration, Length, Period, Time, Volume
from build_tools.records.terms import From, Term
from build_tools.records.values import Block, Count, Mentioned, Rows, Termed, Text, Value, said


class Preparation(Block):
    """What was given or done to make the operation safe."""

    treatment: Annotated[Term, From("drug")] = Field(title="Treatment", description="The drug or measure.")
    before: Value[Period] | None = said(
        "Time before the operation", "How long before the operation it was done, where it was done once."
    )
    duration: Value[Period] | None = said("Duration", "For how long it was given before the operation.")
    reason: Value[Text] | None = said("Reason", "Why, in your own words.")


class Conversion(Mentioned):
    """A change of approach during the operation; `present` alone where its reason is not reported."""

    reason: Value[Text] | None = said("Reason", "Why the approach was changed, in your own words.")


class Clamp(Block):
    """One step of the control of bleeding; the steps stand in their order."""

    vessel: Annotated[Term, From("structure")] = Field(title="Vessel", description="What was closed.")
    occlusion: Value[Annotated[Term, From("occlusion")]] | None = said("Occlusion", "Partial or complete.")
    instrument: Value[Annotated[Term, From("instrument")]] | None = said("Instrument", "The clamp or device.")
    duration: Value[Duration] | None = said("Clamp time", "For how long the vessel was closed.")
    detail: Value[Text] | None = said("Detail", "Where and how, in your own words.")


class Bypass(Mentioned):
    """A bypass of blood around the operated part; `present` alone where its kind is not reported."""

    kind: Value[Annotated[Term, From("bypass")]] | None = said("Kind", "From where to where blood was led.")
    duration: Value[Duration] | None = said("Bypass time", "For how long the bypass ran.")
    detail: Value[Text] | None = said("Detail", "How it was done, in your own words.")


class Patency(Block):
    """Whether a reconstructed vessel was open at one time."""

    patency: Annotated[Term, From("patency")] = Field(
        title="Patency", description="Whether the vessel was open, narrowed or closed."
    )
    at: Value[Time] | None = said("Time", "Time from the case's time zero.")
    modality: Value[Annotated[Term, From("modality")]] | None = said("Seen by", "The imaging that showed it.")


class Reconstruction(Block):
    """How a vessel was closed or replaced."""

    vessel: Annotated[Term, From("structure")] = Field(title="Vessel", description="The vessel.")
    technique: Value[Annotated[Term, From("reconstruction")]] | None = said(
        "Technique", "Suture, patch, graft, ligation."
    )
    material: Value[Annotated[Term, From("material")]] | None = said(
        "Material", "The suture, patch or graft."
    )
    patency: Value[Rows[Patency]] | None = said(
        "Patency", "Whether the reconstructed vessel or graft was open, each time that somebody looked."
    )


class Anticoagulation(Mentioned):
    """Treatment against clots around or after the operation; `present` alone where no drug is named."""

    drug: Value[Annotated[Term, From("anticoagulant")]] | None = said("Drug", "The drug, or its family.")
    phase: Value[Annotated[Term, From("timing")]] | None = said("When", "Before, during or after surgery.")
    duration: Value[Period] | None = said("Duration", "For how long it was given.")
    detail: Value[Text] | None = said("Detail", "Dose, target or reason, in your own words.")


class LymphNodes(Termed):
    """What was done to the lymph nodes and what was found in them."""

    main: ClassVar[str] = "dissection"

    dissection: Value[Annotated[Term, From("node_dissection")]] | None = said(
        "Dissection", "How far nodes were removed."
    )
    status: Value[Annotated[Term, From("node_status")]] | None = said(
        "Node status", "Whether any node held tumour; the numbers, where they are printed, stand below."
    )
    removed: Value[Count] | None = said("Removed", "How many nodes were examined.")
    positive: Value[Count] | None = said("Positive", "How many held tumour.")


class Transfusion(Block):
    """Blood or plasma given."""

    product: Annotated[Term, From("blood_product")] = Field(title="Product", description="What was given.")
    amount: Value[BloodProduct] | None = said(
        "Amount", "As printed: ml or units, never converted into each other."
    )
    phase: Value[Annotated[Term, From("timing")]] | None = said("When", "During or after the operation.")


class Complication(Block):
    """Something that went wrong during or after the operation."""

    complication: Annotated[Term, From("complication")] = Field(
        title="Complication", description="What happened."
    )
    phase: Value[Annotated[Term, From("timing")]] | None = said("When", "During or after the operation.")
    at: Value[Period] | None = said("Time", "Time from the operation.")
    clavien_dindo: Value[Annotated[Term, From("clavien_dindo")]] | None = said(
        "Clavien-Dindo grade",
        "Grade of a postoperative complication; an intraoperative transfusion is not one.",
    )
    treatment: Value[Text] | None = said("Treatment", "What was done about it, in your own words.")
    result: Value[Text] | None = said("Result", "How it ended, in your own words.")


class Surgery(Block):
    """One operation."""

    asked: ClassVar[bool] = True

    at: Value[Time] | None = said(
        "Time",
        "Time from the case's time zero; 0 months when it is time zero, -8 months for one 8 months before.",
    )
    lesion: Value[Annotated[Term, From("lesion_role")]] | None = said(
        "Lesion operated on",
        "Primary tumour, residual tumour, recurrence or metastasis. Counts about the primary tumour read the "
        "operation on it; of a single operation left out, it is the primary.",
    )
    intent: Value[Annotated[Term, From("intent")]] | None = said(
        "Intent", "Curative or palliative, as the report says."
    )
    preparation: Value[Rows[Preparation]] | None = said(
        "Preparation", "What was given to make the operation safe."
    )
    anaesthesia: Value[Annotated[Term, From("anaesthesia")]] | None = said(
        "Anaesthesia", "Kind of anaesthesia."
    )
    position: Value[Annotated[Term, From("position")]] | None = said("Position", "How the patient lay.")
    approach_planned: Value[Annotated[Term, From("approach")]] | None = said(
        "Approach planned", "The approach with which the operation began."
    )
    approach: Value[Annotated[Term, From("approach")]] | None = said(
        "Approach", "The approach with which the operation ended."
    )
    conversion: Value[Conversion] | None = said(
        "Conversion", "A change of approach, with its reason if told; 'absent' when there was none."
    )
    ports: Value[Text] | None = said("Ports", "Number, size and place of the ports, in your own words.")
    incision: Value[Text] | None = said("Incision", "The incision, in your own words.")
    procedures: Value[Rows[Annotated[Term, From("procedure")]]] | None = said(
        "Procedures", "What was done, the main thing first."
    )
    organs: (
        Value[dict[Annotated[Term, From("structure")], Value[Annotated[Term, From("organ_fate")]]]] | None
    ) = said("Organs", "What became of each organ: removed, partly removed, preserved, not involved.")
    vascular_control: Value[Rows[Clamp]] | None = said("Vascular control", "What was clamped, in order.")
    bypass: Value[Bypass] | None = said(
        "Bypass", "A bypass during the operation; 'absent' when the report says that there was none."
    )
    anhepatic_time: Value[Duration] | None = said(
        "Anhepatic time", "For how long no blood ran through the liver, or no liver was in place."
    )
    reconstruction: Value[Rows[Reconstruction]] | None = said(
        "Reconstruction", "How vessels were closed or replaced."
    )
    anticoagulation: Value[Rows[Anticoagulation]] | None = said(
        "Anticoagulation", "Drugs against clots; 'absent' when the report says that none were given."
    )
    lymph_nodes: Value[LymphNodes] | None = said(
        "Lymph nodes", "Whether nodes were removed and what they showed."
    )
    findings: Value[Rows[Text]] | None = said(
        "Findings at operation", "What was seen at operation, in your own words."
    )
    completeness: Value[Annotated[Term, From("completeness")]] | None = said(
        "Resection", "How complete the report says the resection was."
    )
    margins: Value[Annotated[Term, From("margin")]] | None = said(
        "Margins", "Margins of the specimen as the report calls them."
    )
    margin_distance: Value[Length] | None = said("Margin distance", "Closest distance from tumour to margin.")
    duration: Value[Duration] | None = said("Operation time", "Time of the whole operation, as printed.")
    blood_loss: Value[Volume] | None = said("Blood loss", "Blood lost during the operation.")
    transfusions: Value[Rows[Transfusion]] | None = said(
        "Transfusion", "Blood and plasma given; 'absent' when the report says none."
    )
    complications: Value[Rows[Complication]] | None = said(
        "Complications", "What went wrong; 'absent' when the report says nothing did."
    )
    drain: Value[Period] | None = said(
        "Drain removed", "Days from the operation until the last drain was out."
    )
    stay: Value[Period] | None = said("Stay after operation", "Time from the operation to discharge.")
