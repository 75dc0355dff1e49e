"""Characters that nobody sees, that pass for others, or that were lost on the way into a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from build_tools.problems.mistakes import yaml as wrong
from build_tools.problems.problem import Mistake
from build_tools.reading.scripts import foreign_letters

CONTROL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]")
INVISIBLE = re.compile(
    "[\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What Unicode calls Default_Ignorable_Code_Point, all white space but the plain, and other blanks."""
FULL_WIDTH = re.compile("[\uff01-\uff5e\u2212\ufb00-\ufb06]")
"""Full-width letters, the minus sign, and the ligatures (fi, fl) of a PDF, which no search finds."""
LOST = re.compile(
    "[\ue000-\uf8ff\ufdd0-\ufdef\ufffd\U000f0000-\U0010ffff]|[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u20ac."
)
"""Private signs (of the fonts in a PDF), the sign for a lost one, and UTF-8 read as Windows-1252."""


class Strange(NamedTuple):
    """What is told of a character: the mistake, its code, and the words for the mistake's blank."""

    mistake: Mistake
    code: str
    what: str = ""


def strange(text: str) -> Iterator[tuple[int, Strange]]:
    """Each character that should not stand in a text, with its place; controls are looked for apart."""
    if text.isascii():
        return
    for found in INVISIBLE.finditer(text):
        yield found.start(), Strange(wrong.INVISIBLE, code(found[0]), unicodedata.name(found[0], "unnamed"))
    for found in FULL_WIDTH.finditer(text):
        plain = "-" if found[0] == "\u2212" else unicodedata.normalize("NFKC", found[0])
        yield found.start(), Strange(wrong.LOOKALIKE, code(found[0]), plain)
    for found in LOST.finditer(text):
        yield found.start(), Strange(wrong.LOST, code(found[0][0]))
    for place, letter in foreign_letters(text):
        yield place, Strange(wrong.MIXED_SCRIPTS, code(letter), unicodedata.name(letter))
    composed = unicodedata.normalize("NFC", text)
    if text != composed:
        place = next(i for i, (a, b) in enumerate(zip(text, composed, strict=False)) if a != b)
        yield place, Strange(wrong.TWO_CHARACTERS, code(text[place]))


def code(character: str) -> str:
    """A character as Unicode numbers it: U+00E9."""
    return f"U+{ord(character):04X}"
