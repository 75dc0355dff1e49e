"""A regimen: a drug combination or a modality that reports treat with or discuss."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from build_tools.records.terms import From, Term
from build_tools.records.values import Record, Rows, Sources, Text, said


class RegimenStatement(Record):
    """What one report says of the regimen in general, in our words; never a patient's result."""

    text: Text = Field(title="Statement", description="What the report says, in your own words.")
    source: Sources = Field(title="Source", description="Where it says so: report id and place.")


class Regimen(Record):
    """A drug combination, a drug or a modality. The file's name is the regimen's id."""

    title: Annotated[Text, Field(pattern=r"^[^<>&{}]+$")] = Field(
        title="Title", description="The regimen's usual name."
    )
    kind: Literal["drug_combination", "drug", "radiotherapy", "surgery"] = Field(
        title="Kind", description="What kind of treatment it is."
    )
    abbreviation: Annotated[Text, Field(pattern=r"^[^<>&{}]+$")] | None = said(
        "Abbreviation", "How reports abbreviate it."
    )
    drugs: Rows[Annotated[Term, From("drug")]] = Field(
        default=(), title="Drugs", description="The drugs in it."
    )
    group: Annotated[Term, From("treatment_group")] | None = said(
        "Group", "The family of treatments that it belongs to."
    )
    settings: Rows[Annotated[Term, From("therapy_timing")]] = Field(
        default=(), title="Setting", description="When reports use or discuss it."
    )
    procedures: Rows[Annotated[Term, From("procedure")]] = Field(
        default=(), title="Procedures", description="For surgery: the procedures that count as it."
    )
    remark: Text | None = said("Remark", "What this review adds, marked as its own.")
    statements: Rows[RegimenStatement] = Field(
        default=(),
        title="What reports say of it",
        description="General statements of reports, with their place.",
    )
