"""Files handed in with an issue: taken over whole, or answered, and never more than files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from build_tools.authoring.handed_in import FILES, NAME, NotHandedIn, files_of, refusal
from build_tools.records.schema import schemas
from tests.hostile import TEXTS
from tests.world import REPOSITORY, World

CASE = """\
reports:
  - {report: quill-2081, label: the other thumb, role: full}
patient: {age: 44, source: Results}
extraction: {by: [A Reader], date: "2090-02-01"}
"""


def issue(files: str, name: str = "_No response_") -> str:
    """The text of an issue as GitHub makes it of the form."""
    return (
        f"### {FILES}\n\n```yaml\n{files}\n```\n\n### {NAME}\n\n{name}\n\n"
        "### Before you hand it in\n\n- [x] The patient is published.\n"
    )


def from_issue(world: World, body: str) -> tuple[int, list[str], str]:
    """Exit code, printed paths, and the answer."""
    text = world.root.parent / "issue.md"
    text.write_text(body, encoding="utf-8")
    told = world.root.parent / "answer.md"
    done = subprocess.run(
        [sys.executable, "-m", "build_tools", "from-issue", text, "--answer", told, "--root", world.root],
        capture_output=True,
        text=True,
        check=False,
        cwd=REPOSITORY,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout.splitlines(), told.read_text(encoding="utf-8")


def listed(world: World) -> set[Path]:
    return {path for path in world.root.rglob("*") if path.is_file()}


def test_a_sound_case_is_taken_over(world: World) -> None:
    code, paths, told = from_issue(world, issue(f"# file: cases/new-2090.yml\n{CASE}"))
    assert (code, paths) == (0, ["cases/new-2090.yml"])
    assert world.read("cases/new-2090.yml") == CASE
    assert "`cases/new-2090.yml`" in told
    assert world.problems() == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"```yaml\n# file: cases/new-2090.yml\n{CASE}```", ""),
        (f"~~~\n# file: cases/new-2090.yml\n{CASE}~~~", ""),
        (f"# File: `cases/new-2090.yml`\n{CASE}", ""),
        (f"#file: ./cases/new-2090.yml  # the case\n{CASE}", ""),
        (CASE, "cases/new-2090.yml"),
        (CASE, "`new-2090`"),
    ],
    ids=["own fence", "other fence", "capital", "comment", "path as name", "name in signs"],
)
def test_a_file_is_found_however_it_was_pasted(world: World, text: str, name: str) -> None:
    code, paths, _ = from_issue(world, issue(text, name))
    assert (code, paths) == (0, ["cases/new-2090.yml"])
    assert world.read("cases/new-2090.yml") == CASE


def test_a_case_without_its_report_is_asked_for_it(world: World) -> None:
    case = CASE.replace("quill-2081", "quill-2082")
    code, paths, told = from_issue(world, issue(f"# file: cases/new-2090.yml\n{case}"))
    assert (code, paths) == (1, [])
    assert "paste the report's file too, below the case, or give its DOI" in told
    assert "did you mean" not in told


def test_windows_line_ends_and_a_name_beside_the_text_are_understood(world: World) -> None:
    code, paths, _ = from_issue(world, issue(CASE, "new-2090.yml").replace("\n", "\r\n"))
    assert (code, paths) == (0, ["cases/new-2090.yml"])
    assert world.read("cases/new-2090.yml") == CASE


def test_a_case_with_its_new_report_is_taken_over(world: World) -> None:
    report = "type: article\ndesign: case_report\nread: full\nretraction: {state: not_checked}\n"
    search = 'date: "2090-02-01"\nmethod: supplied\nwhere: A reader\nrecords: 1\nincluded: [new-2090]\n'
    body = issue(
        f"# file: cases/new-2090.yml\n{CASE.replace('quill-2081', 'new-2090')}\n"
        f"# file: content/reports/new-2090.yml\n{report}\n"
        f"# file: content/searches/handed-in-new-2090.yml\n{search}"
    )
    code, paths, _ = from_issue(world, body)
    assert (code, len(paths)) == (0, 3)
    assert world.problems() == []


NEW_TERM = CASE.replace("patient: {age: 44,", "patient: {country: borduria, age: 44,")
COUNTRIES = "content/vocabulary/country.yml"


@pytest.mark.parametrize("line", ["  borduria: Borduria", "borduria: {label: Borduria, proper: true}"])
def test_a_term_beside_the_case_that_needs_it_is_put_into_its_vocabulary(world: World, line: str) -> None:
    before = world.read(COUNTRIES)
    body = issue(f"# file: cases/new-2090.yml\n{NEW_TERM}\n# file: {COUNTRIES}\n{line}\n")
    code, paths, _ = from_issue(world, body)
    assert (code, paths) == (0, ["cases/new-2090.yml", COUNTRIES])
    assert world.read(COUNTRIES) == f"{before}  {line.strip()}\n"
    assert world.review().vocabularies["country"].terms["borduria"].label == "Borduria"


def test_a_new_term_changes_the_schemas_where_a_casebook_has_them(world: World) -> None:
    schema = "content/schema/case.schema.json"
    world.write(schema, schemas(world.review().vocabularies)["case.schema.json"])
    body = issue(f"# file: cases/new-2090.yml\n{NEW_TERM}\n# file: {COUNTRIES}\n  borduria: Borduria\n")
    code, paths, _ = from_issue(world, body)
    assert (code, paths) == (0, ["cases/new-2090.yml", COUNTRIES, schema])
    assert '"borduria"' in world.read(schema)


@pytest.mark.parametrize(
    ("file", "lines", "said"),
    [
        (COUNTRIES, "  syldavia: Syldavia", "'syldavia' is a term of content/vocabulary/country.yml already"),
        (COUNTRIES, "  Borduria: Borduria", "stand new terms alone, a line each"),
        (COUNTRIES, "- borduria", "stand new terms alone, a line each"),
        (COUNTRIES, "  borduria: {label: Borduria", "stand new terms alone, a line each"),
        (COUNTRIES, "  borduria: {lable: Borduria}", "there is no such field"),
        (COUNTRIES, "  bordurja: Borduria", "'borduria' is not a term of country"),
        ("content/vocabulary/no_such.yml", "  borduria: Borduria", "there is no vocabulary"),
    ],
)
def test_a_line_that_is_no_new_term_leaves_all_as_it_was(
    world: World, file: str, lines: str, said: str
) -> None:
    before, text = listed(world), world.read(COUNTRIES)
    body = issue(f"# file: cases/new-2090.yml\n{NEW_TERM}\n# file: {file}\n{lines}\n")
    code, paths, told = from_issue(world, body)
    assert (code, paths) == (1, [])
    assert said in told
    assert (listed(world), world.read(COUNTRIES)) == (before, text)


def test_terms_alone_are_no_case(world: World) -> None:
    code, _, told = from_issue(world, issue(f"# file: {COUNTRIES}\n  borduria: Borduria\n"))
    assert code == 1
    assert "hand in the case that needs them" in told


def test_a_case_with_mistakes_leaves_no_file_and_is_answered_line_by_line(world: World) -> None:
    before = listed(world)
    code, paths, told = from_issue(world, issue(f"# file: cases/new-2090.yml\n{CASE.replace('44', 'old')}"))
    assert (code, paths) == (1, [])
    assert listed(world) == before
    assert re.search(r"^cases/new-2090\.yml:3:\d+: .*an age is a whole number", told, re.M)


def test_a_file_that_is_there_is_never_written_over(world: World) -> None:
    before = world.read("cases/quill-2081.yml")
    code, _, told = from_issue(world, issue(f"# file: cases/quill-2081.yml\n{CASE}"))
    assert code == 1
    assert "there is a file cases/quill-2081.yml already" in told
    assert world.read("cases/quill-2081.yml") == before


@pytest.mark.parametrize(
    "path",
    [
        "../new.yml", "/etc/new.yml", "cases/../mkdocs.yml", "cases/new.yaml", "cases/New.yml",
        "cases/a b.yml", "content/vocabulary/sex.yml", ".github/workflows/new.yml", "build_tools/new.py",
        "cases/$(id).yml", "cases/-x.yml", "cases/new.yml/x.yml",
    ],
)  # fmt: skip
def test_a_file_can_stand_only_where_cases_and_their_reports_stand(world: World, path: str) -> None:
    before = listed(world)
    code, paths, told = from_issue(world, issue(f"# file: {path}\n{CASE}"))
    assert (code, paths) == (1, [])
    assert listed(world) == before
    assert "The checks do not accept this yet" in told


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Please add my case.",
        issue(""),
        issue("", "new-2090"),
        f"### {FILES}\n\n_No response_\n",
        issue(CASE),
    ],
)
def test_an_issue_without_a_file_or_its_name_is_answered(body: str) -> None:
    with pytest.raises(NotHandedIn):
        files_of(body)


def test_a_file_that_stands_twice_is_answered() -> None:
    with pytest.raises(NotHandedIn, match="stands twice"):
        files_of(issue(f"# file: cases/new-2090.yml\n{CASE}\n# file: cases/new-2090.yml\n{CASE}"))


@pytest.mark.parametrize("text", [*TEXTS, "```", "~~~~", "### The files", "@everyone ````` </details>"])
def test_an_answer_shows_any_text_as_text(text: str) -> None:
    told = refusal([text]).split("\n")
    fence = next(line for line in told if line.startswith("```")).removesuffix("text")
    inside = told[told.index(fence + "text") + 1 : told.index(fence)]
    assert len(inside) == 1
    assert fence not in inside[0]


def test_the_issue_form_asks_under_the_headings_that_are_looked_for() -> None:
    file = REPOSITORY / ".github" / "ISSUE_TEMPLATE" / "paste-a-case.yml"
    body = yaml.safe_load(file.read_text(encoding="utf-8"))["body"]
    fields = {part.get("id"): part["attributes"] for part in body}
    assert fields["files"]["label"] == FILES
    assert fields["files"]["render"] == "yaml"
    assert fields["name"]["label"] == NAME


def test_what_is_no_file_is_wrong_use(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "build_tools", "from-issue", "no-such-file", "--answer", tmp_path / "a.md"],
        capture_output=True,
        text=True,
        check=False,
        cwd=REPOSITORY,
    )
    assert done.returncode == 2
    assert "there is no file no-such-file" in done.stderr
