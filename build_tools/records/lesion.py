"""A lesion: the primary tumour, what was left of it, a recurrence or a metastasis."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from build_tools.records.measures import Length, Time
from build_tools.records.terms import From, Term
from build_tools.records.values import Block, Mentioned, OneOrMany, Rows, Termed, Text, Value, said


class Origin(Termed):
    """The structure that a lesion grew from, and how sure that is."""

    main: ClassVar[str] = "structure"

    structure: Annotated[Term, From("structure")] = Field(
        title="Structure", description="The organ or vessel that it grew from."
    )
    certainty: Value[Annotated[Term, From("certainty")]] | None = said("Certainty", "How sure the report is.")
    alternatives: Value[Rows[Annotated[Term, From("structure")]]] | None = said(
        "Could also be", "Other structures that the report can't rule out."
    )


class Size(Block):
    """One measurement of a lesion, by one method."""

    method: Annotated[Term, From("size_method")] = Field(
        title="Method", description="How it was measured; sizes by different methods are never mixed."
    )
    size: Value[Length] | None = said("Size", "One to three axes as printed.")
    timing: Value[Annotated[Term, From("size_timing")]] | None = said(
        "When", "Before treatment, or after which treatment of the tumour it was measured."
    )
    at: Value[Time] | None = said("Time", "Time from the case's time zero, where the report gives it.")


class Rupture(Mentioned):
    """A tear of the tumour; `present` alone where nothing more is reported."""

    phase: Value[Annotated[Term, From("timing")]] | None = said("When", "Before or during the operation.")
    detail: Value[Text] | None = said("Detail", "How it tore or bled, in your own words.")


def _one_as_list(value: object) -> object:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


Relations = Annotated[
    tuple[Annotated[Term, From("relation")], ...],
    BeforeValidator(_one_as_list),
    OneOrMany,
]


class Lesion(Block):
    """One lesion: where it is, what it grew from, what it touches, how large it is."""

    role: Annotated[Term, From("lesion_role")] = Field(
        title="Lesion", description="Primary tumour, residual tumour, recurrence or metastasis."
    )
    certainty: Value[Annotated[Term, From("certainty")]] | None = said(
        "Certainty", "How sure the report is of what this lesion is."
    )
    origin: Value[Origin] | None = said("Origin", "The structure it grew from, for a primary tumour.")
    site: Value[Annotated[Term, From("structure")]] | None = said("Site", "Where it lies.")
    side: Value[Annotated[Term, From("side")]] | None = said("Side", "On which side of the body.")
    location: Value[Text] | None = said("Location", "Where exactly, in your own words.")
    segments: Value[Rows[Annotated[Term, From("segment")]]] | None = said(
        "Vessel segments", "The segments of the vessel that it occupies."
    )
    vessels: Value[dict[Annotated[Term, From("structure")], Value[Relations]]] | None = said(
        "Vessels", "Each vessel and its relation to the tumour: origin, invaded, encased, abutted, thrombus."
    )
    thrombus: Value[Text] | None = said(
        "Tumour thrombus", "Its reach, in your own words; 'absent' when the report says there was none."
    )
    organs: Value[dict[Annotated[Term, From("structure")], Value[Relations]]] | None = said(
        "Neighbouring organs",
        "Each organ and its relation to the tumour: invaded, adherent, displaced, free.",
    )
    rupture: Value[Rupture] | None = said(
        "Rupture", "Whether the tumour tore; 'absent' when the report says that it had not."
    )
    growth: Value[Annotated[Term, From("growth")]] | None = said(
        "Growth", "Inside the vessel, outside it, or both."
    )
    border: Value[Annotated[Term, From("border")]] | None = said("Border", "Well defined or not.")
    shape: Value[Annotated[Term, From("shape")]] | None = said("Shape", "Round, lobulated, irregular.")
    number: Value[Annotated[Term, From("number_of_lesions")]] | None = said("Number", "One or several.")
    sizes: Value[Rows[Size]] | None = said(
        "Size", "Every measurement with its method, and whether before or after treatment."
    )
