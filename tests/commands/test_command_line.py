"""The command line: says what is wrong and where, ends with the right code, and never with a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_tools.__main__ import main
from build_tools.problems.problem import printable
from tests.world import EXAMPLE, World

QUILL, ORRIN = "cases/quill-2081.yml", "cases/orrin-2083.yml"

HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "a NUL": b"a: \0",
    "no UTF-8": b"\xff\xfe\x00",
    "brackets": b"[" * 60_000,
    "braces": b"{" * 60_000,
    "dashes": b"- " * 30_000,
    "open quote": b'"' + b"a" * 60_000,
    "a huge file": b"a: " + b"x" * 10_000_000,
    "a huge key": b"k" * 60_000 + b": 1",
    "many keys": b"".join(b"k%d: 1\n" % i for i in range(5_000)),
    "a bomb of aliases": b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]",
    "a bomb of merges": b"a: &a {x: 1}\nb: {<<: *a}",
    "a Python tag": b"!!python/object/apply:os.system [id]",
    "a timestamp tag": b"a: !!timestamp x",
    "5,000 digits": b"patient: {age: " + b"9" * 5_000 + b"}",
    "a long measure": b"follow_up: {last_contact: " + b"9" * 400 + b" months}",
    "numbers for keys": b"1: a\ntrue: b\n~: c\n",
    "lists for all": b"reports: []\npatient: []\nidentity: []\nextraction: []\nevents: {}\n",
    "text for all": b"reports: x\npatient: x\nidentity: x\nextraction: x\nevents: x\nlesions: x\n",
    "escape codes": b"reports: '\x1b[31m'",
    "a workflow command": b"reports: '::error::x'\n",
    "bidi": "remarks: [\u202etxt]".encode(),
    "emoji and astral letters": "remarks: 😀\n𝒳: 1".encode(),
    "invisible by the hundred": ("a: " + "\u200b" * 300).encode(),
    "a cut file": (EXAMPLE / QUILL).read_bytes()[:1_000],
}


def casebook(*arguments: str | Path) -> Result:
    """A run of the command; anything but an exit it asked for is raised."""
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def process(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A run in a process of its own, as a terminal starts it."""
    return subprocess.run(
        [sys.executable, "-m", "build_tools", *map(str, arguments)],
        capture_output=True,
        env=os.environ | environment,
        check=False,
    )


def test_a_right_casebook_ends_with_0(world: World) -> None:
    result = casebook("check", "--root", world.root)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("no problems (")
    assert "5 case" in result.stdout


def test_problems_end_with_1_each_on_its_line(world: World) -> None:
    world.replace(QUILL, "sex: male", "sex: mael")
    world.replace(ORRIN, "growth: inside", "groth: inside")
    result = casebook("check", "--root", world.root)
    line, column = world.place(QUILL, "mael")
    key_line, key_column = world.place(ORRIN, "groth")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{ORRIN}:{key_line}:{key_column}: error[C201]: lesions[0].groth: there is no such field; "
        "did you mean 'growth'?",
        f"{key_line:>5} |     groth: inside_the_vessel",
        "      |     ^",
        f"{QUILL}:{line}:{column}: error[C202]: patient.sex: 'mael' is not a term of sex; "
        "did you mean 'male'? If not, add the line '  mael: Mael' to content/vocabulary/sex.yml",
        f"{line:>5} |   sex: mael",
        "      |        ^",
    ]
    assert result.stderr == "2 errors\n"


def test_github_shows_problems_on_their_lines(world: World) -> None:
    world.replace(QUILL, "sex: male", "sex: mael")
    result = casebook("check", "--root", world.root, "--format", "github")
    line, column = world.place(QUILL, "mael")
    assert result.exit_code == 1
    assert result.stdout == (
        f"::error file={QUILL},line={line},col={column},title=C202::"
        "patient.sex: 'mael' is not a term of sex; did you mean 'male'? "
        "If not, add the line '  mael: Mael' to content/vocabulary/sex.yml\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--nonsense"),
        ("check", "--format", "pdf"),
        ("check", "--root", "/no/such/folder"),
        ("check", "--root", str(EXAMPLE), "/etc/hosts"),
        ("chek",),
        ("schema", "--root", "/no/such/folder"),
        (),
    ],
)
def test_wrong_use_ends_with_2(arguments: tuple[str, ...]) -> None:
    result = casebook(*arguments)
    assert result.exit_code == 2
    assert "Usage" in result.output


@pytest.mark.parametrize(
    ("paths", "shown"),
    [
        ([], [ORRIN, QUILL]),
        ([QUILL], [QUILL]),
        ([ORRIN, QUILL], [ORRIN, QUILL]),
        (["cases"], [ORRIN, QUILL]),
        (["."], [ORRIN, QUILL]),
        (["content"], []),
        (["cases/tarn-2079.yml"], []),
    ],
)
def test_paths_say_whose_problems_to_show(world: World, paths: list[str], shown: list[str]) -> None:
    world.replace(QUILL, "sex: male", "sex: mael")
    world.replace(ORRIN, "sex: female", "sex: femal")
    result = casebook("check", "--root", world.root, *(world.root / path for path in paths))
    printed = [line.partition(":")[0] for line in result.stdout.splitlines() if ".yml:" in line]
    assert printed == shown
    assert result.exit_code == (1 if shown else 0)
    if paths == [QUILL]:  # nothing else is read
        assert "other files were not looked at" in result.stderr
    elif "other files were not looked at" not in result.stderr:
        assert (f"{2 - len(shown)} more in other files" in result.stderr) is (len(shown) < 2)


