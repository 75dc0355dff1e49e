"""A comparison table as a page's front matter declares it."""

from __future__ import annotations

from pydantic import Field

from build_tools.records.values import Record, Rows, Text


class TableDeclaration(Record):
    """What a page's front matter says under `table:`."""

    caption: Text = Field(title="Caption", description="What the table compares, in a sentence.")
    where: dict[Text, Text] = Field(
        default={}, title="Where", description="Field -> term: only cases with that value are in the table."
    )
    columns: Rows[Text] = Field(
        title="Columns",
        description="Fields such as patient.sex, or rules such as derived.status.",
        min_length=1,
    )
    order: Text | None = Field(
        default=None, title="Order", description="The column by which rows are sorted."
    )
