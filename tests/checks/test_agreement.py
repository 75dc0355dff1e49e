"""Values that follow from each other agree, and a contradiction inside a paper may be recorded."""

from __future__ import annotations

import pytest

from tests.world import World

QUILL, FIRST = "cases/quill-2081.yml", "cases/vesper-2085-case-1.yml"
GRADE = "grade: {system: glow_score, grade: g1, differentiation: 1, mitosis: 1, necrosis: 0}"
MITOSES = "mitoses: {count: 4, field: 10 high-power fields, activity: low}"


def graded(grade: str, differentiation: int, mitosis: int, necrosis: int) -> str:
    parts = f"differentiation: {differentiation}, mitosis: {mitosis}, necrosis: {necrosis}"
    return f"grade: {{system: fnclcc, grade: {grade}, {parts}}}"


@pytest.mark.parametrize("differentiation", [1, 2, 3])
@pytest.mark.parametrize("necrosis", [0, 1, 2])
@pytest.mark.parametrize("mitosis", [1, 2, 3])
def test_only_one_grade_goes_with_three_scores(
    world: World, differentiation: int, mitosis: int, necrosis: int
) -> None:
    total = differentiation + mitosis + necrosis
    right = "g1" if total <= 3 else "g2" if total <= 5 else "g3"
    world.replace(QUILL, MITOSES, "mitoses: {activity: low}")
    world.replace(QUILL, "necrosis: absent", "necrosis: unknown")
    before = GRADE
    for grade in ("g1", "g2", "g3"):
        after = graded(grade, differentiation, mitosis, necrosis)
        world.replace(QUILL, before, after)
        assert [p.rule for p in world.problems()] == ([] if grade == right else ["C512"])
        before = after


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        (GRADE, graded("g1", 1, 0, 0), ["C511", "C513"]),
        (GRADE, graded("g3", 4, 1, 0), ["C511"]),
        (GRADE, graded("g2", 1, 3, 0), ["C513"]),
        (GRADE, graded("g2", 2, 1, 1), ["C514"]),
        (GRADE, "grade: {system: fnclcc, grade: g2}", []),
        (GRADE, "grade: {system: glow_score, grade: g3, differentiation: 9}", []),
        ("size: 41 mm", "size: 350 mm", ["C515"]),
        ("size: 41 mm", "size: {value: 350 mm, note: So printed.}", []),
        ("size: 5.5 x 4.5 x 3.8 cm", "size: 5.5 x 0.2 x 3.8 cm", ["C516"]),
        ("completeness: complete", "completeness: incomplete", ["C517"]),
        ("margins: negative", "margins: positive", ["C518"]),
        ("glow_at_night: present", "glow_at_night: absent", []),
        ("main_symptom: pain", "main_symptom: numbness", ["C519"]),
        ("positive: 0", "positive: 4", ["C520", "C522"]),
        ("status: negative, removed: 3, positive: 0", "status: positive, removed: 3, positive: 3", []),
        ("status: negative, removed: 3, positive: 0", "status: positive, removed: 3", []),
        ("positive: 0", "positive: 1", ["C522"]),
        ("status: negative", "status: positive", ["C522"]),
    ],
)
def test_values_that_follow_from_each_other_agree(world: World, old: str, new: str, rules: list[str]) -> None:
    world.replace(QUILL, old, new)
    assert sorted(problem.rule for problem in world.problems()) == rules


@pytest.mark.parametrize(
    ("count", "field", "rules"),
    [
        (19, "10 high-power fields", []),
        (20, "10 high-power fields", ["C513"]),
        (20, "10 HPF", ["C513"]),
        (20, "10/HPF", []),
        (20, "50 high-power fields", []),
    ],
)
def test_twenty_mitoses_in_ten_fields_are_no_g1(
    world: World, count: int, field: str, rules: list[str]
) -> None:
    world.replace(QUILL, MITOSES, f"mitoses: {{count: {count}, field: {field}}}")
    world.replace(QUILL, GRADE, "grade: {system: fnclcc, grade: g1}")
    assert [problem.rule for problem in world.problems()] == rules


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("grade: g1", "grade: {value: g1, note: So printed.}"),
        ("grade: g1", "grade: {claims: [g1, g2], why: Text and table differ.}"),
        ("grade: g1", "grade: {claims: [g1, g2], use: 0, why: Text and table differ.}"),
        ("grade: g1", "grade: {value: unclear, note: G1 or G2.}"),
    ],
)
def test_a_contradiction_in_claims_is_recorded_not_forbidden(world: World, old: str, new: str) -> None:
    wrong = graded("g1", 2, 1, 1)
    world.replace(QUILL, "necrosis: absent", "necrosis: unknown")
    world.replace(QUILL, GRADE, wrong.replace(old, new))
    disputed = "claims" in new or "unclear" in new
    assert [problem.rule for problem in world.problems()] == ([] if disputed else ["C512"])


def test_the_cure_tells_how_to_record_a_contradiction(world: World) -> None:
    world.replace(QUILL, "completeness: complete", "completeness: incomplete")
    (problem,) = world.problems()
    assert "'claims'" in problem.hint and problem.field == "surgeries[0].margins"


@pytest.mark.parametrize(
    ("vocabulary", "term", "field"),
    [
        ("structure", "nail_bed", "lesions[0].organs.nail_bed"),
        ("condition", "frostbite", "patient.comorbidities.frostbite"),
        ("procedure", "nail_removal", "surgeries[0].procedures"),
    ],
)
def test_what_one_sex_alone_has_is_not_said_of_the_other(
    world: World, vocabulary: str, term: str, field: str
) -> None:
    file = f"content/vocabulary/{vocabulary}.yml"
    lines = world.read(file).splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith(f"  {term}:"))
    short = lines[at].partition(": ")[2]
    lines[at] = f"  {term}:" + (f"\n    label: {short}" if short else "") + "\n    only_sex: male"
    world.write(file, "\n".join(lines) + "\n")
    assert QUILL not in {problem.file for problem in world.problems()}
    world.write(file, world.read(file).replace("only_sex: male", "only_sex: female"))
    problems = [problem for problem in world.problems() if problem.file == QUILL]
    assert field in {problem.field for problem in problems}
    assert {problem.rule for problem in problems} == {"C521"}
    world.replace(QUILL, "sex: male", "sex: {claims: [male, female], why: Text and table differ.}")
    assert not [problem for problem in world.problems() if problem.file == QUILL]


def test_a_man_is_not_pregnant_and_a_woman_may_be(world: World) -> None:
    world.replace(QUILL, "pregnancy: not_applicable", "pregnancy: in the third month")
    assert [problem.rule for problem in world.problems()] == ["C521"]
    world.replace(QUILL, "sex: male", "sex: female")
    assert world.problems() == []
