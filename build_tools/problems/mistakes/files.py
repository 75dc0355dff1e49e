"""C101-C119: a file that can't be read as a record or a page at all."""

from __future__ import annotations

from build_tools.problems.problem import Mistake

UNREADABLE = Mistake("C101", 0, "the file can't be read: {why}", "see that the file may be read")
TOO_LARGE = Mistake("C102", 0, "the file is larger than {limit} kB", "split it, or shorten its notes")
NOT_UTF8 = Mistake("C103", 0, "the file is not UTF-8 text", "save it again with the encoding UTF-8")
CARRIAGE_RETURN = Mistake(
    "C104", 0, "a line ends with a bare carriage return", "save the file with usual line ends"
)
NOT_PLAIN = Mistake("C105", 0, "only plain files may stand here", "no folders, no links")
LINKED_FOLDER = Mistake("C106", 0, "this folder may not be a link", "make it a folder")
NAME = Mistake(
    "C107",
    0,
    "the file's name can't be an id",
    "use small letters, digits and {joint}, and end in .yml",
)
LONG_NAME = Mistake(
    "C108", 0, "the file's name is longer than {limit} characters", "shorten it; it is the record's id"
)
DEVICE = Mistake(
    "C109",
    0,
    "the file is named like a device of Windows, which could not check the casebook out",
    "choose another name",
)
STRAY = Mistake("C110", 0, "no record or page is read from here", "delete it, or move it to one of {places}")
EMPTY = Mistake("C111", 0, "the file is empty", "write the record's fields", "# nothing but a comment")
NO_MAPPING = Mistake(
    "C112", 0, "a record is a mapping", "begin with 'field: value' lines", "- a list\n- of words"
)
