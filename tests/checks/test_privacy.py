"""Privacy: what may identify a person is found in every text and comment, and repeated nowhere."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools import checks
from build_tools.checks.personal import ALL, FULL_DATES, Pattern, kinds_in
from build_tools.reading.yaml_tree import read_tree
from build_tools.reporting import Run, text
from build_tools.review.review import Review
from tests.hostile import TEXTS
from tests.world import World

QUILL = "cases/quill-2081.yml"
REMARK = "The letter of 2088 gives last follow-up."

LEAKS = {
    "C701": [
        "2020-03-14",
        "14.03.2020",
        "14/3/2020",
        "3/14/2020",
        "14/03/20",
        "March 14, 2020",
        "14 Mar 2020",
        "14th of March 2020",
        "14. März 2020",
        "le 14 mars 2020",
        "on 14 March",
        "14 March",
        "March 14th",
        "March 2020",
        "03/2020",
        "2020年3月14日",
        "March '19",
        "3/14/19",
        "14.3.19",
        "14-03-19",
        "born in 1950",
        "DOB: 1950",
    ],
    "C702": [
        "Mr. Smith",
        "Mrs Ödegård",
        "Frau Müller",
        "Ms. O'Brien",
        "patient J.D.",
        "the man (J. D.)",
        "a woman named Mary",
        "Her name was Mary",
        "initials: J.D.",
        "initials JD",
        "the patient John Smith",
        "Dr. Smith",
    ],
    "C703": [
        "someone@example.org",
        "some.one(at)example(dot)org",
        "some.one at example dot org",
        "some.one [at] example.org",
        "+49 30 1234567",
        "(030) 123 4567",
        "555-123-4567",
        "tel. 123456",
        "Phone: 12 34 56 78",
        "555.123.4567",
        "mobile: 0170 1234567",
        "12 Main Street",
        "lives in the city of Nowhere",
    ],
    "C704": [
        "MRN 1234567",
        "MRN: 12-34-56",
        "mrn 1234567",
        "hospital number 12345",
        "Patient ID: AB-12345",
        "specimen no. 2014/1234",
        "110105194912310021",
        "12345678",
        "123-45-6789",
        "943 476 5919",
        "070761-4285",
        "A1234567",
    ],
    "C705": [
        "a 92-year-old man",
        "92 years old",
        "aged 93",
        "age 94 at surgery",
        "95 years of age",
        "96 y/o",
        "101-year-old",
        "ninety-two-year-old",
        "aged ninety",
        "age of ninety-one",
        "in her 90s",
        "a nonagenarian",
        "in her nineties",
        "a woman of 92, well",
        "died at 92.",
        "her 92nd birthday",
        "92 Jahre alt",
    ],
}

HARMLESS = [
    "Seen in 2014, and again in 2015.",
    "3/6/12 months after surgery",
    "CT at 3, 6 and 12 months",
    "2 of 14 may 2 be",
    "In March the lamps were weak.",
    "12, 12, 11 and 5 mm ports; 12 mmHg, 20 cmH2O",
    "91.8-96.3 %, 1000-1200 ml, 800 to 1200 ml",
    "5.5 x 4.5 x 3.8 cm",
    "p = 0.0001; 1,967 cases; 1250000 /ul",
    "PMID 34392834, PMID: 34392834, PMC8364698, NCT00000000, doi 10.1186/s12893-021-01322-z",
    "ICD-O-3 8890/3, HP:0100243, MONDO:0005058, CD117, HMB-45",
    "Aguilar's review; Smith 2020; Baheen and Bi",
    "Section 2.5.10, Table 1, row 3, case 2",
    "age 90+, aged 89, an 89-year-old woman, 90 % of cells",
    "aged 100 days; 95 % of patients; 120 min; a 98 cm long one; 92 months",
    "The patient called it a wart. He is called cured. He was Chinese.",
    "The man was named in no text; the patient, A. and B. differ.",
    "Prolene 4-0, Ki-67 30 %, S-100, 0.1734 mm2, HU 30-45",
    "Blood pressure 120/80; grade 1/2; T1/T2; 18 x 13 x 18 cm",
    "Phone calls every 3 months; by telephone at 1 month.",
    "The hospital numbers its beds. A record number of nodes: 12 of 30.",
    "Mister, Missed, Msec, Mr was misread for MR; MS was excluded.",
    "May 5 be enough? On the 5 mm port; on day 14",
    "No name, city or date of birth.",
    "1250000 platelets; cell number 150000; mobile 4.5-5.5 cm mass",
    "woman of 45; died at 92 months; sizes 14-3-19 cm and 14.3 x 19 mm; 3/14 nodes",
    "the patient Health Questionnaire; patient Global Impression",
    "Article 2050313; article number 1059990; Art. No. 10599912, article ID E1234567; eid 85012345678",
]


@pytest.mark.parametrize(("rule", "leak"), [(rule, leak) for rule, leaks in LEAKS.items() for leak in leaks])
def test_what_may_identify_a_person_is_found_and_not_repeated(world: World, rule: str, leak: str) -> None:
    world.replace(QUILL, REMARK, json.dumps(f"Told was {leak} in the text.", ensure_ascii=False))
    problems = world.problems()
    assert rule in {problem.rule for problem in problems}
    for problem in problems:
        assert problem.secret and problem.field == "remarks[0]"
        assert leak not in problem.text() and not set(leak.split()) & set(problem.message.split()) - COMMON


COMMON = {"a", "of", "in", "the", "may", "on", "at", "an", "number", "name", "age", "initials"}


@pytest.mark.parametrize("leak", ["14 March 2020", "Mr. Smith", "a@b.org", "MRN 1234567", "aged 93"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# Invented, for tests: this person", "# {} Invented, for tests: this person"),
        ("age: 61", "age: 61  # {}"),
        ("remarks:", "remarks:  # {}"),
    ],
)
def test_a_comment_leaks_just_as_well(world: World, old: str, new: str, leak: str) -> None:
    line, _ = world.place(QUILL, old)
    world.replace(QUILL, old, new.format(leak))
    problems = world.problems()
    assert problems
    for problem in problems:
        assert (problem.line, problem.secret, problem.rule[:2]) == (line, True, "C7")
        assert leak not in problem.text()


def test_a_line_of_a_file_that_cannot_be_read_is_not_shown_either(world: World) -> None:
    world.replace(QUILL, "sex: male", "sex: mail  # seen on 14 March 2020")
    _, problems = world.check()
    assert [problem.secret for problem in problems] == [False]
    assert "14 March" not in text.report(Run(world.root, problems, 0, {}))


@pytest.mark.parametrize("words", HARMLESS)
def test_what_identifies_nobody_passes(words: str) -> None:
    assert list(kinds_in(ALL, words)) == []


def test_clinical_and_hostile_texts_pass() -> None:
    assert {text: kinds for text in TEXTS if (kinds := list(kinds_in(ALL, text)))} == {}


def test_the_real_casebook_has_nothing_that_identifies_a_person(casebook: Review) -> None:
    rules = [rule for rule in checks.RULES if rule.secret]
    assert len(rules) == 5 and checks.run(casebook, rules) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (
            "content/reports/quill-2081.yml",
            "an invented case",
            "seen on 14 March 2020, Mr. Smith, an invented case",
        ),
        ("content/reports/quill-2081.yml", "page: 12-19", 'page: "12345678"'),
        (
            "content/reports/quill-2081.yml",
            "institution: Hand House",
            "institution: 12 Main Street Hand House",
        ),
        (QUILL, "result: 113 g/l", "result: 1130000000 /ul"),
    ],
)
def test_publications_and_measures_may_hold_numbers(world: World, file: str, old: str, new: str) -> None:
    world.replace(file, old, new)
    assert world.problems() == []


months = st.sampled_from(["January", "Feb", "March", "Sept", "december", "DEC"])


@given(st.integers(1900, 2029), st.integers(1, 12), st.integers(1, 28), months, st.text(" .,;()", max_size=3))
def test_a_full_date_is_found_in_many_forms(year: int, month: int, day: int, name: str, edge: str) -> None:
    for date in (
        f"{year}-{month:02}-{day:02}",
        f"{day:02}.{month:02}.{year}",
        f"{day}/{month}/{year}",
        f"{name} {day}, {year}",
        f"{day} {name} {year}",
    ):
        assert "a full date" in kinds_in(FULL_DATES, f"was {edge} {date} {edge} and"), date


@given(st.lists(st.integers(0, 999_999), max_size=8).map(lambda ns: ", ".join(map(str, ns))))
def test_a_list_of_counts_identifies_nobody(text: str) -> None:
    assert list(kinds_in(ALL, f"The counts were {text}.")) == []


@given(st.text(max_size=200))
def test_any_text_is_looked_at_without_failing(text: str) -> None:
    for pattern in ALL:
        assert isinstance(pattern, Pattern) and pattern.found_in(text) in (True, False)


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("a: 1  # one\n# two\nb: 2\n", {(1, 7): "one", (2, 1): "two"}),
        ("a: '# none'\nb: \"x # none\"\nc: x#none\n", {}),
        ("a: >-\n  text # none\n  more\n# one\nb: [1, 2]  # two\n", {(4, 1): "one", (5, 12): "two"}),
    ],
)
def test_comments_are_told_from_values(text: str, comments: dict[tuple[int, int], str]) -> None:
    tree, problems = read_tree("x.yml", text)
    assert not problems
    assert {(line, column): words for (line, column), words in tree.comments.items()} == comments
