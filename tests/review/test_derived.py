"""Derived values: each follows from facts by its rule, names them, and says nothing where they do."""

from __future__ import annotations

import math
import re

import pytest

from build_tools.charts import swimmer
from build_tools.review.derived import RULES, STATUS_WORDS, Derived, summary
from build_tools.review.review import Review, report_label
from build_tools.review.times import at_words, bounds_in_months, is_exact, months_of, time_words
from tests.world import World

QUILL, ORRIN, TARN = "cases/quill-2081.yml", "cases/orrin-2083.yml", "cases/tarn-2079.yml"
STATUS = ("outcome.vital", "outcome.disease")
FIRST, SECOND = "cases/vesper-2085-case-1.yml", "cases/vesper-2085-case-2.yml"


def derive(review: Review, rule: str, file: str) -> Derived | None:
    return RULES[rule][1](review.cases[file.removeprefix("cases/").removesuffix(".yml")], review)


def text(review: Review, rule: str, file: str) -> str | None:
    found = derive(review, rule, file)
    return found.text if found else None


OF_THE_REPORT = {"year", "author", "design", "reading"}

KNOWN: dict[str, dict[str, str | None]] = {
    "year": {QUILL: "2081", TARN: "2079"},
    "author": {QUILL: "Quill", ORRIN: "Orrin"},
    "design": {QUILL: "Case report with a review of published cases", TARN: "Not known"},
    "reading": {QUILL: "Read in full", TARN: "Not read; known from another report"},
    "origin": {
        QUILL: "Right thumb pulp",
        ORRIN: "Thumb vein (probable)",
        TARN: "Nail bed",
        FIRST: "Left thumb vein (possible)",
        SECOND: None,
    },
    "longest_axis": {
        QUILL: "5.5 cm (specimen)",
        ORRIN: "2–3 cm (MRI)",
        TARN: "3 cm (specimen)",
        FIRST: "6 cm (ultrasound)",
        SECOND: None,
    },
    "treatment": {QUILL: "Local excision", FIRST: "Local excision", SECOND: "No operation"},
    "follow_up": {
        QUILL: "27 months",
        ORRIN: "12–18 months",
        FIRST: "12 months",
        SECOND: "0.46 months",
        TARN: None,
    },
    "status": {QUILL: "NED", ORRIN: "AWD", FIRST: "DOD", SECOND: "LTFU", TARN: None},
    "follow_up_and_status": {
        QUILL: "27 months NED",
        ORRIN: "12–18 months AWD",
        FIRST: "12 months DOD",
        SECOND: "0.46 months LTFU",
        TARN: None,
    },
    "relapse": {
        QUILL: "No local recurrence, no metastasis",
        ORRIN: "Local recurrence at 8–10 months (probable)",
        FIRST: "No local recurrence, metastasis at 8 months",
        SECOND: None,
    },
    "r_class": {QUILL: "R0", ORRIN: None, FIRST: None, SECOND: None, TARN: None},
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_what_follows_and_no_more(example: Review, rule: str) -> None:
    assert {file: text(example, rule, file) for file in KNOWN[rule]} == KNOWN[rule]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_a_title_and_says_itself_in_a_sentence(rule: str) -> None:
    title, function = RULES[rule]
    assert title
    assert (function.__doc__ or "").strip().endswith(".")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_names_facts_that_are_there(example: Review, rule: str) -> None:
    for case in example.cases.values():
        found = RULES[rule][1](case, example)
        if found is not None and rule not in OF_THE_REPORT:
            assert found.inputs
            assert set(found.inputs) & set(case.by_path)


# rule: (file, old, new, what follows then)
CHANGED: dict[str, tuple[str, str, str, str, str | None]] = {
    "an abbreviation keeps its capitals": (
        "origin",
        QUILL,
        "origin: {structure: thumb_pulp, certainty",
        "origin: {structure: pga_arch, certainty",
        "Right PGA arch",
    ),
    "only a primary tumour has an origin": ("origin", TARN, "role: primary", "role: residual", None),
    "a method that measured more loses to the specimen": (
        "longest_axis",
        QUILL,
        "size: 41 mm",
        "size: 41 cm",
        "5.5 cm (specimen)",
    ),
    "millimetres are compared as centimetres": (
        "longest_axis",
        FIRST,
        "size: 6 cm",
        "size: 99 mm",
        "9.9 cm (ultrasound)",
    ),
    "a bound is said": ("longest_axis", TARN, "size: 30 mm", "size: '> 30 mm'", "more than 3 cm (specimen)"),
    "the claim that is used counts": (
        "longest_axis",
        TARN,
        "size: 30 mm",
        "size: {claims: [30 mm, 40 mm], use: 1, why: w}",
        "4 cm (specimen)",
    ),
    "a conflict left open counts for nothing": (
        "longest_axis",
        TARN,
        "size: 30 mm",
        "size: {claims: [30 mm, 40 mm], why: w}",
        None,
    ),
    "the first operation's treatment alone": (
        "treatment",
        FIRST,
        "    procedures: [local_excision]\n",
        "",
        None,
    ),
    "dead of treatment": ("status", FIRST, "cause: disease", "cause: treatment", "DOT"),
    "dead of another cause": ("status", FIRST, "cause: disease", "cause: other", "DOC"),
    "dead of an unknown cause": ("status", FIRST, "cause: disease", "cause: unknown", "DUN"),
    "alive but how": ("status", QUILL, "disease: none", "disease: unknown", None),
    "present is not lost": ("status", SECOND, "  lost: present\n", "", None),
    "a contradictory state gives no status": (
        "status",
        QUILL,
        "vital: alive",
        "vital: {claims: [alive, dead], why: w}",
        None,
    ),
    "a time without a status": (
        "follow_up_and_status",
        QUILL,
        "disease: none",
        "disease: unknown",
        "27 months",
    ),
    "a status without a time": ("follow_up_and_status", QUILL, "  last_contact: 27 months\n", "", "NED"),
    "one month": ("follow_up", FIRST, "last_contact: 1 year", "last_contact: 1 month", "1 month"),
    "a relapse without a kind": (
        "relapse",
        ORRIN,
        "event: local_recurrence",
        "event: relapse_unspecified",
        "Local recurrence, relapse, kind not said, at 8–10 months (probable)",
    ),
    "a doubtful relapse": (
        "relapse",
        QUILL,
        "  metastasis: absent",
        "  metastasis: unknown",
        "No local recurrence, metastasis unknown",
    ),
    "a relapse without a time": (
        "relapse",
        FIRST,
        "metastasis, at: 8 months,",
        "metastasis,",
        "No local recurrence, metastasis",
    ),
    "the first of two": (
        "relapse",
        FIRST,
        "  - {event: therapy_start, at: 1 month,",
        "  - {event: metastasis, at: 10 months,",
        "No local recurrence, metastasis at 8 months",
    ),
    "a second operation with margins not clear": (
        "r_class",
        QUILL,
        "pathology:\n",
        '  - {source: "quill-2081: Operation", lesion: primary, margins: positive}\n\npathology:\n',
        None,
    ),
    "margins of an operation on a metastasis": (
        "r_class",
        QUILL,
        "pathology:\n",
        '  - {source: "quill-2081: Operation", lesion: metastasis, margins: positive}\n\npathology:\n',
        "R0",
    ),
    "margins called close": ("r_class", QUILL, "margins: negative", "margins: close", None),
}


@pytest.mark.parametrize(("rule", "file", "old", "new", "expected"), CHANGED.values(), ids=CHANGED)
def test_a_changed_fact_changes_what_follows(
    world: World, rule: str, file: str, old: str, new: str, expected: str | None
) -> None:
    world.replace(file, old, new)
    review, _ = world.check()
    assert text(review, rule, file) == expected


def test_a_value_can_be_sorted_and_names_the_facts_it_came_from(example: Review) -> None:
    found = {rule: derive(example, rule, QUILL) for rule in RULES}
    assert {rule: value.value for rule, value in found.items() if value} == {
        "year": 2081,
        "author": "Quill",
        "design": "case_report_with_review",
        "reading": "full",
        "origin": "Right thumb pulp",
        "longest_axis": 5.5,
        "treatment": "local_excision",
        "follow_up": 27,
        "status": "NED",
        "follow_up_and_status": 27,
        "relapse": None,
        "r_class": "R0",
    }
    assert {rule: value.inputs for rule, value in found.items() if value} == {
        "year": (),
        "author": (),
        "design": (),
        "reading": (),
        "origin": ("lesions[0].side", "lesions[0].origin.structure", "lesions[0].origin.certainty"),
        "longest_axis": ("lesions[0].sizes[2].size",),
        "treatment": ("surgeries[0].procedures",),
        "follow_up": ("follow_up.last_contact", "time_zero"),
        "status": STATUS,
        "follow_up_and_status": ("follow_up.last_contact", "time_zero", *STATUS),
        "relapse": ("outcome.local_recurrence", "outcome.metastasis"),
        "r_class": ("surgeries[0].margins",),
    }


@pytest.mark.parametrize(
    ("old", "new", "end"),
    [
        ("disease: none", "disease: unknown", "followed for 27 months"),
        ("  last_contact: 27 months\n", "", "no evidence of disease"),
    ],
)
def test_the_line_ends_with_what_is_known_of_the_end(world: World, old: str, new: str, end: str) -> None:
    world.replace(QUILL, old, new)
    review = world.review()
    assert summary(review.cases["quill-2081"], review).endswith(f"margins negative – {end}")


def test_a_side_of_several_words_stands_behind_the_structure(world: World) -> None:
    world.replace("content/vocabulary/side.yml", "right: Right", "right: Both sides")
    assert text(world.review(), "origin", QUILL) == "Thumb pulp, both sides"


def test_an_organ_whose_removal_the_procedure_says_is_not_told_twice(world: World) -> None:
    world.replace("content/vocabulary/procedure.yml", "Amputation of the thumb", "Removal of the thumb pulp")
    line = summary(world.review().cases["orrin-2083"], world.review())
    assert "removal of the thumb pulp – alive" in line


def test_one_month_is_no_months(world: World) -> None:
    world.write(QUILL, re.sub(r"\b(27|25) months\b", "1 month", world.read(QUILL)))
    review = world.check()[0]
    assert summary(review.cases["quill-2081"], review).endswith("at 1 month")
    told = " ".join(map(str, swimmer.draw(review).rows))
    assert "at 1 month" in told
    assert "1 months" not in told


def test_an_organ_without_sides_takes_none_in_its_name(world: World) -> None:
    world.replace(
        "content/vocabulary/structure.yml", "label: Thumb pulp", "label: Thumb pulp\n    unpaired: true"
    )
    assert text(world.review(), "origin", QUILL) == "Thumb pulp, on the right"


def test_a_status_has_words(example: Review) -> None:
    found = {text(example, "status", f"cases/{id}.yml") for id in example.cases}
    assert found - {None} <= set(STATUS_WORDS)


@pytest.mark.parametrize(
    ("written", "earliest", "latest", "exact"),
    [
        ("27 months", 27, 27, True),
        ("1 year", 12, 12, True),
        ("3 days", 0.1, 0.1, True),
        ("12-18 months", 12, 18, False),
        ("> 12 months", 12, math.inf, False),
        (">= 12 months", 12, math.inf, False),
        ("< 12 months", 0, 12, False),
        ("~ 12 months", 12, math.inf, True),
    ],
)
def test_of_a_time_the_lower_bound_counts(
    world: World, written: str, earliest: float, latest: float, exact: bool
) -> None:
    world.replace(QUILL, "  last_contact: 27 months", f'  last_contact: "{written}"')
    case = world.check()[0].cases["quill-2081"]
    path = "follow_up.last_contact"
    assert bounds_in_months(case, path) == (earliest, latest)
    assert months_of(case, path) == earliest
    assert is_exact(case.by_path[path]) is exact


def test_a_time_that_is_not_said_is_no_time(example: Review) -> None:
    case = example.cases["tarn-2079"]
    assert months_of(case, "follow_up.last_contact") is None
    assert months_of(case, "no.such.field") is None
    assert not is_exact(None)
    assert not is_exact(case.by_path["follow_up.last_contact"])


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (
            QUILL,
            "Man, 61 – right thumb pulp, 5.5 cm (specimen) – local excision, thumb pulp preserved, margins"
            " negative – no evidence of disease at 27 months",
        ),
        (
            ORRIN,
            "Woman – thumb vein (probable), 2–3 cm (MRI) – amputation of the thumb, thumb pulp removed –"
            " alive with disease at 12–18 months",
        ),
        (TARN, "Man, 90+ – nail bed, 3 cm (specimen) – local excision"),
        (SECOND, "Man, 90+ – no operation – lost to follow-up at 0.46 months"),
    ],
)
def test_a_case_is_said_in_one_line(example: Review, file: str, line: str) -> None:
    assert summary(example.cases[file.removeprefix("cases/").removesuffix(".yml")], example) == line


