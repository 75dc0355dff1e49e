"""C121-C169: YAML that is broken, hostile, or read differently by different programs."""

from __future__ import annotations

from build_tools.problems.problem import Mistake

NOT_YAML = Mistake(
    "C121",
    0,
    "this is not YAML: {problem}",
    "compare the indentation and the quotes with a file that works",
    "title: Case: a report",
)
TAG = Mistake(
    "C122",
    0,
    "a tag ({tag}) is not allowed",
    "put quotes round text that begins with '!'",
    "title: !important x",
)
ANCHOR = Mistake(
    "C123",
    0,
    "an anchor ('&') is not allowed",
    "put quotes round text that begins so",
    "title: &name Results",
)
ALIAS = Mistake(
    "C124",
    0,
    "an alias ('*') is not allowed",
    "write the value out, or put quotes round it",
    "title: *name",
)
SECOND_DOCUMENT = Mistake(
    "C125",
    0,
    "a second document begins here",
    "keep one record a file; delete '---'",
    "title: One\n---\ntitle: Two",
)
CONFLICT = Mistake(
    "C126",
    0,
    "a merge conflict was left in the file",
    "keep one of the two versions",
    "<<<<<<< HEAD\ntitle: One\n=======\ntitle: Two\n>>>>>>> theirs",
)
BLOCK_AS_NAME = Mistake(
    "C127",
    0,
    "a list or mapping stands where a field name is wanted",
    "write 'field: value', with the name of a field before the colon",
    "? [title]\n: Results",
)
TOO_MANY = Mistake("C128", 0, "the file holds more than {limit} values", "split it")
TOO_DEEP = Mistake("C129", 0, "the file nests deeper than {limit} levels", "flatten it")

TWICE = Mistake(
    "C131",
    1,
    "'{key}' stands twice; the first is on line {line}",
    "keep one",
    "title: One\ntitle: Two",
)
NO_VALUE = Mistake(
    "C132",
    1,
    "there is no value here",
    "write the value, or delete the line where the report is silent",
    "title:\nnote: Results",
)
NO_TEXT = Mistake(
    "C133",
    1,
    "there is no text here",
    "put quotes round text that begins with {sign}",
    "size: >5\nnote: Results",
)
COMMENT = Mistake(
    "C134",
    1,
    "YAML takes everything from ' #' on for a comment",
    "put quotes round the text, or write a space after '#' if it is a comment",
    "title: Report of case #2",
)
SMART_QUOTE = Mistake(
    "C135",
    1,
    "the text begins with {quote}, which is no YAML quote",
    'use straight quotes (")',
    "title: “Results”",
)

_QUOTE = 'write "{word}" if it is text'
YES_OR_NO = Mistake("C141", 1, "many programs read '{word}' as true or false", _QUOTE, "title: no")
CAPITAL_TRUE = Mistake(
    "C142",
    1,
    "true and false are written in small letters; '{word}' may be text",
    _QUOTE,
    "title: True",
)
BASE_SIXTY = Mistake("C143", 1, "some programs read '{word}' as a number in base sixty", _QUOTE, "title: 1:4")
DATE = Mistake("C144", 1, "some programs read '{word}' as a date", _QUOTE, "title: 2026-11-21")
OCTAL = Mistake("C145", 1, "some programs read '{word}' as an octal number", _QUOTE, "title: 010")
LOW_LINE = Mistake("C146", 1, "some programs drop the low line in '{word}'", _QUOTE, "title: 1_967")
NUMBER_FORM = Mistake("C147", 1, "programs differ in how they read the number '{word}'", _QUOTE, "title: 1e3")
HEXADECIMAL = Mistake("C148", 1, "some programs read '{word}' as a number", _QUOTE, "title: 0x1F")
NOT_A_NUMBER = Mistake("C149", 1, "'{word}' is not a number that can be reported", _QUOTE, "title: .inf")
OWN_MEANING = Mistake("C150", 1, "'{word}' has a meaning of its own in YAML", _QUOTE, "title: =")
BARE_NAME = Mistake(
    "C151",
    1,
    "'{word}' stands where a name is wanted, and programs read it as a number, true, false or nothing",
    "write the field's name, or put quotes round it if it is one",
    "1: Results",
)

CONTROL = Mistake("C161", 0, "the control character {code} can't stand in a file", "delete it")
INVISIBLE = Mistake("C162", 1, "the invisible character {code} ({what})", "delete it, or write a plain space")
LOOKALIKE = Mistake(
    "C163",
    1,
    "the character {code} looks like '{what}' and is another",
    "write '{what}'",
    "size: \uff15 cm",
)
TWO_CHARACTERS = Mistake(
    "C164",
    1,
    "an accented letter is written as two characters",
    "type it again as one character (Unicode NFC)",
)
ESCAPED = Mistake(
    "C165", 1, "an escape writes the hidden character {code}", "delete it", 'title: "one\\u200btwo"'
)
MIXED_SCRIPTS = Mistake(
    "C166",
    1,
    "the letter {code} ({what}) stands in a word of another script and looks like one of its letters",
    "type the word again",
    "title: c\u0430se",
)
LOST = Mistake(
    "C167",
    1,
    "the sign {code} tells that another one was lost in copying",
    "type the sign that the paper prints",
    "title: M\u00c3\u00bcller",
)
TAB = Mistake("C168", 1, "a tab stands in the text, which some programs refuse", "write a space")
