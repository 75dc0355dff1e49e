"""A sentence of a page that speaks of all, none, most or a number, and what it stands on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from build_tools.records.values import Id, Record, Rows, Sources, Text, said

Count = Annotated[str, StringConstraints(pattern=r"^(none|all|most|[1-9][0-9]{0,4})$")]


class Sentence(Record):
    """One entry of `holds` in a page's front matter: the sentence, and one thing that keeps it true."""

    says: Text = Field(title="Says", description="The sentence as it stands on the page, or its first words.")
    field: Text | None = said("Field", "The field that is counted, as in count(): surgeries.margins.")
    term: Text | None = said(
        "Term", "The term that is counted; left out, whether the field is reported at all."
    )
    where: dict[Text, Text] = Field(
        default={}, title="Where", description="Field -> term: only patients with that value are counted."
    )
    count: Count | None = Field(
        default=None,
        title="Count",
        description="How many of the patients in whom it is known: none, all, most, or a number in quotes.",
    )
    reports: Rows[Id] = Field(
        default=(),
        title="Reports",
        description="The reports read in full when the sentence was written, where it speaks of all of them.",
    )
    source: Sources = Field(
        default=(),
        title="Source",
        description="The place in a paper, where the sentence is that paper's claim.",
    )
    because: Text | None = said(
        "Because", "Why no new patient and no new report can make it false: a rule of the casebook, say."
    )

    @model_validator(mode="after")
    def _stands_on_one_thing(self) -> Sentence:
        stands_on = [self.count is not None, bool(self.reports), bool(self.source), self.because is not None]
        if sum(stands_on) != 1:
            raise PydanticCustomError(
                "stands_on_one_thing",
                "a sentence stands on one thing: 'count' with 'field', 'reports', 'source' or 'because'",
            )
        if (self.field is None) != (self.count is None):
            raise PydanticCustomError("count_and_field", "'field' and 'count' belong together")
        return self
