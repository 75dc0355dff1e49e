"""Authors in every way in which people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from build_tools.authoring.citations.citation import Person
from build_tools.authoring.citations.plain_text import unmarked

_SIGNS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-")
    | dict.fromkeys("\u2018\u2032\u02bc\u02b9\u00b4`\uff07", "’")
)
"""Hyphens and apostrophes of typesetters, as a name is written here."""
_FOOTNOTE = re.compile(r"[\s,]*(?:[*†‡§¶#]|(?<=[^\W\d_.])\d+(?:,\d+)*)+$|^[*†‡§¶]+\s*")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]{1,4}|(?:[^\W\d_a-z][^\W\d_A-Z]?\.-?)+[^\W\d_a-z]?)", re.UNICODE)
_SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|junior|senior|ii|iii|iv|[23]rd|2nd|[4-9]th)\.?", re.I)
_DEGREE = re.compile(
    r"(?:M\.?D|Ph\.?D|Dr\.? ?med|M\.?Sc|B\.?Sc|M\.?S|M\.?P\.?H|M\.?B\.?B\.?S|M\.?B\.?Ch\.?B|M\.?Ch"
    r"|D\.?O|D\.?Sc|F\.?A\.?C\.?S|FRCS(?: ?\w+)?|MRCS|FRCP|FEBU|FEBVS|R\.?N|Pharm\.?D"
    r"|D\.?D\.?S|D\.?V\.?M|Prof|Dr)\.?",
)
_ET_AL = re.compile(r"(?:and )?(?:et\.? ?al\.?|others|and others|\.\.\.|…)", re.I)
_AND_OTHERS = re.compile(r"(.+?),?\s+(?:(?:and|&)\s+)?(?:et\.? ?al\.?|others)$", re.I)
_GROUP = re.compile(
    r"\b(?:groups?|consortium|collaborat\w+|societ\w+|committee|network|investigators|association|team|study"
    r"|studies|trial(?:ists)?|registry|department|hospital|universit\w+|working|party|foundation|institut\w+|cent(?:er|re)s?"
    r"|initiative|organi[sz]ation|academy|college|federation|council|board|agency|ministry|for|of|behalf|project"
    r"|gruppe|groupe|gruppo|grupo|gesellschaft|société|sociedad)\b",
    re.I,
)
_PARTICLE = re.compile(
    r"(?:v[ao]n|de[rn]?|d[aeiou]s?|l[ae]|el|al|ten|ter|te|zu[mr]?|bin|ibn|af|av|’t|'t)", re.I
)


_EMPTY = " is empty; look who it is"


_PARTICLES = re.compile(rf"(?:^| ){_PARTICLE.pattern} |\b[^\W\d_]\b", re.I)


@dataclass
class Authors:
    """The authors that a citation names, in order, with what was guessed or could not be told."""

    people: list[Person] = field(default_factory=list)
    others: bool = False
    told: list[str] = field(default_factory=list)

    def add(self, name: str, *, bibtex: bool = False) -> None:
        """One field for one author, though it may hold several; `bibtex` where
        the order is BibTeX's: a suffix before the given names, and no comma after given names."""
        text = _tidied(name)
        if not text or text in ("NA", "N/A"):
            empty = sum(told.endswith(_EMPTY) for told in self.told)
            self.told.append(f"author {len(self.people) + empty + 1}{_EMPTY}")
            self.others = True
        elif _ET_AL.fullmatch(text):
            self.others = True
        elif re.fullmatch(r"[^,]*,\s*", name) and (_is_group(text) or not _family_and_initials(text)):
            self.add_group(text)
        elif named := _AND_OTHERS.match(text):
            self.others = True
            self.add(named[1], bibtex=bibtex)
        elif ";" in text:
            for part in filter(str.strip, text.split(";")):
                self.add(part)
        elif several := _several(text):
            self.told.append(f"one author field holds several: '{text}'; taken as {len(several)} authors")
            for part in several:
                self.add(part)
        else:
            self.add_parts([part.strip() for part in text.split(",")], bibtex=bibtex)

    def add_parts(self, parts: list[str], *, bibtex: bool = False) -> None:
        """One author as 'Family, Given', 'Family, Suffix, Given' or one part without a comma."""
        whole = ", ".join(filter(None, parts))
        parts = [part for part in map(_tidied, parts) if part]
        if len(parts) != 3 or not _order(parts, bibtex):
            parts = self._without_degrees(parts)
        if len(parts) == 2 and parts[1] in ("II", "III", "IV"):  # a given name is missing less often
            self.people.append(Person(parts[0], parts[1]))
            return
        if len(parts) == 3 and (order := _order(parts, bibtex)):
            self.people.append(Person(parts[0], parts[order[0]], parts[order[1]].rstrip(".")))
            return
        suffixes = [part.rstrip(".") for part in parts[1:] if _is_suffix(part)]
        parts = [part for i, part in enumerate(parts) if not i or not _is_suffix(part)]
        if not parts:
            return
        if len(parts) == 1 and not suffixes:
            self._add_without_comma(parts[0], given_first=bibtex)
            return
        if len(parts) == 2 and all(len(part.split()) > 1 and not _PARTICLES.search(part) for part in parts):
            self.told.append(f"the author '{whole}' may be two; look how the name is written")
        if len(parts) > 2:
            self.told.append(f"the author '{whole}' has too many commas; look how the name is written")
        if _is_group(parts[0]) and len(parts) > 1:
            self.told.append(f"the author '{whole}' looks like a group; look whether it has given names")
        family, suffix = _without_suffix(parts[0], least=1)
        given, after = _without_suffix(" ".join(parts[1:]), least=1)
        self.people.append(Person(family, given, (suffixes or [suffix or after])[0]))

    def add_group(self, name: str) -> None:
        """An author that is no person, or whose name has one part."""
        if text := _tidied(name):
            self.people.append(Person(text))

    def add_person(self, family: str, given: str = "", suffix: str = "") -> None:
        """An author whose names stand apart in the file."""
        family, given, suffix = _tidied(family), _tidied(given), _tidied(suffix).rstrip(".")
        if not family:
            family, given = given, ""
        if not given and _ET_AL.fullmatch(family):  # citation-js makes a person of BibTeX's "others"
            self.others = True
            return
        if not suffix:
            family, suffix = _without_suffix(family, least=1)
        if family:
            self.people.append(Person(family, given, suffix))
        else:
            self.add("")

    def _without_degrees(self, parts: list[str]) -> list[str]:
        """The parts that are names; 'MD' alone behind a family name is taken for initials."""
        degrees = [bool(i) and all(map(_DEGREE.fullmatch, part.split())) for i, part in enumerate(parts)]
        if len(parts) > 1 and degrees[1] and not any(degrees[2:]) and not _family_and_initials(parts[0]):
            degrees[1] = not parts[1].isupper()
            if not degrees[1] and len(parts[0].split()) > 1:
                self.told.append(f"'{parts[1]}' beside the author '{parts[0]}' may be a degree; look at it")
        for part, is_degree in zip(parts, degrees, strict=True):
            if is_degree:
                self.told.append(f"left out beside the author '{parts[0]}': the degree {part}")
        return [part for part, is_degree in zip(parts, degrees, strict=True) if not is_degree]

    def _add_without_comma(self, text: str, given_first: bool) -> None:
        words = text.split()
        while len(words) > 2 and _DEGREE.fullmatch(words[-1]) and not _INITIALS.fullmatch(words[-2]):
            self.told.append(f"left out beside the author '{text}': the degree {words.pop()}")
        if len(words) == 1 or _is_group(text):
            self.people.append(Person(" ".join(words)))
            return
        text, suffix = _without_suffix(" ".join(words), least=2)
        words = text.split()
        if person := _family_and_initials(text):
            self.people.append(Person(person[0], person[1], suffix))
            return
        start = next((i for i, word in enumerate(words) if i and word.islower()), len(words) - 1)
        if start == len(words) - 1:
            start = next((i for i, w in enumerate(words) if i and _PARTICLE.fullmatch(w)), start)
        person = (" ".join(words[start:]), " ".join(words[:start]))
        self.people.append(Person(*person, suffix))
        if not given_first:
            self.told.append(
                f"the author '{text}' is written without a comma: taken as family '{person[0]}', "
                f"given '{person[1]}'; look whether that is right"
            )


