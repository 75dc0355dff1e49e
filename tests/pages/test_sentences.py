"""Sentences that speak of all, none, most or a number: computed, or kept true by a condition."""

from __future__ import annotations

from html import unescape

import pytest

from build_tools.pages.prose import check_written
from build_tools.pages.sentences import sentences
from build_tools.problems.problem import Problem
from build_tools.publishing.generate import generate
from build_tools.reading.prose import read_prose
from tests.world import World

HEAD = "---\ntitle: Outcome\ndescription: Invented.\nchapter: true\n"


def told(world: World, prose: str, holds: str = "") -> list[Problem]:
    """What is wrong with a chapter of the invented casebook that says `prose`."""
    world.write("content/outcome.md", f"{HEAD}{holds}---\n{prose}\n")
    written, problems = read_prose(world.root)
    (page,) = [page for page in written if page.path == "outcome.md"]
    return [*problems, *check_written(page, world.review())]


@pytest.mark.parametrize(
    "prose",
    [
        "All patients kept the thumb.",
        "No report counts thumbs.",
        "Most of the patients are men.",
        "The only recurrence among them was small.",
        "Six of the seven rows are known from a table.",
        "Every paper that speaks of sex finds more women.",
        "It is the largest series so far.",
        "- *None* of these was operated on.",
        "They kept it. Two patients did not.",
    ],
)
def test_a_sweeping_sentence_that_stands_on_nothing_is_found(world: World, prose: str) -> None:
    assert [problem.rule for problem in told(world, prose)] == ["C245"]


@pytest.mark.parametrize(
    "prose",
    [
        "The thumb was kept in some patients.",
        "Only the thumb is told of.",
        "{{ count('patient.sex', 'male') }} of all patients are men.",
        "All patients of that book did well {{ cite('pell-2084') }}.",
        "## No patient\n\nA heading is no sentence.",
        "`all patients` is code, and so is\n\n```\nno report\n```",
    ],
)
def test_a_sentence_that_is_computed_cited_or_not_sweeping_needs_no_condition(
    world: World, prose: str
) -> None:
    assert told(world, prose) == []


def test_a_problem_stands_at_the_line_and_column_of_its_sentence(world: World) -> None:
    (problem,) = told(world, "# Outcome\n\nSome did well. No report says\nhow many.")
    assert (problem.line, problem.column) == (8, 16)


COUNTED = "holds:\n  - says: No man is here\n    field: patient.sex\n    term: male\n    count: {}\n"


@pytest.mark.parametrize("count", ["none", "all", "most", "'1'", "'2'", "'3'"])
def test_a_condition_holds_exactly_when_the_count_says_so(world: World, count: str) -> None:
    facts = [fact for case in world.review().cases.values() for fact in case.find("patient.sex")]
    sexes: list[object] = [fact.value for fact in facts if not fact.missing]
    k, n = sexes.count("male"), len(sexes)
    assert 0 < k < n, "the invented casebook has both, so that no condition is idle"
    true = {"none": k == 0, "all": k == n, "most": 2 * k > n}.get(count, count == f"'{k}'")
    holds = COUNTED.format(count)
    assert [p.rule for p in told(world, "No man is here.", holds)] == ([] if true else ["C247"])


def test_one_more_patient_makes_a_sentence_no_longer_hold(world: World) -> None:
    sentence = "No patient comes from Ruritania."
    holds = (
        f"holds:\n  - says: {sentence}\n    field: patient.country\n    term: ruritania\n    count: none\n"
    )
    assert told(world, sentence, holds) == []
    world.replace("cases/quill-2081.yml", "  country: freedonia\n", "  country: ruritania\n")
    (problem,) = told(world, sentence, holds)
    assert (problem.rule, problem.field, problem.line) == ("C247", "holds.count", 9)
    assert problem.message.endswith("it is 1 of 2")


def test_a_sentence_on_every_report_asks_to_be_read_again_when_one_more_was_read(world: World) -> None:
    read = sorted(id for id, r in world.review().reports.items() if r.read in ("full", "text_only"))
    holds = "holds:\n  - says: No report counts thumbs.\n    reports: [{}]\n"
    assert told(world, "No report counts thumbs.", holds.format(", ".join(read))) == []
    (problem,) = told(world, "No report counts thumbs.", holds.format(", ".join(read[1:])))
    assert problem.rule == "C248"
    assert problem.message.endswith(f"these were read: {read[0]}")
    (problem,) = told(world, "No report counts thumbs.", holds.format(", ".join([*read, "no-such-9999"])))
    assert problem.rule == "C249"


@pytest.mark.parametrize(
    ("holds", "rule"),
    [
        ("field: patient.shoe_size\n    count: none", "C252"),
        ("field: patient.sex\n    term: mail\n    count: none", "C254"),
        ("field: derived.status\n    count: none", "C252"),
        ("source: 'no-such-2080: Results'", "C250"),
    ],
)
def test_a_condition_names_what_exists(world: World, holds: str, rule: str) -> None:
    found = told(world, "No man is here.", f"holds:\n  - says: No man is here\n    {holds}\n")
    assert [problem.rule for problem in found] == [rule]


def test_a_sentence_stands_on_one_thing_and_on_no_two(world: World) -> None:
    world.write("content/outcome.md", f"{HEAD}holds:\n  - says: All is well\n---\nAll is well.\n")
    _, problems = read_prose(world.root)
    assert any("a sentence stands on one thing" in problem.message for problem in problems)


def test_sentences_keep_their_lines_whatever_blanks_stand_between() -> None:
    text = "One {{ count(\n'a') }} here.\nTwo: three.\n\n* Four\n* Five {% if x %}six{% endif %}.\n"
    assert [(one.words, one.line, one.computed) for one in sentences(text)] == [
        ("One here.", 1, True),
        ("Two: three.", 3, False),
        ("* Four", 5, False),
        ("* Five six .", 6, False),
    ]


def test_names_and_their_denominator_come_from_one_query(world: World) -> None:
    world.write(
        "content/outcome.md",
        "---\ntitle: Outcome\ndescription: Invented.\n---\n{{ count('patient.sex', 'male') }}: "
        "{{ who('patient.sex', 'male') }}. Ages: {{ spread('patient.age') }}.\n",
    )
    site = generate(world.without_charts().root)
    (page,) = [page for page in site.pages if page.path == "outcome.md"]
    body = unescape(page.body)
    cases = site.review.cases.values()
    men = [case for case in cases if any(fact.value == "male" for fact in case.find("patient.sex"))]
    assert f"{len(men)} of " in body
    named = body.partition(": <a")[2].partition(". Ages")[0]
    assert named.count("cases/") == len(men)
    ages = sorted(f.value for c in cases for f in c.find("patient.age") if isinstance(f.value, int))
    assert f"(range {ages[0]}–{ages[-1]}) in {len(ages)} patients" in body
