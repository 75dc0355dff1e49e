"""A statement: what the literature claims in general, with reports that support, contradict or qualify it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from build_tools.records.terms import From, Term
from build_tools.records.values import Id, Record, Rows, Sources, Text, said

Name = Annotated[Text, StringConstraints(pattern=r"^[^<>&{}]+$")]


class Support(Record):
    """Where one report says so, says otherwise, or qualifies it."""

    source: Sources = Field(title="Source", description="Report and place.")
    detail: Text | None = said("Detail", "What that report adds or says instead, in your own words.")
    cites: Text | None = said("Citing", "Whom the report itself cites for it, such as 'Aguilar'.")


class CaseEvidence(Record):
    """A patient of this review who bears on the statement."""

    case: Id = Field(title="Case", description="The case's id.")
    detail: Text = Field(title="Detail", description="What that patient shows, in your own words.")


class Statement(Record):
    """A claim of the literature, in our words. The file's name is its id."""

    title: Name = Field(title="Statement", description="The claim in one sentence, in your own words.")
    topic: Annotated[Term, From("topic")] = Field(title="Topic", description="The chapter it belongs to.")
    kind: Annotated[Term, From("statement_kind")] = Field(
        title="Kind", description="Differential diagnosis, sign, prognostic factor, decision rule ..."
    )
    detail: Text | None = said("Detail", "What belongs to it, in your own words.")
    points: Rows[Text] = Field(
        default=(), title="Points", description="Criteria, steps or features, one line each."
    )
    diagnosis: Annotated[Term, From("diagnosis")] | None = said(
        "Diagnosis", "For a differential diagnosis: the disease it is told apart from."
    )
    regimens: Rows[Id] = Field(default=(), title="Regimens", description="Ids of regimens it is about.")
    trials: Rows[Id] = Field(default=(), title="Trials", description="Ids of trials it rests on.")
    supported_by: Rows[Support] = Field(
        title="Supported by", description="The reports that say so.", min_length=1
    )
    contradicted_by: Rows[Support] = Field(
        default=(),
        title="Contradicted by",
        description="The reports that say otherwise: only where both can't be true of the same patients.",
    )
    qualified_by: Rows[Support] = Field(
        default=(),
        title="Qualified by",
        description="The reports that limit it or put it differently, so that both can be true: another "
        "origin, stage or group, a share, a condition. A report that is silent on it does not belong here.",
    )
    cases: Rows[CaseEvidence] = Field(
        default=(), title="Patients", description="Patients of this review who bear on it."
    )
    remark: Text | None = said("Remark", "What this review adds, marked as its own.")
