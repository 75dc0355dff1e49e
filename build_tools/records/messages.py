"""What the models themselves find wrong with a field, in words: for the checks and for the form alike."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic_core import PydanticCustomError

MESSAGES: Mapping[str, tuple[str, str]] = {
    "not_a_term": ("{shown} is not a term of {name}", ""),
    "not_a_measure": (
        "{shown} is not a {dimension}",
        "write a number, a space and a unit{units}, such as '{example}'",
    ),
    "not_a_count": (
        "{shown} is not a count",
        "write a whole number; '>10' and '10-15' may stand as well",
    ),
    "not_a_result": (
        "{shown} is not a laboratory value",
        "write the number, a space and the unit as printed, such as '{example}', or the number alone where "
        "no unit is printed; what the report calls it (normal, high) stands under reading",
    ),
    "measure_otherwise": ("{shown} is not how a file writes a {dimension}", "write {mended}"),
    "not_days": (
        "{shown} does not name days of a cycle",
        "write days and ranges of days with a comma and a space between them, such as '1, 8' or '1-4'",
    ),
    "days_otherwise": ("{shown} is not how a file writes days", "write {mended}"),
    "state_otherwise": ("{shown} is not how a file says this", "{mended}"),
    "age_otherwise": (
        "an age is a whole number of years below 90, or '90+' above (privacy)",
        "write {mended}",
    ),
    "not_a_time": (
        "{shown} is not a time from time zero",
        "write a number, a space and a unit{units}, such as '4 months'; what came before time zero has a "
        "minus sign, such as '-2 weeks' or '-6 to -4 weeks'",
    ),
    "too_many_axes": ("too many axes", "a size has 1 to 3"),
    "two_bounds": (
        "a bound stands beside a second bound or a range",
        "write the range alone, such as '3-12 months', or one bound, such as '<12 months'",
    ),
    "range_reversed": ("the range runs backwards", "write low-high"),
    "not_an_age": (
        "an age is a whole number of years below 90, or '90+' above (privacy)",
        "write the years alone, without a unit; below one year write 0",
    ),
    "unclear_without_note": (
        "'unclear' needs a note",
        "write {value: unclear, note: how it can be read}",
    ),
    "inferred_without_note": ("an inferred value needs a note that says from what it follows", ""),
    "other_case_missing": ("two persons stand in two files", "name the other in 'other_case'"),
    "other_case_superfluous": ("one person stands in one file", "merge the other case into this one"),
    "not_an_orcid": (
        "{shown} is not an ORCID iD",
        "its last character does not fit the others; copy it again",
    ),
    "no_such_day": ("{shown} is no day of the calendar", "write year-month-day, such as 2026-11-21"),
    "not_a_doi": (
        "{shown} is not a DOI",
        "write it as the paper prints it, such as 10.1000/xyz; it begins with '10.'",
    ),
    "doi_not_alone": ("{shown} is not the DOI alone, in small letters", "write {mended}"),
    "other_hyphen": (
        "{shown} holds a hyphen that no keyboard has",
        "write {mended}, with the hyphen of the keyboard",
    ),
    "not_a_name": (
        "{shown} is not a name: it holds {sign}",
        "a name has letters, spaces, full stops, apostrophes and hyphens; keep the rest in a comment",
    ),
    "more_same_than_both": ("more fields are the same than both readings filled in", ""),
    "block_counted_twice": ("the agreement on a block is given twice", "give one line for each block"),
}
"""Kind of mistake -> what is wrong, and what to write instead; `{shown}` is what was written."""

SHAPES: Mapping[str, str] = {
    r"^\d{4}-\d{2}-\d{2}$": "write year-month-day, such as 2026-11-21",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "write an id: small letters and digits, with hyphens between them, such as "
    "smith-2020",
    r"^[a-z0-9]+(_[a-z0-9]+)*$": "write small letters and digits, with low lines between them, such as "
    "left_side",
    r"^[^<>&{}]+$": "write it without the signs < > & { }",
    r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$": "write the four groups alone, such as 0000-0002-1825-0097",
    r"^[^\W_](?:[^\W_]|[ .])*$": "write letters, digits, full stops and spaces, such as Jr or III",
    r"^[^\W_](?:[^\W_]|[ .'’()-])*$": "write letters, digits, spaces and . ' ( ) - alone",
    r"^\d{1,9}$": "write the digits alone, such as 31234567",
    r"^PMC\d{1,9}$": "write PMC and the digits, such as PMC7654321",
    r"^[A-Z0-9 /.-]+$": "write the number as the registry does, in capitals, such as NCT01234567",
    r"^(none|all|most|[1-9][0-9]{0,4})$": "write none, all, most or a number",
}
"""Pattern of a text -> what to write, for people; no pattern is ever shown to them."""


def wrong(kind: str, **values: object) -> PydanticCustomError:
    """The mistake of that kind, for pydantic to raise, with what stands in its message."""
    what, hint = MESSAGES[kind]
    return PydanticCustomError(kind, f"{what}; {hint}" if hint else what, values or None)
