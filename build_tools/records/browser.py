"""The case browser as a page's front matter declares it: what readers filter, sort and show cases by."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from build_tools.records.values import Record, Rows, Text

Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
RESERVED = frozenset({"columns", "filter", "fold", "sort", "case", "cases", "search"})
"""What an address says besides the fields."""


class BrowserField(Record):
    """One field of the browser, under the word by which an address names it."""

    field: Text = Field(
        title="Field", description="A field such as patient.sex, or a rule such as derived.status."
    )
    title: Text | None = Field(default=None, title="Title", description="What readers see, where it differs.")
    term: Text | None = Field(
        default=None, title="Term", description="Asks only whether the field is this term: yes or no."
    )
    presence: bool = Field(
        default=False, title="Presence", description="Asks only whether there is any: yes or no."
    )
    column: Text | None = Field(
        default=None, title="Column", description="The field or rule whose words the column shows instead."
    )
    unit: Text | None = Field(default=None, title="Unit", description="The unit in which a number is given.")
    steps: Rows[float] = Field(
        default=(), title="Steps", description="Where the ranges of a number begin, the smallest first."
    )

    @property
    def shown(self) -> str:
        """The field or rule whose words the column shows."""
        return self.column or self.field


class BrowserDeclaration(Record):
    """What a page's front matter says under `browser:`; the page's table shows some fields at first."""

    fields: dict[Word, BrowserField] = Field(
        title="Fields", description="Everything that can be shown, sorted by and exported, by its word."
    )
    facets: Rows[Word] = Field(
        default=(), title="Facets", description="The fields by which readers choose patients, in order."
    )
