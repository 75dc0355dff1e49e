"""casebook explain: every name that a file or a message uses can be looked up."""

from __future__ import annotations

import pytest

from build_tools.authoring.explanation import explain, meant
from build_tools.checks.rulebook import entries
from build_tools.reading.records import read_all, validate
from build_tools.reading.yaml_tree import read_tree
from build_tools.records import KINDS
from build_tools.records.fields import fields
from build_tools.records.values import State
from tests.commands.test_command_line import casebook
from tests.world import EXAMPLE

VOCABULARIES = read_all(EXAMPLE).vocabularies
FIELDS = [(kind, field) for kind in KINDS for top in fields(kind.model) for field in top.walk()]


def told(name: str, *more: str) -> str:
    result = casebook("explain", name, "--root", EXAMPLE, *more)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=[f"{k.name}.{f.path}" for k, f in FIELDS])
def test_every_field_is_explained_with_an_example_that_may_be_written(kind, field) -> None:  # type: ignore[no-untyped-def]
    (lines,) = explain(f"{kind.name}.{field.path}", VOCABULARIES)
    assert f"{field.path} ({kind.name}): {field.title}" in lines[0]
    example = "\n".join(line[4:] for line in lines[lines.index("  example:") + 1 :])
    tree, problems = read_tree("a.yml", example)
    assert problems == []
    _, wrong = validate("a.yml", tree, kind.model, VOCABULARIES)
    # Of a fragment something else is missing, and two fields may contradict each other: no more than that.
    assert {problem.rule for problem in wrong} <= {"C203", "C215"}, [problem.text() for problem in wrong]


def test_every_vocabulary_term_state_and_rule_is_explained() -> None:
    names = {*VOCABULARIES, *(term for v in VOCABULARIES.values() for term in v.terms)}
    names |= {str(state) for state in State} | {entry.number for entry in entries()}
    assert [name for name in names if not explain(name, VOCABULARIES)] == []


def test_a_field_tells_its_meaning_values_example_and_standard() -> None:
    assert told("surgeries[0].complications.clavien_dindo").splitlines() == [
        "surgeries.complications.clavien_dindo (case): Clavien-Dindo grade",
        "  Grade of a postoperative complication; an intraoperative transfusion is not one.",
        "  left out when the report is silent",
        "  holds: a term of clavien_dindo, or one of "
        "absent, not_applicable, not_done, unclear, unknown, withheld",
        "  terms of clavien_dindo:",
        "    i: I",
        "    ii: II",
        "    iii_a: IIIa",
        "    v: V",
        "  standard: The invented list of mishaps, page 3",
        "  a term is missing: add the line '  a_new_term: A new term' "
        "to content/vocabulary/clavien_dindo.yml",
        "  example:",
        "    surgeries: [{complications: [{clavien_dindo: i}]}]",
    ]


def test_a_bare_name_finds_its_field_and_a_common_one_all_of_them() -> None:
    assert told("blood_loss").startswith("surgeries.blood_loss (case): Blood loss\n")
    assert "  surgeries.at (case)" in told("at")
    assert told("presentation.symptoms.pain").startswith("presentation.symptoms (case)")


def test_a_long_vocabulary_is_cut_unless_all_is_wanted() -> None:
    name, longest = max(VOCABULARIES.items(), key=lambda item: len(item[1].terms))
    last = list(longest.terms)[-1]
    if len(longest.terms) > 12:
        assert f"\n    {last}: " not in told(name)
    assert f"\n    {last}: " in told(name, "--all")


def test_a_miss_says_what_was_probably_meant() -> None:
    result = casebook("explain", "blod_loss", "--root", EXAMPLE)
    assert result.exit_code == 1
    assert "did you mean surgeries.blood_loss" in result.stderr
    assert meant("zzzz", VOCABULARIES) == []
    assert meant("outcome.vitals", VOCABULARIES) == ["outcome.vital"]
    assert "surgeries.margins" in meant("lesions.margin", VOCABULARIES)
    assert meant("ache", VOCABULARIES)[0] == "pain"


@pytest.mark.parametrize(
    "name",
    ["", "\x1b[31m", pytest.param("a" * 10_000, id="long"), "surgeries.", "..", "[0]", "patient.sex.male.x"],
)
def test_nonsense_is_refused_in_a_sentence(name: str) -> None:
    result = casebook("explain", name, "--root", EXAMPLE)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: there is no field, vocabulary")
    assert "\x1b" not in result.stderr
