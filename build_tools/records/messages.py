"""What can be wrong with a field, in words: said once, for the checks and for the form in the browser."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic_core import PydanticCustomError

MESSAGES: Mapping[str, tuple[str, str]] = {
    "missing": ("the field '{name}' is missing", ""),
    "no_value": ("there is no value here", "write a value or a state such as 'unknown', or delete the line"),
    "string_type": ("{shown} is not text", 'put quotes round it if it is text: "..."'),
    "int_type": (
        "{shown} is not a whole number",
        "write digits alone, without quotes and without a unit",
    ),
    "float_type": ("{shown} is not a number", "write digits alone, without quotes and without a unit"),
    "bool_type": ("{shown} is not true or false", "write true or false"),
    "dict_type": ("{shown} stands where fields are wanted", "write 'field: value' lines, indented below"),
    "tuple_type": ("{shown} stands where a list is wanted", "begin each line below with '- '"),
    "string_pattern_mismatch": ("{shown} does not have the right form ({pattern})", ""),
    "string_too_long": ("the text is longer than {max_length} characters", "shorten it"),
    "too_short": ("this is empty", "write something, or leave the field out"),
    "greater_than_equal": ("{shown} is out of range", "should be greater than or equal to {ge}"),
    "less_than_equal": ("{shown} is out of range", "should be less than or equal to {le}"),
    "not_a_term": ("{shown} is not a term of {name}", ""),
    "not_a_measure": (
        "{shown} is not a {dimension}",
        "write a number, a space and a unit{units}, such as '{example}'",
    ),
    "too_many_axes": ("too many axes", "a size has 1 to 3"),
    "range_reversed": ("the range runs backwards", "write low-high"),
    "not_an_age": ("an age is a whole number of years below 90, or '90+' above (privacy)", ""),
    "unclear_without_note": (
        "'unclear' needs a note",
        "write {value: unclear, note: how it can be read}",
    ),
    "inferred_without_note": ("an inferred value needs a note that says from what it follows", ""),
    "other_case_missing": ("two persons stand in two files", "name the other in 'other_case'"),
    "other_case_superfluous": ("one person stands in one file", "merge the other case into this one"),
}
"""Kind of mistake -> what is wrong, and what to write instead; `{shown}` is what was written."""

NEAREST = "did you mean '{nearest}'?"
TERMS = "terms: {terms}"
MORE = " and {more} more"
SHOWN_TERMS = 12
"""A hint names the nearest term, or else so many of the terms that there are."""


def wrong(kind: str, **values: object) -> PydanticCustomError:
    """The mistake of that kind, for pydantic to raise, with what stands in its message."""
    what, hint = MESSAGES[kind]
    return PydanticCustomError(kind, f"{what}; {hint}" if hint else what, values or None)
