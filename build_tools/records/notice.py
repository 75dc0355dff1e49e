"""What a title or a note says of whether a report still stands."""

from __future__ import annotations

import re

STANDING = {
    "concern": "expression of concern",
    "corrected": "corrected",
    "retracted": "retracted",
    "withdrawn": "withdrawn",
}
"""State of a report -> what stands beside its name; nothing where nothing was found."""
_MARK = r"\s*[:\].)–—-]"
_KINDS = (
    ("concern", r"expressions? of (?:editorial )?concern|editorial expression of concern"),
    ("withdrawn", r"withdrawn|withdrawal notice|notice of withdrawal"),
    ("retracted", r"retracted|(?:partial )?retractions?(?: notice| note)?|notice of retraction"),
    (
        "corrected",
        r"errat(?:um|a)|corrigend(?:um|a)|corrections?|publisher correction|author correction|corrected"
        r"(?: and republished)?",
    ),
)
_WHAT = r"(?:[ -](?:article|paper|publication|manuscript|chapter|preprint))?"
_TITLES = [
    (
        state,
        re.compile(
            # RETRACTED: a title | Erratum to: a title | [Retracted] a title | A title (Retracted article. See
            rf"^\W*(?:article )?(?:{words}){_WHAT}(?:{_MARK}| to\b| (?:of|for|in):)|"
            rf"[\[(](?:{words}){_WHAT}(?:[\]).:,]| (?:in|see|by|of|to)\b)",
            re.I,
        ),
    )
    for state, words in _KINDS
]
_CAPITALS = re.compile(r"^\W*(RETRACTED|WITHDRAWN)\b|\b(RETRACTED|WITHDRAWN)\W*$")
_NOTES = [
    (
        state,
        re.compile(
            rf"\b(?:{words}){_WHAT}(?: in| by| of| notice| published| see\b| \(| vol|[:.,;]|$)",
            re.I,
        ),
    )
    for state, words in _KINDS
]


def notice_in_title(title: str) -> str:
    """The state that a title tells: retracted, withdrawn, concern, corrected; empty if it tells none."""
    if found := _CAPITALS.search(title):
        return (found[1] or found[2]).lower()
    return next((state for state, words in _TITLES if words.search(title)), "")


def notice_in_note(note: str) -> str:
    """The state that a note, a publication type or a field of a citation tells; empty if none."""
    found = [(match.start(), state) for state, words in _NOTES if (match := words.search(note))]
    return min(found)[1] if found else ""


def is_notice_of_another(text: str) -> bool:
    """Whether a title or a note is that of a notice about another publication: 'Erratum to: ...'."""
    return bool(
        re.match(
            r"\W*(?:notice of retraction|(?:partial )?retraction(?: note| notice)?|withdrawal notice|"
            r"errat(?:um|a)|corrigend(?:um|a)|(?:author |publisher )?correction|"
            r"(?:editorial )?expression of (?:editorial )?concern)(?: to\b| (?:of|for|on):)",
            text,
            re.I,
        )
    )
