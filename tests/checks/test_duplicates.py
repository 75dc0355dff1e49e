"""One person counts once: alike cases ask for a verdict, and the verdict silences them."""

from __future__ import annotations

import re

import pytest

from build_tools import checks
from build_tools.problems.problem import Level
from build_tools.review.review import Review
from tests.world import World

QUILL, ORRIN, TARN = "cases/quill-2081.yml", "cases/orrin-2083.yml", "cases/tarn-2079.yml"
FIRST, SECOND = "cases/vesper-2085-case-1.yml", "cases/vesper-2085-case-2.yml"
COPY = "cases/another.yml"


def copied(world: World, file: str, report: str, *changes: tuple[str, str]) -> None:
    """Writes a case again as the patient of another report."""
    text = world.read(file)
    block = re.search(r"reports:\n(?:  .*\n)+", text)
    assert block is not None
    for link in re.findall(r"report: ([a-z0-9-]+)", block[0]):
        text = text.replace(f"{link}: ", f"{report}: ")
    text = text.replace(block[0], f"reports: [{{report: {report}, label: another, role: full}}]\n")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    world.write(COPY, text)


@pytest.mark.parametrize("file", [QUILL, FIRST])
def test_a_copied_case_under_another_name_is_found(world: World, file: str) -> None:
    copied(world, file, "pell-2084")
    (problem,) = world.problems()
    assert (problem.rule, problem.level) == ("C611", Level.WARNING)
    assert {problem.file, f"cases/{problem.message.split('; both')[0].split(': ')[-1]}.yml"} == {file, COPY}


def test_the_reasons_are_told(world: World) -> None:
    copied(world, QUILL, "pell-2084", ("age: 61", "age: 62"), ("size: 5.5 x 4.5 x 3.8 cm", "size: 5.4 cm"))
    (problem,) = world.problems()
    for words in ("man", "61 and 62 years", "right", "thumb pulp", "local excision", "27 months"):
        assert words in problem.message, words


@pytest.mark.parametrize(
    "change",
    [("sex: male", "sex: female"), ("age: 61", "age: 64"), ("    side: right\n", "    side: left\n")],
)
def test_what_tells_two_persons_apart_is_believed(world: World, change: tuple[str, str]) -> None:
    extra = [("pregnancy: not_applicable", "pregnancy: absent")] if "female" in change[1] else []
    copied(world, QUILL, "pell-2084", change, *extra)
    assert world.problems() == []


def test_a_disputed_age_does_not_tell_two_persons_apart(world: World) -> None:
    claims = "age: {claims: [{value: 64}, {value: 61}], why: Text and table differ.}"
    copied(world, QUILL, "pell-2084", ("age: 61", claims))
    assert [problem.rule for problem in world.problems()] == ["C611"]


def test_a_shared_author_adds_to_the_likeness(world: World) -> None:
    fields = (
        "patient: {{age: 44, sex: female, source: Text}}\nlesions:\n  - {{role: primary, source: Text{}}}\n"
    )
    world.write(
        COPY,
        "reports: [{report: pell-2084, label: thumb 1, role: full}]\n"
        + fields.format(", origin: thumb_vein")
        + 'extraction: {by: [First Reader], date: "2090-02-03"}\n',
    )
    assert world.problems() == []  # one report describes both, as thumb 1 and thumb 2
    world.replace(COPY, "pell-2084, label: thumb 1", "quill-2088, label: a thumb")
    assert world.problems() == []  # age, sex and origin alone are not enough
    world.replace("content/reports/quill-2088.yml", "{family: Quill}", "{family: Pell, given: Carol}")
    (problem,) = world.problems()
    assert problem.rule == "C611" and "shared author Pell C" in problem.message


def alike(world: World, one: str, other: str) -> list[str]:
    """The warnings of likeness between two invented patients of two reports, each a few lines."""
    for id, report, text in (("one", "pell-2084", one), ("other", "quill-2088", other)):
        world.write(
            f"cases/{id}.yml",
            f"reports: [{{report: {report}, label: {id}, role: full}}]\nsource: Text\n{text}\n"
            'extraction: {by: [First Reader], date: "2090-02-03"}\n',
        )
    problems = world.problems()
    assert {problem.rule for problem in problems} <= {"C611"}, problems
    return [problem.rule for problem in problems if problem.file in ("cases/one.yml", "cases/other.yml")]


