"""Letters of one script that pass for those of another inside a word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

WORD = re.compile(r"\w+")
STRANGERS = frozenset({"CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC"})
"""Scripts whose letters stand in no word of Latin or Greek letters."""
GREEK_DOUBLES = re.compile(
    "[\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bd\u03bf]"
    "|(?<=[a-z])[\u03b1\u03b3\u03b9\u03ba\u03c1\u03c5](?=[a-z])"
)
"""Greek letters that look Latin: capitals, nu and omicron anywhere; others only between small Latin letters,
for TNF\u03b1, NF\u03baB and \u03b2-catenin are words."""


def foreign_letters(text: str) -> Iterator[tuple[int, str]]:
    """Each letter that stands in a word of another script and passes for one of its own, with its place."""
    for word in WORD.finditer(text) if not text.isascii() else ():
        if not word[0].isascii():
            for place in _foreign(word[0]):
                yield word.start() + place, word[0][place]


def _foreign(word: str) -> list[int]:
    scripts = [_script(letter) for letter in word]
    count = Counter(script for script in scripts if script in STRANGERS | {"LATIN", "GREEK"})
    if len(count) < 2:
        return []
    if STRANGERS & count.keys():
        # The script of the fewest letters is the foreign one; of two alike the one that is no Latin.
        rare = min(count, key=lambda script: (count[script], script == "LATIN"))
        return [i for i, script in enumerate(scripts) if script == rare]
    return [found.start() for found in GREEK_DOUBLES.finditer(word)]


def _script(letter: str) -> str:
    """The first word of a letter's name in Unicode, which for these scripts is the script."""
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""