def authors_of(names: Iterable[str]) -> Authors:
    """The authors in a list of fields that each name one."""
    found = Authors()
    for name in names:
        found.add(name)
    return found


def _tidied(name: str) -> str:
    text = unmarked(name).translate(_SIGNS).strip(" ,;")
    return _FOOTNOTE.sub("", text).strip(" ,;")


def _is_suffix(text: str) -> bool:
    return bool(_SUFFIX.fullmatch(text))


def _order(parts: list[str], bibtex: bool) -> tuple[int, int] | None:
    """Which of three parts is the given name and which the suffix, if one of them is a suffix."""
    second, third = map(_is_suffix, parts[1:])
    if second and third:
        return (2, 1) if bibtex else (1, 2)
    return (2, 1) if second else (1, 2) if third else None


def _is_group(text: str) -> bool:
    return bool(_GROUP.search(text))


def _without_suffix(text: str, least: int) -> tuple[str, str]:
    """A name and the suffix that ends it; at least so many words stay, for 'Quill IV' may be initials."""
    words = text.split()
    if len(words) > least and _is_suffix(words[-1]):
        return " ".join(words[:-1]), words[-1].rstrip(".")
    return text, ""


def _family_and_initials(text: str) -> tuple[str, str] | None:
    """'van der Brook J.' -> family and initials; None if it does not end with initials."""
    words = text.split()
    if _is_suffix(words[-1]) and (len(words) > 2 or not words[-1].isupper()):  # 'Quill IV' has initials
        words = words[:-1] if len(words) > 2 else []
    end = len(words)
    if not words:
        return None
    while end > 1 and _INITIALS.fullmatch(words[end - 1]):
        end -= 1
    family = words[:end]
    if end == len(words) or (len(family[0].rstrip(".")) == 1 and "." in family[0]):
        return None
    if len(family) == 1 and _INITIALS.fullmatch(family[0]) and len(family[0]) < 2:
        return None
    return " ".join(family), " ".join(words[end:])


