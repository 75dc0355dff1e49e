"""Who the patient is, and how the disease came to light."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from build_tools.records.measures import Age, Length, Period, Weight
from build_tools.records.terms import From, Term
from build_tools.records.values import Block, Count, Mentioned, Rows, Text, Value, said


class Finding(Mentioned):
    """Something that a report says was there; `present` alone is enough where nothing more is said."""

    detail: Value[Text] | None = said("Detail", "What else the report says of it, in your own words.")
    side: Value[Annotated[Term, From("side")]] | None = said("Side", "On which side of the body.")
    size: Value[Length] | None = said("Size", "How large it was, as printed.")
    number: Value[Count] | None = said("Number", "How many there were.")


class Symptom(Finding):
    """What the patient felt or noticed."""

    duration: Value[Period] | None = said("Duration", "How long before admission it had been there.")
    amount: Value[Weight] | None = said("Amount", "How much, where it can be weighed (weight loss).")
    course: Value[Text] | None = said("Course", "How it changed: worse, better, coming and going.")


class Smoking(Block):
    """Whether the patient smoked."""

    status: Value[Annotated[Term, From("smoking_status")]] | None = said(
        "Status", "Current, former or never."
    )
    pack_years: Value[Count] | None = said("Pack-years", "Packs a day times years smoked.")


class Patient(Block):
    """Who the patient is. No name, initials, hospital number, city or date of birth."""

    asked: ClassVar[bool] = True

    age: Value[Age] | None = said("Age", "Age in years at diagnosis or first surgery; above 89 write '90+'.")
    sex: Value[Annotated[Term, From("sex")]] | None = said("Sex", "Sex as the report gives it.")
    country: Value[Annotated[Term, From("country")]] | None = said(
        "Country", "Country where the patient was treated; nothing more exact."
    )
    ancestry: Value[Text] | None = said(
        "Ancestry", "Ancestry or ethnicity as the report prints it; never inferred from a country or a name."
    )
    comorbidities: Value[dict[Annotated[Term, From("condition")], Value[Finding]]] | None = said(
        "Other conditions", "Other diseases, past or present; 'absent' for those that the report denies."
    )
    family_history: Value[Text] | None = said(
        "Family history", "Diseases in the family; 'absent' when denied."
    )
    smoking: Value[Smoking] | None = said("Smoking", "Whether and how much the patient smoked.")
    pregnancy: Value[Text] | None = said(
        "Pregnancy", "Pregnancy at diagnosis or before; not_applicable for a man."
    )
    asa_grade: Value[Annotated[int, Field(ge=1, le=6)]] | None = said(
        "ASA grade", "Physical status before anaesthesia, American Society of Anesthesiologists, 1 to 6."
    )


class EarlierTreatment(Block):
    """What was tried for the complaint before the tumour was known."""

    treatment: Annotated[Term, From("drug")] = Field(title="Treatment", description="The drug or measure.")
    effect: Value[Annotated[Term, From("treatment_effect")]] | None = said("Effect", "Whether it helped.")


class EarlierFinding(Block):
    """What was found elsewhere, or before, without leading to the diagnosis."""

    investigation: Annotated[Term, From("investigation")] = Field(
        title="Investigation", description="What was done."
    )
    finding: Value[Text] | None = said("Finding", "What it showed, in your own words.")
    misleading: Value[Text] | None = said(
        "Misleading", "How it led away from the diagnosis, if the report says so."
    )


class Presentation(Block):
    """How the disease came to light."""

    asked: ClassVar[bool] = True

    mode: Value[Annotated[Term, From("presentation_mode")]] | None = said(
        "Found", "By chance, or because of symptoms."
    )
    presenting_event: Value[Annotated[Term, From("presenting_event")]] | None = said(
        "Presenting event", "What brought the patient to a doctor, such as a thrombosis or a health check."
    )
    symptoms: Value[dict[Annotated[Term, From("symptom")], Value[Symptom]]] | None = said(
        "Symptoms", "What the patient felt; denied symptoms are written 'absent'."
    )
    main_symptom: Value[Annotated[Term, From("symptom")]] | None = said(
        "Main symptom", "The symptom that the report puts first."
    )
    signs: Value[dict[Annotated[Term, From("sign")], Value[Finding]]] | None = said(
        "Examination", "What the examination found; signs that were looked for and not found are 'absent'."
    )
    delay: Value[Period] | None = said("Delay", "From the first symptom to admission or diagnosis.")
    previous_operations: Value[Count] | None = said(
        "Previous operations",
        "How many operations for this tumour came before time zero; those of which more is told stand under "
        "surgeries as well, with a negative time.",
    )
    previous_recurrences: Value[Count] | None = said(
        "Previous recurrences",
        "How often the tumour had come back before time zero; those of which the time is told stand under "
        "events as well, with a negative time.",
    )
    earlier_findings: Value[Rows[EarlierFinding]] | None = said(
        "Earlier investigations", "What was done before the tumour was found and what it showed."
    )
    earlier_treatments: Value[Rows[EarlierTreatment]] | None = said(
        "Earlier treatment",
        "What was tried for the complaint before the tumour was known, and whether it helped.",
    )