def test_a_case_of_which_nothing_is_known_is_said_too(world: World) -> None:
    world.write(
        "cases/bare.yml",
        'reports: [{report: tarn-2079, role: full}]\nextraction: {by: [R], date: "2090-01-01"}\n',
    )
    review = world.review()
    assert summary(review.cases["bare"], review) == "Patient, sex not known"
    rules = {rule for rule in RULES if text(review, rule, "cases/bare.yml")}
    assert rules == OF_THE_REPORT


@pytest.mark.parametrize(("report", "label"), [("quill-2081", "Quill 2081"), ("tarn-2079", "Old Tarn")])
def test_a_report_has_a_short_name(example: Review, report: str, label: str) -> None:
    assert report_label(example.reports[report], report) == label


def test_a_report_without_year_or_author_is_named_by_what_there_is(world: World) -> None:
    world.replace("content/reports/orrin-2083.yml", "year: 2083\n", "")
    world.replace("content/reports/pell-2084.yml", "authors:\n  - {family: Pell, given: C.}\n", "")
    reports = world.review().reports
    assert report_label(reports["orrin-2083"], "orrin-2083") == "Orrin (year unknown)"
    assert report_label(reports["pell-2084"], "pell-2084") == "Pell 2084"


TOLD = {
    "27 months": ("27 months", "at 27 months"),
    "1 month": ("1 month", "at 1 month"),
    "1 year": ("12 months", "at 12 months"),
    "~ 12 months": ("about 12 months", "at about 12 months"),
    "8-10 months": ("8–10 months", "at 8–10 months"),
    "<=24 months": ("at most 24 months", "within 24 months"),
    "<12 months": ("less than 12 months", "within less than 12 months"),
    ">=2 years": ("at least 24 months", "after at least 24 months"),
    ">12 months": ("more than 12 months", "after more than 12 months"),
    "several years": ("several years", "after several years"),
    "-4 months": ("4 months before time zero", "4 months before time zero"),
    "-6 to -4 months": ("4–6 months before time zero", "4–6 months before time zero"),
    "<-4 months": ("more than 4 months before time zero", "more than 4 months before time zero"),
    "-1 to 2 months": ("1 month before to 2 months after time zero",) * 2,
}


@pytest.mark.parametrize("written", TOLD)
def test_a_bound_is_told_as_a_bound_and_a_time_before_zero_as_before(world: World, written: str) -> None:
    world.replace(QUILL, "{event: imaging, at: 3 months", f"{{event: imaging, at: '{written}'")
    case = world.check()[0].cases["quill-2081"]
    assert (time_words(case, "events[2].at"), at_words(case, "events[2].at")) == TOLD[written]
    assert case.by_path["events[2].at"].text.replace("\u00a0", " ").partition(" ")[0] in (
        TOLD[written][0].partition(" ")[0],
        written.partition(" ")[0],
    )