_GIVEN_FIRST = re.compile(r"(?:[^\W\d_]\.?-?)+[^\s,]* (?:\S+ )*[^\W\d_]{2,}[^\s,]*$")


def _several(text: str) -> list[str]:
    """The authors in a field that holds more than one: 'Quill AM, Okafor B' or 'Quill, A., Okafor, B.'."""
    if _is_group(text) and not re.search(r",.*,", text):
        return []
    joined = [part.strip(" ,") for part in re.split(r",? (?:and|&|und|et|y) |,(?= (?:and|&) )", text)]
    parts = [part.strip() for piece in joined for part in piece.split(",") if part.strip()]
    names = list(_with_suffixes(parts))
    if len(names) > 1 and all(_family_and_initials(name) or _is_group(name) for name in names):
        return names
    if len(joined) > 1 and all("," in piece or _family_and_initials(piece) for piece in joined):
        return joined
    whole = [part.strip() for part in re.split(r",? (?:and|&) |,", text) if part.strip()]
    enough = len(whole) > 2 or all(_INITIALS.fullmatch(name.split()[0]) for name in whole)
    if len(whole) > 1 and enough and all(map(_GIVEN_FIRST.match, whole)):
        return whole
    plain = [part for part in parts if not _is_suffix(part)]
    if len(plain) >= 4 and not len(plain) % 2 and len(plain) == len(parts):
        pairs = list(zip(plain[::2], plain[1::2], strict=True))
        if not any(_DEGREE.fullmatch(word) for _, given in pairs for word in given.split()):
            return [f"{family}, {given}" for family, given in pairs]
    return []


def _with_suffixes(parts: list[str]) -> Iterator[str]:
    """Parts between commas, a suffix put back to the name before it."""
    for i, part in enumerate(parts):
        if i and _is_suffix(part):
            continue
        following = parts[i + 1] if i + 1 < len(parts) and _is_suffix(parts[i + 1]) else ""
        yield f"{part} {following}".strip()
