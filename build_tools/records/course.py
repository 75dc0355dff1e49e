"""The course of the disease: the time line, the follow-up and the outcome."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from build_tools.records.measures import Period, Time
from build_tools.records.terms import From, Term
from build_tools.records.values import Block, Mentioned, Text, Value, said


class Event(Block):
    """One thing that happened at one time; all charts of time read these."""

    event: Annotated[Term, From("event")] = Field(title="Event", description="What happened.")
    at: Value[Time] | None = said(
        "Time",
        "Time from the case's time zero, negative for what came before it; a range or bound stays one.",
    )
    site: Value[Annotated[Term, From("structure")]] | None = said("Site", "Where in the body.")
    certainty: Value[Annotated[Term, From("certainty")]] | None = said("Certainty", "How sure the report is.")
    detail: Value[Text] | None = said("Detail", "What happened, in your own words.")


class Presence(Mentioned):
    """Something that happened or did not."""

    detail: Value[Text] | None = said("Detail", "What the report says of it, in your own words.")


class FollowUp(Block):
    """How the patient was followed."""

    asked: ClassVar[bool] = True

    last_contact: Value[Period] | None = said(
        "Follow-up",
        "Time from the case's time zero to last follow-up of the patient. Discharge is no follow-up.",
    )
    method: Value[Text] | None = said("Method", "Visits, calls, imaging.")
    schedule: Value[Text] | None = said("Schedule", "How often, in your own words.")
    lost: Value[Presence] | None = said("Lost to follow-up", "Whether contact was lost.")
    of_group: Value[Text] | None = said(
        "Follow-up of the group",
        "What the report says of a group's follow-up where it says nothing of this patient; never counted as "
        "the patient's own.",
    )


class Outcome(Block):
    """How the patient was at last follow-up, on three axes, and whether the tumour came back."""

    asked: ClassVar[bool] = True

    printed: Value[Text] | None = said("Printed status", "The report's own short status, such as NED or DOD.")
    vital: Value[Annotated[Term, From("vital_status")]] | None = said(
        "Vital status", "Alive or dead at last follow-up."
    )
    disease: Value[Annotated[Term, From("disease_status")]] | None = said(
        "Disease", "Whether tumour was known to be present at last follow-up."
    )
    cause: Value[Annotated[Term, From("cause_of_death")]] | None = said(
        "Cause of death", "Of what the patient died; not_applicable while alive."
    )
    local_recurrence: Value[Presence] | None = said(
        "Local recurrence", "Whether the tumour came back where it was removed."
    )
    metastasis: Value[Presence] | None = said(
        "Metastasis", "Whether distant tumour appeared after time zero."
    )
