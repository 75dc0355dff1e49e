"""The repository as a whole: what may stand where, and an example that leaves nothing out."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from build_tools.records import KINDS
from build_tools.records.values import WRITTEN_STATES, State
from build_tools.review.review import Review
from tests.world import EXAMPLE, REPOSITORY

DISEASE = re.compile(
    r"leiomyo|sarcoma|kidney|\brenal|nephr|vena.?cava|\bcaval|retroperiton|\buter(us|ine)\b|\bLMS\b", re.I
)
MACHINE_PATH = re.compile(r"(?<![\w.:/~-])(?:/(?:work|root|home|Users|mnt|tmp)/\w|[A-Z]:\\+Users)")


def committed() -> list[Path]:
    """Every file that is in the repository or would be with the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
    ).stdout.decode()
    paths = [REPOSITORY / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file()]


def text(path: Path) -> str:
    """A file's text; what is no text (a picture) is empty."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def found(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(REPOSITORY)}:{number}: {line.strip()[:80]}"
        for path in paths
        for number, line in enumerate(text(path).splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_generator_knows_no_disease() -> None:
    assert found(DISEASE, [p for p in committed() if p.is_relative_to(REPOSITORY / "build_tools")]) == []


def test_the_example_is_about_no_real_disease() -> None:
    assert found(DISEASE, [p for p in committed() if p.is_relative_to(EXAMPLE)]) == []


def test_the_words_of_the_disease_would_be_found() -> None:
    content = [p for p in committed() if p.is_relative_to(REPOSITORY / "content")]
    assert found(DISEASE, content)


def test_no_path_of_a_machine_is_committed() -> None:
    assert found(MACHINE_PATH, committed()) == []
    assert MACHINE_PATH.search("see /" + "home/ada/casebook")
    assert MACHINE_PATH.search("C:" + "\\Users")
    assert not MACHINE_PATH.search("https://example.org/home/page")


@pytest.mark.parametrize("name", ["dev.txt", "site.txt"])
def test_a_lock_file_holds_versions_and_hashes_and_no_address(name: str) -> None:
    lines = (REPOSITORY / "requirements" / name).read_text(encoding="utf-8").splitlines()
    assert len(lines) > 10
    line = re.compile(
        r"(?P<name>[a-zA-Z0-9._-]+)==[0-9a-z.+!]+( ; [^#]+?)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?"
    )
    assert [wrong for wrong in lines if not line.fullmatch(wrong)] == []


def test_every_example_file_says_that_it_is_invented() -> None:
    files = [path for kind in KINDS for path in sorted((EXAMPLE / kind.folder).glob("*.yml"))]
    assert len(files) > 90
    assert [f.name for f in files if "# Invented" not in text(f).split("\n")[1]] == []


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model that an annotation mentions, and every model that those mention."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for info in annotation.model_fields.values():
            yield from models(info.annotation)
    for part in get_args(annotation):
        yield from models(part)


def field(model: type[BaseModel], name: str) -> str:
    """A field by the class that first has it, so that what all blocks share is asked for once."""
    owner = [c for c in model.__mro__ if issubclass(c, BaseModel) and name in c.model_fields][-1]
    return f"{owner.__name__.partition('[')[0]}.{name}"


def used(value: object) -> Iterator[str]:
    """Every field that a record's file gives."""
    if isinstance(value, BaseModel):
        for name in value.model_fields_set:
            yield field(type(value), name)
            yield from used(getattr(value, name))
    elif isinstance(value, dict | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from used(inner)


def test_the_example_uses_every_field_of_every_record(example: Review) -> None:
    """A page, table or export that fails on a field fails on the example."""
    wanted = {
        field(model, name)
        for kind in KINDS
        for model in models(kind.model)
        for name in model.model_fields
        if name != "state"
    }
    given = {
        name
        for files in example.files.records.values()
        for file in files.values()
        for name in used(file.record)
    }
    assert wanted - given == set()


def test_the_example_uses_every_state_and_every_operator(example: Review) -> None:
    facts = [fact for case in example.cases.values() for fact in case.by_path.values()]
    states = {fact.state for fact in facts} | {claim.state for fact in facts for claim in fact.claims}
    assert states >= WRITTEN_STATES | {State.REPORTED, State.NOT_REPORTED, State.NOT_EXTRACTED}
    measures = [fact.value for fact in facts if isinstance(fact.value, dict)]
    assert {str(measure.get("op", "")) for measure in measures} == {"", "<", "<=", ">", ">=", "~", "a few"}
    assert any(isinstance(measure["number"], list) for measure in measures)
