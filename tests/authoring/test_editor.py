"""What an editor shows of a case, by the committed schemas and settings: red lines, completion, help."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from build_tools.__main__ import main
from build_tools.records import KINDS
from build_tools.records.schema import file_name
from tests.language_server import LanguageServer, RedLine, language_server
from tests.world import REPOSITORY, World

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("editor")]

NUMBERS = count(1)


def settings() -> dict[str, Any]:
    """What .vscode/ recommends, by section; VS Code hands dotted names over as nested ones."""
    written = json.loads((REPOSITORY / ".vscode/settings.json").read_text(encoding="utf-8"))
    nested: dict[str, Any] = {}
    for name, value in written.items():
        *outer, last = name.split(".")
        inner = nested
        for step in outer:
            inner = inner.setdefault(step, {})
        inner[last] = value
    return nested


@pytest.fixture(scope="module")
def folder(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented casebook with the schemas of its vocabularies."""
    world = World.like(original, tmp_path_factory.mktemp("editor") / "casebook")
    done = CliRunner().invoke(main, ["schema", "--write", "--root", str(world.root)])
    assert done.exit_code == 0, done.output
    return world.root


@pytest.fixture(scope="module")
def editor(folder: Path) -> Iterator[LanguageServer]:
    with language_server(folder, settings()) as server:
        yield server


CASE = """\
# yaml-language-server: $schema=../content/schema/case.schema.json
reports:
  - {report: quill-2081, role: full}
patient:
  source: "quill-2081: Case report"
  age: 61
  sex: male
lesions:
  - role: primary
    source: "quill-2081: Case report"
    growth: inside_the_vessel
follow_up:
  last_contact: 27 months
  source: "quill-2081: Results"
extraction: {by: [First Reader], date: "2090-01-31"}
"""


def case(folder: Path) -> Path:
    """The name of a case that is not yet open."""
    return folder / "cases" / f"thumb-{next(NUMBERS)}.yml"


def marked(old: str, new: str) -> tuple[str, tuple[int, int]]:
    """The case with `new` in the place of `old`, and the place of the » in it, which is not written."""
    assert CASE.count(old) == 1
    before, _, after = CASE.replace(old, new).partition("»")
    return before + after, (before.count("\n") + 1, len(before) - before.rfind("\n"))


def red(editor: LanguageServer, path: Path, text: str) -> list[RedLine]:
    return editor.open({path: text})[path]


def test_a_sound_case_has_no_red_line(editor: LanguageServer, folder: Path) -> None:
    assert red(editor, case(folder), CASE) == []


def test_no_example_has_a_red_line(editor: LanguageServer, folder: Path) -> None:
    files = [path for kind in KINDS for path in sorted((folder / kind.folder).glob("*.yml"))]
    found = editor.open({path: path.read_text(encoding="utf-8") for path in files})
    assert len(found) > 90
    assert {path.name: lines for path, lines in found.items() if lines} == {}


def test_a_field_that_is_not_there_is_red_in_a_file_of_any_kind(editor: LanguageServer, folder: Path) -> None:
    files = [path for kind in KINDS for path in sorted((folder / kind.folder).glob("*.yml"))]
    texts = {path: path.read_text(encoding="utf-8") + "nonsense: 1\n" for path in files}
    found = editor.open({path.with_stem(f"{path.stem}-with-nonsense"): text for path, text in texts.items()})
    assert len(found) > 90
    assert {line.text for lines in found.values() for line in lines} == {"nonsense"}
    assert [path.name for path, lines in found.items() if not lines] == []


def test_no_case_of_the_repository_has_a_red_line_by_the_committed_schema() -> None:
    files = sorted((REPOSITORY / "cases").glob("*.yml"))
    with language_server(REPOSITORY, settings()) as editor:
        found = editor.open({path: path.read_text(encoding="utf-8") for path in files})
    assert found
    assert {path.name: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("old", "new", "text", "message"),
    [
        ("sex: male", "sex: »mael", "mael", 'Valid values: "female", "male", "absent"'),
        ("growth: inside_the_vessel", "growth: »insde", "insde", "Value is not accepted"),
        ("role: full", "role: »ful", "ful", 'Valid values: "full", "partial", "update", "secondary"'),
        ("  sex: male", "  »sexx: male", "sexx", "Property sexx is not allowed"),
        ("27 months", "»27 moths", "27 moths", "Write a number, a space and a unit (months, "),
        ("extraction:", "»extractions:", "extractions", "Property extractions is not allowed"),
        ("age: 61", "age: »-61", "-61", ""),
        ("role: primary\n    ", "»", "s", 'Missing property "role"'),
    ],
)
def test_a_mistake_is_red_on_its_line_and_nowhere_else(
    editor: LanguageServer, folder: Path, old: str, new: str, text: str, message: str
) -> None:
    broken, (line, _) = marked(old, new)
    found = red(editor, case(folder), broken)
    there = [red_line for red_line in found if red_line.line == line]
    assert [red_line.text for red_line in there] == [text]
    assert message in there[0].message
    elsewhere = {red_line.message for red_line in found if red_line.line != line}
    assert elsewhere <= {'Missing property "extraction".'}


def test_completion_offers_the_terms_of_the_vocabulary_with_their_words(
    editor: LanguageServer, folder: Path
) -> None:
    text, place = marked("growth: inside_the_vessel", "growth: »")
    path = case(folder)
    red(editor, path, text)
    offered = editor.complete(path, place)
    assert offered["inside_the_vessel"] == "Inside the vessel"
    assert offered["not_done"] == "The report says that this was not done."
    assert "male" not in offered


def test_completion_offers_the_fields_that_may_stand_here_with_their_description(
    editor: LanguageServer, folder: Path
) -> None:
    text, place = marked("sex: male", "s»")
    path = case(folder)
    red(editor, path, text)
    offered = editor.complete(path, place)
    assert offered["sex"] == "Sex as the report gives it."
    assert "growth" not in offered
    assert "age" not in offered  # it is there already


@pytest.mark.parametrize(
    ("old", "new", "description"),
    [
        ("sex:", "s»ex:", "Sex as the report gives it."),
        ("lesions:", "le»sions:", "The primary tumour and any other lesion."),
        ("sex: male", "sex: m»ale", "`male`: Man"),
    ],
)
def test_help_shows_what_a_field_or_a_term_means(
    editor: LanguageServer, folder: Path, old: str, new: str, description: str
) -> None:
    text, place = marked(old, new)
    path = case(folder)
    red(editor, path, text)
    assert description in editor.hover(path, place)


def test_a_file_without_the_line_for_editors_is_known_by_its_folder(
    editor: LanguageServer, folder: Path
) -> None:
    bare = CASE.partition("\n")[2]
    assert red(editor, case(folder), bare) == []
    broken = red(editor, case(folder), bare.replace("sex: male", "sex: mael"))
    assert [line.text for line in broken] == ["mael"]


def test_the_settings_know_the_schema_of_every_kind_and_ask_no_other_host() -> None:
    yaml = settings()["yaml"]
    assert yaml["schemas"] == {f"content/schema/{file_name(kind)}": f"{kind.folder}/*.yml" for kind in KINDS}
    assert yaml["schemaStore"] == {"enable": False}


def test_the_lock_of_the_language_server_holds_hashes_and_no_address() -> None:
    written = (REPOSITORY / "tests/editor/package-lock.json").read_text(encoding="utf-8")
    assert "://" not in written
    lock = json.loads(written)
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) > 10
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [n for n, package in packages.items() if not package["integrity"].startswith("sha512-")] == []