def test_a_path_that_is_not_there_is_wrong_use_and_not_clean(world: World) -> None:
    result = casebook("check", "--root", world.root, world.root / "cases/quill")
    assert result.exit_code == 2
    assert "there is no file or folder" in result.stderr


@pytest.mark.parametrize("command", ["build", "check", "fmt", "links", "schema"])
def test_a_folder_that_is_no_casebook_is_told_in_one_line(tmp_path: Path, command: str) -> None:
    result = casebook(command, "--root", tmp_path)
    assert result.exit_code == 2
    assert "is no casebook: there is no content/vocabulary in it" in result.stderr


def test_help_says_what_each_command_does() -> None:
    for command in ((), ("check",), ("schema",)):
        result = casebook(*command, "-h")
        assert result.exit_code == 0
        assert "Usage" in result.stdout
    commands = casebook().output.partition("Commands:")[2]
    assert "check " in commands
    assert "..." not in commands  # click cuts a sentence that is too long for the list


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_case_is_a_problem_and_no_crash(world: World, content: bytes) -> None:
    file = world.write("cases/hostile.yml", content)
    result = casebook("check", "--root", world.root, file)
    assert result.exit_code == 1
    assert result.stdout
    for line in result.stdout.splitlines():
        assert re.match(r"cases/hostile\.yml:\d+:\d+: error\[C\d\d\d\]: | +\d* \| ", line)
        assert len(line) < 800
        assert line.isprintable()


def test_a_hostile_file_can_command_no_runner(world: World) -> None:
    for i, content in enumerate(HOSTILE.values()):
        world.write(f"cases/hostile{i}.yml", content)
    result = casebook("check", "--root", world.root, "--format", "github")
    assert result.exit_code == 1
    pattern = re.compile(r"::error file=cases/hostile\d+\.yml,line=\d+,col=\d+,title=C\d+::(?!:).*")
    assert [line for line in result.stdout.splitlines() if not pattern.fullmatch(line)] == []


@pytest.mark.parametrize(
    "folder", ["vocabulary", "reports", "regimens", "aggregates", "trials", "statements", "searches"]
)
def test_a_hostile_record_of_any_kind_is_a_problem_and_no_crash(world: World, folder: str) -> None:
    files = [
        world.write(f"content/{folder}/hostile{i}.yml", content) for i, content in enumerate(HOSTILE.values())
    ]
    result = casebook("check", "--root", world.root, *files)
    assert result.exit_code == 1
    missed = [i for i in range(len(HOSTILE)) if f"content/{folder}/hostile{i}.yml" not in result.stdout]
    assert missed == []


def test_a_bomb_does_not_kill_the_process(world: World) -> None:
    world.write("cases/bomb.yml", b"[" * 50_000)
    done = process("check", "--root", world.root)
    assert done.returncode == 1
    assert b"nests deeper than" in done.stdout
    assert b"Traceback" not in done.stderr


def test_a_terminal_that_knows_ascii_alone_is_enough(world: World) -> None:
    world.write("cases/caf\u00e9.yml", "a: 1")
    world.replace(QUILL, "sex: male", "sex: m\u00e4nnlich")
    done = process("check", "--root", world.root, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 1
    assert b"nnlich' is not a term of sex" in done.stdout
    assert b"Traceback" not in done.stderr


def test_a_file_that_cannot_be_read_is_a_problem(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "quill-2081.yml" and path.parent.name == "cases":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = casebook("check", "--root", world.root)
    assert result.exit_code == 1
    assert f"{QUILL}:1:1: error[C101]: the file can't be read: Permission denied" in result.stdout


def test_schemas_out_of_date_end_with_1_until_they_are_written(world: World) -> None:
    stale = casebook("schema", "--root", world.root)
    assert stale.exit_code == 1
    assert "case.schema.json: out of date" in stale.stdout
    assert "casebook schema --write" in stale.stderr
    assert casebook("schema", "--write", "--root", world.root).exit_code == 0
    again = casebook("schema", "--root", world.root)
    assert (again.exit_code, again.output) == (0, "all as the models and vocabularies say\n")


def test_a_broken_vocabulary_does_not_break_the_schema_command(world: World) -> None:
    world.write("content/vocabulary/sex.yml", "[")
    assert casebook("schema", "--root", world.root).exit_code == 1


def test_a_message_is_not_endless() -> None:
    assert len(printable("x" * 10_000)) == 600
    assert printable("x" * 600) == "x" * 600
