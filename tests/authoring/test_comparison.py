"""casebook compare: two readings side by side and in one file, with nothing lost and nothing decided."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.authoring.comparison import AGREED, GIVEN, Verdict, compare
from build_tools.authoring.merge import comments_of, merged_text
from build_tools.authoring.written import block
from build_tools.reading.records import read_all, validate
from build_tools.reading.yaml_tree import read_tree
from build_tools.records.case import Case
from build_tools.records.values import State
from build_tools.review.facts import Fact, read_facts
from tests.commands.test_command_line import casebook
from tests.world import EXAMPLE, World

VOCABULARIES = read_all(EXAMPLE).vocabularies
CASES = sorted((EXAMPLE / "cases").glob("*.yml"))
BLOCKS = ("patient", "presentation", "diagnosis", "follow_up", "outcome")


def data_of(path: Path, reader: str = "Ann") -> dict[str, Any]:
    tree, problems = read_tree("", path.read_text(encoding="utf-8"))
    assert problems == []
    assert isinstance(tree.data, dict)
    return {**tree.data, "extraction": {"by": [reader], "date": "2090-01-01"}}


def merge(a: dict[str, Any], b: dict[str, Any]) -> str:
    return merged_text(compare(a, b), a, b, ())


def record(text: str) -> Case:
    """The case in a text that must be free of problems."""
    tree, problems = read_tree("a.yml", text)
    case, wrong = validate("a.yml", tree, Case, VOCABULARIES)
    assert [problem.text() for problem in (*problems, *wrong)] == []
    assert isinstance(case, Case)
    return case


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_two_equal_readings_agree_everywhere_and_become_one(path: Path) -> None:
    a, b = data_of(path), data_of(path, "Bea")
    comparison = compare(a, b)
    assert {line.verdict for line in comparison.lines} == {Verdict.SAME}
    counts = comparison.agreement()
    assert counts == (counts.same, counts.same, 0, 0)
    assert counts.same == sum(line.block != GIVEN for line in comparison.lines)
    case = record(merge(a, b))
    assert case.model_copy(update={"extraction": None}) == record("\n".join(block(a, 0))).model_copy(
        update={"extraction": None}
    )
    second = case.extraction.second_reading
    assert second is not None
    assert second.by[0].name == "Bea"
    assert second.total == counts


def leaves(facts: tuple[Fact, ...]) -> Iterator[Fact]:
    for top in facts:
        for fact in top.walk():
            if not fact.missing and (not fact.children or fact.claims):
                yield fact


def known(data: dict[str, Any]) -> dict[str, tuple[str, set[tuple[str | None, str]]]]:
    """What a reading says of each field, with the places; lists are not cut, so that paths are the same."""
    facts = read_facts(record("\n".join(block(data, 0))), VOCABULARIES, State.NOT_REPORTED)
    return {
        fact.path: (fact.text, {(source.report, source.place) for source in fact.sources})
        for fact in leaves(facts)
        if fact.path != "extraction"
    }


def thinned(data: dict[str, Any], random: Random) -> dict[str, Any]:
    """A reading that leaves some fields out, and takes some blocks from another place."""
    found = copy.deepcopy(data)
    for name in BLOCKS:
        if name not in found:
            continue
        if random.random() < 0.3:
            found[name]["source"] = "quill-2081: Elsewhere"
        for field in list(found[name]):
            inner = found[name][field]
            if field != "source" and random.random() < 0.3:
                del found[name][field]
            elif isinstance(inner, dict) and "value" not in inner and "claims" not in inner:
                for term in list(inner)[1:]:
                    if random.random() < 0.3:
                        del inner[term]
    return found


@settings(max_examples=25)
@given(st.sampled_from(CASES), st.randoms(use_true_random=False))
def test_what_only_one_says_is_kept_with_its_own_place(path: Path, random: Random) -> None:
    a, b = thinned(data_of(path), random), thinned(data_of(path, "Bea"), random)
    comparison = compare(a, b)
    assert not {line.verdict for line in comparison.lines} & {Verdict.DIFFERS, Verdict.OWN_WORDS}
    record(merge(a, b))
    tree, _ = read_tree("", merge(a, b))
    assert isinstance(tree.data, dict)
    assert known(tree.data) == known(b) | known(a)


def test_a_disagreement_is_left_open_and_the_check_asks_for_it() -> None:
    a, b = data_of(CASES[1]), data_of(CASES[1], "Bea")
    b["patient"]["age"] = 62
    b["patient"]["source"] = "quill-2081: Elsewhere"
    b["lesions"][0]["sizes"][0]["size"] = "42 mm"
    text = merge(a, b)
    assert '# A: 61\n  # B: {value: 62, source: "quill-2081: Elsewhere"}\n  age:\n' in text
    assert "# A: 41 mm\n        # B: 42 mm\n        size:\n" in text
    _, problems = read_tree("", text)
    assert [problem.field for problem in problems] == ["patient.age", "lesions[0].sizes[0].size"]
    assert "claims" not in "".join(line for line in text.splitlines() if "# " in line)


def test_own_words_stand_side_by_side_and_do_not_count() -> None:
    a, b = data_of(CASES[1]), data_of(CASES[1], "Bea")
    before = compare(a, b).agreement()
    b["lesions"][0]["location"] = "deep: # towards the palm"
    comparison = compare(a, b)
    assert comparison.agreement() == (before.both - 1, before.same - 1, 0, 0)
    text = merge(a, b)
    assert "# B: deep: # towards the palm\n" in text
    assert record(text).lesions


def test_what_one_alone_says_lowers_no_agreement_and_is_counted_apart() -> None:
    a, b = data_of(CASES[1]), data_of(CASES[1], "Bea")
    before = compare(a, b).agreement("patient")
    del a["patient"]["ancestry"], b["patient"]["age"], b["patient"]["family_history"]
    b["patient"]["sex"] = "female"
    after = compare(a, b).agreement("patient")
    assert after == (before.both - 3, before.same - 4, 2, 1)


def test_what_a_second_reader_is_given_is_no_agreement() -> None:
    a, b = data_of(CASES[0]), data_of(CASES[0], "Bea")
    a["source"] = "orrin-2083: Case report"
    b["reports"] = [{**a["reports"][0], "label": "the other one"}]
    comparison = compare(a, b)
    assert [line.path for line in comparison.lines if line.verdict not in AGREED] != []
    assert {GIVEN, "source"}.isdisjoint(comparison.blocks)


def test_what_else_the_second_reader_says_of_a_value_stands_beside_it() -> None:
    a, b = data_of(CASES[1]), data_of(CASES[1], "Bea")
    assert a["patient"]["age"] == 61
    b["patient"]["age"] = {
        "value": 61,
        "inferred": True,
        "note": "From a table.",
        "source": "quill-2081: T 9",
    }
    b["patient"]["family_history"] = {"value": "none told", "note": "Asked twice."}
    a["patient"]["family_history"] = "nothing told"
    b["lesions"][0]["vessels"] = {"value": b["lesions"][0]["vessels"], "inferred": True, "note": "By CT."}
    text = merge(a, b)
    for remark in (
        "# B gives as its place: quill-2081: T 9\n  # B notes: From a table.\n",
        "# B calls this inferred\n  age: 61\n",
        "# B: {value: none told, note: Asked twice.}\n",
        "    # B calls this inferred\n    vessels: {value: {",
        "note: By CT.}\n",
    ):
        assert remark in text, text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"age": 61}, {"age": {"value": 61}}),
        ({"comorbidities": {"diabetes": "present"}}, {"comorbidities": {"diabetes": {"value": "present"}}}),
    ],
)
def test_forms_that_mean_the_same_agree(one: dict[str, Any], other: dict[str, Any]) -> None:
    a, b = data_of(CASES[0]), data_of(CASES[0], "Bea")
    a["patient"], b["patient"] = ({"source": "orrin-2083: Case", **data} for data in (one, other))
    assert {line.verdict for line in compare(a, b).lines} <= AGREED


def test_a_block_without_fields_says_nothing() -> None:
    a, b = data_of(CASES[0]), data_of(CASES[0], "Bea")
    a["presentation"], b["presentation"] = {}, {"source": "orrin-2083: Elsewhere"}
    comparison = compare(a, b)
    assert {line.verdict for line in comparison.lines} == {Verdict.SAME}
    assert "presentation" not in comparison.blocks


def test_rows_are_paired_by_what_they_are_of() -> None:
    a, b = data_of(CASES[1]), data_of(CASES[1], "Bea")
    b["imaging"].reverse()
    b["events"].insert(0, {"event": "imaging", "at": "1 month", "source": "quill-2081: Course"})
    verdicts = {line.path: line.verdict for line in compare(a, b).lines if line.verdict not in AGREED}
    assert verdicts == {"events[imaging 2].event": Verdict.ONLY_B, "events[imaging 2].at": Verdict.ONLY_B}


@settings(max_examples=25)
@given(st.sampled_from(CASES), st.sampled_from(CASES), st.randoms(use_true_random=False))
def test_every_word_of_both_stands_in_the_merged_file(one: Path, other: Path, random: Random) -> None:
    """Even two readings of different patients: whatever is in them, nothing is lost."""
    a, b = thinned(data_of(one), random), thinned(data_of(other, "Bea"), random)
    text = merge(a, b)
    for word in (*words(a), *words(b)):
        assert word in text.replace('\\"', '"')


def words(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from words(inner) if key != "date" else ()
    elif isinstance(value, list):
        for item in value:
            yield from words(item)
    elif not isinstance(value, bool):
        yield str(value)


def test_comments_of_one_reader_are_kept_with_their_lines_and_those_of_a_scaffold_are_not() -> None:
    scaffold = "# yaml-language-server: x\n# What it means.\n"
    a, _ = read_tree("a.yml", scaffold + 'a: "# none"  # one\nb: |\n  # none\nc: [x, #three\n  y]\n')
    b, _ = read_tree("b.yml", scaffold + "a: x  # two\n")
    assert comments_of(a, b) == ["A, line 3: one", "A, line 6: three", "B, line 3: two"]


def test_the_command_shows_and_merges(world: World) -> None:
    old = world.read("cases/orrin-2083.yml")
    a = world.write("in/a.yml", old)
    b = world.write("in/b.yml", old.replace("sex: female", "sex: male").replace("First Reader", "Bea B."))
    result = casebook("compare", a, b, "--root", world.root, "--merge", world.root / "in/c.yml")
    assert result.exit_code == 0, result.output
    assert "patient.sex: differs\n    A: female\n    B: male\n" in result.stdout
    assert "  patient: 2 of 3 (67 %); only A 0, only B 0\n" in result.stdout
    assert "sex:\n" in world.read("in/c.yml")
    again = casebook("compare", a, b, "--root", world.root, "--merge", world.root / "in/c.yml")
    assert (again.exit_code, "is there already" in again.stderr) == (1, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: [", "this is not YAML"),
        (b"\xff", "not UTF-8"),
        (b"reports: 5", "stands where a list is wanted"),
        (b"- a", "a record is a mapping"),
    ],
)
def test_a_file_that_is_no_case_is_refused_in_a_sentence(world: World, content: bytes, said: str) -> None:
    a = world.write("in/a.yml", content)
    result = casebook("compare", a, world.root / "cases/orrin-2083.yml", "--root", world.root)
    assert result.exit_code == 1
    assert said in result.stderr
    assert casebook("compare", a, world.root / "none.yml", "--root", world.root).exit_code == 2


def test_a_file_with_two_readings_is_not_merged_again(world: World) -> None:
    quill = world.root / "cases/quill-2081.yml"
    result = casebook("compare", quill, quill, "--root", world.root, "--merge", world.root / "c.yml")
    assert result.exit_code == 1
    assert "holds a second reading already" in result.stderr


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("follow_up", {"last_contact": "2 years"}, {"last_contact": "24 months"}),
        ("surgeries", [{"duration": "2 h"}], [{"duration": "120 min"}]),
        (
            "laboratory",
            [{"test": "haemoglobin", "result": "61 \u00b5mol/l"}],
            [{"test": "haemoglobin", "result": "61 \u03bcmol/l"}],
        ),
        (
            "lesions",
            [{"role": "primary", "sizes": [{"method": "mri", "size": "65 mm"}]}],
            [{"role": "primary", "sizes": [{"method": "mri", "size": "6.5 cm"}]}],
        ),
    ],
)
def test_one_value_in_two_spellings_agrees(field: str, one: object, other: object) -> None:
    a, b = ({**data_of(CASES[0]), field: value} for value in (one, other))
    lines = [line for line in compare(a, b).lines if line.a != line.b]
    assert [line.verdict for line in lines] == [Verdict.OTHER_SPELLING]


def test_units_of_blood_and_ml_do_not_agree() -> None:
    a, b = (
        {**data_of(CASES[0]), "surgeries": [{"transfusions": [{"product": "x", "amount": amount}]}]}
        for amount in ("2 ml", "2 units")
    )
    assert Verdict.DIFFERS in {line.verdict for line in compare(a, b).lines}


def test_what_only_one_reader_wrote_is_marked_in_the_merged_file() -> None:
    a, b = data_of(CASES[0]), data_of(CASES[0])
    a["remarks"] = b["remarks"] = ["One."]
    a["follow_up"] = {"method": "Visits."}
    b["meetings"] = [{"decision": "To operate."}]
    b.pop("follow_up", None)
    text = merge(a, b)
    before = {
        key: text[: text.index(f"{key}:")].rstrip().rsplit("\n", 1)[-1].strip()
        for key in ("follow_up", "meetings")
    }
    assert before == {"follow_up": "# Only A says this.", "meetings": "# Only B says this."}
