"""Problems in every format: shown where they stand, safe to print, quiet about what may identify somebody."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from build_tools import checks
from build_tools.__main__ import main
from build_tools.checks.rulebook import entries
from build_tools.problems.problem import Level, Problem, errors
from build_tools.publishing.generate import generate
from build_tools.reporting import FORMATS, Run, github, json_list, sarif, text
from tests.world import World

QUILL = "cases/quill-2081.yml"


def run_of(world_or_root: World | Path, *problems: Problem) -> Run:
    root = world_or_root.root if isinstance(world_or_root, World) else world_or_root
    return Run(root, problems, 2, {"case": 5})


def at(line: int, column: int, level: Level = Level.ERROR, *, secret: bool = False) -> Problem:
    return Problem("x.yml", 3, line, column, "a", "wrong", "mend it", level, "C999", secret)


def caret(root: Path, line: str, column: int) -> tuple[str, int]:
    """The line as it is shown, and the column of the terminal under which the caret stands."""
    (root / "x.yml").write_bytes(line.encode())
    _, shown, below = text.report(run_of(root, at(1, column))).splitlines()
    return shown, below.index("^")


@pytest.mark.parametrize(
    ("line", "column", "above"),
    [
        ("abcdef", 4, "d"),
        ("abc", 4, ""),
        ("\tab: c", 6, "c"),
        ("a\u200bb", 3, "b"),
        ("a\u202eb", 2, "\\u202e"),
        ("\x1b[31m: b", 1, "\\x1b"),
        ("x" * 500 + "here" + "x" * 500, 501, "here"),
        ("here" + "x" * 500, 1, "here"),
        ("x" * 500 + "here", 501, "here"),
    ],
    ids=["a letter", "the end", "a tab", "zero width", "bidi", "an escape code", "middle", "begin", "end"],
)
def test_the_caret_stands_under_the_column(tmp_path: Path, line: str, column: int, above: str) -> None:
    shown, place = caret(tmp_path, line, column)
    assert shown[place : place + len(above)] == above
    assert shown.isprintable() and len(shown) < 130


def test_the_caret_stands_under_its_column_after_wide_letters(tmp_path: Path) -> None:
    shown, place = caret(tmp_path, "平滑 é x", 6)
    width = {"W": 2, "F": 2}
    columns = [width.get(unicodedata.east_asian_width(letter), 1) for letter in shown[: shown.index("x")]]
    assert place == sum(columns)


def test_a_line_that_is_not_there_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("a: 1\n")
    for problem in (at(9, 1), at(2, 1)):
        assert text.report(run_of(tmp_path, problem)) == problem.text() + "\n"


def test_what_lies_outside_the_casebook_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("hidden\n")
    root = tmp_path / "root"
    root.mkdir()
    (root / "x.yml").symlink_to(tmp_path / "outside")
    assert "hidden" not in text.report(run_of(root, at(1, 2)))
    (root / "cases").symlink_to(tmp_path)
    problem = Problem("cases/outside", 3, 1, 2, "", "wrong")
    assert "hidden" not in text.report(run_of(root, problem))


def test_a_secret_finding_closes_its_file(tmp_path: Path) -> None:
    """Another problem of the same file would show the line that holds the secret, or the one beside it."""
    (tmp_path / "x.yml").write_text("a: one\nb: two\n")
    run = run_of(tmp_path, at(1, 4, secret=True), at(1, 1), at(2, 1))
    for form, report in {"text": text.report, "github": github.report, "json": json_list.report}.items():
        assert "one" not in report(run) and "two" not in report(run), form
    assert "one" not in sarif.report(run)
    assert "one" in text.report(run_of(tmp_path, at(1, 4)))


def test_a_problem_never_writes_a_command_or_a_code_of_the_terminal() -> None:
    problem = Problem("cases/a,b:%\x1b.yml", 2, 3, 4, "x", "one\n::error::two\x1b[31m\u202e 100%", "three")
    assert problem.text() == (
        "cases/a,b:%\\x1b.yml:3:4: error: x: one\\n::error::two\\x1b[31m\\u202e 100%; three"
    )
    assert github.annotation(problem) == (
        "::error file=cases/a%2Cb%3A%25\\x1b.yml,line=3,col=4::"
        "x: one\\n::error::two\\x1b[31m\\u202e 100%25; three"
    )


def test_github_calls_news_a_notice() -> None:
    said = [github.annotation(at(1, 1, level)).split()[0] for level in Level]
    assert said == ["::error", "::warning", "::notice"]


def test_json_lists_every_problem_and_counts_them(tmp_path: Path) -> None:
    whole = json.loads(json_list.report(run_of(tmp_path, at(1, 2), at(3, 4, Level.WARNING))))
    assert whole["problems"][0] == {
        "file": "x.yml",
        "line": 1,
        "column": 2,
        "level": "error",
        "rule": "C999",
        "field": "a",
        "message": "wrong",
        "hint": "mend it",
    }
    assert whole["counts"] == {"error": 1, "warning": 1, "info": 0}
    assert (whole["elsewhere"], whole["records"]) == (2, {"case": 5})


def casebook(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_machines_get_their_format_and_nothing_else(world: World, form: str) -> None:
    sound = casebook("check", "--root", world.root, "--format", form)
    assert (sound.exit_code, sound.stderr) == (0, "")
    assert json.loads(sound.stdout)
    world.replace(QUILL, "sex: male", "sex: mael")
    broken = casebook("check", "--root", world.root, "--format", form)
    assert (broken.exit_code, broken.stderr) == (1, "")
    assert "C202" in broken.stdout and json.loads(broken.stdout)


def sarif_of(world: World) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(casebook("check", "--root", world.root, "--format", "sarif").stdout)
    return log


def test_sarif_has_what_its_standard_asks_for(world: World) -> None:
    """What SARIF 2.1.0 calls required of a log, a run, a tool, a rule, a result and a region."""
    world.replace(QUILL, "sex: male", "sex: mael")
    world.replace(QUILL, "cause: not_applicable", "cause: 3")
    world.write("cases/ä b.yml", "a: 1")
    log = sarif_of(world)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "casebook"
    numbers = [rule["id"] for rule in driver["rules"]]
    assert len(set(numbers)) == len(numbers)
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in driver["rules"])
    assert len(run["results"]) == 3
    for result in run["results"]:
        assert result["ruleId"] == numbers[result["ruleIndex"]]
        assert result["level"] in {"error", "warning", "note", "none"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uri"].isascii() and " " not in place["artifactLocation"]["uri"]
        assert place["region"]["startLine"] >= 1 and place["region"]["startColumn"] >= 1


def test_sarif_without_problems_has_a_run_without_results(world: World) -> None:
    (run,) = sarif_of(world)["runs"]
    assert run["results"] == []


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_the_same_twice(world: World, form: str) -> None:
    world.replace(QUILL, "sex: male", "sex: mael")
    first, second = (casebook("check", "--root", world.root, "--format", form).stdout for _ in range(2))
    assert first == second


def test_what_must_be_mended_first_comes_first_in_all_files() -> None:
    word, link = Problem("a.yml", 2, 1, 1, "", "word"), Problem("b.yml", 3, 1, 1, "", "link")
    unread = Problem("c.yml", 0, 1, 1, "", "unread")
    look = Problem("a.yml", 3, 1, 1, "", "look again", level=Level.WARNING)
    assert sorted([look, link, word, unread]) == [unread, word, link, look]


def test_only_errors_stop() -> None:
    assert errors(at(1, 1, level) for level in Level) == [at(1, 1)]


def test_every_number_stands_once_in_the_book_of_rules() -> None:
    numbers = [entry.number for entry in entries()]
    assert len(set(numbers)) == len(numbers) > 60
    assert all(entry.message and entry.cure for entry in entries())


@pytest.mark.parametrize("level", [Level.WARNING, Level.INFO])
def test_what_is_no_error_is_printed_and_stops_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, level: Level
) -> None:
    look = Problem(QUILL, 3, 1, 1, "", "look again", level=level, rule="C999")
    monkeypatch.setattr(checks, "run", lambda _: [look])
    result = casebook("check", "--root", world.without_charts().root)
    assert (result.exit_code, result.stdout.partition("\n")[0]) == (0, look.text())
    assert f"{level}[C999]" in result.stdout
    assert generate(world.root).pages
