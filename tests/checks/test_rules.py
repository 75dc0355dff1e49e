"""The frame of the rules: each has a number, a cure and an example that it alone finds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
import yaml

from build_tools import checks
from build_tools.checks.checking import check_all
from build_tools.checks.rule import Finding, Rule, rule
from build_tools.problems.problem import Level, Problem
from build_tools.records import KINDS
from build_tools.reporting import Run, github, json_list, sarif, text
from build_tools.review.review import Review
from tests.world import World

SOUND = {
    "report": "content/reports/vesper-2085.yml",
    "case": "cases/sound.yml",
    "regimen": "content/regimens/lamp-rays.yml",
    "aggregate": "content/aggregates/vesper-2085-series.yml",
    "trial": "content/trials/lamp-cohort.yml",
    "statement": "content/statements/not-a-wart.yml",
    "search": "content/searches/2090-01-31-invented-library.yml",
    "estimate": "content/estimates/alive.yml",
    "vocabulary": "content/vocabulary/sex.yml",
}
"""Kind -> the sound record over which a rule's example is written."""

SOUND_CASE = """
reports: [{report: vesper-2085, label: case 3, role: full}]
extraction: {by: [First Reader], date: "2090-02-03"}
"""

every_rule = pytest.mark.parametrize("rule", checks.RULES, ids=lambda rule: rule.number)


def written_over(record: str, example: str) -> str:
    """A record with the fields of an example in the place of its own."""
    whole = {**yaml.safe_load(record), **yaml.safe_load(example)}
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)


def break_by_example(world: World, rule: Rule) -> None:
    """Writes a rule's example over the sound record of its kind."""
    file = SOUND[rule.kind]
    world.write(file, written_over(SOUND_CASE if rule.kind == "case" else world.read(file), rule.example))


def test_the_records_under_the_examples_are_sound(world: World) -> None:
    world.write(SOUND["case"], SOUND_CASE)
    assert world.problems() == []
    assert SOUND.keys() == {kind.name for kind in KINDS}


@every_rule
def test_an_example_breaks_its_rule_and_no_other(world: World, rule: Rule) -> None:
    break_by_example(world, rule)
    review, problems = world.check()
    assert {problem.rule for problem in problems} == {rule.number}, "\n".join(p.text() for p in problems)
    assert all(problem.message.startswith(rule.message) for problem in problems)
    assert all(problem.hint and problem.level is rule.level for problem in problems)
    without = [other for other in checks.RULES if other is not rule]
    assert checks.run(review, without) == [], "another rule would find it, too"


def test_every_rule_that_is_written_is_run() -> None:
    modules = [import_module(f"{checks.__name__}.{module.name}") for module in iter_modules(checks.__path__)]
    written = {
        value.number: value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Rule)
    }
    assert [rule.number for rule in checks.RULES] == sorted(written)
    assert all(written[rule.number] is rule for rule in checks.RULES)


@every_rule
def test_a_rule_tells_all_of_itself(rule: Rule) -> None:
    assert re.fullmatch(r"C[3-8]\d\d", rule.number)
    assert rule.message and rule.cure and yaml.safe_load(rule.example)
    assert not rule.message.endswith(".") and not rule.cure.endswith(".")
    assert rule.secret is rule.number.startswith("C7")


def _crashing(review: Review) -> Iterator[Finding]:
    """something fails"""
    yield Finding(next(iter(review.cases.values())).origin, ("patient",))
    raise KeyError("a text of the file")


CRASHING = rule("C499", cure="none", example="a: 1")(_crashing)


def test_a_rule_that_crashes_is_an_error_and_the_others_still_run(world: World) -> None:
    break_by_example(world, checks.RULES[0])
    review, (broken,) = world.check()
    problems = checks.run(review, [CRASHING, *checks.RULES])
    (crash,) = (problem for problem in problems if problem.rule == "C901")
    assert (crash.level, crash.file) == (Level.ERROR, "tests/checks/test_rules.py")
    assert "C499 (_crashing)" in crash.message
    assert "KeyError" in crash.message and "a text of the file" not in crash.text()
    assert {problem.rule for problem in problems} == {"C901", "C499", broken.rule}


def test_a_run_of_no_rules_fails(example: Review) -> None:
    (problem,) = checks.run(example, [])
    assert (problem.rule, problem.level) == ("C902", Level.ERROR)


def test_a_run_over_no_files_fails(tmp_path: Path) -> None:
    _, problems = check_all(tmp_path)
    assert "C902" in {problem.rule for problem in problems}


def test_a_finding_of_a_secret_rule_is_secret(example: Review) -> None:
    quiet = replace(
        CRASHING, secret=True, find=lambda review: (Finding(c.origin) for c in review.cases.values())
    )
    assert all(problem.secret for problem in quiet.problems(example))
    assert not Problem("x.yml", 3, 1, 1, "", "open").secret


def _telling(review: Review) -> Iterator[Finding]:
    """something may identify the patient"""
    for case in review.cases.values():
        if case.record.remarks:
            yield Finding(case.origin, ("remarks", 0))


SECRET = rule("C799", cure="leave it out", example="remarks: [Seen by Doctor Quux Corge.]", secret=True)(
    _telling
)


@pytest.mark.parametrize(
    "rule", [SECRET, *(rule for rule in checks.RULES if rule.secret)], ids=lambda rule: rule.number
)
def test_no_format_repeats_what_a_secret_rule_found(world: World, rule: Rule) -> None:
    break_by_example(world, rule)
    review, _ = world.check()
    problems = [problem for problem in rule.problems(review) if problem.file == SOUND[rule.kind]]
    assert problems
    run = Run(world.root, problems, 0, {})
    said = rule.message + rule.cure + " ".join(problem.field for problem in problems) + SOUND[rule.kind]
    found = set(re.findall(r"\w{3,}", " ".join(_texts(yaml.safe_load(rule.example)))))
    for report in (text.report, github.report, json_list.report, sarif.report):
        # SARIF's help shows the rule's own example, as the page of rules does: nobody's text.
        shown = report(run).replace(json.dumps(rule.example)[1:-1], "")
        assert [word for word in found if word in shown and word not in said] == []


def _texts(value: object) -> Iterator[str]:
    """Every text of an example, but not the places of its sources."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "source":
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    else:
        yield str(value)
