"""The value of a clinical field: what a report says, that it says nothing, or that it contradicts itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from build_tools.records.messages import wrong
from build_tools.records.states import SURE, plainly

T = TypeVar("T")


class Record(BaseModel):
    """Anything that stands in a file: strict, unknown keys refused, never changed after reading."""

    # defer_build: only the outermost model builds a validator, when it is first used; starting is instant.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class State(StrEnum):
    """What is known of a field; the last two are worked out and never typed."""

    REPORTED = "reported"
    ABSENT = "absent"
    NOT_DONE = "not_done"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"
    UNCLEAR = "unclear"
    NOT_REPORTED = "not_reported"
    NOT_EXTRACTED = "not_extracted"

    @property
    def meaning(self) -> str:
        """The state in a sentence, for pages, legends and exports."""
        return MEANINGS[self]


MEANINGS = {
    State.REPORTED: "The report gives the value.",
    State.ABSENT: "The report says no, none, or negative for presence.",
    State.NOT_DONE: "The report says that this was not done.",
    State.NOT_APPLICABLE: "This can't apply to the patient.",
    State.UNKNOWN: "The report says that this is unknown.",
    State.WITHHELD: "The report has the value; it is held back here to protect the patient.",
    State.UNCLEAR: "The report contradicts itself or can be read in two ways; the note says how.",
    State.NOT_REPORTED: "The report was read in full and is silent on this.",
    State.NOT_EXTRACTED: "The report was not read in full, so it may say this where nobody has looked.",
}

WRITTEN_STATES = frozenset(
    {
        State.ABSENT,
        State.NOT_DONE,
        State.NOT_APPLICABLE,
        State.UNKNOWN,
        State.WITHHELD,
        State.UNCLEAR,
    }
)
WORKED_OUT = frozenset({State.NOT_REPORTED, State.NOT_EXTRACTED})

Count = Annotated[int, Field(ge=0)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=600)]


def _in_the_calendar(written: str) -> str:
    try:
        date.fromisoformat(written)
    except ValueError:
        raise wrong("no_such_day", shown=repr(written)) from None
    return written


Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_in_the_calendar)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=2, max_length=80)]


def said(title: str, description: str) -> Any:
    """A field that a report may leave out; its title is also table head, form label and schema title."""
    return Field(default=None, title=title, description=description)


def as_tuple(value: object) -> object:
    """A YAML list as a tuple, so that a frozen record holds nothing that can change."""
    return tuple(value) if isinstance(value, list) else value


Rows = Annotated[tuple[T, ...], BeforeValidator(as_tuple)]


class Source(Record):
    """The place in a report where a value stands: the report's id and a section, table, figure or page."""

    report: Id | None = None
    place: Text

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        if match := re.match(r"^([a-z0-9]+(?:-[a-z0-9]+)+):(\S.*)$", value, re.S):
            raise PydanticCustomError(
                "no_space_after_report",
                "no space follows the colon; write a space after the colon",
                {"report": match[1], "place": match[2]},
            )
        match = re.match(r"^([a-z0-9]+(?:-[a-z0-9]+)*): +(\S.*)$", value, re.S)
        return {"report": match[1], "place": match[2]} if match else {"place": value}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "type": "string",
            "title": "Source",
            "description": cls.__doc__,
            "examples": ["smith-2020: Results", "Table 2"],
        }


def _as_list(value: object) -> object:
    return value if isinstance(value, tuple) else tuple(value if isinstance(value, list) else [value])


