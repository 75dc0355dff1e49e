"""C241-C269: written pages, the tables in their front matter, and what a site is made of."""

from __future__ import annotations

from build_tools.problems import Mistake

NO_FRONT_MATTER = Mistake(
    "C241",
    0,
    "the page has no front matter",
    "begin with a line '---', then title and description, then '---'",
)
TYPED_NUMBER = Mistake(
    "C242",
    3,
    "the number {number} is typed",
    "take it from a record: figure(), count(), share() or value()",
)
BLANK = Mistake("C243", 3, "a blank can't be filled: {why}", "compare it with the blanks of other pages")
NO_SUCH_THING = Mistake(
    "C244",
    3,
    "{why}",
    "compare it with the blanks of other pages",
    about="a blank asks for something that does not exist; the message names it",
)

NOT_A_COLUMN = Mistake(
    "C251", 3, "this is not one of the columns", "name a column of the table, or leave 'order' out"
)
NO_FIELD = Mistake(
    "C252",
    3,
    "there is no field '{name}'",
    "write the name of a field as in a case file, such as patient.sex",
)
RULE_AS_CONDITION = Mistake(
    "C253", 3, "a condition names a field, not a rule", "name a field of a case file, such as patient.sex"
)
NO_TERM = Mistake("C254", 3, "no vocabulary has the term '{term}'", "write a term as a case file has it")

SAME_PAGE = Mistake("C261", 3, "this makes the same page as {other}", "rename one of them")
SAME_FILE = Mistake("C262", 3, "this makes the same file as {other}: {path}", "rename one of the two pages")
