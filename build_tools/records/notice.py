"""What a title or a note says of whether a report still stands."""

from __future__ import annotations

import re

_MARK = r"\s*[:\].)–—-]"
_KINDS = (
    ("concern", r"expressions? of (?:editorial )?concern|editorial expression of concern"),
    ("withdrawn", r"withdrawn|withdrawals?(?: notice)?|notice of withdrawal"),
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
            rf"^\W*(?:article )?(?:{words}){_WHAT}(?:{_MARK}| (?:to|of|for|in|on)\b.*?[:\"“‘])|"
            rf"[\[(](?:{words}){_WHAT}(?:[\]).:,]| (?:in|see|by|of|to)\b)|"
            rf"(?:[-–—:]|\.)\s*(?:{words}){_WHAT}\W*$",
            re.I,
        ),
    )
    for state, words in _KINDS
]
_CAPITALS = re.compile(r"^\W*(RETRACTED|WITHDRAWN)(?: ARTICLE| PAPER)?\b")
_NOTES = [
    (
        state,
        re.compile(
            rf"\b(?:{words}){_WHAT}(?: in| by| of| notice| see\b| \(| vol|[:.,;]|$)",
            re.I,
        ),
    )
    for state, words in _KINDS
]


def notice_in_title(title: str) -> str:
    """The state that a title tells: retracted, withdrawn, concern, corrected; empty if it tells none."""
    if found := _CAPITALS.match(title):
        return found[1].lower()
    return next((state for state, words in _TITLES if words.search(title)), "")


def notice_in_note(note: str) -> str:
    """The state that a note, a publication type or a field of a citation tells; empty if none."""
    found = [(match.start(), state) for state, words in _NOTES if (match := words.search(note))]
    return min(found)[1] if found else ""


def notice_is_itself(title: str) -> bool:
    """Whether the title is that of a notice about another publication, not of the report."""
    return bool(
        re.match(
            r"\W*(?:notice of retraction|(?:partial )?retraction(?: note| notice)?|withdrawal notice|"
            r"errat(?:um|a)|corrigend(?:um|a)|(?:author |publisher )?correction|"
            r"(?:editorial )?expression of (?:editorial )?concern)\b(?: (?:to|of|for|in|on)\b|\W*[:.–—-])",
            title,
            re.I,
        )
    )
