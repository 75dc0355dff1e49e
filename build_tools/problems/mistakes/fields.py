"""C201-C239: a field, a word or a number that the form of the record does not know."""

from __future__ import annotations

from build_tools.problems.problem import Mistake

NO_SUCH_FIELD = Mistake(
    "C201", 2, "there is no such field", "known fields: {known}", "patient: {shoe_size: 43, source: Results}"
)
NOT_A_TERM = Mistake(
    "C202",
    2,
    "{shown} is not a term of {vocabulary}",
    "terms: {terms}; if none means it, {adding}",
    "patient: {sex: mael, source: Results}",
)
OTHER_NAME = "did you mean '{nearest}'?"
NEAREST_TERM = "did you mean '{nearest}'? If not, {adding}"
ADDING = {
    "line": "add the line '{line}' to content/vocabulary/{vocabulary}.yml",
    "line_and_name": "write {term} here and add the line '{line}' to content/vocabulary/{vocabulary}.yml",
    "no_name": "add a term under another name to content/vocabulary/{vocabulary}.yml",
}
"""How a word becomes a term: by its line, by its line once it is spelt as a term, or under another name."""
MISSING = Mistake("C203", 2, "the field '{name}' is missing", "add it", "reports: [{role: full}]")
NOT_ALLOWED = Mistake(
    "C204",
    2,
    "{shown} is not allowed",
    "one of: {words}",
    "reports: [{report: no-such-report, role: whole}]",
)
NOT_TEXT = Mistake(
    "C205", 2, "{shown} is not text", 'put quotes round it if it is text: "..."', "remarks: [3]"
)
_DIGITS = "write digits alone, without quotes and without a unit"
NOT_WHOLE = Mistake(
    "C206", 2, "{shown} is not a whole number", _DIGITS, 'patient: {asa_grade: "2", source: Results}'
)
NOT_A_NUMBER = Mistake("C207", 2, "{shown} is not a number", _DIGITS)
NOT_TRUE_OR_FALSE = Mistake(
    "C208",
    2,
    "{shown} is not true or false",
    "write true or false",
    'time_zero: {value: surgery, inferred: "true", note: It follows., source: Results}',
)
WANTS_FIELDS = Mistake(
    "C209",
    2,
    "{shown} stands where fields are wanted",
    "write 'field: value' lines, indented below",
    "patient: a man",
)
WANTS_LIST = Mistake(
    "C210",
    2,
    "{shown} stands where a list is wanted",
    "begin each line below with '- '",
    "remarks: One remark.",
)
FORM = Mistake(
    "C211",
    2,
    "{shown} does not have the right form",
    "{shape}",
    'extraction: {by: [First Reader], date: "1 February"}',
)
TOO_LONG = Mistake("C212", 2, "the text is longer than {limit} characters", "shorten it")
NOTHING_IN_IT = Mistake("C213", 2, "this is empty", "write something, or leave the field out", "reports: []")
OUT_OF_RANGE = Mistake("C214", 2, "{shown} is out of range", "{bound}")
PARTS = Mistake(
    "C215",
    2,
    "{what}",
    "see what the guide says of the field",
    "time_zero: unclear",
    about="the parts of a value don't fit together; the message says which",
)
NO_MEASURE = Mistake(
    "C216",
    2,
    "{what}",
    "write a number, a space and a unit",
    "follow_up: {last_contact: long ago, source: Results}",
    about="this is no measure, or none of that kind",
)
NO_SPACE = Mistake(
    "C217",
    2,
    "this looks like a report and a place, but no space follows the colon",
    "write a space after the colon: '{report}: {place}'",
    'time_zero: {value: surgery, source: "smith-2020:Results"}',
)
FORMER_FIELD = Mistake(
    "C218",
    2,
    "the field has another name and form now",
    "'casebook migrate' writes '{new}' for it",
    'extraction: {by: [First Reader], date: "2090-02-03", second_reader: Second Reader}',
)

NO_VOCABULARY = Mistake("C221", 0, "this vocabulary is missing or has problems", "fields ask for it")
MISSING_TERM = Mistake("C222", 3, "the term '{term}' is missing", "the generator asks for it by name")
RESERVED_TERM = Mistake("C223", 3, "'{term}' is a word of the form itself and can't be a term", "rename it")