LIKE = """patient: {{age: 44, sex: female{}}}
lesions: [{{role: primary, origin: thumb_vein, side: left{}}}]
surgeries: [{{procedures: [local_excision]}}]
{}"""
ALIVE = "follow_up: {last_contact: 40 months}\noutcome: {vital: alive}"
DEAD = (
    "time_zero: surgery\nevents: [{event: death, at: 9 months}]\nfollow_up: {last_contact: 9 months}\n"
    "outcome: {vital: dead, cause: other}"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LIKE.format(", country: syldavia", "", ""), LIKE.format(", country: freedonia", "", "")),
        (
            LIKE.format("", ", sizes: [{method: mri, size: 4 cm}]", ""),
            LIKE.format("", ", sizes: [{method: mri, size: 9 cm}]", ""),
        ),
        (LIKE.format("", "", DEAD), LIKE.format("", "", ALIVE)),
        (LIKE.format("", "", ""), LIKE.format("", "", "").replace("thumb_vein", "nail_bed")),
    ],
    ids=["two countries", "two sizes", "alive after the other had died", "two origins"],
)
def test_country_size_outcome_and_origin_tell_chance_from_one_person(
    world: World, one: str, other: str
) -> None:
    assert alike(world, one, one) == ["C611"]
    assert alike(world, one, other) == []


def test_reports_many_years_apart_hardly_tell_of_one_patient(world: World) -> None:
    text = LIKE.format("", "", "")
    assert alike(world, text, text) == ["C611"]
    world.replace("content/reports/quill-2088.yml", "year: 2088", "year: 2060")
    assert alike(world, text, text) == []


@pytest.mark.parametrize("label", ["Case 1", "case1", "CASE  1"])
def test_a_label_spelt_otherwise_is_the_same_patient(world: World, label: str) -> None:
    world.write(COPY, world.read(FIRST).replace("label: case 1", f"label: {label}"))
    (problem,) = world.problems()
    assert (problem.rule, problem.level) == ("C612", Level.ERROR)
    assert "is the same patient of the same report" in problem.message
    assert "spelt otherwise" in problem.message


@pytest.mark.parametrize("verdict", ["possible", "rejected"])
@pytest.mark.parametrize("both", [True, False])
def test_a_verdict_silences_the_likeness(world: World, verdict: str, both: bool) -> None:
    copied(world, QUILL, "pell-2084")
    said = "identity: {{same_patient: {}, other_case: {}}}\n\ntime_zero:"
    world.replace(COPY, "time_zero:", said.format(verdict, "quill-2081"))
    if both:
        world.replace(QUILL, "time_zero:", said.format(verdict, "another"))
    assert [problem.rule for problem in world.problems()] == ([] if both else ["C604"])


def test_the_patient_of_a_report_in_two_files_is_an_error(world: World) -> None:
    world.write(COPY, world.read(FIRST))
    (problem,) = world.problems()
    assert (problem.rule, problem.level) == ("C612", Level.ERROR)
    assert "vesper-2085 with 'case 1'" in problem.message
    world.replace(COPY, "label: case 1", "label: case 3")
    assert world.problems() == []  # the report itself tells the two apart


def test_a_copied_case_of_a_report_without_labels_is_found(world: World) -> None:
    world.replace(FIRST, ", label: case 1", "")
    world.write(COPY, world.read(FIRST))
    assert [problem.rule for problem in world.problems()] == ["C611"]


def test_identity_and_reports_belong_together(world: World) -> None:
    world.replace(QUILL, "quill-2088, label: the thumb of 2081", "quill-2081, label: the thumb of 2081")
    assert {(p.rule, p.field) for p in world.problems() if p.rule[1] == "6"} == {
        ("C602", "reports[1].report")
    }


def test_one_report_is_no_question_of_identity(world: World) -> None:
    world.replace(FIRST, "time_zero:", "identity: {same_patient: certain}\n\ntime_zero:")
    assert [problem.rule for problem in world.problems()] == ["C603"]


@pytest.mark.parametrize("verdict", ["rejected", None])
def test_a_doubt_stands_in_both_files(world: World, verdict: str | None) -> None:
    if verdict:
        world.replace(SECOND, "same_patient: possible", f"same_patient: {verdict}")
    else:
        text = world.read(SECOND)
        world.write(SECOND, text.replace(text[text.index("identity:") : text.index("time_zero:")], ""))
    problems = world.problems()
    assert {problem.rule for problem in problems} == {"C604"}
    assert TARN in {problem.file for problem in problems}


def test_the_real_cases_are_all_told_apart(casebook: Review) -> None:
    rules = [rule for rule in checks.RULES if rule.number.startswith("C6")]
    assert len(casebook.cases) >= 13 and checks.run(casebook, rules) == []
