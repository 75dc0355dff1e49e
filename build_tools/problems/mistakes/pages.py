"""C241-C269: written pages, the tables in their front matter, and what a site is made of."""

from __future__ import annotations

from build_tools.problems.problem import Mistake

_HEAD = "---\ntitle: Outcome\ndescription: What became of the patients.\n"
_TABLE = _HEAD + "table:\n  caption: Age and sex\n"

NO_FRONT_MATTER = Mistake(
    "C241",
    0,
    "the page has no front matter",
    "begin with a line '---', then title and description, then '---'",
    "# Outcome",
)
TYPED_NUMBER = Mistake(
    "C242",
    3,
    "the number {number} is typed",
    "take it from a record: figure(), count(), share() or value()",
    _HEAD + "chapter: true\n---\nOf 12 patients most lived.",
)
BLANK = Mistake("C243", 3, "a blank can't be filled: {why}", "compare it with the blanks of other pages")
NO_SUCH_THING = Mistake(
    "C244",
    3,
    "{why}",
    "compare it with the blanks of other pages",
    about="a blank asks for something that does not exist; the message names it",
)
SWEEPING = Mistake(
    "C245",
    3,
    "'{says}' speaks of all, none, most or a number, and nothing keeps it true",
    "compute it with count(), share(), spread() or who(), cite whose claim it is, or name it under 'holds' "
    "in the front matter with what it stands on",
    _HEAD + "chapter: true\n---\nMost patients kept the thumb.",
)
NO_SUCH_SENTENCE = Mistake(
    "C246",
    3,
    "no sentence of the page begins like this",
    "copy the sentence as it stands on the page, or take the entry out",
    _HEAD + "holds:\n  - says: Nobody lost a thumb.\n    because: Invented.\n---\nAll is well.",
)
NO_LONGER = Mistake(
    "C247",
    3,
    "'{says}' no longer holds: it is {k} of {n}",
    "rewrite the sentence, then its condition",
    _HEAD + "holds:\n  - says: No man is here.\n    field: patient.sex\n    term: male\n    count: none\n---"
    "\nNo man is here.",
)
READ_SINCE = Mistake(
    "C248",
    3,
    "'{says}' speaks of every report that was read, and since then these were read: {ids}",
    "see whether it still holds; then add them under 'reports', or rewrite the sentence",
    _HEAD + "holds:\n  - says: No report counts thumbs.\n    reports: [quill-2081]\n---\n"
    "No report counts thumbs.",
)
NOT_READ = Mistake(
    "C249",
    3,
    "'{says}' names reports that are not here or were not read in full: {ids}",
    "take them out of 'reports'",
    about="a sentence names reports that are not here or were not read in full",
)
NO_REPORT = Mistake("C250", 3, "there is no report '{id}'", "write 'report-id: place'")

NOT_A_COLUMN = Mistake(
    "C251",
    3,
    "this is not one of the columns",
    "name a column of the table, or leave 'order' out",
    _TABLE + "  columns: [patient.sex]\n  order: patient.age\n---",
)
NO_FIELD = Mistake(
    "C252",
    3,
    "there is no field '{name}'",
    "write the name of a field as in a case file, such as patient.sex",
    _TABLE + "  columns: [patient.shoe_size]\n---",
)
RULE_AS_CONDITION = Mistake(
    "C253",
    3,
    "a condition names a field, not a rule",
    "name a field of a case file, such as patient.sex",
    _TABLE + "  where: {derived.status: alive}\n  columns: [patient.sex]\n---",
)
NO_TERM = Mistake(
    "C254",
    3,
    "{what}",
    "write a term as a case file has it",
    _TABLE + "  where: {patient.sex: no_such_term}\n  columns: [patient.sex]\n---",
    about="a condition asks for a term that the field's vocabulary does not have",
)
NOT_IN_BROWSER = Mistake(
    "C255",
    3,
    "the browser has no field for {what}",
    "write it under 'fields' of 'browser', or take it out here",
    _TABLE + "  columns: [patient.sex]\nbrowser:\n  fields: {age: {field: patient.age}}\n---",
)
RESERVED_WORD = Mistake(
    "C256",
    3,
    "'{word}' says something else in an address",
    "call the field by another word",
    _HEAD + "browser:\n  fields: {sort: {field: patient.age}}\n---",
)
_LIKE_MINE = _HEAD + "like_mine:\n  compared: {"
WORD_TWICE = Mistake(
    "C257",
    3,
    "two fields go by the word '{word}'",
    "call one of them by another word",
    _LIKE_MINE + "sex: {field: patient.sex}}\n  done: {sex: {field: patient.sex}}\n---",
)
RANGE_OF_NUMBER = Mistake(
    "C258",
    3,
    "'{word}' is a number without a range, or no number and has one",
    "give a number its 'range', the difference from which on two patients are as far apart as can be",
    _LIKE_MINE + "age: {field: patient.age}}\n---",
)

SAME_PAGE = Mistake("C261", 3, "this makes the same page as {other}", "rename one of them")
SAME_FILE = Mistake("C262", 3, "this makes the same file as {other}: {path}", "rename one of the two pages")
BROKEN_VERSIONS = Mistake(
    "C263", 3, "this is not what 'casebook release' writes", "take the file's last form from git"
)
