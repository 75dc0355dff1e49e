"""Spellings: which of some names a word most likely means, and never the name of another thing.

A hint that leads to an opposite, another drug or another country is worse than none. So a word is near a
name only if it is the same but for capitals, signs and spellings, or if few letters differ: never a digit,
never the first letter of a word, never a part that tells two things apart. The form follows the same rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import zip_longest

SPELLINGS = (
    ("ae", "e"), ("oe", "e"), ("our", "or"), ("isation", "ization"), ("ised", "ized"), ("ising", "izing"),
    ("ise", "ize"), ("lyse", "lyze"), ("sulph", "sulf"), ("centre", "center"), ("fibre", "fiber"),
)  # fmt: skip
"""British -> American spelling, both read as one."""

APART = (
    ("hyper", "hypo", "iso", "normo"), ("micro", "macro"), ("intra", "extra", "inter", "para", "peri"),
    ("infra", "supra", "retro"), ("pre", "peri", "post", "intra"), ("homo", "hetero"), ("mono", "poly"),
    ("brady", "tachy"), ("endo", "exo", "ecto"), ("left", "right"), ("positive", "negative"),
    ("benign", "malignant"), ("proximal", "distal"), ("upper", "lower"), ("increase", "decrease"),
    ("ectomy", "otomy", "ostomy", "plasty", "scopy", "graphy", "pexy"),
    ("oma", "osis", "itis", "opathy"),
)  # fmt: skip
"""Parts of words that tell things apart, however alike the rest is."""


MOST_LETTERS = 2
"""So many letters may differ between two names that are near."""


def plain(name: str) -> str:
    """A name without what writers vary: capitals, accents, spaces, signs, British or American spelling.

    Signs alone (+, -) stay as they are.
    """
    return "".join(_words(name)) or name.strip()


def named(word: str, names: Mapping[str, str]) -> str | None:
    """What `word` stands for if it is one of the names, however it is spelt."""
    wanted = plain(word)
    return next((names[name] for name in names if wanted and plain(name) == wanted), None)


def nearest(word: str, names: Mapping[str, str]) -> str | None:
    """What the name nearest to `word` stands for, in a mapping of names; None if none is near."""
    if meaning := named(word, names):
        return meaning
    near = [(distance, name) for name in names if (distance := _between(word, name))]
    return names[min(near)[1]] if near else None


def _between(word: str, name: str) -> int:
    """How many letters differ as they are written, or else in American spelling; 0 if they are not near."""
    return _distance(_words(word, ()), _words(name, ())) or _distance(_words(word), _words(name))


def _words(name: str, spellings: Iterable[tuple[str, str]] = SPELLINGS) -> list[str]:
    letters = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    for british, american in spellings:
        letters = letters.replace(british, american)
    return re.findall(r"[^\W_]+", letters)


def _distance(words: list[str], others: list[str]) -> int:
    """How many letters differ between two names word by word; 0 if they are not near."""
    total = 0
    for one, other in zip_longest(words, others, fillvalue=""):
        if one != other:
            if abs(len(one) - len(other)) > MOST_LETTERS:
                return 0
            letters = edits(one, other)
            if not _may_be_one(one, other, letters):
                return 0
            total += letters
    return total if total <= MOST_LETTERS else 0


def _may_be_one(one: str, other: str, letters: int) -> bool:
    """Whether two words that differ by so many letters are one word misspelt."""
    shorter = min(len(one), len(other))
    if shorter < 3 or one[0] != other[0] or _digits(one) != _digits(other):
        return False
    if any(_apart(one, other, parts) for parts in APART):
        return False
    if shorter < 8:  # with one letter changed, Iceland is Ireland
        swapped = shorter > 3 and sorted(one) == sorted(other)
        return letters == 1 and (len(one) != len(other) or swapped)
    return letters <= (1 if shorter < 12 else 2)


def _digits(word: str) -> str:
    return "".join(sign for sign in word if sign.isdigit())


def _apart(one: str, other: str, parts: Iterable[str]) -> bool:
    """Whether each word has a part that the other lacks."""
    mine, theirs = ({part for part in parts if part in word} for word in (one, other))
    return bool(mine - theirs) and bool(theirs - mine)


def edits(one: str, other: str) -> int:
    """How many letters have to be put in, left out, changed, or swapped with the next one."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
