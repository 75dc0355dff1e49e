"""What a change does: told in facts, numbers, table rows and pages, one line each, and nothing else."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_tools.__main__ import main
from tests.world import REPOSITORY, World

QUILL, ORRIN = "cases/quill-2081.yml", "cases/orrin-2083.yml"

Sections = dict[str, list[str]]


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def commit(world: World) -> World:
    git(world.root, "init", "--quiet", "--initial-branch=main")
    git(world.root, "add", "--all")
    git(world.root, "commit", "--quiet", "--message=Before")
    return world


@pytest.fixture
def committed(world: World) -> World:
    """The invented casebook, without its charts, in a git repository of its own with one commit."""
    return commit(world.without_charts())


def impact(world: World, *options: str, base: str = "main") -> Result:
    arguments = ["impact", "--root", str(world.root), "--base", base, *options]
    result = CliRunner().invoke(main, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def told(world: World) -> tuple[str, Sections]:
    """The headline, and the lines below each heading."""
    result = impact(world)
    assert (result.exit_code, result.stderr) == (0, "")
    first, _, *rest = result.stdout.splitlines()
    sections: Sections = {}
    title = ""
    for line in rest:
        if line.startswith("  "):
            sections[title].append(line.strip())
        elif line:
            title = re.sub(r" \(\d+\)$", "", line).removesuffix(":")
            sections[title] = []
    return first, sections


def test_nothing_changed_is_said_so(committed: World) -> None:
    headline, sections = told(committed)
    assert headline == "Nothing changes."
    assert sections == {
        "Against main": [
            "patients: 5 -> 5",
            "patients if probable pairs are two: 6 -> 6",
            sections["Against main"][2],
            "reports: 6 -> 6",
        ]
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        (QUILL, "age: 61", "age: 62", "patient.age: 61 -> 62 [quill-2081: Case report]"),
        (QUILL, "sex: male", "sex: female", "patient.sex: Man -> Woman [quill-2081: Case report]"),
        (
            QUILL,
            "  pregnancy: not_applicable\n",
            "",
            "patient.pregnancy: not applicable -> not reported [quill-2081: Case report]",
        ),
        (
            QUILL,
            "numbness: absent",
            "numbness: present",
            "presentation.symptoms.numbness: none -> present [quill-2081: Case report]",
        ),
        (
            QUILL,
            "delay: 5-6 months",
            "delay: 5-6.5 months",
            "presentation.delay: 5–6 months -> 5–6.5 months [quill-2081: Case report]",
        ),
        (ORRIN, "{value: 45, source", "{value: 46, source", "patient.age: 44 / 45 -> 44 / 46 [...]"),
        (
            ORRIN,
            "blood_loss: withheld",
            "blood_loss: 5 ml",
            "surgeries[0].blood_loss: withheld -> 5 ml [orrin-2083: Case]",
        ),
    ],
)
def test_changing_one_fact_gives_exactly_one_line(
    committed: World, file: str, old: str, new: str, line: str
) -> None:
    committed.replace(file, old, new)
    headline, sections = told(committed)
    assert [re.sub(r"\[orrin-2083: Case; pell.*\]", "[...]", said) for said in sections["Facts"]] == [
        f"{file}: {line}"
    ]
    assert headline.startswith("Changes 1 fact")
    assert not sections.keys() & {"Sources", "Notes", "Other records", "Patients"}


def test_an_event_put_between_others_is_one_line(committed: World) -> None:
    committed.replace(
        ORRIN,
        "  - event: local_recurrence\n    at: 8-10 months",
        "  - {event: metastasis, at: 7 months, site: forearm, source: 'pell-2084: Thumb 2'}\n"
        "  - event: local_recurrence\n    at: 8-10 months",
    )
    _, sections = told(committed)
    (line,) = sections["Facts"]
    assert line.startswith(f"{ORRIN}: events[1]: not there -> ")
    assert line.endswith("[pell-2084: Thumb 2]")


def test_entries_in_another_order_are_one_line(committed: World) -> None:
    one, other = "      - {method: mri, size: 2-3 cm}\n", '      - {method: palpation, size: "< 4 cm"}\n'
    committed.replace(ORRIN, one + other, other + one)
    _, sections = told(committed)
    (line,) = sections["Facts"]
    assert line.startswith(f"{ORRIN}: lesions[0].sizes: ")


def test_a_source_is_no_fact_and_is_told_once_for_a_whole_block(committed: World) -> None:
    committed.replace(
        QUILL, '  source: "quill-2081: Case report"\n  age', '  source: "quill-2081: Table 9"\n  age'
    )
    headline, sections = told(committed)
    assert sections["Sources"] == [f"{QUILL}: patient: quill-2081: Case report -> quill-2081: Table 9"]
    assert "Facts" not in sections
    assert headline == "Changes no patient and no fact."


def test_a_note_is_no_fact(committed: World) -> None:
    committed.replace(ORRIN, "The report says that nobody asked.", "Nobody asked.")
    _, sections = told(committed)
    assert sections["Notes"] == [
        f"{ORRIN}: patient.pregnancy: The report says that nobody asked. -> Nobody asked."
    ]
    assert "Facts" not in sections


def test_what_a_case_says_of_itself_is_no_fact(committed: World) -> None:
    committed.replace(ORRIN, "by: [First Reader]", "by: [Second Reader]")
    _, sections = told(committed)
    assert sections["Other records"] == [f"{ORRIN}: extraction.by: First Reader -> Second Reader"]
    assert "Facts" not in sections


def test_a_new_label_changes_pages_and_no_fact(committed: World) -> None:
    committed.replace("content/vocabulary/sex.yml", "label: Man\n", "label: Gentleman\n")
    _, sections = told(committed)
    assert sections["Other records"] == ["content/vocabulary/sex.yml: terms.male.label: Man -> Gentleman"]
    assert "cases/quill-2081/: changed" in sections["Pages"]
    assert "Facts" not in sections


def test_reading_a_report_in_full_changes_no_fact(committed: World) -> None:
    """Only the word for silence changes, on pages."""
    committed.replace("content/reports/orrin-2083.yml", "read: full", "read: abstract")
    _, sections = told(committed)
    assert sections["Other records"] == ["content/reports/orrin-2083.yml: read: full -> abstract"]
    assert "Facts" not in sections


def test_a_new_patient_moves_the_counts_the_rows_and_the_estimates(world: World) -> None:
    patient = world.without_charts().read(QUILL)
    (world.root / QUILL).unlink()
    world.replace("content/statements/keep-the-thumb.yml", "case: quill-2081", "case: orrin-2083")
    commit(world).write(QUILL, patient)
    headline, sections = told(world)
    assert headline == "Adds 1 patient: all patients: alive 1/2 -> 2/3."
    assert "patients: 4 -> 5" in sections["Against main"]
    (line,) = sections["Patients"]
    assert line.startswith(f"{QUILL}: added: Man, 61")
    assert any(line.startswith("cases/quill-2081/: added: ") for line in sections["Pages"])
    assert "Alive at the last news: alive: 1/2 -> 2/3" in sections["Estimates"]
    assert "kept-thumb: patients: 1 of 4 -> 2 of 5" in sections["Table rows"]
    assert any(line.startswith("kept-thumb: quill-2081: added: ") for line in sections["Table rows"])
    assert "Facts" not in sections


def test_a_patient_taken_out_is_gone_everywhere(committed: World) -> None:
    (committed.root / ORRIN).unlink()
    headline, sections = told(committed)
    assert headline.startswith("Removes 1 patient")
    assert sections["Patients"][0].startswith(f"{ORRIN}: gone: ")
    assert "patients: 5 -> 4" in sections["Against main"]
    assert [line for line in sections["Pages"] if line.startswith("cases/orrin-2083/: gone")]


def test_a_new_record_of_another_kind_is_one_line(committed: World) -> None:
    record = committed.read("content/estimates/alive.yml").replace("Alive at", "Living at")
    committed.write("content/estimates/living.yml", record)
    _, sections = told(committed)
    assert sections["Other records"] == ["content/estimates/living.yml: added: estimate"]
    assert any(line.startswith("Living at the last news: alive: added: ") for line in sections["Estimates"])


def test_every_number_of_an_estimate_that_moves_is_told(committed: World) -> None:
    committed.replace(ORRIN, "vital: alive", "vital: unknown")
    _, sections = told(committed)
    assert [line for line in sections["Estimates"] if line.startswith("Alive at the last news: alive: ")]


def test_the_head_may_be_another_folder(committed: World, tmp_path: Path) -> None:
    other = World.like(committed.root, tmp_path / "other")
    other.replace(QUILL, "age: 61", "age: 62")
    result = impact(committed, "--head", str(other.root))
    assert result.exit_code == 0
    assert result.stdout.startswith("Changes 1 fact")


def test_a_change_that_is_committed_is_seen_against_its_parent(committed: World) -> None:
    committed.replace(QUILL, "age: 61", "age: 62")
    git(committed.root, "commit", "--all", "--quiet", "--message=After")
    assert impact(committed, base="HEAD^1").stdout.startswith("Changes 1 fact")
    assert impact(committed, base="main").stdout.startswith("Nothing changes.")


def test_the_same_change_gives_the_same_words(committed: World) -> None:
    committed.replace(QUILL, "age: 61", "age: 62")
    for options in ((), ("--format", "markdown")):
        assert impact(committed, *options).stdout == impact(committed, *options).stdout


def test_the_work_tree_and_the_index_stay_as_they_are(committed: World) -> None:
    committed.replace(QUILL, "age: 61", "age: 62")
    before = subprocess.run(
        ["git", "status", "--porcelain"], cwd=committed.root, capture_output=True, check=True
    )
    impact(committed)
    after = subprocess.run(
        ["git", "status", "--porcelain"], cwd=committed.root, capture_output=True, check=True
    )
    assert before.stdout == after.stdout == f" M {QUILL}\n".encode()


def test_problems_of_the_change_end_with_1(committed: World) -> None:
    committed.replace(QUILL, "sex: male", "sex: mael")
    result = impact(committed)
    assert result.exit_code == 1
    assert "did you mean 'male'?" in result.stderr
    assert "nothing was compared" in result.stderr


def break_a_word(world: World) -> None:
    world.replace(QUILL, "sex: male", "sex: mael")


def take_the_settings(world: World) -> None:
    (world.root / "mkdocs.yml").unlink()


def empty_the_settings(world: World) -> None:
    world.write("mkdocs.yml", "")


def take_all(world: World) -> None:
    for path in sorted(world.root.rglob("*.yml")):
        path.unlink()


@pytest.mark.parametrize("damage", [break_a_word, take_the_settings, empty_the_settings, take_all])
def test_a_base_that_cannot_be_read_is_one_sentence(
    world: World, tmp_path: Path, damage: Callable[[World], None]
) -> None:
    world.without_charts()
    sound = World.like(world.root, tmp_path / "sound")
    damage(world)
    commit(world)
    result = impact(world, "--head", str(sound.root))
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert line.startswith("Nothing was compared: the casebook of main can't be read; it ")
    assert str(tmp_path) not in line


@pytest.mark.parametrize(
    "name", ["no-such-branch", "--help", "-h", "--output=/dev/null", "main:cases", "", "main\nmain", "HEAD^9"]
)
def test_a_commit_that_is_not_there_is_wrong_use(committed: World, name: str) -> None:
    result = impact(committed, base=name)
    assert result.exit_code == 2
    assert "git knows no such commit here" in result.stderr


def test_a_folder_without_git_is_wrong_use(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(world.root.parent))
    result = impact(world)
    assert result.exit_code == 2
    assert "git knows no such commit here" in result.stderr


HOSTILE = [
    "<script>alert(1)</script>",
    "</code></details><img src=x onerror=alert(1)>",
    "@everyone see #1",
    "`code` and ``more``",
    "| a | b |",
    "[link](https://evil.example)",
    "https://evil.example www.evil.example",
    "**bold** _it_ ~~gone~~",
    "&lt;b&gt; &#64;ada",
    "$$x$$",
    "x" * 590,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_file_is_no_markup_in_markdown(committed: World, text: str) -> None:
    committed.replace(ORRIN, "A splinter was never ruled out.", f"'{text}'")
    result = impact(committed, "--format", "markdown")
    assert result.exit_code == 0
    (line,) = [line for line in result.stdout.splitlines() if "diagnosis&#46;doubt" in line]
    inner = line.removeprefix("- <code>").removesuffix("</code>")
    assert line == f"- <code>{inner}</code>"
    assert not set(re.sub(r"&#\d+;", "", inner)) & set("<>&@`|[]()*_~#:/.!\\$")
    assert len(line) < 6_000


def test_markdown_has_one_headline_a_table_of_numbers_and_a_fold_for_each_heading(committed: World) -> None:
    (committed.root / ORRIN).unlink()
    text = impact(committed, "--format", "markdown").stdout
    assert text.startswith("**Removes 1 patient")
    assert "| patients | 5 | 4 |" in text
    assert text.count("<details>") == text.count("</details>") == len(told(committed)[1]) - 1


def test_the_example_whole_with_its_charts_is_compared(world: World) -> None:
    commit(world).replace(QUILL, "age: 61", "age: 62")
    _, sections = told(world)
    assert len(sections["Facts"]) == 1


@pytest.mark.slow
def test_a_published_local_excision_moves_its_table_and_the_share_alive_by_one(tmp_path: Path) -> None:
    """The repository's own casebook, before and after one more patient."""
    world = World(tmp_path / "casebook")
    for part in ("cases", "content"):
        shutil.copytree(REPOSITORY / part, world.root / part)
    shutil.copy(REPOSITORY / "mkdocs.yml", world.root)
    patient = world.read("cases/hisa-2005.yml").replace("sex: female", "sex: male")
    commit(world).write("cases/hisa-2006.yml", patient.replace("8 months", "16 months"))
    headline, sections = told(world)
    group = "local excision, kidney kept: alive 5/7 -> 6/8, median follow-up 27 -> 24 months"
    assert headline.startswith(f"Adds 1 patient: {group}; ")
    (alive,) = [line for line in sections["Estimates"] if line.endswith("kidney kept: alive: 5/7 -> 6/8")]
    assert alive.startswith("Alive at the last news after local excision")
    rows = [line for line in sections["Table rows"] if line.startswith("local-excision: ")]
    assert rows[0] == "local-excision: patients: 7 of 13 -> 8 of 14"
    assert rows[1].startswith("local-excision: hisa-2006: added: ")
    assert len(rows) == 2