class OneOrMany:
    """Lets an editor know that one item or a list of them may be written."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        many = handler(schema)
        return {"anyOf": [many["items"], many]}


Sources = Annotated[tuple[Source, ...], BeforeValidator(_as_list), OneOrMany]
SOURCE = Field(
    default=(),
    title="Source",
    description="Where in a report this stands. Given for a block, it holds for all fields in it.",
)
NOTE = Field(default=None, title="Note", description="What a reader should know of this, in your own words.")


class Block(Record):
    """Fields that belong together and usually stand in one place of a report.

    `asked` tells whether a clinician would look for each field here, so that one left out is counted as
    not reported; small blocks (a clamp, a stain) only say what there is to say.
    """

    asked: ClassVar[bool] = False

    source: Sources = SOURCE
    note: Text | None = NOTE


class Mentioned(Block):
    """A block for which `present` may stand alone, where a report says nothing more of it."""

    @model_validator(mode="before")
    @classmethod
    def _from_present(cls, value: object) -> object:
        return {} if value == "present" else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"const": "present"}, handler(schema)]}


class Termed(Block):
    """A block for which its main field's term may stand alone, where a report says nothing more."""

    main: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _from_term(cls, value: object) -> object:
        return {cls.main: value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        long = handler(schema)
        return {"anyOf": [handler.resolve_ref_schema(long)["properties"][cls.main], long]}


class Claim(Record, Generic[T]):
    """One thing that one place of one report says of a field."""

    value: T | None = Field(default=None, title="Value", description="What the report says.")
    state: State = Field(default=State.REPORTED, exclude=True)
    inferred: bool = Field(
        default=False,
        title="Inferred",
        description="true when it follows from what the report says; the note says how.",
    )
    source: Sources = SOURCE
    note: Text | None = NOTE

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, value: object) -> object:
        return _long_form(value)

    @model_validator(mode="after")
    def _something_is_said(self) -> Claim[T]:
        if isinstance(self.value, tuple | dict) and not self.value:
            raise PydanticCustomError(
                "empty_value",
                "there is nothing in it; report silent? Leave it out; 'absent' says that there is none",
            )
        if type(self.value) is str and plainly(self.value) in SURE:
            raise wrong("state_otherwise", shown=repr(self.value), mended="write a state such as 'absent'")
        return self

    @model_validator(mode="after")
    def _doubt_is_explained(self) -> Claim[T]:
        if self.state is State.UNCLEAR and self.note is None:
            raise wrong("unclear_without_note")
        if self.inferred and self.note is None:
            raise wrong("inferred_without_note")
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """All forms that may be written: the value itself, a state, or the long form."""
        long = handler.resolve_ref_schema(handler(schema))
        properties = {name: inner for name, inner in long["properties"].items() if name != "state"}
        short = [form for form in properties["value"]["anyOf"] if form != {"type": "null"}]
        states: JsonSchemaValue = {
            "title": "State",
            "description": "What the report says instead of a value.",
            "enum": sorted(WRITTEN_STATES),
            "markdownEnumDescriptions": [MEANINGS[state] for state in sorted(WRITTEN_STATES)],
        }
        properties["value"] = {"anyOf": [*short, states]}
        long_form: JsonSchemaValue = {
            "type": "object",
            "title": "Long form",
            "properties": properties,
            "additionalProperties": False,
            "anyOf": [{"required": [name]} for name in ("value", "claims") if name in properties],
        }
        return {"anyOf": [*short, states, long_form]}


class Value(Claim[T], Generic[T]):
    """A field's value in any of its forms: plain, a state, the long form, or claims in conflict."""

    claims: Rows[Claim[T]] = Field(
        default=(),
        title="Claims",
        description="What the reports say where they disagree, each with its source.",
    )
    use: int | None = Field(
        default=None,
        ge=0,
        title="Use",
        description="Which claim tables and charts take, counted from 0; left out, none is taken.",
    )
    why: Text | None = Field(
        default=None, title="Why", description="Why that claim is used, or why none can be."
    )

    @model_validator(mode="after")
    def _claims_are_whole(self) -> Value[T]:
        if not self.claims:
            if self.use is not None or self.why is not None:
                raise PydanticCustomError("claims_missing", "'use' and 'why' belong to 'claims'")
            if self.value is None and self.state is State.REPORTED:
                raise PydanticCustomError("value_missing", "'value' is missing")
            return self
        if len(self.claims) < 2:
            raise PydanticCustomError("one_claim", "a conflict needs two claims or more")
        if self.value is not None or self.state is not State.REPORTED:
            raise PydanticCustomError("value_and_claims", "give either 'value' or 'claims'")
        if self.use is not None and self.use >= len(self.claims):
            raise PydanticCustomError(
                "use_out_of_range",
                "'use' names claim {use}, but the last one is {last} (counted from 0)",
                {"use": self.use, "last": len(self.claims) - 1},
            )
        if self.why is None:
            raise PydanticCustomError("why_missing", "claims in conflict need 'why'")
        return self

    @property
    def used(self) -> Claim[T] | None:
        """The claim that tables and charts take; None where claims conflict and none was chosen."""
        if not self.claims:
            return self
        return None if self.use is None else self.claims[self.use]


def _long_form(value: object) -> object:
    """The long form of whatever was written: a mapping with `value` or `claims`, states told apart."""
    if isinstance(value, BaseModel):
        return value
    if isinstance(value, Mapping) and ("value" in value or "claims" in value):
        long: dict[str, Any] = dict(value)
        if "state" in long:
            raise PydanticCustomError("state_typed", "a state is written as the value: 'value: not_done'")
    else:
        long = {"value": value}
    word = long.get("value")
    if isinstance(word, str):
        if word in WORKED_OUT:
            raise PydanticCustomError(
                "state_worked_out", "'{word}' is worked out, never typed; leave the field out", {"word": word}
            )
        if word in WRITTEN_STATES:
            long["state"] = State(word)
            del long["value"]
    return long
