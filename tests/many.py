"""Many invented patients of the invented disease, for what must not grow with the review.

    python -m tests.many FOLDER 200

writes a copy of tests/example into a new FOLDER and adds patients to it, one report each. All checks pass.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.world import EXAMPLE

HEAD = "# Invented, for tests: {}, and glimmeroma of the thumb is no disease.\n"

REPORT = (
    HEAD.format("nobody wrote this")
    + """\
type: article-journal
design: {design}
title: The invented thumb of number {number}
authors:
  - {{family: {family}, given: I.}}
year: {year}
container_title: Journal of Invented Hands
doi: 10.5555/many.{number}
read: full
retraction: {{state: none_found, checked: "2090-01-31"}}
"""
)

CASE = (
    HEAD.format("this person never lived")
    + """\
reports:
  - {{report: many-{number:05}, role: full}}

time_zero: {{value: surgery, source: Case}}

patient:
  source: Case
  age: {age}
  sex: {sex}
  country: {country}

presentation:
  source: Case
  mode: {mode}

diagnosis:
  source: Discussion
  suspected:
    - {{diagnosis: {suspected}, weight: leading}}
  final: glimmeroma

lesions:
  - role: primary
    source: Results
    origin: {origin}
    side: {side}
    segments: {segments}
    sizes:
      - {{method: {method}, size: {size:g} cm}}
{second_size}
surgeries:
  - source: Operation
    at: 0 months
    procedures: [{procedure}]
    organs: {{thumb_pulp: {organ}}}
    margins: {margins}
    duration: {minutes} min
    blood_loss: {blood} ml
    transfusions: {transfusions}
    complications: absent

pathology:
  - specimen: resection
    source: Pathology
    diagnosis: glimmeroma
    atypia: mild
    immunohistochemistry:
{stains}
events:
  - {{event: surgery, at: 0 months, source: Operation}}
{events}  - {{event: {end}, at: {months} months, source: Course}}

follow_up: {{source: Course, last_contact: {months} months}}

outcome:
  source: Course
  vital: {vital}
  disease: {disease}
{cause}  local_recurrence: {recurrence}
  metastasis: absent

extraction: {{by: [First Reader], date: "2090-02-02"}}
"""
)

SEARCH = (
    HEAD.format("no library was searched")
    + """\
date: "2090-02-28"
method: database
where: The larger invented library
query: glimmeroma
records: {count}
duplicates: 0
screened_out: 0
not_retrieved: 0
included:
{reports}"""
)

TOLD_APART = 100
"""So many patients can have a sex before two of them are as alike as one person reported twice."""
MARKERS = {
    "glow1": "positive",
    "gleam": "focal",
    "matt": "negative",
    "ki_67": "{result: positive, percent: 9 %}",
}


def case_id(number: int) -> str:
    """The id of a patient's case and report."""
    return f"many-{number:05}"


def add_patients(root: Path, count: int) -> None:
    """Adds invented patients, each with a report of its own, to the casebook in a folder.

    The same numbers always give the same bytes; patients differ in age, sex, origin, size, stains, course and
    silence; from the hundredth on their sex is unknown. The longest follow-up, of patient 40, is 348 months.
    """
    reports, cases = root / "content" / "reports", root / "cases"
    for number in range(count):
        name = f"{case_id(number)}.yml"
        (reports / name).write_text(_report(number), encoding="utf-8")
        (cases / name).write_text(_case(number), encoding="utf-8")
    search = SEARCH.format(
        count=count, reports="".join(f"  - {case_id(number)}\n" for number in range(count))
    )
    (root / "content" / "searches" / "many.yml").write_text(search, encoding="utf-8")


def _report(number: int) -> str:
    return REPORT.format(
        number=number,
        design=_one_of(number, "case_report", "case_series", "case_report_with_review"),
        family=_family(number),
        year=2040 + number * 7 % 45,
    )


def _family(number: int) -> str:
    """A name that no other number has."""
    syllables = ("ba", "do", "fe", "gu", "ki", "lo", "mu", "na", "pe", "ra", "si", "to", "vu", "wa", "ze")
    name = ""
    number += len(syllables)
    while number:
        number, rest = divmod(number, len(syllables))
        name += syllables[rest]
    return name.capitalize()


def _case(number: int) -> str:
    months = 348 if number == 40 else 1 + number * 37 % 96
    dead, present = number % 5 == 0, number % 3 == 0
    recurs = present and months > 6
    size = 0.5 + number * 13 % 90 / 10
    events = f"  - {{event: local_recurrence, at: {months // 2} months, source: Course"
    events += (", certainty: probable}\n" if number % 2 else "}\n") if recurs else ""
    return CASE.format(
        number=number,
        age=18 + number * 29 % 70,
        sex=_one_of(number, "female", "male") if number < TOLD_APART else "unknown",
        country=_one_of(number // 3, "freedonia", "syldavia"),
        mode=_one_of(number, "symptoms", "by_chance"),
        suspected=_one_of(number, "wart", "splinter", "gouty_knot"),
        origin=_one_of(
            number,
            "thumb_vein",
            "{structure: thumb_pulp, certainty: probable}",
            "nail_bed",
            "thumb_pulp",
            '{value: unclear, note: "The text and the figure differ."}',
            "{structure: pga_arch, certainty: definite}",
        ),
        side=_one_of(number // 2, "left", "right"),
        segments=_one_of(number, "[tip]", "[tip, middle]", "[base]", "[middle]"),
        method=_one_of(number, "ultrasound", "mri", "specimen"),
        size=size,
        second_size="" if number % 4 else f"      - {{method: palpation, size: {size + 0.7:g} cm}}\n",
        procedure="local_excision" if number % 3 else "thumb_amputation",
        organ="preserved" if number % 3 else "removed",
        margins=_one_of(
            number, "negative", "positive", "{value: negative, inferred: true, note: The pulp healed.}"
        ),
        minutes=30 + number * 11 % 200,
        blood=10 * (1 + number * 7 % 80),
        transfusions=_one_of(
            number, "absent", "{value: absent, inferred: true, note: No blood is named.}", "unknown"
        ),
        stains="".join(
            f"      {marker}: {'not_done' if number % 11 == 0 and marker == 'gleam' else result}\n"
            for i, (marker, result) in enumerate(MARKERS.items())
            if i == 0 or number % (i + 2)
        ),
        events=events if recurs else "",
        end="death" if dead else "last_contact",
        months=months,
        vital="dead" if dead else "alive",
        disease="present" if present else "none",
        cause=f"  cause: {'disease' if present else 'other'}\n" if dead else "",
        recurrence="present" if recurs else "absent",
    )


def _one_of(number: int, *choices: str) -> str:
    return choices[number % len(choices)]


if __name__ == "__main__":
    folder, many = Path(sys.argv[1]), int(sys.argv[2])
    shutil.copytree(EXAMPLE, folder)
    add_patients(folder, many)
