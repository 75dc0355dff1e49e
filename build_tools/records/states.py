"""States as people write them: no, none, n/a, not performed, Unknown; and the state that each means.

What several states could be is reported with all of them, never with one that may be wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from build_tools.records.fields import RecordField

NONE = "none"
SILENT = "silent"
EITHER = "either"
PRESENT = "present"

STATES = ("absent", "not_done", "not_applicable", "unknown", "withheld", "unclear")
AS_WRITTEN: dict[str, str] = {
    **{state.replace("_", " "): state for state in STATES},
    **dict.fromkeys(("no", "none", "nil", "nothing", "null", "false", "n", "0", "-", "without"), NONE),
    **dict.fromkeys(("negative", "neg", "denied", "denies", "not present", "not seen"), "absent"),
    **dict.fromkeys(
        (
            "not performed", "not taken", "not carried out", "not undertaken", "not tested", "not measured",
            "not examined", "not given", "not attempted", "none performed", "none taken", "none done",
            "was not done", "not made", "undone",
        ),
        "not_done",
    ),
    **dict.fromkeys(("unk", "not known", "unkown", "unknow", "?", "not clear"), "unknown"),
    "inapplicable": "not_applicable",
    **dict.fromkeys(("confidential", "redacted", "anonymised", "anonymized"), "withheld"),
    **dict.fromkeys(
        (
            "not reported", "not stated", "not mentioned", "not described", "not specified", "unspecified",
            "not documented", "not recorded", "not extracted", "not provided", "missing", "nr", "ns",
            "no data", "no information", "nan",
        ),
        SILENT,
    ),
    **dict.fromkeys(("na", "n/a", "n.a.", "not available", "nd", "n.d."), EITHER),
    **dict.fromkeys(("yes", "y", "true", "positive", "pos", "+", "1"), PRESENT),
}  # fmt: skip
"""What people write, in small letters -> a state, or what it may mean."""

SURE = frozenset(
    word
    for word, meant in AS_WRITTEN.items()
    if meant != PRESENT and word not in ("0", "-", "negative", "neg", "n", "without", "null", "false")
)
"""What is never a text of its own, so that it is asked about where a text may stand as well."""

HINTS = {
    "state": "write {state}",
    NONE: "write {none}",
    SILENT: "leave the field out if the report is silent; write unknown if it says that this is unknown",
    EITHER: "leave the field out if the report is silent; write not_done if it says that this was not done, "
    "unknown if it says that it is unknown, not_applicable if it can't apply to the patient",
    PRESENT: "write present",
}
"""What to write for each meaning."""


def plainly(word: object) -> str:
    """A word as it is looked up: in small letters, its low lines and hyphens as spaces."""
    if isinstance(word, bool):
        return str(word).lower()
    text = " ".join(str(word).casefold().replace("_", " ").replace("-", " ").split()) or "-"
    return text.rstrip(".") if text not in AS_WRITTEN else text


def hint(word: object, field: RecordField) -> str | None:
    """What to write for a state that a field may hold, as somebody wrote it; None if it is none."""
    if not field.states or not isinstance(word, str | bool) or word in STATES:
        return None
    text = plainly(word)
    meant = AS_WRITTEN.get(text)
    if meant is None:
        return None
    if meant == PRESENT:
        return HINTS[PRESENT] if field.short == "present" else None
    if meant in HINTS:
        return HINTS[meant].format(none=none_of(field))
    return HINTS["state"].format(state=meant)


FOUND = frozenset({"lesions", "diagnosis.suspected", "patient.smoking", "pathology.mitoses"})
"""Blocks of what is found, not done: a report that says 'none' says that they are absent."""


def none_of(field: RecordField) -> str:
    """The state that a field has where a report says 'none': of what is done, that it was not done."""
    done = field.form == "block" and field.short is None and field.path not in FOUND
    return "not_done" if done and "'absent'" not in field.description else "absent"
